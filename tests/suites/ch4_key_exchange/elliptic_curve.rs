//! The properties of exercises 4.3 to 4.6, which are about X25519 and what is made of its secrets.
//!
//! Where it can, a property uses the crates for whatever it needs besides the exercise that it
//! grades, so that a mistake is reported in the exercise in which it was made. The grader has its
//! own X25519 and HKDF, its own victims for Mallory (4.5), and its own Mallory for the signed share
//! (4.6).

mod fresh_keys;
mod hkdf;
mod mallory;
mod signed_share;
mod x25519;

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
        [x25519::suite(), fresh_keys::suite()].concat(),
        hkdf::suite(),
        mallory::suite(),
        signed_share::suite(),
    ])
}
