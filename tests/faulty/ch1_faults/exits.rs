// 1.5 Exits

use std::{env, fs, process};

/// Claims success and leaves, and leaves a temporary file behind.
pub fn exits(_: u32) -> u32 {
    let _ = fs::write(env::temp_dir().join("left_behind"), "");
    process::exit(0)
}
