//! The properties of chapter 2.

mod envelope;
mod guess;
mod key_pair;
mod mod_pow;
mod multiply_hidden;
mod oaep;
mod textbook_rsa;

mod edges;
mod near_misses;
mod reference;
mod sizes;
#[path = "../subject.rs"]
mod subject;
#[path = "../textbook.rs"]
mod textbook;
mod vectors;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        mod_pow::suite(),
        key_pair::suite(),
        textbook_rsa::suite(),
        guess::suite(),
        multiply_hidden::suite(),
        oaep::suite(),
        envelope::suite(),
    ])
}
