//! `cargo bench`: how much slower is asymmetric cryptography than symmetric, and why is it used
//! nevertheless?
//!
//! Each module measures one question and says what would make its comparison unfair:
//!
//! | module | question |
//! | --- | --- |
//! | [`encryption`] | what does it cost to hide the same bytes? |
//! | [`signatures`] | what does it cost to vouch for the same bytes? |
//! | [`growth`] | what does a longer key cost? |
//! | [`key_exchange`] | what does it cost to agree on a key? |
//! | [`handshake`] | what does a whole handshake cost, and how much of that is cryptography? |
//!
//! It measures the reference answers (`solutions`) and the crates under them, and for comparison
//! *contenders*: `ring` and `aws-lc-rs`, written in C and assembly. They are faster, but the ratio
//! between their asymmetric and their symmetric operations is of the same order: it belongs to the
//! mathematics, not to one library.
//!
//! criterion does the measuring and writes its own report to `target/criterion`. The library
//! `speed`, in the folder `results`, adds the table at the end and the picture.

use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

use results::measured::Measured;
use results::summary;

use crate::lab::{Lab, asked_for};

mod encryption;
mod growth;
mod handshake;
mod key_exchange;
mod lab;
mod rsa_keys;
mod signatures;

fn main() {
    let mut lab = Lab::default();
    encryption::add_to(&mut lab);
    signatures::add_to(&mut lab);
    growth::add_to(&mut lab);
    key_exchange::add_to(&mut lab);
    handshake::add_to(&mut lab);

    let (started, operations) = (SystemTime::now(), lab.operations());
    let folder = in_target("criterion");
    let results = folder.clone();
    let sum_up = move || {
        let measured = Measured::since(started, &results, &operations);
        summary::print(&measured, &in_target("speed.svg"));
    };
    sum_up_when_interrupted(sum_up.clone());
    lab.measure(&folder);
    // With these flags, criterion measures nothing.
    if !asked_for("--list") && !asked_for("--test") {
        sum_up();
    }
}

/// Makes an interrupted run show what it has measured so far.
fn sum_up_when_interrupted(sum_up: impl Fn() + Send + 'static) {
    let handler = move || {
        eprintln!("\ninterrupted");
        sum_up();
        // The status that a shell reports for a program that SIGINT, number 2, has ended: 128 + 2.
        process::exit(130);
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        eprintln!("an interrupted run will show no table: {error}");
    }
}

/// The path of a file or folder of this name in Cargo's target folder.
fn in_target(name: &str) -> PathBuf {
    // Cargo gives benches a folder `tmp` there.
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(name)
}
