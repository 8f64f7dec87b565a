//! The properties of exercises 5.1 and 5.2, which are about a certificate and its issuer.

mod issue;
mod signed_by;

mod authority;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([issue::suite(), signed_by::suite()])
}
