//! Grades the exercises: `cargo test`, `cargo test ch1`, `cargo test 1.3`.
//!
//! What must hold stands in the crate `suites`. The crate `harness` builds the suites that are asked
//! for, looks for a case in which something does not hold, and reports it.

use std::process::ExitCode;

use harness::{Programs, Suite, Workbook};

/// What grades which exercises.
const SUITES: &[Suite] = &[
    Suite::new("ch1_symmetric", &["1"]),
    Suite::new("ch2_asymmetric", &["2"]),
    Suite::new("ch3_signatures", &["3"]),
    Suite::new("ch4_key_exchange", &["4"]),
    Suite::new("ch5_certificates", &["5"]),
    Suite::new(
        "ch6_parts",
        &["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.11"],
    ),
    Suite::new("ch6_handshake", &["6.7", "6.8"]),
    Suite::new("ch6_wiretap", &["6.9"]),
    Suite::new("ch6_live", &["6.10"]),
];

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
