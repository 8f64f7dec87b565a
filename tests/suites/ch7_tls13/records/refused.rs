//! What must not open.

use given::tls::{Abort, ContentType};
use given::tls13::{OpenRecord, SealRecord};
use harness::show::Words;
use harness::{accepted, assume, same, with};
use proptest::prelude::*;
use proptest::sample::Index;

use super::opened::KEY;
use super::strategies::{
    Said, material, number, opener_at, opens, records, said, sealer, server_opener,
};
use fixtures::near_misses::NearMiss;
use fixtures::strategies::{bit, bytes, flip};
use fixtures::tls13::reference::{self, Material};

harness::suite! {
    exercise "7.3" {
        /// changing one bit of a record, in its header or after it, makes `open` refuse it
        #[think = "Which part of the record do you neither check nor bind?"]
        fn a_changed_record_is_refused(
            key in material(), start in number(), record in said(), changed in bit()
        ) {
            let (header, sealed) = reference::seal_inner(&key, start, &record.inner());
            let changed = changed.flipped(&[&header[..], &sealed].concat());
            let (header, sealed) = changed.split_first_chunk().expect("a header");
            opens!(key, start, *header, sealed, Err(Abort::BadRecord));
        }

        /// changing any bit of the header, of the ciphertext or of the tag is noticed
        #[think = "Do you bind all 5 bytes of the header, exactly as received?"]
        fn every_bit_counts(bit from (0..8 * (5 + 2 + 16)).collect::<Vec<usize>>()) {
            let inner = reference::inner(23, b"a", 0);
            let (header, sealed) = reference::seal_inner(&KEY, 7, &inner);
            let mut record = [&header[..], &sealed].concat();
            flip(&mut record, bit);
            let (header, sealed) = record.split_first_chunk().expect("a header");
            opens!(KEY, 7, *header, sealed, Err(Abort::BadRecord));
        }

        /// a record that binds something other than its header is refused
        #[think = "If a record does not open, do you try again with something else bound?"]
        fn other_associated_data_is_refused(bound from other_headers()) {
            let inner = reference::inner(23, b"hello", 0);
            let sealed = reference::seal_binding(&KEY, 7, &bound.bytes, &inner);
            let header = reference::header(sealed.len());
            opens!(KEY, 7, header, &sealed, Err(Abort::BadRecord));
        }

        /// a repeated record is refused
        #[think = "After a record has been opened, which number does the opener wait for?"]
        #[cases = 128]
        fn a_replay_is_refused(
            key in material(), start in number(), records in records(1), {again} in any::<Index>()
        ) {
            let sent: Vec<_> = (start..)
                .zip(&records.0)
                .map(|(number, record)| reference::seal_inner(&key, number, &record.inner()))
                .collect();
            let mut opener = opener_at(&key, start);
            for (header, sealed) in &sent {
                accepted!(opener.open(*header, sealed));
            }
            let (header, sealed) = &sent[again.index(sent.len())];
            same!(opener.open(*header, sealed), Err(Abort::BadRecord));
        }

        /// a record that arrives before its turn is refused: one was dropped, or two were swapped
        #[think = "The number is nowhere in the record. Where does the opener get it from?"]
        #[cases = 64]
        fn a_record_too_early_is_refused(
            key in material(), start in number(), ahead in 1..=8_u64, record in said()
        ) {
            let (header, sealed) = reference::seal_inner(&key, start + ahead, &record.inner());
            opens!(key, start, header, &sealed, Err(Abort::BadRecord));
        }

        /// a record whose number differs in one bit from the one that you wait for is refused
        #[think = "Does the whole number get into the nonce?"]
        fn a_number_that_is_near_is_refused(bit from 0..64) {
            for awaited in [0, 1, (1 << 32) - 1, 0x0123_4567_89ab_cdef] {
                let inner = reference::inner(23, b"a", 0);
                let (header, sealed) = reference::seal_inner(&KEY, awaited ^ (1 << bit), &inner);
                opens!(KEY, awaited, header, &sealed, Err(Abort::BadRecord));
            }
        }

        /// a record under another key or IV is refused, and so is one that is sent back to its sender
        #[think = "Do you use all of the key, and all of the IV?"]
        #[cases = 64]
        fn another_key_is_refused(key in material(), changed in bit(), record in said()) {
            let both = changed.flipped(&[&key.key[..], &key.iv].concat());
            let (other_key, other_iv) = both.split_at(16);
            let others = Material {
                key: other_key.try_into().expect("16 of 28 bytes"),
                iv: other_iv.try_into().expect("12 of 28 bytes"),
            };
            let Said { content_type, content, zeros } = record;
            let mut sealer = sealer(&key);
            let sealed = accepted!(sealer.seal(content_type, &content, zeros));
            let header = reference::header(sealed.len());
            let mut opener = server_opener(&others);
            with!("opener" = Words("RecordOpener::new(key of the opener)".to_owned()));
            with!("key of the opener" = others);
            same!(opener.open(header, &sealed), Err(Abort::BadRecord));
        }

        /// a record of TLS 1.2 is refused: it begins with its explicit nonce, and binds its number and the length of its content
        #[think = "What was sent in TLS 1.2, and is only counted now?"]
        fn a_record_of_tls_1_2_is_refused(number from [0_u64, 1, 7]) {
            let mut bound = number.to_be_bytes().to_vec();
            bound.extend([23, 3, 3, 0, 5]);
            let sealed = reference::seal_binding(&KEY, number, &bound, b"hello");
            for sealed in [sealed.clone(), [&number.to_be_bytes()[..], &sealed].concat()] {
                let header = reference::header(sealed.len());
                let mut opener = opener_at(&KEY, number);
                same!(opener.open(header, &sealed), Err(Abort::BadRecord));
            }
        }

        /// junk of any length is refused, and never makes `open` panic
        #[think = "A tag has 16 bytes. What do you do with fewer?"]
        fn junk_is_refused(
            key in material(), junk in prop_oneof![bytes(0..=20), bytes(16..=60)], changed in bit()
        ) {
            let header = reference::header(junk.len());
            opens!(key, 0, header, &junk, Err(Abort::BadRecord));
            let header = changed.flipped(&header).try_into().expect("5 bytes");
            opens!(key, 0, header, &junk, Err(Abort::BadRecord));
        }

        /// a record that was cut short, or has something added, is refused
        #[think = "Everything after the header is ciphertext and tag. Do you pass all of it on?"]
        #[cases = 64]
        fn another_length_is_refused(
            key in material(), record in said(), {missing} in 1..=64_usize, extra in bytes(1..=24)
        ) {
            let (header, sealed) = reference::seal_inner(&key, 0, &record.inner());
            let cut = sealed[..sealed.len().saturating_sub(missing)].to_vec();
            for other in [cut, [sealed, extra].concat()] {
                // Under the header as it was, and under one that fits.
                for header in [header, reference::header(other.len())] {
                    opens!(key, 0, header, &other, Err(Abort::BadRecord));
                }
            }
        }

        /// one end does not share its number with another, even under the same key
        #[think = "Where is the number kept? Each end has its own."]
        fn two_ends_do_not_share(other_key from [KEY, Material { key: [3; 16], iv: [2; 12] }]) {
            assume!(other_key.iv == KEY.iv);
            let (mut one, mut other) = (sealer(&KEY), sealer(&other_key));
            for number in 0..3 {
                let inner = reference::inner(23, b"a", 0);
                for (end, key) in [(&mut one, &KEY), (&mut other, &other_key)] {
                    let (_, expected) = reference::seal_inner(key, number, &inner);
                    same!(end.seal(ContentType::ApplicationData, b"a", 0), Ok(expected));
                }
            }
        }
    }
}

/// What a record might bind instead of its header. It has 5 bytes of content, so its sealed part
/// has 22.
fn other_headers() -> Vec<NearMiss> {
    let right = reference::header(22);
    let with = |name: &str, place: usize, byte: u8| {
        let mut other = right;
        other[place] = byte;
        NearMiss::new(name, other)
    };
    let number = 7_u64.to_be_bytes();
    vec![
        NearMiss::new("nothing", []),
        NearMiss::new("the header without its length", &right[..3]),
        NearMiss::new("the length alone", &right[3..]),
        NearMiss::new(
            "the header, and a zero after it",
            [&right[..], &[0]].concat(),
        ),
        NearMiss::new(
            "the header, and a zero before it",
            [&[0], &right[..]].concat(),
        ),
        NearMiss::new("number and header", [&number[..], &right].concat()),
        NearMiss::new(
            "number and header, as in TLS 1.2",
            [&number[..], &[23, 3, 3, 0, 5]].concat(),
        ),
        with("the length of the content", 4, 5),
        with("the length of content and type", 4, 6),
        with("the length including the header", 4, 27),
        with("the length in both of its bytes", 3, 22),
        with("the type handshake", 0, 22),
        with("the type 0", 0, 0),
        with("version 1.0", 2, 1),
        with("version 1.1", 2, 2),
        with("version 1.3", 2, 4),
    ]
}
