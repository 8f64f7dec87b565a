//! The properties of what is negotiated in the hellos of TLS 1.3.

mod negotiate;
mod retry;

#[path = "../subject.rs"]
mod subject;
mod transcript;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([negotiate::suite(), retry::suite()])
}
