//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! What must hold stands in the crate `suites`. The crate `runner` builds the suites that are asked
//! for, runs them, and reports what they find.

use std::process::ExitCode;

use runner::{Programs, Workbook};

/// Whose answers are graded.
const SUBJECT: &str = if cfg!(feature = "solutions") {
    "solutions"
} else {
    "exercises"
};

/// The suites are built beside all that `cargo test` builds by itself: so a crate which both need has the
/// same features, and is compiled once.
const ARGUMENTS: &[&str] = &[
    "--package=suites",
    "--package=grader",
    "--package=examples",
    "--package=speed",
    #[cfg(feature = "solutions")]
    "--features=solutions",
];

fn main() -> ExitCode {
    runner::grade(&Workbook {
        subject: SUBJECT,
        programs: Programs::Targets {
            manifest: "tests/suites/Cargo.toml",
            arguments: ARGUMENTS,
        },
    })
}
