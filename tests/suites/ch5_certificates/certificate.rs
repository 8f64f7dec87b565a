//! The properties of exercises 5.1 to 5.4, which are about one certificate.

mod is_for;
mod issue;
mod signed_by;
mod valid_at;

mod authority;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        issue::suite(),
        signed_by::suite(),
        valid_at::suite(),
        is_for::suite(),
    ])
}
