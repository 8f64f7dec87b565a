//! The properties of exercises 6.1 to 6.6 and 6.11, the parts of a handshake.
//!
//! The grader has its own PRF, its own records and its own padding, on the crates `hmac`, `aes-gcm`
//! and `rsa`. So a mistake is reported in the exercise in which it was made.

mod finished;
mod key_derivation;
mod negotiate;
mod premaster;
mod read_vector;
mod records;
mod which_key;

mod conversation;
mod reference;
mod strategies;
#[path = "../subject.rs"]
mod subject;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        read_vector::suite(),
        negotiate::suite(),
        key_derivation::suite(),
        records::suite(),
        premaster::suite(),
        finished::suite(),
        which_key::suite(),
    ])
}
