//! Scripts that are not in order, and bytes that are none.

use given::tls::{CipherSuite, TLS_1_2, Writer, X25519};
use harness::show::{Piece, Show};
use proptest::prelude::*;

use super::manners::{ECDHE, Manner, RSA, SECRET};
use super::peers::{ClientPlan, Say};
use crate::strategies::bytes;

/// A script that is not in order.
#[derive(Clone)]
pub struct Disorder {
    pub suite: CipherSuite,
    pub what: String,
    pub script: Vec<Say>,
}

impl Show for Disorder {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("{} ({})", self.what, self.suite))]
    }
}

/// `script` with one item left out, doubled, moved or exchanged with another. The last item is data,
/// which may come twice, but not early.
pub fn disorders(suite: CipherSuite, script: &[Say]) -> Vec<Disorder> {
    let mut disorders = Vec::new();
    let mut add = |what: String, script: Vec<Say>| {
        disorders.push(Disorder {
            suite,
            what,
            script,
        });
    };
    for place in 0..script.len() - 1 {
        let mut left_out = script.to_vec();
        let item = left_out.remove(place);
        add(format!("{item:?} is left out"), left_out);
        let mut doubled = script.to_vec();
        doubled.insert(place, item.clone());
        add(format!("{item:?} comes twice"), doubled);
        for other in place + 1..script.len() {
            let mut early = script.to_vec();
            let moved = early.remove(other);
            early.insert(place, moved);
            let name = name(&script[other]);
            add(format!("{name} comes before {item:?}"), early);
            if other > place + 1 {
                let mut late = script.to_vec();
                let moved = late.remove(place);
                late.insert(other, moved);
                add(format!("{item:?} comes after {name}"), late);
                let mut exchanged = script.to_vec();
                exchanged.swap(place, other);
                add(format!("{item:?} and {name} are exchanged"), exchanged);
            }
        }
    }
    disorders
}

/// The name of an item, without what is in it.
pub fn name(say: &Say) -> String {
    match say {
        Say::Data(_) => "data".to_owned(),
        other => format!("{other:?}"),
    }
}

/// `script` with one of these messages, none of which has a place there, before one of its items.
pub fn inserted(suite: CipherSuite, script: &[Say], strangers: &[(&str, Say)]) -> Vec<Disorder> {
    let mut disorders = Vec::new();
    for (place, item) in script.iter().enumerate() {
        for (stranger, say) in strangers {
            let mut script = script.to_vec();
            script.insert(place, say.clone());
            disorders.push(Disorder {
                suite,
                what: format!("{stranger} comes before {item:?}"),
                script,
            });
        }
    }
    disorders
}

pub fn server_disorders() -> Vec<Disorder> {
    let mut all = Vec::new();
    // What was not asked for, what the other side sends, and what has no name.
    let strangers = [
        ("a NewSessionTicket", Say::Message(4, vec![0; 6])),
        ("a CertificateStatus", Say::Message(22, vec![1, 0, 0, 0])),
        ("a message of type 99", Say::Message(99, vec![])),
    ];
    for suite in [RSA, ECDHE] {
        let script = Manner::new(suite).server_script();
        all.extend(inserted(suite, &script, &strangers));
        let with_data = [script, vec![Say::Data(SECRET.to_vec())]].concat();
        all.extend(disorders(suite, &with_data));
    }
    let mut script = Manner::new(RSA).server_script();
    script.insert(2, Say::KeyExchange);
    all.push(Disorder {
        suite: RSA,
        what: "a ServerKeyExchange comes all the same".to_owned(),
        script,
    });
    all
}

pub fn client_disorders() -> Vec<Disorder> {
    let mut all = Vec::new();
    let script = ClientPlan::script();
    let strangers = [
        ("a Certificate", Say::Message(11, vec![0, 0, 0])),
        ("a CertificateVerify", Say::Message(15, vec![4, 1, 0, 0])),
        ("a message of type 99", Say::Message(99, vec![])),
    ];
    for suite in [RSA, ECDHE] {
        all.extend(inserted(suite, &script, &strangers));
        let with_data = [script.clone(), vec![Say::Data(SECRET.to_vec())]].concat();
        all.extend(disorders(suite, &with_data));
    }
    all
}

/// Bytes that come where something else is due.
#[derive(Debug, Clone)]
pub enum Junk {
    Bytes(Vec<u8>),
    /// In a record of this type.
    Record(u8, Vec<u8>),
    /// In a message of the type that is due.
    Message(Vec<u8>),
    /// In the vectors that are in a message of that type.
    Vectors(Vec<u8>),
}

pub fn junk() -> BoxedStrategy<Junk> {
    prop_oneof![
        1 => bytes(0..=200).prop_map(Junk::Bytes),
        1 => (20..=23_u8, bytes(0..=200)).prop_map(|(kind, bytes)| Junk::Record(kind, bytes)),
        2 => bytes(0..=200).prop_map(Junk::Message),
        3 => bytes(0..=200).prop_map(Junk::Vectors),
    ]
    .boxed()
}

impl Show for Junk {
    fn pieces(&self) -> Vec<Piece> {
        let (text, bytes) = match self {
            Junk::Bytes(bytes) => ("bytes ".to_owned(), bytes),
            Junk::Record(kind, bytes) => (format!("a record of type {kind} with "), bytes),
            Junk::Message(bytes) => ("the message that is due, with ".to_owned(), bytes),
            Junk::Vectors(bytes) => ("the vector that is due, with ".to_owned(), bytes),
        };
        [vec![Piece::Text(text)], bytes.pieces()].concat()
    }
}

impl Junk {
    /// On the wire, where a server or a client should have said this, with this suite.
    pub fn instead_of(&self, due: &Say, is_server: bool, suite: CipherSuite) -> Vec<u8> {
        let record = |kind: u8, content: &[u8]| {
            Writer::new()
                .u8(kind)
                .u16(TLS_1_2)
                .vector(2, content)
                .finish()
        };
        let (bytes, in_vectors) = match self {
            Junk::Bytes(bytes) => return bytes.clone(),
            Junk::Record(kind, bytes) => return record(*kind, bytes),
            Junk::Message(bytes) => (bytes, false),
            Junk::Vectors(bytes) => (bytes, true),
        };
        let writer = Writer::new();
        let (kind, body) = match due {
            Say::Hello => (
                if is_server { 2 } else { 1 },
                writer.u16(TLS_1_2).bytes(bytes),
            ),
            Say::Certificate => (
                11,
                writer.vector(3, &Writer::new().vector(3, bytes).finish()),
            ),
            Say::KeyExchange if is_server => (12, writer.u8(3).u16(X25519).vector(1, bytes)),
            Say::KeyExchange if suite == ECDHE => (16, writer.vector(1, bytes)),
            Say::KeyExchange => (16, writer.vector(2, bytes)),
            Say::HelloDone => (14, writer.bytes(bytes)),
            Say::ChangeCipherSpec => return record(20, bytes),
            _ => (20, writer.bytes(bytes)),
        };
        let body = if in_vectors {
            body.finish()
        } else {
            bytes.clone()
        };
        record(22, &Writer::new().u8(kind).vector(3, &body).finish())
    }
}
