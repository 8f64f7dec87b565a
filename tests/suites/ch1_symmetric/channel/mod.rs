//! The properties of exercise 1.5: what is sent and delivered, and what the receiver refuses.

use harness::Property;
use harness::show::Words;
use proptest::prelude::*;

use crate::reference::{reference_nonce, reference_seal};
use fixtures::strategies::{bytes, list};

mod delivered;
mod near_records;
mod network;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [delivered::suite(), refused::suite()].concat()
}

/// More records than a one-byte counter can number, and more than a thousand: at a number as round
/// as that, somebody might want a fresh key.
const LONG_CONVERSATION: u64 = 1100;

/// The record with this number in the channel of exercise 1.5.
fn reference_record(key: &[u8; 16], iv: &[u8; 12], number: u64, message: &[u8]) -> Vec<u8> {
    reference_seal(key, &reference_nonce(iv, number), &[], message)
}

/// How a sender or receiver with the key and the IV of many properties was made.
fn made(end: &str, number: u64) -> Words {
    let number = match number {
        u64::MAX => "u64::MAX".to_owned(),
        number => number.to_string(),
    };
    Words(format!(
        "{end}::starting_at([0x11; 16], [0x22; 12], {number})"
    ))
}

/// A few messages, some of them empty, some the same.
pub fn messages() -> BoxedStrategy<Vec<Vec<u8>>> {
    list(bytes(0..=4), 1..=6)
}
