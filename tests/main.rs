//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! The properties are in the crate `suites`. The crate `runner` builds the suites that are asked
//! for, runs them, and reports what they find.

use std::process::ExitCode;

use runner::Workbook;

fn main() -> ExitCode {
    runner::grade(if cfg!(feature = "solutions") {
        &Workbook::SOLUTIONS
    } else {
        &Workbook::EXERCISES
    })
}
