//! The properties of chapter 1.
//!
//! If a property needs something sealed and does not grade `seal`, the crate `aes-gcm` seals it,
//! so that a mistake is reported in the exercise in which it was made.

mod channel;
mod forge;
mod one_time_pad;
mod record_nonce;
mod seal;
mod two_time_pad;

mod near_inputs;
mod near_misses;
mod reference;
mod strategies;
#[path = "../subject.rs"]
mod subject;
mod vectors;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::examine([
        one_time_pad::suite(),
        two_time_pad::suite(),
        seal::suite(),
        record_nonce::suite(),
        channel::suite(),
        forge::suite(),
    ])
}
