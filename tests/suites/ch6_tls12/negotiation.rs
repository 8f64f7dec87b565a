//! The properties of exercises 6.1 and 6.2: what is read of a message, and what two hellos agree on.

mod negotiate;
mod read_vector;

#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([read_vector::suite(), negotiate::suite()])
}
