//! The properties of chapter 3.
//!
//! If a property needs a signature but does not grade the signing, the crate `rsa` signs, or the
//! bare private operation does. So a mistake is reported in the exercise in which it was made.

mod extend;
mod forge_e3;
mod forge_textbook;
mod hmac;
mod pkcs1;
mod pss;
mod transcript;
mod verify_mac;

mod hashes;
mod hidden_garbage;
mod pss_blocks;
mod reference;
mod sizes;
#[path = "../subject.rs"]
mod subject;
#[allow(dead_code, reason = "chapter 2 has more use for it")]
#[path = "../textbook.rs"]
mod textbook;
mod vectors;
mod wrong_blocks;
mod wrong_macs;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        transcript::suite(),
        hmac::suite(),
        verify_mac::suite(),
        forge_textbook::suite(),
        pkcs1::suite(),
        forge_e3::suite(),
        pss::suite(),
        extend::suite(),
    ])
}
