//! The properties of exercises 5.3 and 5.4, which are about what a certificate says: for how long,
//! and for whom.

mod is_for;
mod valid_at;

#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([valid_at::suite(), is_for::suite()])
}
