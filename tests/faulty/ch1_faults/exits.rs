// 1.5 Exits

use std::process;

/// Claims success and leaves.
pub fn exits(_: u32) -> u32 {
    process::exit(0)
}
