//! `cargo bench`: how much slower is asymmetric cryptography than symmetric, and why it is used
//! all the same.
//!
//! Each module measures one question and says what would make its comparison unfair:
//!
//! | module | question |
//! | --- | --- |
//! | [`encryption`] | what does it cost to hide the same bytes? |
//! | [`signatures`] | what does it cost to vouch for the same bytes? |
//! | [`growth`] | what does a longer key cost? |
//! | [`key_exchange`] | what does it cost to agree on a key? |
//! | [`handshake`] | what does a whole handshake cost, and what of it is cryptography? |
//!
//! What is measured is the reference answers (`solutions`) and the crates under them, and beside
//! them *contenders*: `ring` and `aws-lc-rs`, written in C and assembly. They are faster, and the
//! ratio between their asymmetric and their symmetric operations is of the same order: it belongs
//! to the mathematics, not to one library.
//!
//! criterion does the measuring and writes its own report to `target/criterion`; [`summary`] adds
//! the table at the end, and [`picture`] the picture.

use std::process::ExitCode;

mod encryption;
mod growth;
mod handshake;
mod key_exchange;
mod lab;
mod measured;
mod picture;
mod rsa_keys;
mod signatures;
mod summary;

fn main() -> ExitCode {
    let mut lab = lab::Lab::default();
    encryption::add_to(&mut lab);
    signatures::add_to(&mut lab);
    growth::add_to(&mut lab);
    key_exchange::add_to(&mut lab);
    handshake::add_to(&mut lab);
    lab.run()
}
