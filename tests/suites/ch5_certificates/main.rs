//! What must hold of chapter 5.

mod impersonate;
mod is_for;
mod issue;
mod name_constraints;
mod signed_by;
mod valid_at;
mod verify_chain;

mod chains;
mod generated;
mod sizes;
mod strategies;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        issue::suite(),
        signed_by::suite(),
        valid_at::suite(),
        is_for::suite(),
        verify_chain::suite(),
        impersonate::suite(),
        name_constraints::suite(),
    ])
}
