//! The properties of exercises 2.1 to 2.5: textbook RSA, on numbers of 64 bits.

mod guess;
mod key_pair;
mod mod_pow;
mod multiply_hidden;
mod textbook_rsa;

mod edges;
mod euclid;
#[path = "../subject.rs"]
mod subject;
#[path = "../textbook.rs"]
mod textbook;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        mod_pow::suite(),
        key_pair::suite(),
        textbook_rsa::suite(),
        guess::suite(),
        multiply_hidden::suite(),
    ])
}
