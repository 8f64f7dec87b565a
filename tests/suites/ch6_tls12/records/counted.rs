//! What is sealed, what is opened, and how records are counted.

use std::collections::BTreeMap;

use given::tls::{Abort, ContentType, OpenRecord, SealRecord, Wire};
use harness::{Broken, accepted, check, same, think_of};
use proptest::collection::vec;

use super::slips::{tell_sealed, tell_unopened};
use crate::conversation::{
    ClientWire, Said, ServerWire, Word, content_type, one_said, said, words,
};
use crate::strategies::{client_write_key, material, number};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{array, bytes};
use fixtures::tls12::reference::{self, Material};

harness::suite! {
    exercise "6.4" {
        /// others open your records, with the IV, the nonce in each record, and the RFC's associated data
        #[think = "Go through the picture: the nonce, the 13 bytes that are bound, the fragment."]
        #[cases = 128]
        fn others_open_your_records(key in material(), start in number(), said in said()) {
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            for (number, Said { content_type, plaintext }) in (start..).zip(said) {
                let fragment = accepted!(sealer.seal(content_type, &plaintext));
                let explicit = *fragment.first_chunk().unwrap_or(&[0; 8]);
                let record = Sealed { number, content_type, plaintext: &plaintext, explicit };
                tell_sealed(&key, &record, &fragment);
                check!(
                    fragment.len() == plaintext.len() + 24,
                    format!("{} bytes: 8, the ciphertext, 16", plaintext.len() + 24), fragment,
                    "sealer.seal(content_type, &plaintext)?"
                );
                let opened = reference::open(&key, number, content_type, &fragment);
                check!(
                    opened == Some(plaintext),
                    format!("what opens as record {number} under its explicit nonce"), fragment,
                    "sealer.seal(content_type, &plaintext)"
                );
            }
        }

        /// you open the records of others, whatever explicit nonce they have chosen
        #[think = "The nonce is in the fragment. The number is not: where do you get that from?"]
        #[cases = 128]
        fn you_open_others_records(
            key in material(), start in number(), said in said(), {nonces} in vec(array::<8>(), 8)
        ) {
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (number, (said, nonce)) in (start..).zip(said.into_iter().zip(nonces)) {
                let Said { content_type, plaintext } = said;
                let fragment = reference::seal(&key, number, content_type, nonce, &plaintext);
                let record = Sealed { number, content_type, plaintext: &plaintext, explicit: nonce };
                tell_unopened(&key, &record);
                same!(opener.open(content_type, &fragment), Ok(plaintext));
            }
        }

        /// the explicit nonce that you send is the number of the record
        #[think = "8 bytes, the most significant first. What number does the first record have?"]
        #[cases = 128]
        fn the_explicit_nonce_is_the_number(
            key in material(), start in number(), record in one_said()
        ) {
            let Said { content_type, plaintext } = record;
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            for number in start..start + 3 {
                let fragment = accepted!(sealer.seal(content_type, &plaintext));
                same!(fragment[..8.min(fragment.len())], number.to_be_bytes(), "sealer.seal(content_type, &plaintext)?[..8]");
            }
        }

        /// both ends keep counting past every power of two
        #[think = "Where is the number kept, and how many bits does it have there?"]
        fn both_ends_count_past_every_power_of_two(bits from 2..64) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            let start = (1 << bits) - 2;
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for number in start..start + 4 {
                let fragment = reference::seal(&key, number, kind, number.to_be_bytes(), b"and on");
                same!(sealer.seal(kind, b"and on"), Ok(fragment.clone()));
                same!(opener.open(kind, &fragment), Ok(b"and on".to_vec()));
            }
        }

        /// records of every length are sealed and opened, from empty ones to the longest, of 2^14 bytes
        #[think = "The length is bound in 2 bytes. Which length is it?"]
        #[cases = 56]
        fn every_length_is_sealed(plaintext in bytes(0..=1 << 14), content_type in content_type()) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut sealer = RecordSealer::new(client_write_key(&key));
            let fragment = accepted!(sealer.seal(content_type, &plaintext));
            let explicit = *fragment.first_chunk().unwrap_or(&[0; 8]);
            let record = Sealed { number: 0, content_type, plaintext: &plaintext, explicit };
            tell_sealed(&key, &record, &fragment);
            check!(
                reference::open(&key, 0, content_type, &fragment).as_ref() == Some(&plaintext),
                "what opens as record 0 under its explicit nonce", fragment,
                    "sealer.seal(content_type, &plaintext)"
            );
            let mut opener = RecordOpener::new(client_write_key(&key));
            let fragment = reference::seal(&key, 0, content_type, [9; 8], &plaintext);
            think_of!("Others open your record of this length, and you don't open theirs. Is there a limit in your code that is not in the exercise?");
            same!(opener.open(content_type, &fragment), Ok(plaintext));
        }

        /// a record of more than 2^14 bytes opens, if its length fits in 2 bytes: `Wire` refuses it
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_record_that_wire_will_refuse_opens(length from [16_385, 65_535]) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            let plaintext = vec![0x61; length];
            let fragment = reference::seal(&key, 0, kind, [9; 8], &plaintext);
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(kind, &fragment), Ok(plaintext));
        }

        /// each record gets the next number, whatever its length and type, even if it is empty
        #[think = "What does your counter count: records, or something in them?"]
        fn every_record_counts(content_type from ContentType::ALL.to_vec()) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut sealer = RecordSealer::new(client_write_key(&key));
            let mut opener = RecordOpener::new(client_write_key(&key));
            for (number, length) in (0..).zip([1, 0, 1, 4097, 1, 16, 0, 0, 1, 300, 1]) {
                let plaintext = vec![0x61; length];
                let fragment = accepted!(sealer.seal(content_type, &plaintext));
                let opened = reference::open(&key, number, content_type, &fragment);
                check!(
                    opened.as_ref() == Some(&plaintext),
                    format!("what opens as record {number} under its explicit nonce"), fragment,
                    "sealer.seal(content_type, &plaintext)"
                );
                let fragment = reference::seal(&key, number, content_type, [9; 8], &plaintext);
                same!(opener.open(content_type, &fragment), Ok(plaintext));
            }
        }

        /// under one key, no explicit nonce is used twice, however many records there are
        #[think = "How many different nonces can your sender make? What makes the next one differ?"]
        fn no_nonce_comes_twice() {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut nonces = BTreeMap::new();
            // As if a sender had already sent this many: the first records, and others much later.
            for start in [0, (1 << 16) - 50, 1 << 32, 1 << 48, u64::MAX - 101] {
                let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
                for number in start..start + 100 {
                    let fragment = accepted!(sealer.seal(ContentType::ApplicationData, b"a"));
                    let nonce = fragment[..8.min(fragment.len())].to_vec();
                    if let Some(earlier) = nonces.insert(nonce, number) {
                        let expected = "an explicit nonce of its own";
                        let got = format!("that of record {earlier}");
                        return Err(Broken::expected(&format!("record {number}"), expected, got));
                    }
                }
            }
        }

        /// both ends stop before the last number, and do not start over
        #[think = "What comes after u64::MAX? Which record has already used that nonce?"]
        fn both_ends_stop_at_the_last_number(key in material(), left in 0..=3_u64) {
            let (kind, start) = (ContentType::ApplicationData, u64::MAX - left);
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for number in start..u64::MAX {
                let fragment = accepted!(sealer.seal(kind, b"one of the last"));
                same!(fragment[..8.min(fragment.len())], number.to_be_bytes(), "sealer.seal(kind, b\"one of the last\")?[..8]");
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one of the last");
                same!(opener.open(kind, &fragment), Ok(b"one of the last".to_vec()));
            }
            for number in [u64::MAX, 0] {
                same!(sealer.seal(kind, b"one too many"), Err(Abort::Exhausted));
                same!(sealer.seal(kind, b""), Err(Abort::Exhausted));
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one too many");
                same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
            }
        }

        /// the same messages arrive, wherever the network cuts the bytes
        #[think = "Which records are counted, at which end? All of them, of every type?"]
        #[cases = 96]
        fn the_cut_makes_no_difference(
            key in material(), words in words(), cuts in vec(1..=60_usize, 1..=12)
        ) {
            let mut sender: ClientWire = Wire::new();
            sender.seal_with(RecordSealer::new(client_write_key(&key)));
            for word in &words {
                accepted!(word.send(&mut sender));
            }
            let sent = sender.to_send();

            let mut receiver: ServerWire = Wire::new();
            receiver.open_with(RecordOpener::new(client_write_key(&key)));
            let (mut heard, mut rest) = (Vec::new(), sent.as_slice());
            for length in cuts.iter().cycle() {
                let (piece, after) = rest.split_at(rest.len().min(*length));
                rest = after;
                receiver.receive(piece);
                while let Some(incoming) = accepted!(receiver.next()) {
                    heard.push(Word::heard(incoming));
                }
                if rest.is_empty() {
                    break;
                }
            }
            same!(heard, words);
        }
    }
}

/// A record that was sealed, by either side.
pub struct Sealed<'a> {
    pub number: u64,
    pub content_type: ContentType,
    pub plaintext: &'a [u8],
    pub explicit: [u8; 8],
}
