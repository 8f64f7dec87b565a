//! The properties of exercises 3.1 to 3.3 and 3.8, which are about hashes and MACs.

mod extend;
mod hmac;
mod transcript;
mod verify_mac;

mod digest;
mod mac_vectors;
mod meanings;
mod reference_mac;
#[path = "../subject.rs"]
mod subject;
mod wrong_macs;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        transcript::suite(),
        hmac::suite(),
        verify_mac::suite(),
        extend::suite(),
    ])
}
