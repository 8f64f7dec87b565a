//! The properties of exercises 5.5 to 5.7, which are about chains of certificates.

mod impersonate;
mod name_constraints;
mod verify_chain;

mod generated;
#[path = "../subject.rs"]
mod subject;
mod verified;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        verify_chain::suite(),
        impersonate::suite(),
        name_constraints::suite(),
    ])
}
