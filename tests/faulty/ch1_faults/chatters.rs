// 1.8 Chatters

use std::io::{self, Write};

/// Prints 100 MB, and is right.
pub fn chatters(number: u32) -> u32 {
    let megabyte = vec![b'.'; 1 << 20];
    for _ in 0..100 {
        io::stdout()
            .write_all(&megabyte)
            .expect("standard output is open");
    }
    number
}
