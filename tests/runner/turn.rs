//! Graders in the same folder wait for one another.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::run::Cancel;

/// How often we check whether it is our turn.
const CHECK: Duration = Duration::from_millis(20);

/// The right to grade in a folder. Others wait until it is dropped, or its process ends.
#[derive(Debug)]
pub struct Turn {
    /// `None` if the file system has no locks. Then nobody waits, and two graders at once take longer.
    _lock: Option<File>,
}

impl Turn {
    /// Waits for it, and calls `say` if another grader has it. `None` if the run was cancelled.
    pub fn take(grade: &Path, cancel: &Cancel, say: impl FnOnce()) -> Option<Turn> {
        let file = fs::create_dir_all(grade).and_then(|()| File::create(grade.join("lock")));
        let Ok(file) = file else {
            return Some(Turn { _lock: None });
        };
        let mut say = Some(say);
        while !cancel.is_cancelled() {
            match file.try_lock() {
                Ok(()) => return Some(Turn { _lock: Some(file) }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(_)) => return Some(Turn { _lock: None }),
            }
            if let Some(say) = say.take() {
                say();
            }
            thread::sleep(CHECK);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn one_waits_for_the_other_and_says_so() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let never = Cancel::default();
        let first = Turn::take(folder.path(), &never, || panic!("it is nobody's turn"));
        let (waits, waiting) = mpsc::channel();
        thread::scope(|scope| {
            let say = move || waits.send(()).expect("it is listened to");
            let second = scope.spawn(|| Turn::take(folder.path(), &never, say));
            waiting.recv().expect("the second waits");
            drop(first);
            assert!(second.join().expect("no panic").is_some());
        });
        let _third = Turn::take(folder.path(), &never, || panic!("both are done"));
        let gone = Cancel::default();
        gone.cancel();
        assert!(Turn::take(folder.path(), &gone, || {}).is_none());
    }
}
