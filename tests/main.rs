//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! What must hold stands in the crate `suites`. The crate `harness` builds the suites that are asked
//! for, looks for a case in which something does not hold, and reports it.

use std::process::ExitCode;

use harness::{Programs, Workbook};

fn main() -> ExitCode {
    let (subject, features): (_, &[&str]) = if cfg!(feature = "solutions") {
        ("solutions", &["solutions"])
    } else {
        ("exercises", &[])
    };
    harness::grade(&Workbook {
        subject,
        programs: Programs::Targets {
            manifest: "tests/suites/Cargo.toml",
            features,
        },
    })
}
