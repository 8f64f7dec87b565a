// 1.6 Aborts

use std::process;

/// Takes the process down.
pub fn aborts(_: u32) -> u32 {
    process::abort()
}
