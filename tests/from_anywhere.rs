//! Grades, wherever among the learner's folders `cargo test` was typed: it types it again at the root.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    let is_root = |folder: &&Path| folder.join("exercises").join("syllabus.toml").is_file();
    let Some(root) = here.ancestors().find(is_root) else {
        eprintln!("error: `cargo test` grades at the root of the workbook");
        return ExitCode::from(2);
    };
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--quiet", "--"])
        .args(env::args_os().skip(1))
        .current_dir(root)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: Cargo can't be run: {error}");
            ExitCode::from(2)
        }
    }
}
