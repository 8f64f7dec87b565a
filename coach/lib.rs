//! What `cargo coach` does: hints, solutions, a fresh start, what is left for later, and the
//! textbook. For those who write exercises, it also derives them from the solutions.
//!
//! It works on files alone, so that it works while the exercises don't compile.

pub mod backup;
pub mod derive;
pub mod hint;
pub mod list;
pub mod lists;
pub mod pages;
pub mod progress;
pub mod reset;
pub mod skip;
pub mod solution;
pub mod textbook;

use std::env;
use std::io::{self, ErrorKind, Write};
use std::process::Command;

use book::workbook::Workbook;

/// How a command ended that could be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked for is done.
    Done,
    /// The check has found something out of order.
    CheckFailed,
}

/// Cargo with this command, for the workbook. It is the Cargo that runs the coach, if one does.
pub fn cargo(workbook: &Workbook, command: &str) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .arg(command)
        .arg("--manifest-path")
        .arg(workbook.root.join("Cargo.toml"));
    cargo
}

/// A stream whose reader may have seen enough, as `head` has: that is no reason to fail.
#[derive(Debug)]
pub struct UntilClosed<W>(pub W);

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use book::workbook::Trouble;

    use super::*;

    /// What a command says that ends well.
    #[track_caller]
    pub fn said(command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>) -> String {
        let (outcome, out) = outcome_of(command);
        assert_eq!(outcome, Outcome::Done, "{out}");
        out
    }

    /// What a command says that finds something out of order.
    #[track_caller]
    pub fn complained(command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>) -> String {
        let (outcome, out) = outcome_of(command);
        assert_eq!(outcome, Outcome::CheckFailed, "{out}");
        out
    }

    #[track_caller]
    fn outcome_of(
        command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>,
    ) -> (Outcome, String) {
        let mut out = Vec::new();
        let outcome = command(&mut out).unwrap();
        (outcome, String::from_utf8(out).unwrap())
    }
}
