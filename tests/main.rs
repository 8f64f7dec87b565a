//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! What must hold stands in the crate `suites`. The crate `runner` builds the suites that are asked
//! for, runs them, and reports what they find.

use std::process::ExitCode;

use runner::{Programs, Workbook};

fn main() -> ExitCode {
    let (subject, features): (_, &[&str]) = if cfg!(feature = "solutions") {
        ("solutions", &["solutions"])
    } else {
        ("exercises", &[])
    };
    runner::grade(&Workbook {
        subject,
        programs: Programs::Targets {
            manifest: "tests/suites/Cargo.toml",
            features,
        },
    })
}
