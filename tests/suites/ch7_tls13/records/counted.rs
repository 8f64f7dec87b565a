//! How the records are counted, and keys that change.

use given::tls::{Abort, ContentType};
use given::tls13::{OpenRecord, SealRecord};
use harness::show::Words;
use harness::{accepted, differ, same, think_of, with};

use super::opened::{KEY, TYPES};
use super::strategies::{counts_from, material, number, opener, opener_at, sealer, sealer_at};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::bytes;
use fixtures::tls13::reference::{self, Material};

harness::suite! {
    exercise "7.3" {
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
                let opened = accepted!(opener.open(header, &expected));
                same!(opened.1, content, "opener.open(header, &sealed)?.1");
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
                let opened = accepted!(opener.open(header, &expected));
                same!(opened.1, b"and on".to_vec(), "opener.open(header, &sealed)?.1");
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

        /// what does not open uses up no number: the record that is awaited opens after it
        #[think = "Which number do you wait for after a record that did not open? The server of 7.9 tries many before one opens."]
        fn what_does_not_open_is_not_counted(start from [0, 1, (1 << 32) - 1, u64::MAX - 2]) {
            let [(header, first), (_, second)] = [start, start + 1].map(|number| {
                reference::seal_inner(&KEY, number, &reference::inner(23, b"in turn", 0))
            });
            let mut changed = first.clone();
            changed[0] ^= 1;
            let mut opener = opener_at(&KEY, start);
            for awaited in [first, second] {
                for junk in [&[][..], &[0x61; 15], &[0x61; 40], &[0x61; 16_640], &changed] {
                    for _ in 0..2 {
                        same!(opener.open(reference::header(junk.len()), junk), Err(Abort::BadRecord));
                    }
                }
                same!(opener.open([22, 3, 3, 0, 24], &awaited), Err(Abort::BadRecord));
                let Words(made) = counts_from("RecordOpener", start);
                with!("opener" = Words(format!("{made}, after records that did not open")));
                let opened = accepted!(opener.open(header, &awaited));
                same!(opened.1, b"in turn".to_vec(), "opener.open(header, &sealed)?.1");
            }
        }

        /// a record that is too long uses up no number, and neither do thousands that don't open
        #[think = "Early data may be thousands of small records, and then one opens. What do you keep of those that don't?"]
        fn nothing_is_counted_that_does_not_open((length, times) from [(16_641, 1), (65_535, 3), (17, 300), (1, 4096)]) {
            let (header, awaited) = reference::seal_inner(&KEY, 0, &reference::inner(23, b"in turn", 0));
            let refused = match length > 16_640 {
                true => Abort::RecordOverflow,
                false => Abort::BadRecord,
            };
            let junk = vec![0x61; length];
            let mut opener = opener(&KEY);
            if length > 16_640 {
                think_of!("This record is too long to be opened. Does it have a number of its own? Only one that opens uses up a number.");
            }
            for _ in 0..times {
                same!(opener.open(reference::header(length), &junk), Err(refused.clone()));
            }
            with!("before" = Words(format!("{length} bytes that don't open, {times} times")));
            let opened = accepted!(opener.open(header, &awaited));
            same!(opened.1, b"in turn".to_vec(), "opener.open(header, &sealed)?.1");
        }

        /// under a new key the numbers begin at 0 again, at both ends
        #[think = "Which number does the first record under a new key have, and which IV?"]
        #[cases = 16]
        fn a_new_key_begins_at_zero(
            key in material(), {next} in material(), start in number(), before in 0..=3_usize
        ) {
            // The new key may share a part with the old one, or all of it.
            let (same_key, same_iv) = (Material { iv: next.iv, ..key }, Material { key: next.key, ..key });
            for next in [next, same_key, same_iv, key] {
                with!("next" = next);
                if next == key {
                    think_of!("The new key equals the old one here, and so does its IV. Do you compare them? It still counts as a new key.");
                }
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
                    let opened = accepted!(opener.open(header, &sealed));
                    same!(opened.1, b"after".to_vec(), "opener.open(header, &sealed)?.1");
                }
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
