//! The properties of chapter 4.
//!
//! Where it can, a property uses the crates for whatever it needs besides the exercise that it
//! grades, so that a mistake is reported in the exercise in which it was made. The grader has its
//! own X25519 and HKDF, its own victims for Mallory (4.5), and its own Mallory for the signed share
//! (4.6).

mod diffie_hellman;
mod discrete_log;
mod fresh_keys;
mod hkdf;
mod mallory;
mod signed_share;
mod x25519;

mod groups;
mod rare_secrets;
mod reference;
#[path = "../subject.rs"]
mod subject;
mod tricks;
mod vectors;
#[path = "../victims.rs"]
mod victims;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        diffie_hellman::suite(),
        discrete_log::suite(),
        [x25519::suite(), fresh_keys::suite()].concat(),
        hkdf::suite(),
        mallory::suite(),
        signed_share::suite(),
    ])
}
