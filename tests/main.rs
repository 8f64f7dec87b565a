//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! What must hold stands in the crate `suites`. The crate `harness` builds the suites that are asked
//! for, looks for a case in which something does not hold, and reports it.

use std::process::ExitCode;

use harness::{Programs, Suite, Workbook};

/// What grades which exercises.
const SUITES: &[Suite] = &[
    suite("ch1_symmetric", &["1"]),
    suite("ch2_asymmetric", &["2"]),
    suite("ch3_signatures", &["3"]),
    suite("ch4_key_exchange", &["4"]),
    suite("ch5_certificates", &["5"]),
    suite(
        "ch6_parts",
        &["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.11"],
    ),
    suite("ch6_handshake", &["6.7", "6.8"]),
    suite("ch6_wiretap", &["6.9"]),
    suite("ch6_live", &["6.10"]),
];

const fn suite(name: &'static str, grades: &'static [&'static str]) -> Suite {
    Suite { name, grades }
}

fn main() -> ExitCode {
    let (subject, features): (_, &[&str]) = if cfg!(feature = "solutions") {
        ("solutions", &["solutions"])
    } else {
        ("exercises", &[])
    };
    harness::grade(&Workbook {
        subject,
        suites: SUITES,
        programs: Programs::Targets { features },
    })
}
