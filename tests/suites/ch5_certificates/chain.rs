//! The properties of exercises 5.5 and 5.6, which are about chains of certificates.

mod impersonate;
mod verify_chain;

#[path = "../subject.rs"]
mod subject;
mod verified;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([verify_chain::suite(), impersonate::suite()])
}
