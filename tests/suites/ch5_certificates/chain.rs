//! The properties of exercises 5.5 and 5.6, which are about chains of certificates.

mod impersonate;
mod verify_chain;

#[expect(dead_code, reason = "the suite of 5.7 uses all of it")]
#[path = "name_constraints/cases.rs"]
mod cases;
#[path = "../subject.rs"]
mod subject;
mod verified;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([verify_chain::suite(), impersonate::suite()])
}
