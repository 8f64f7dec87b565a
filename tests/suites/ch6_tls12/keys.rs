//! The properties of exercises 6.3 to 6.6 and 6.11: secrets, the keys that come of them, and what the keys protect and prove.
//!
//! The grader has its own PRF, its own records and its own padding, on the crates `hmac`, `aes-gcm`
//! and `rsa`. So a mistake is reported in the exercise in which it was made.

mod finished;
mod key_derivation;
mod premaster;
mod records;
mod which_key;

mod conversation;
mod strategies;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        key_derivation::suite(),
        records::suite(),
        premaster::suite(),
        finished::suite(),
        which_key::suite(),
    ])
}
