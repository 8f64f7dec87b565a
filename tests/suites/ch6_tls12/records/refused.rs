//! What must not open.

use given::tls::{Abort, ContentType, OpenRecord, SealRecord};
use harness::{accepted, assume, same, think_of};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::conversation::{Said, content_type, one_said, said};
use crate::strategies::{client_write_key, material, number, server_write_key};
use crate::subject::ch6_tls12::*;
use fixtures::strategies::{bit, bytes, flip};
use fixtures::tls12::reference::{self, Material};

harness::suite! {
    exercise "6.4" {
        /// changing one bit of a record, in any part of it, makes `open` refuse it
        #[think = "Which part of the fragment is neither checked nor used?"]
        fn a_changed_record_is_refused(
            key in material(), start in number(), record in one_said(), changed in bit()
        ) {
            let Said { content_type, plaintext } = record;
            let fragment = reference::seal(&key, start, content_type, [9; 8], &plaintext);
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            let changed = changed.flipped(&fragment);
            same!(opener.open(content_type, &changed), Err(Abort::BadRecord));
        }

        /// changing any bit of the explicit nonce, of the ciphertext or of the tag is noticed
        #[think = "Are all 16 bytes of the tag compared?"]
        fn every_bit_counts(bit from (0..8 * 25).collect::<Vec<_>>()) {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            if bit < 64 {
                think_of!("The first 8 bytes belong to the nonce. Do you open with those that came, and with no others?");
            }
            // The explicit nonce may be the number of the record, but need not be.
            for explicit in [7_u64.to_be_bytes(), [9; 8]] {
                let mut changed = reference::seal(&key, 7, kind, explicit, b"a");
                flip(&mut changed, bit);
                let mut opener = RecordOpener::starting_at(client_write_key(&key), 7);
                same!(opener.open(kind, &changed), Err(Abort::BadRecord));
            }
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

        /// a repeated record is refused
        #[think = "After a record has been opened, which number does the opener wait for?"]
        fn a_replay_is_refused(
            key in material(), start in number(), said in said(), {again} in any::<Index>()
        ) {
            assume!(!said.is_empty());
            let sealed = |number: u64, Said { content_type, plaintext }: &Said| {
                // Most peers use the number as the explicit nonce, as the exercise does.
                reference::seal(&key, number, *content_type, number.to_be_bytes(), plaintext)
            };
            let records: Vec<_> = (start..).zip(&said).map(|(n, said)| sealed(n, said)).collect();
            let mut opener = RecordOpener::starting_at(client_write_key(&key), start);
            for (fragment, said) in records.iter().zip(&said) {
                same!(opener.open(said.content_type, fragment), Ok(said.plaintext.clone()));
            }
            let again = again.index(said.len());
            let replayed = opener.open(said[again].content_type, &records[again]);
            same!(replayed, Err(Abort::BadRecord), "opener.open(content_type, &fragment), a second time");
        }

        /// a record that arrives before its turn is refused: one was dropped, or two were swapped
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

        /// a record under another key or IV is refused, and so is one that is sent back to its sender
        #[think = "Do you use all of the key, and all of the IV?"]
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

        /// junk of any length is refused, and never makes `open` panic
        #[think = "8 bytes of nonce, 16 of tag. What do you do with fewer? And with very many?"]
        fn junk_is_refused(
            key in material(), content_type in content_type(),
            junk in prop_oneof![bytes(0..=23), bytes(24..=60)]
        ) {
            let mut opener = RecordOpener::new(client_write_key(&key));
            same!(opener.open(content_type, &junk), Err(Abort::BadRecord));
        }

        /// a fragment that has no room for an explicit nonce and a tag is refused
        #[think = "8 bytes of nonce, 16 of tag. What do you do with fewer?"]
        fn a_short_fragment_is_refused(length from (0..=24_usize).collect::<Vec<_>>()) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut opener = RecordOpener::new(client_write_key(&key));
            for byte in [0, 0x61] {
                let opened = opener.open(ContentType::ApplicationData, &vec![byte; length]);
                same!(opened, Err(Abort::BadRecord), "opener.open(content_type, &fragment)");
            }
        }

        /// a fragment that is too long for any record is refused
        #[think = "The length is bound in 2 bytes. What becomes of a longer one?"]
        fn a_fragment_that_is_too_long_is_refused(length from [65_559, 65_560, 70_000, 1 << 17]) {
            let key = Material { key: [1; 16], iv: [2; 4] };
            let mut opener = RecordOpener::new(client_write_key(&key));
            let opened = opener.open(ContentType::ApplicationData, &vec![0x61; length]);
            same!(opened, Err(Abort::BadRecord), "opener.open(content_type, &fragment)");
        }

        /// a length that does not fit in 2 bytes is not cut, even if the record was sealed that way
        #[think = "What becomes of a length of 65,536 in 2 bytes? Is there any number that you could bind?"]
        fn a_length_is_not_cut_to_two_bytes() {
            let (key, kind) = (Material { key: [1; 16], iv: [2; 4] }, ContentType::ApplicationData);
            // What is left of 65,536 in 2 bytes, and the largest number that fits.
            for length in [0, 65_535] {
                let bound = reference::header(0, kind, length);
                let fragment = reference::seal_binding(&key, &bound, [9; 8], &vec![0x61; 1 << 16]);
                let mut opener = RecordOpener::new(client_write_key(&key));
                same!(opener.open(kind, &fragment), Err(Abort::BadRecord));
            }
        }

        /// a record that was cut short, or has something added, is refused
        #[think = "Everything after the first 8 bytes is ciphertext and tag, and all of it counts."]
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
    }
}
