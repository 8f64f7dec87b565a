//! What a record binds, and the nonce it is sealed with: nothing else will do.

use std::ops::Range;

use given::tls::{Abort, ContentType, OpenRecord};
use harness::{same, with};

use crate::strategies::client_write_key;
use crate::subject::ch6_tls12::*;
use fixtures::tls12::reference::{self, Material};

harness::suite! {
    exercise "6.4" {
        /// a record that binds something other than what the picture says is refused
        #[think = "If a record does not open, do you try again with something else bound?"]
        fn other_associated_data_is_refused(bound from other_headers()) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            let fragment = reference::seal_binding(&key, &bound, 7_u64.to_be_bytes(), b"hello");
            let mut opener = RecordOpener::starting_at(client_write_key(&key), 7);
            same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
        }

        /// a record that binds only a part of a large number, or of a length of 2 bytes, is refused
        #[think = "If a record does not open, do you try again with something else bound?"]
        fn a_part_of_the_header_is_not_enough(bound from parts_of_a_header()) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            let fragment = reference::seal_binding(&key, &bound, LATE.to_be_bytes(), &[0x61; 0x0105]);
            with!("number" = LATE.to_be_bytes());
            let mut opener = RecordOpener::starting_at(client_write_key(&key), LATE);
            same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
        }

        /// a record that was sealed with a nonce other than the one in the picture is refused
        #[think = "12 bytes: which four of them come first, and which eight follow? Do you try any others?"]
        fn another_nonce_is_refused(nonce from other_nonces()) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            let (iv, rest) = nonce.split_at(4);
            with!(key);
            let other = Material { iv: iv.try_into().expect("4 bytes"), ..key };
            let bound = reference::header(7, kind, 5);
            let rest = rest.try_into().expect("8 bytes");
            let sealed = reference::seal_binding(&other, &bound, rest, b"hello");
            let fragment = [&EXPLICIT[..], &sealed[8..]].concat();
            let mut opener = RecordOpener::starting_at(client_write_key(&key), 7);
            same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
        }
    }
}

/// What a record might bind instead of number 7, application data, version 1.2 and 5 bytes.
fn other_headers() -> Vec<Vec<u8>> {
    let right = reference::header(7, ContentType::ApplicationData, 5);
    let with = |place: usize, byte: u8| {
        let mut other = right.clone();
        other[place] = byte;
        other
    };
    let mut little_endian = right.clone();
    little_endian[..8].reverse();
    vec![
        vec![],
        right[..8].to_vec(),
        right[8..].to_vec(),
        right[..11].to_vec(),
        [&right[..], &[0]].concat(),
        [&[0], &right[..]].concat(),
        little_endian,
        // Other numbers: the first, those next to it, and one that differs in its first byte.
        with(7, 0),
        with(7, 6),
        with(7, 8),
        with(0, 7),
        // Other types, and other versions.
        with(8, 0),
        with(8, 20),
        with(8, 21),
        with(8, 22),
        with(8, 24),
        with(10, 0),
        with(10, 1),
        with(10, 2),
        with(10, 4),
        with(9, 0),
        // Other lengths: none, with the tag, with the nonce as well, and in another byte.
        with(12, 0),
        with(12, 5 + 16),
        with(12, 5 + 24),
        with(11, 5),
    ]
}

/// The number of a record, no byte of which is 0.
const LATE: u64 = 0x0102_0304_0506_0708;

/// What a record with this number and 0x0105 bytes might bind: a part of the number, of the length, or of all of it.
fn parts_of_a_header() -> Vec<Vec<u8>> {
    let right = reference::header(LATE, ContentType::ApplicationData, 0x0105);
    let zeros = |places: Range<usize>| {
        let mut other = right.clone();
        other[places].fill(0);
        other
    };
    vec![
        zeros(0..1),
        zeros(0..4),
        zeros(0..6),
        zeros(0..7),
        zeros(0..8),
        zeros(4..8),
        zeros(11..12),
        zeros(11..13),
        right[4..].to_vec(),
        // The header of a record of TLS 1.3, which has no number in it (RFC 9846 §5.2).
        [23, 3, 3, 0x01, 0x05].to_vec(),
        [23, 3, 3, 0x01, 0x05 + 16].to_vec(),
        [23, 3, 3, 0x01, 0x05 + 24].to_vec(),
    ]
}

/// The explicit nonce of a record.
const EXPLICIT: [u8; 8] = [3, 4, 5, 6, 7, 8, 9, 10];

/// What else a nonce might be made of: this explicit nonce, the IV, which is 02 02 02 02, and the number, which is 7.
fn other_nonces() -> Vec<[u8; 12]> {
    let (iv, none) = ([2; 4], [0; 4]);
    let mut reversed = EXPLICIT;
    reversed.reverse();
    let of = |parts: [&[u8]; 2]| -> [u8; 12] { parts.concat().try_into().expect("12 bytes") };
    // As in TLS 1.3: a number, XORed with the IV.
    let mut xored = of([&none, &EXPLICIT]);
    xored[8..].iter_mut().for_each(|byte| *byte ^= 2);
    vec![
        of([&none, &EXPLICIT]),
        of([&EXPLICIT, &iv]),
        of([&EXPLICIT, &none]),
        of([&iv, &reversed]),
        of([&iv, &7_u64.to_be_bytes()]),
        of([&iv, &[0; 8]]),
        xored,
        [0; 12],
    ]
}
