//! Work that is done in several threads, with results in order.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many threads this machine runs at once.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `work` on each of the `items`, with one thread for each of the `workers`, and gives the
/// results to `each` in the order of the items. The first error of `each` ends it; what was begun
/// is finished.
///
/// # Errors
/// That error.
///
/// # Panics
/// `work` has panicked.
pub fn in_order<W: Sync, T: Sync, R: Send, E>(
    workers: &[W],
    items: &[T],
    work: impl Fn(&W, &T) -> R + Sync,
    mut each: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for worker in workers.iter().take(items.len()) {
            let (done, next, work) = (done.clone(), &next, &work);
            scope.spawn(move || {
                // Relaxed is enough: no number is given out twice, and the results go through the channel.
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(item) = items.get(index)
                    // Nobody receives the result once `each` has failed.
                    && done.send((index, work(worker, item))).is_ok()
                {}
            });
        }
        // The loop below ends when no sender is left: this one is dropped now, the others with
        // their workers.
        drop(done);
        let (mut early, mut awaited) = (BTreeMap::new(), 0);
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&awaited) {
                each(&items[awaited], result)?;
                awaited += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn results_come_in_order_from_threads_that_work_at_once() {
        let barrier = Barrier::new(2);
        let mut results = Vec::new();
        let work = |worker: &u32, item: &u32| {
            // With only one thread, this would wait forever.
            barrier.wait();
            (*worker, item * 10)
        };
        let each = |item: &u32, (_, result)| {
            results.push((*item, result));
            Ok::<(), ()>(())
        };
        in_order(&[1, 2], &[1, 2, 3, 4], work, each).unwrap();
        assert_eq!(results, [(1, 10), (2, 20), (3, 30), (4, 40)]);
    }

    #[test]
    fn the_first_error_ends_it() {
        let mut seen = Vec::new();
        let each = |item: &u32, _| {
            seen.push(*item);
            if *item == 2 { Err("two") } else { Ok(()) }
        };
        let items: Vec<u32> = (1..100).collect();
        assert_eq!(in_order(&[()], &items, |(), _| (), each), Err("two"));
        assert_eq!(seen, [1, 2]);
    }
}
