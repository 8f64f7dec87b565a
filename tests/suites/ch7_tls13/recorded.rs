//! What must hold of recordings of TLS 1.3, exercise 7.12.

mod read_with_log;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([read_with_log::suite()])
}
