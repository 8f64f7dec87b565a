//! The properties of exercises 3.4 to 3.7, which are about signatures.
//!
//! If a property needs a signature but does not grade the signing, the crate `rsa` signs, or the
//! bare private operation does. So a mistake is reported in the exercise in which it was made.

mod forge_e3;
mod forge_textbook;
mod pkcs1;
mod pss;

mod digest;
mod reference;
#[path = "../subject.rs"]
mod subject;
#[allow(dead_code, reason = "chapter 2 has more use for it")]
#[path = "../textbook.rs"]
mod textbook;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        forge_textbook::suite(),
        pkcs1::suite(),
        forge_e3::suite(),
        pss::suite(),
    ])
}
