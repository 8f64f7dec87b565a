//! For a report: what an answer binds, or what it uses as the nonce, in place of what is due. It has
//! the slip with which its records open, or with which it opens those of others.

use fixtures::tls12::reference::{self, Material, header, open_binding, seal_binding};
use given::tls::{ContentType, OpenRecord, SealRecord};
use harness::show::Words;
use harness::{notes, with};

use super::counted::Sealed;
use crate::strategies::client_write_key;
use crate::subject::ch6_tls12::*;

/// Something that is easily done wrong.
struct Slip {
    words: &'static str,
    thought: &'static str,
    bound: Vec<u8>,
    /// IV and explicit nonce, as they are put together.
    nonce: [u8; 12],
}

const NUMBER: &str = "The number of the record is the first thing in the picture. How many bytes does it have, and which record is it about?";
const REST: &str = "Number, type, version, length: how many bytes is each of them, and in which order do they come?";
const LENGTH: &str = "Whose length is bound: that of the plaintext, or that of what is sent?";
const NONCE: &str = "12 bytes: which four of them come first, and which eight follow?";

/// The slips with a record like this.
fn slips(key: &Material, record: &Sealed<'_>) -> Vec<Slip> {
    let Sealed {
        number,
        content_type,
        plaintext,
        explicit,
    } = *record;
    let of = |number: u64, length: usize| header(number, content_type, length);
    let (due, length) = (of(number, plaintext.len()), plaintext.len());
    let nonce = |parts: [&[u8]; 2]| parts.concat().try_into().expect("4 and 8 bytes");
    let right = nonce([&key.iv, &explicit]);
    let bound = [
        ("binds no number", NUMBER, due[8..].to_vec()),
        ("binds the number 0", NUMBER, of(0, length)),
        (
            "binds the explicit nonce, not the number",
            "The nonce is in the fragment. The number is not: where do you get that from?",
            of(u64::from_be_bytes(explicit), length),
        ),
        (
            "binds the number of the next record",
            NUMBER,
            of(number.wrapping_add(1), length),
        ),
        (
            "binds the length with the tag",
            LENGTH,
            of(number, length + 16),
        ),
        (
            "binds the length of the whole fragment",
            LENGTH,
            of(number, length + 24),
        ),
        (
            "binds only the last byte of the length",
            "The length is bound in 2 bytes. What do you write into the first of them?",
            of(number, length & 0xff),
        ),
        (
            "binds the type of application data, whatever the type is",
            "The type of the record is one of the things that are bound. Where does yours come from?",
            header(number, ContentType::ApplicationData, length),
        ),
        (
            "binds the version before the type",
            REST,
            [&due[..8], &due[9..11], &due[8..9], &due[11..]].concat(),
        ),
        ("binds nothing", REST, vec![]),
    ];
    let mut reversed = explicit;
    reversed.reverse();
    let nonces = [
        (
            "has a nonce with the bytes of the explicit nonce in reverse",
            nonce([&key.iv, &reversed]),
        ),
        ("has a nonce without the IV", nonce([&[0; 4], &explicit])),
        (
            "has a nonce with the IV at its end",
            nonce([&explicit, &key.iv]),
        ),
        (
            "has a nonce with its own number in it, not the explicit nonce of the record",
            nonce([&key.iv, &number.to_be_bytes()]),
        ),
    ];
    let of_bound = bound.map(|(words, thought, bound)| Slip {
        words,
        thought,
        bound,
        nonce: right,
    });
    let of_nonces = nonces.map(|(words, nonce)| Slip {
        words,
        thought: NONCE,
        bound: due.clone(),
        nonce,
    });
    let all = of_bound.into_iter().chain(of_nonces);
    all.filter(|slip| slip.bound != due || slip.nonce != right)
        .collect()
}

/// Notes for the report why nobody opens this fragment, which the learner has sealed.
pub fn tell_sealed(key: &Material, record: &Sealed<'_>, fragment: &[u8]) {
    if !notes::are_taken() {
        return;
    }
    start_over();
    let opens = |fragment: &[u8]| {
        let opened = reference::open(key, record.number, record.content_type, fragment);
        opened.as_deref() == Some(record.plaintext)
    };
    if opens(fragment) {
        return;
    }
    if fragment.len() != record.plaintext.len() + 24 {
        notes::think(Some(
            "A fragment is 8 bytes of nonce, the ciphertext, which is as long as the plaintext, and 16 bytes of tag. Which part of yours is too long, or too short?",
        ));
        return;
    }
    let mut sealer = RecordSealer::starting_at(client_write_key(key), record.number);
    let fresh = sealer.seal(record.content_type, record.plaintext);
    if fresh.is_ok_and(|fragment| opens(&fragment)) {
        tell(COUNT.0, COUNT.1);
        return;
    }
    let is_it = |slip: &Slip| {
        let opened = open_binding(key.key, &slip.bound, slip.nonce, &fragment[8..]);
        opened.as_deref() == Some(record.plaintext)
    };
    if let Some(slip) = slips(key, record).into_iter().find(is_it) {
        tell(slip.words, slip.thought);
    }
}

/// Notes for the report why the learner does not open this record.
pub fn tell_unopened(key: &Material, record: &Sealed<'_>) {
    if !notes::are_taken() {
        return;
    }
    start_over();
    let opens = |fragment: &[u8]| {
        let mut opener = RecordOpener::starting_at(client_write_key(key), record.number);
        opener.open(record.content_type, fragment).as_deref() == Ok(record.plaintext)
    };
    let right = header(record.number, record.content_type, record.plaintext.len());
    if opens(&seal_binding(
        key,
        &right,
        record.explicit,
        record.plaintext,
    )) {
        tell(COUNT.0, COUNT.1);
        return;
    }
    let is_it = |slip: &Slip| {
        let (iv, rest) = slip.nonce.split_at(4);
        let other = Material {
            key: key.key,
            iv: iv.try_into().expect("4 bytes"),
        };
        let nonce = rest.try_into().expect("8 bytes");
        let sealed = seal_binding(&other, &slip.bound, nonce, record.plaintext);
        opens(&[&record.explicit[..], &sealed[8..]].concat())
    };
    match slips(key, record).into_iter().find(is_it) {
        Some(slip) => tell(slip.words, slip.thought),
        None if record.plaintext.is_empty() => notes::think(Some(
            "This record is sealed as in the picture, and there is nothing in it. What do you do with an empty one?",
        )),
        None => {}
    }
}

/// What differs if the keys and the header are right.
const COUNT: (&str, &str) = (
    "counts the records before this one differently",
    "Every record has the next number, whatever its type and its length. Where is yours counted, at each end?",
);

/// What was noted is about the record before this one.
fn start_over() {
    notes::start_over();
    notes::think(None);
}

fn tell(words: &str, thought: &'static str) {
    with!("what differs" = Words(format!("yours {words}")));
    notes::think(Some(thought));
}
