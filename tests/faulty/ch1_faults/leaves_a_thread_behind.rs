// 1.11 Leaves a thread behind

use std::thread;

/// Starts a thread that never ends, and is right.
pub fn leaves_a_thread(number: u32) -> u32 {
    thread::spawn(|| {
        loop {
            thread::park();
        }
    });
    number
}
