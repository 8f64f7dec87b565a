// 1.10 Panics elsewhere

use std::thread;

/// Starts a thread that panics, and does not ask how it went.
pub fn panics_elsewhere(number: u32) -> u32 {
    drop(thread::spawn(move || {
        assert_eq!(number, number + 1, "this thread was bound to fail")
    }));
    number
}
