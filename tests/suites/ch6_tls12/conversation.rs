//! What two sides say to each other in records, and what happens to it on the way.

use std::fmt;

use given::tls::{Abort, Alert, ContentType, Handshake, HandshakeType, Incoming, Wire};
use harness::show::{self, Show};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch6_tls12::*;
use fixtures::strategies::{bytes, list};

/// What is in a record.
#[derive(Clone)]
pub struct Said {
    pub content_type: ContentType,
    pub plaintext: Vec<u8>,
}

/// As the learner reads it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{:?} {}",
            self.content_type,
            show::text(&self.plaintext.pieces())
        )
    }
}

pub fn content_type() -> BoxedStrategy<ContentType> {
    select(ContentType::ALL).boxed()
}

pub fn one_said() -> BoxedStrategy<Said> {
    let said = (content_type(), bytes(0..=40));
    said.prop_map(|(content_type, plaintext)| Said {
        content_type,
        plaintext,
    })
    .boxed()
}

pub fn said() -> BoxedStrategy<Vec<Said>> {
    list(one_said(), 0..=8)
}

/// The client's end of the bytes, and the server's, with the learner's records.
pub type ClientWire = Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>;

pub type ServerWire = Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>;

/// Something that is said on a connection.
#[derive(Clone, PartialEq, Eq)]
pub enum Word {
    Data(Vec<u8>),
    Message(Vec<u8>),
    ChangeCipherSpec,
    Goodbye,
}

impl Word {
    pub fn send(&self, wire: &mut ClientWire) -> Result<(), Abort> {
        match self {
            Word::Data(data) => wire.send_data(data),
            Word::Message(body) => {
                wire.send_handshake(&Handshake::new(HandshakeType::Finished, body))
            }
            Word::ChangeCipherSpec => wire.send_change_cipher_spec(),
            Word::Goodbye => wire.send_alert(Alert::CloseNotify),
        }
    }

    pub fn heard(incoming: Incoming) -> Word {
        match incoming {
            Incoming::ApplicationData(data) => Word::Data(data),
            Incoming::Handshake(message) => Word::Message(message.body().to_vec()),
            Incoming::ChangeCipherSpec => Word::ChangeCipherSpec,
            Incoming::CloseNotify => Word::Goodbye,
        }
    }
}

/// As the learner reads it.
impl fmt::Debug for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Data(data) => write!(out, "data {}", show::text(&data.pieces())),
            Word::Message(body) => write!(out, "message {}", show::text(&body.pieces())),
            Word::ChangeCipherSpec => write!(out, "ChangeCipherSpec"),
            Word::Goodbye => write!(out, "close_notify"),
        }
    }
}

pub fn words() -> BoxedStrategy<Vec<Word>> {
    let word = prop_oneof![
        3 => bytes(1..=60).prop_map(Word::Data),
        2 => bytes(0..=60).prop_map(Word::Message),
        1 => Just(Word::ChangeCipherSpec),
        1 => Just(Word::Goodbye),
    ];
    list(word, 0..=6)
}
