//! Answers that take their process down, or try to.

use std::io::{self, Write};
use std::{process, thread};

// 1.1 Right
/// A right answer beside all the others.
pub fn right(number: u32) -> u32 {
    number
}

// 1.2 Panics
/// Reads past the end.
pub fn panics(bytes: &[u8]) -> u8 {
    bytes[bytes.len() / 2]
}

// 1.3 Loops
/// Never comes back.
pub fn loops(number: u32) -> u32 {
    println!("number is {number}");
    loop {
        std::hint::spin_loop();
    }
}

// 1.4 Recurses
/// Calls itself for ever.
#[expect(unconditional_recursion, reason = "this is the fault")]
pub fn recurses(number: u32) -> u32 {
    // So that the optimizer does not make a loop of it.
    number.max(std::hint::black_box(recurses(number)))
}

// 1.5 Exits
/// Claims success and leaves.
pub fn exits(_: u32) -> u32 {
    process::exit(0)
}

// 1.6 Aborts
/// Takes the process down.
pub fn aborts(_: u32) -> u32 {
    process::abort()
}

// 1.7 Hoards
/// Allocates without end.
pub fn hoards(_: u32) -> u32 {
    let mut hoard = Vec::new();
    loop {
        hoard.push(vec![1_u8; 1 << 20]);
    }
}

// 1.8 Chatters
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

// 1.9 Chatters and errs
/// Prints 100 MB, and is wrong.
pub fn chatters_and_errs(number: u32) -> u32 {
    chatters(number);
    println!("\nthe last line");
    number + 1
}

// 1.10 Panics elsewhere
/// Starts a thread that panics, and does not ask how it went.
pub fn panics_elsewhere(number: u32) -> u32 {
    drop(thread::spawn(move || {
        assert_eq!(number, number + 1, "this thread was bound to fail")
    }));
    number
}

// 1.11 Leaves a thread behind
/// Starts a thread that never ends, and is right.
pub fn leaves_a_thread(number: u32) -> u32 {
    thread::spawn(|| {
        loop {
            thread::park();
        }
    });
    number
}

// 1.12 Hides its panic
/// Catches its own panic, and is right.
pub fn hides_its_panic(number: u32) -> u32 {
    let _ = std::panic::catch_unwind(|| panic!("nobody will know"));
    number
}
