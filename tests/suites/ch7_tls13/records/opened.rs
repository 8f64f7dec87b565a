//! What is sealed, and what is opened.

use given::tls::ContentType;
use given::tls13::{OpenRecord, SealRecord};
use harness::show::{Piece, Show, Words};
use harness::{accepted, check, same, think_of, with};
use proptest::prelude::*;

use super::strategies::{
    Said, content_type, material, number, opener, opener_at, opens, records, sealer, sealer_at,
    seals,
};
use fixtures::strategies::{bytes, list};
use fixtures::tls13::reference::{self, Material};
use fixtures::tls13::traces::{Record, all_records};

harness::suite! {
    exercise "7.3" {
        /// you open the records of the connections in RFC 8448, in both directions
        #[think = "Nonce, header, type: go through the picture with this record."]
        fn the_records_of_the_rfc_open({row} from rows()) {
            let Row(record) = row;
            tell(&record);
            let mut opener = opener_at(&record.key, record.number);
            let (kind, content) = parted(&record.inner);
            let (header, sealed) = (record.header, record.sealed);
            let opened = accepted!(opener.open(header, &sealed));
            same!(opened.0, kind, "opener.open(header, &sealed)?.0");
            if let Some(rest) = content.strip_prefix(&opened.1[..]) && rest.iter().all(|byte| *byte == 0) {
                think_of!("The content itself may end with zeros. Read from the end: what comes first, the padding or the type, and what is left?");
            }
            same!(opened.1, content, "opener.open(header, &sealed)?.1");
        }

        /// you seal the records of the connections in RFC 8448 exactly as it prints them
        #[think = "Nonce, header, type: go through the picture with this record."]
        fn the_records_of_the_rfc_come_out({row} from rows()) {
            let Row(record) = row;
            tell(&record);
            let mut sealer = sealer_at(&record.key, record.number);
            let (kind, content) = parted(&record.inner);
            same!(sealer.seal(kind, &content, 0), Ok(record.sealed));
        }

        /// another implementation opens your records: each has the nonce of its number, and binds its header
        #[think = "What do you bind? Is the length in it that of the plaintext, or that of what is sent?"]
        #[cases = 128]
        fn others_open_your_records(
            key in material(), start in number(), records in records(0)
        ) {
            let mut sealer = sealer_at(&key, start);
            for (number, Said { content_type, content, zeros }) in (start..).zip(records.0) {
                let sealed = accepted!(sealer.seal(content_type, &content, zeros));
                let inner = reference::inner(content_type.code(), &content, zeros);
                same!(sealed, reference::seal_inner(&key, number, &inner).1);
            }
        }

        /// you open the records of another implementation, with any padding
        #[think = "Where is the type, and where does the padding begin? Read from the end."]
        #[cases = 128]
        fn you_open_others_records(
            key in material(), start in number(), records in records(0)
        ) {
            let mut opener = opener_at(&key, start);
            for (number, Said { content_type, content, zeros }) in (start..).zip(records.0) {
                let inner = reference::inner(content_type.code(), &content, zeros);
                let (header, sealed) = reference::seal_inner(&key, number, &inner);
                same!(opener.open(header, &sealed), Ok((content_type, content)));
            }
        }

        /// a record opens with the header that it was sealed with, whatever version that says
        #[think = "The version in the header is ignored (RFC 9846 §5.1). It is bound as it was received, and does not have to be 1.2."]
        fn a_header_may_say_another_version(version from [[3, 1], [3, 4], [3, 2], [0, 0], [0x7f, 0x1c]]) {
            let inner = reference::inner(23, b"hello", 0);
            let header = [23, version[0], version[1], 0, 22];
            let sealed = reference::seal_binding(&KEY, 0, &header, &inner);
            opens!(KEY, 0, header, &sealed, Ok((ContentType::ApplicationData, b"hello".to_vec())));
        }

        /// records of every length up to 2¹⁴ bytes are sealed and opened
        #[think = "The length in the header has 2 bytes. Which comes first?"]
        #[cases = 56]
        fn every_length_is_sealed(content in bytes(1..=1 << 14), content_type in content_type()) {
            let key = KEY;
            let inner = reference::inner(content_type.code(), &content, 0);
            let (header, expected) = reference::seal_inner(&key, 0, &inner);
            seals!(key, 0, content_type, &content, 0, Ok(expected.clone()));
            opens!(key, 0, header, &expected, Ok((content_type, content)));
        }

        /// the sealed part does not reveal the type of the record: it has the same length for every type
        #[think = "What would an observer see of an alert, and what of a page?"]
        #[cases = 32]
        fn the_type_is_hidden(key in material(), content in bytes(1..=64), zeros in 0..=64_usize) {
            for content_type in TYPES {
                let mut sealer = sealer(&key);
                let sealed = accepted!(sealer.seal(content_type, &content, zeros));
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

/// A record of RFC 8448, as the learner reads it.
struct Row(Record);

impl Show for Row {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("RFC 8448 {}", self.0.name))]
    }
}

/// Notes for a report what is printed about a record.
fn tell(record: &Record) {
    with!("record" = Words(format!("RFC 8448 {}", record.name)));
    with!("number" = record.number);
    with!("key" = record.key.key);
    with!("iv" = record.key.iv);
    with!("header" = record.header);
    with!("sealed" = record.sealed);
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
