//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! The properties are in `tests/suites`, in a crate for each chapter. The crate `runner` builds the
//! suites that are asked for, runs them, and reports what they find.

use std::process::ExitCode;

use runner::Workbook;

fn main() -> ExitCode {
    runner::grade(if cfg!(feature = "solutions") {
        &Workbook::SOLUTIONS
    } else {
        &Workbook::EXERCISES
    })
}
