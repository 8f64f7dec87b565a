//! The properties of exercise 7.12: recordings of TLS 1.3.

mod read_with_log;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([read_with_log::suite()])
}
