//! What the network does with records.

use std::fmt;

use harness::show::{self, Show};
use proptest::prelude::*;

use fixtures::strategies::{bytes, flip, list};

/// What the network delivers to the receiver.
#[derive(Clone)]
pub enum Step {
    /// The record that it waits for.
    Next,
    /// A later one: those between are late, or lost.
    Ahead(u64),
    /// An earlier one.
    Again(u64),
    /// The record that it waits for, with one bit changed.
    Tampered(usize),
    /// The record that it waits for, without its last bytes.
    Cut(usize),
    /// Something that nobody has sealed.
    Junk(Vec<u8>),
}

impl Step {
    /// The bytes that arrive when the receiver waits for the record `awaited`, and whether they are
    /// that record. `None` if there is no such record to send.
    pub fn deliver(
        &self,
        awaited: u64,
        record: impl Fn(u64) -> Vec<u8>,
    ) -> Option<(Vec<u8>, bool)> {
        let mut next = record(awaited);
        match self {
            Step::Next => return Some((next, true)),
            Step::Ahead(by) => next = record(awaited.checked_add(*by)?),
            Step::Again(by) => next = record(awaited.checked_sub(*by)?),
            Step::Tampered(bit) => flip(&mut next, *bit),
            Step::Cut(missing) => next.truncate(next.len() - missing),
            Step::Junk(junk) => next.clone_from(junk),
        }
        Some((next, false))
    }
}

/// As the learner reads it.
impl fmt::Debug for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Next => write!(out, "the next record"),
            Step::Ahead(by) => write!(out, "the record {by} after the next"),
            Step::Again(1) => write!(out, "the last record again"),
            Step::Again(by) => write!(out, "the record {by} before the next"),
            Step::Tampered(bit) => write!(out, "the next record with bit {bit} changed"),
            Step::Cut(1) => write!(out, "the next record without its last byte"),
            Step::Cut(by) => write!(out, "the next record without its last {by} bytes"),
            Step::Junk(junk) => write!(out, "junk: {}", show::text(&junk.pieces())),
        }
    }
}

/// What a network can do in a short while. Half the time it delivers what it should.
pub fn steps() -> BoxedStrategy<Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Next),
        2 => (1..=4_u64).prop_map(Step::Ahead),
        2 => (1..=4_u64).prop_map(Step::Again),
        1 => (0..128_usize).prop_map(Step::Tampered),
        1 => (1..=16_usize).prop_map(Step::Cut),
        1 => bytes(0..=24).prop_map(Step::Junk),
    ];
    list(step, 0..=16)
}
