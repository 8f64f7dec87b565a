//! The properties of the keys of TLS 1.3: how they are derived, and what they seal and open.
//!
//! The grader has its own key schedule and its own records, built on the crates `hkdf` and
//! `aes-gcm`. So a mistake is reported in the exercise in which it was made.

mod expand_label;
mod key_schedule;
mod records;
mod which_secret;

#[path = "../subject.rs"]
mod subject;
mod transcript;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        expand_label::suite(),
        key_schedule::suite(),
        records::suite(),
        which_secret::suite(),
    ])
}
