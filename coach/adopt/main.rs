//! `cargo coach adopt FILE` runs this.
//!
//! It is a crate of its own, which is built when it is first called: few learners have an old file,
//! and nobody should have to wait for a Rust lexer to get a hint.

mod adopt;
mod conflict;
mod items;
#[cfg(test)]
mod update;

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use book::paths;
use book::workbook::{Trouble, Workbook};
use coach::UntilClosed;

/// The exit status is 0 if the answers are moved, and 2 if they could not be.
fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // If standard error is closed, there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {}", trouble.to_string().trim_end());
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Trouble> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        return Err("this is for `cargo coach adopt FILE`".into());
    };
    let workbook = Workbook::open(&paths::root(), &paths::grade())?;
    adopt::adopt(&workbook, &file, &mut UntilClosed(io::stdout()))
}
