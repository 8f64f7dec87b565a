//! Records that are drawn, and what seals and opens them.

use given::tls::ContentType;
use harness::show::{Piece, Show, Words};
use harness::with;
use proptest::prelude::*;
use proptest::sample::select;

use super::opened::KEY;
use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{self, array, bytes, list};
use fixtures::tls13::reference::{self, Material};

pub fn material() -> BoxedStrategy<Material> {
    let parts = (array(), array());
    parts.prop_map(|(key, iv)| Material { key, iv }).boxed()
}

/// The number of a record, with room for some more after it.
pub fn number() -> BoxedStrategy<u64> {
    let number = strategies::number(64);
    number.prop_map(|number| number.min(u64::MAX - 16)).boxed()
}

pub fn content_type() -> BoxedStrategy<ContentType> {
    let types = [
        ContentType::Alert,
        ContentType::Handshake,
        ContentType::ApplicationData,
    ];
    select(types.to_vec()).boxed()
}

/// What is to be sealed.
#[derive(Debug, Clone)]
pub struct Said {
    pub content_type: ContentType,
    pub content: Vec<u8>,
    pub zeros: usize,
}

impl Said {
    /// Its TLSInnerPlaintext.
    pub fn inner(&self) -> Vec<u8> {
        reference::inner(self.content_type.code(), &self.content, self.zeros)
    }
}

impl Show for Said {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(format!("{:?}, ", self.content_type))];
        pieces.extend(self.content.pieces());
        pieces.push(Piece::Text(format!(", {} zeros", self.zeros)));
        pieces
    }
}

/// Something with content. Half of it is padded.
pub fn said() -> BoxedStrategy<Said> {
    let zeros = prop_oneof![Just(0), 0..=300_usize];
    (content_type(), bytes(1..=300), zeros)
        .prop_map(|(content_type, content, zeros)| Said {
            content_type,
            content,
            zeros,
        })
        .boxed()
}

/// Records, one after the other.
#[derive(Debug, Clone)]
pub struct Records(pub Vec<Said>);

/// At least so many of them, and at most five.
pub fn records(at_least: usize) -> BoxedStrategy<Records> {
    let all = list(said(), at_least..=5);
    all.prop_map(Records).boxed()
}

impl Show for Records {
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for said in &self.0 {
            if !pieces.is_empty() {
                pieces.push(Piece::Text("; ".to_owned()));
            }
            pieces.extend(said.pieces());
        }
        if pieces.is_empty() {
            pieces.push(Piece::Text("none".to_owned()));
        }
        pieces
    }
}

/// The client's end, from its first record on.
pub fn sealer(key: &Material) -> RecordSealer<ClientWrites> {
    sealer_at(key, 0)
}

/// The same, from this record on.
pub fn sealer_at(key: &Material, number: u64) -> RecordSealer<ClientWrites> {
    tell(key);
    RecordSealer::starting_at(RecordKey::new(key.key, key.iv), number)
}

/// What opens the client's records, from the first on.
pub fn opener(key: &Material) -> RecordOpener<ClientWrites> {
    opener_at(key, 0)
}

/// The same, from this record on.
pub fn opener_at(key: &Material, number: u64) -> RecordOpener<ClientWrites> {
    tell(key);
    RecordOpener::starting_at(RecordKey::new(key.key, key.iv), number)
}

/// Notes the key for a report, if the property does not draw it.
fn tell(key: &Material) {
    if *key == KEY {
        with!("key" = key);
    }
}

/// What opens the server's records.
pub fn server_opener(key: &Material) -> RecordOpener<ServerWrites> {
    RecordOpener::new(RecordKey::new(key.key, key.iv))
}

/// What `seal` makes of this if it is the record with this number.
macro_rules! seals {
    ($key:expr, $number:expr, $content_type:expr, $content:expr, $zeros:expr, $expected:expr) => {{
        let mut sealer = $crate::records::strategies::sealer_at(&$key, $number);
        let words = $crate::records::strategies::counts_from("RecordSealer", $number);
        harness::with!("sealer" = words);
        harness::same!(sealer.seal($content_type, $content, $zeros), $expected);
    }};
}

/// What `open` makes of this if it waits for the record with this number.
macro_rules! opens {
    ($key:expr, $number:expr, $header:expr, $sealed:expr, $expected:expr) => {{
        let mut opener = $crate::records::strategies::opener_at(&$key, $number);
        let words = $crate::records::strategies::counts_from("RecordOpener", $number);
        harness::with!("opener" = words);
        harness::same!(opener.open($header, $sealed), $expected);
    }};
}

pub(crate) use {opens, seals};

/// How a learner makes what counts from this number.
pub fn counts_from(of: &str, number: u64) -> Words {
    Words(match number {
        0 => format!("{of}::new(key)"),
        number => format!("{of}::starting_at(key, {number})"),
    })
}
