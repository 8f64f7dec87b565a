use std::collections::BTreeMap;

use given::tls::{Abort, ContentType, OpenRecord, SealRecord, Wire};
use harness::{Broken, accepted, assume, check, same};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::conversation::{
    ClientWire, Said, ServerWire, Word, content_type, one_said, said, words,
};
use crate::strategies::{client_write_key, material, number, server_write_key};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{array, bit, bytes};
use fixtures::tls12::reference::{self, Material};

harness::suite! {
    exercise "6.4" {
        /// others open your records: by their IV and the nonce in them, with the RFC's header bound
        #[think = "Go through the picture: the nonce, the 13 bytes that are bound, the fragment."]
        #[cases = 128]
        fn others_open_your_records(key in material(), start in number(), said in said()) {
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            for (number, Said { content_type, plaintext }) in (start..).zip(said) {
                let fragment = accepted!(sealer.seal(content_type, &plaintext));
                check!(
                    fragment.len() == plaintext.len() + 24,
                    format!("{} bytes: 8, the ciphertext, 16", plaintext.len() + 24), fragment
                );
                let opened = reference::open(&key, number, content_type, &fragment);
                check!(
                    opened == Some(plaintext),
                    format!("what opens as record {number} under its explicit nonce"), fragment
                );
            }
        }

        /// you open the records of others, whatever explicit nonce they have chosen
        #[think = "The nonce is in the fragment. The number is not: where do you have that from?"]
        #[cases = 128]
        fn you_open_others_records(
            key in material(), start in number(), said in said(), nonces in vec(array::<8>(), 8)
        ) {
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (number, (said, nonce)) in (start..).zip(said.into_iter().zip(nonces)) {
                let Said { content_type, plaintext } = said;
                let fragment = reference::seal(&key, number, content_type, nonce, &plaintext);
                same!(opener.open(content_type, &fragment), Ok(plaintext));
            }
        }

        /// an empty record is sealed and opened, and so is the longest: 2^14 bytes
        #[think = "The length is bound in 2 bytes. Which length is it?"]
        fn every_length_is_sealed(length from [0, 1, 15, 16, 17, 255, 256, 16_383, 16_384]) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let (plaintext, kind) = (vec![0x61; length], ContentType::ApplicationData);
            let fragment = accepted!(RecordSealer::new(client_write_key(&key)).seal(kind, &plaintext));
            check!(
                reference::open(&key, 0, kind, &fragment).as_ref() == Some(&plaintext),
                "what opens as record 0 under its explicit nonce", fragment
            );
            let fragment = reference::seal(&key, 0, kind, [9; 8], &plaintext);
            same!(RecordOpener::new(client_write_key(&key)).open(kind, &fragment), Ok(plaintext));
        }

        /// under one key, no explicit nonce comes twice, however many records there are
        #[think = "How many different nonces can your sender make? What makes the next one differ?"]
        fn no_nonce_comes_twice() {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut nonces = BTreeMap::new();
            // As if one sender had sent so many before: the first records, and others much later.
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

        /// changing one bit of a record, in whatever part of it, makes `open` refuse it
        #[think = "What of the fragment is neither checked nor used?"]
        fn a_changed_record_is_refused(
            key in material(), start in number(), record in one_said(), changed in bit()
        ) {
            let Said { content_type, plaintext } = record;
            let fragment = reference::seal(&key, start, content_type, [9; 8], &plaintext);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            let changed = changed.flipped(&fragment);
            same!(opener.open(content_type, &changed), Err(Abort::BadRecord));
        }

        /// a record passed off as one of another type is refused
        #[think = "Which byte of the header says what is in the record? Is it bound?"]
        fn another_type_is_refused(
            key in material(), record in one_said(), other in content_type()
        ) {
            let Said { content_type, plaintext } = record;
            assume!(other != content_type);
            let fragment = reference::seal(&key, 0, content_type, [9; 8], &plaintext);
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(other, &fragment), Err(Abort::BadRecord));
        }

        /// a record that comes again is refused
        #[think = "After a record has been opened, which number does the opener wait for?"]
        fn a_replay_is_refused(
            key in material(), start in number(), said in said(), again in any::<Index>()
        ) {
            assume!(!said.is_empty());
            let sealed = |number: u64, Said { content_type, plaintext }: &Said| {
                // Most peers take the number for the explicit nonce, as the exercise does.
                reference::seal(&key, number, *content_type, number.to_be_bytes(), plaintext)
            };
            let records: Vec<_> = (start..).zip(&said).map(|(n, said)| sealed(n, said)).collect();
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (fragment, said) in records.iter().zip(&said) {
                same!(opener.open(said.content_type, fragment), Ok(said.plaintext.clone()));
            }
            let again = again.index(said.len());
            let replayed = opener.open(said[again].content_type, &records[again]);
            same!(replayed, Err(Abort::BadRecord));
        }

        /// a record that comes before its turn is refused: one was dropped, or two change places
        #[think = "Which number is bound into the record, and which does the opener bind?"]
        fn a_record_too_early_is_refused(
            key in material(), start in number(), ahead in 1..=8_u64, record in one_said()
        ) {
            let Said { content_type, plaintext } = record;
            let (number, nonce) = (start + ahead, (start + ahead).to_be_bytes());
            let fragment = reference::seal(&key, number, content_type, nonce, &plaintext);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            same!(opener.open(content_type, &fragment), Err(Abort::BadRecord));
        }

        /// a record under another key or IV is refused, as one is that comes back to its sender
        #[think = "Is all of the key used, and all of the IV?"]
        fn a_reflected_record_is_refused(
            key in material(), changed in bit(), record in one_said()
        ) {
            let Said { content_type, plaintext } = record;
            let both = changed.flipped(&[&key.key[..], &key.iv].concat());
            let (other_key, other_iv) = both.split_at(16);
            let others = Material {
                key: other_key.try_into().expect("16 of 20 bytes"),
                iv: other_iv.try_into().expect("4 of 20 bytes"),
            };
            let mut opener = RecordOpener::new(server_write_key(&others));
            let mut sealer = RecordSealer::new(client_write_key(&key));
            let fragment = accepted!(sealer.seal(content_type, &plaintext));
            same!(opener.open(content_type, &fragment), Err(Abort::BadRecord));
        }

        /// no bytes, of whatever length, open or make `open` panic
        #[think = "8 bytes of nonce, 16 of tag. What do you do with fewer? And with very many?"]
        fn junk_is_refused(
            key in material(), content_type in content_type(),
            junk in prop_oneof![bytes(0..=23), bytes(24..=60)]
        ) {
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(content_type, &junk), Err(Abort::BadRecord));
        }

        /// a fragment that no record has room for is refused
        #[think = "The length is bound in 2 bytes. What becomes of a longer one?"]
        fn a_fragment_that_is_too_long_is_refused(length from [65_559, 65_560, 70_000, 1 << 17]) {
            let mut opener = RecordOpener::new(client_write_key(&Material { key: [1; 16], iv: [2; 4] }));
            let opened = opener.open(ContentType::ApplicationData, &vec![0x61; length]);
            same!(opened, Err(Abort::BadRecord));
        }

        /// a record that was cut short, or has something added, is refused
        #[think = "All that stands behind the first 8 bytes is ciphertext and tag, and it counts."]
        fn another_length_is_refused(
            key in material(), record in one_said(), missing in 1..=64_usize, extra in bytes(1..=24)
        ) {
            let Said { content_type, plaintext } = record;
            let fragment = reference::seal(&key, 0, content_type, [9; 8], &plaintext);
            let cut = fragment[..fragment.len().saturating_sub(missing)].to_vec();
            for other in [cut, [fragment, extra].concat()] {
                let mut opener = RecordOpener::new(client_write_key(&key));
                same!(opener.open(content_type, &other), Err(Abort::BadRecord));
            }
        }

        /// both ends stop before the last number, and do not begin again
        #[think = "What comes after u64::MAX? Then which other record has had that nonce?"]
        fn both_ends_stop_at_the_last_number(key in material(), left in 0..=3_u64) {
            let (kind, start) = (ContentType::ApplicationData, u64::MAX - left);
            let mut sealer = RecordSealer::starting_at(client_write_key(&key), start);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for number in start..u64::MAX {
                accepted!(sealer.seal(kind, b"one of the last"));
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one of the last");
                same!(opener.open(kind, &fragment), Ok(b"one of the last".to_vec()));
            }
            for number in [u64::MAX, 0] {
                same!(sealer.seal(kind, b"one too many"), Err(Abort::Exhausted));
                let fragment = reference::seal(&key, number, kind, [9; 8], b"one too many");
                same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
            }
        }

        /// a connection says the same, wherever the network cuts its bytes
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
