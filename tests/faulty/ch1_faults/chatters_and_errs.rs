// 1.9 Chatters and errs

use super::chatters;

/// Prints 100 MB, and is wrong.
pub fn chatters_and_errs(number: u32) -> u32 {
    chatters(number);
    println!("\nthe last line");
    number + 1
}
