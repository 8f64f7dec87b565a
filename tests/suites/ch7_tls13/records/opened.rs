//! What is sealed, what is opened, and how the records are counted.

use given::tls::{Abort, ContentType};
use given::tls13::{OpenRecord, SealRecord};
use harness::show::{Piece, Show};
use harness::{accepted, check, differ, same};
use proptest::prelude::*;

use crate::strategies::{Said, content_type, material, number, opener, said, sealer};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{bytes, list};
use fixtures::tls13::reference::{self, Material};
use fixtures::tls13::traces::{Record, all_records};

harness::suite! {
    exercise "7.3" {
        /// you open the records of the connections in RFC 8448, in both directions
        #[think = "Nonce, header, type: go through the picture with this record."]
        fn the_records_of_the_rfc_open(row from rows()) {
            let Row(record) = row;
            let mut opener = opener_at(&record.key, record.number);
            let (kind, content) = parted(&record.inner);
            same!(accepted!(opener.open(record.header, &record.sealed)).0, kind);
            let mut opener = opener_at(&record.key, record.number);
            same!(accepted!(opener.open(record.header, &record.sealed)).1, content);
        }

        /// you seal the records of the connections in RFC 8448 exactly as it prints them
        #[think = "Nonce, header, type: go through the picture with this record."]
        fn the_records_of_the_rfc_come_out(row from rows()) {
            let Row(record) = row;
            let mut sealer = sealer_at(&record.key, record.number);
            let (kind, content) = parted(&record.inner);
            same!(sealer.seal(kind, &content, 0), Ok(record.sealed));
        }

        /// another implementation opens your records: each has the nonce of its number, and binds its header
        #[think = "What do you bind? Is the length in it that of the plaintext, or that of what is sent?"]
        #[cases = 128]
        fn others_open_your_records(
            key in material(), start in number(), said in list(said(), 0..=5)
        ) {
            let mut sealer = sealer_at(&key, start);
            for (number, Said { content_type, content, zeros }) in (start..).zip(said) {
                let sealed = accepted!(sealer.seal(content_type, &content, zeros));
                let inner = reference::inner(content_type.code(), &content, zeros);
                same!(sealed, reference::seal_inner(&key, number, &inner).1);
            }
        }

        /// you open the records of another implementation, with any padding
        #[think = "Where is the type, and where does the padding begin? Read from the end."]
        #[cases = 128]
        fn you_open_others_records(
            key in material(), start in number(), said in list(said(), 0..=5)
        ) {
            let mut opener = opener_at(&key, start);
            for (number, Said { content_type, content, zeros }) in (start..).zip(said) {
                let inner = reference::inner(content_type.code(), &content, zeros);
                let (header, sealed) = reference::seal_inner(&key, number, &inner);
                let (opened_type, opened) = accepted!(opener.open(header, &sealed));
                same!(opened, content);
                same!(opened_type, content_type);
            }
        }

        /// records of every length up to 2¹⁴ bytes are sealed and opened
        #[think = "The length in the header has 2 bytes. Which comes first?"]
        #[cases = 56]
        fn every_length_is_sealed(content in bytes(1..=1 << 14), content_type in content_type()) {
            let key = KEY;
            let inner = reference::inner(content_type.code(), &content, 0);
            let (header, expected) = reference::seal_inner(&key, 0, &inner);
            same!(sealer(&key).seal(content_type, &content, 0), Ok(expected.clone()));
            same!(accepted!(opener(&key).open(header, &expected)).1, content);
        }

        /// the sealed part does not reveal the type of the record: it has the same length for every type
        #[think = "What would an observer see of an alert, and what of a page?"]
        #[cases = 32]
        fn the_type_is_hidden(key in material(), content in bytes(1..=64), zeros in 0..=64_usize) {
            for content_type in TYPES {
                let sealed = accepted!(sealer(&key).seal(content_type, &content, zeros));
                check!(
                    sealed.len() == content.len() + 1 + zeros + 16,
                    format!("{} bytes: the content, its type, the zeros, the tag",
                        content.len() + 1 + zeros + 16),
                    sealed
                );
            }
        }

        /// a message arrives unchanged, wherever it is cut into records and however each is padded
        #[think = "Does anything from one record get into the next one?"]
        #[cases = 64]
        fn the_cut_makes_no_difference(
            key in material(), message in bytes(1..=600),
            cuts in list((1..=200_usize, 0..=200_usize).boxed(), 1..=8)
        ) {
            let (mut sealer, mut opener) = (sealer(&key), opener(&key));
            let (mut rest, mut heard) = (&message[..], Vec::new());
            for (length, zeros) in cuts.into_iter().cycle() {
                let (piece, after) = rest.split_at(rest.len().min(length));
                rest = after;
                let sealed = accepted!(sealer.seal(ContentType::Handshake, piece, zeros));
                let header = reference::header(sealed.len());
                heard.extend(accepted!(opener.open(header, &sealed)).1);
                if rest.is_empty() {
                    break;
                }
            }
            same!(heard, message);
        }

        /// each record gets the next number, whatever its type, length and padding
        #[think = "What does your counter count: records, or something in them?"]
        fn every_record_counts(content_type from TYPES) {
            let (mut sealer, mut opener) = (sealer(&KEY), opener(&KEY));
            let lengths = [(1, 0), (300, 7), (1, 300), (4097, 0), (16_384, 0), (1, 16_383), (16, 16)];
            for (number, (length, zeros)) in (0..).zip(lengths) {
                let content = vec![0x61; length];
                let inner = reference::inner(content_type.code(), &content, zeros);
                let (header, expected) = reference::seal_inner(&KEY, number, &inner);
                same!(sealer.seal(content_type, &content, zeros), Ok(expected.clone()));
                same!(accepted!(opener.open(header, &expected)).1, content);
            }
        }

        /// both ends keep counting past every power of two
        #[think = "Where is the number kept, and how many bits does it have there?"]
        fn both_ends_count_past_every_power_of_two(bits from 2..64) {
            let start = (1 << bits) - 2;
            let (mut sealer, mut opener) = (sealer_at(&KEY, start), opener_at(&KEY, start));
            for number in start..start + 4 {
                let inner = reference::inner(23, b"and on", 0);
                let (header, expected) = reference::seal_inner(&KEY, number, &inner);
                same!(
                    sealer.seal(ContentType::ApplicationData, b"and on", 0),
                    Ok(expected.clone())
                );
                same!(accepted!(opener.open(header, &expected)).1, b"and on".to_vec());
            }
        }

        /// both ends stop before the last number, and do not start over
        #[think = "What comes after u64::MAX? Which record has already used that nonce?"]
        fn both_ends_stop_at_the_last_number(left from 0..=3) {
            let (kind, start) = (ContentType::ApplicationData, u64::MAX - left);
            let (mut sealer, mut opener) = (sealer_at(&KEY, start), opener_at(&KEY, start));
            let inner = reference::inner(23, b"one of the last", 0);
            for number in start..u64::MAX {
                let (header, expected) = reference::seal_inner(&KEY, number, &inner);
                same!(sealer.seal(kind, b"one of the last", 0), Ok(expected.clone()));
                accepted!(opener.open(header, &expected));
            }
            for number in [u64::MAX, 0] {
                same!(sealer.seal(kind, b"one too many", 0), Err(Abort::Exhausted));
                let (header, sealed) = reference::seal_inner(&KEY, number, &inner);
                same!(opener.open(header, &sealed), Err(Abort::BadRecord));
            }
        }

        /// under a new key the numbers begin at 0 again, at both ends
        #[think = "Which number does the first record under a new key have?"]
        #[cases = 32]
        fn a_new_key_begins_at_zero(
            key in material(), next in material(), start in number(), before in 0..=3_usize
        ) {
            let (mut sealer, mut opener) = (sealer_at(&key, start), opener_at(&key, start));
            for number in (start..).take(before) {
                let inner = reference::inner(22, b"before", 0);
                let (header, sealed) = reference::seal_inner(&key, number, &inner);
                same!(sealer.seal(ContentType::Handshake, b"before", 0), Ok(sealed.clone()));
                accepted!(opener.open(header, &sealed));
            }
            sealer.change_key(RecordKey::new(next.key, next.iv));
            opener.change_key(RecordKey::new(next.key, next.iv));
            for number in 0..3 {
                let inner = reference::inner(23, b"after", 0);
                let (header, sealed) = reference::seal_inner(&next, number, &inner);
                let kind = ContentType::ApplicationData;
                same!(sealer.seal(kind, b"after", 0), Ok(sealed.clone()));
                same!(accepted!(opener.open(header, &sealed)).1, b"after".to_vec());
            }
        }

        /// after a change of keys, the old key opens nothing, and an end that was out of numbers goes on
        #[think = "Which part of the old key is still there?"]
        fn a_new_key_is_all_there_is(number from [0, 1, u64::MAX]) {
            let next = Material { key: [3; 16], iv: [4; 12] };
            let (mut sealer, mut opener) = (sealer_at(&KEY, number), opener_at(&KEY, number));
            sealer.change_key(RecordKey::new(next.key, next.iv));
            opener.change_key(RecordKey::new(next.key, next.iv));
            let inner = reference::inner(23, b"a", 0);
            for old in [0, 1, number] {
                let (header, sealed) = reference::seal_inner(&KEY, old, &inner);
                let mut opener = opener_at(&KEY, number);
                opener.change_key(RecordKey::new(next.key, next.iv));
                same!(opener.open(header, &sealed), Err(Abort::BadRecord));
            }
            let (header, sealed) = reference::seal_inner(&next, 0, &inner);
            same!(sealer.seal(ContentType::ApplicationData, b"a", 0), Ok(sealed.clone()));
            accepted!(opener.open(header, &sealed));
        }

        /// two records with the same content have different bytes
        #[think = "What makes two records differ, if their content is the same?"]
        #[cases = 16]
        fn no_two_records_are_the_same(key in material(), content in bytes(1..=64)) {
            let mut sealer = sealer(&key);
            let first = accepted!(sealer.seal(ContentType::ApplicationData, &content, 0));
            differ!(accepted!(sealer.seal(ContentType::ApplicationData, &content, 0)), first);
        }
    }
}

/// A key for properties in which it makes no difference.
pub const KEY: Material = Material {
    key: [1; 16],
    iv: [2; 12],
};

/// The types that are sealed at all.
pub const TYPES: [ContentType; 3] = [
    ContentType::Alert,
    ContentType::Handshake,
    ContentType::ApplicationData,
];

use crate::strategies::{opener_at, sealer_at};

/// A record of RFC 8448, as the learner reads it.
struct Row(Record);

impl Show for Row {
    fn pieces(&self) -> Vec<Piece> {
        let Record {
            name,
            key,
            header,
            sealed,
            ..
        } = &self.0;
        let part = |name: &str, bytes: &[u8]| {
            let name = Piece::Text(format!(", {name} "));
            [name, Piece::Bytes(bytes.to_vec())]
        };
        let mut pieces = vec![Piece::Text(format!("RFC 8448 {name}"))];
        pieces.extend(part("key", &key.key));
        pieces.extend(part("IV", &key.iv));
        pieces.extend(part("header", header));
        pieces.extend(part("sealed", sealed));
        pieces
    }
}

fn rows() -> Vec<Row> {
    all_records().into_iter().map(Row).collect()
}

/// Type and content. None of these is padded.
fn parted(inner: &[u8]) -> (ContentType, Vec<u8>) {
    let (kind, content) = inner.split_last().expect("a type");
    let kind = ContentType::from_code(*kind).expect("a type with a name");
    (kind, content.to_vec())
}
