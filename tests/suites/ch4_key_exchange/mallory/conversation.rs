//! What the victims say to each other, and what Mallory does with it.

use std::fmt;

use harness::show::{self, Show};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch4_key_exchange::*;
use fixtures::strategies::{bytes, list};

/// One message in a conversation, and what Mallory does with it.
#[derive(Clone)]
pub struct Said {
    pub by: Side,
    pub message: Vec<u8>,
    pub fate: Fate,
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = show::text(&self.message.pieces());
        write!(out, "{:?} says {message}, ", self.by)?;
        match &self.fate {
            Fate::PassedOn => write!(out, "passed on"),
            Fate::Changed(other) => {
                write!(out, "changed to {}", show::text(&other.pieces()))
            }
            Fate::LeftOut => write!(out, "left out"),
            Fate::SaidTwice => write!(out, "passed on twice"),
        }
    }
}

/// What Mallory does with a message that she has read.
#[derive(Debug, Clone)]
pub enum Fate {
    PassedOn,
    Changed(Vec<u8>),
    LeftOut,
    SaidTwice,
}

impl Fate {
    /// What the other victim gets to read.
    pub fn written(&self, message: &[u8]) -> Vec<Vec<u8>> {
        match self {
            Fate::PassedOn => vec![message.to_vec()],
            Fate::Changed(other) => vec![other.clone()],
            Fate::LeftOut => vec![],
            Fate::SaidTwice => vec![message.to_vec(), message.to_vec()],
        }
    }
}

pub fn conversation() -> BoxedStrategy<Vec<Said>> {
    let fate = prop_oneof![
        2 => Just(Fate::PassedOn),
        2 => bytes(0..=8).prop_map(Fate::Changed),
        1 => Just(Fate::LeftOut),
        1 => Just(Fate::SaidTwice),
    ];
    let by = select(&[Side::Client, Side::Server][..]);
    let said = (by, bytes(0..=8), fate).prop_map(|(by, message, fate)| Said { by, message, fate });
    list(said, 0..=12).boxed()
}
