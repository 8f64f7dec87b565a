//! The properties of exercises 2.6 and 2.7: encryption with padding, and envelopes.

mod envelope;
mod oaep;

mod reference;
mod sizes;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([oaep::suite(), envelope::suite()])
}
