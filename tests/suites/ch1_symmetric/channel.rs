use std::fmt;

use harness::show::{self, Show};
use harness::{Broken, accepted, pieces, same, think_of, with};
use proptest::prelude::*;

use crate::reference::{reference_nonce, reference_seal};
use crate::strategies::sequence;
use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{LONG, array, bytes, flip, list};

harness::suite! {
    exercise "1.5" {
        /// each record is the message sealed under the nonce of its number, and nothing more
        #[think = "Which number did the record before this one have?"]
        fn each_record_is_sealed_under_its_number(
            key in array(), iv in array(), start in sequence(), messages in messages()
        ) {
            harness::assume!(start < u64::MAX - 8);
            let mut sender = Sender::starting_at(key, iv, start);
            for (number, message) in (start..).zip(&messages) {
                let record = reference_record(&key, &iv, number, message);
                with!("number of the record" = number);
                let sent = sender.send(message);
                if sent.as_ref().is_ok_and(|sent| sent.len() != record.len()) {
                    think_of!("A record is the ciphertext and its tag. What else do you send, or what do you leave out?");
                }
                harness::search::ask("sender.send(message)");
                with!(message);
                if sent != Ok(record.clone()) {
                    let (got, expected) = (pieces!(&sent), pieces!(&Ok::<_, Exhausted>(record)));
                    return Err(Broken::different("sender.send(message)", &got, &expected));
                }
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

        /// messages of any length are sent and arrive, each in one record
        #[think = "A 16 KiB message is sealed the same way as a 16-byte one."]
        fn messages_of_any_length_arrive(length from [
            0, 1, 16, 65, 255, 256, 257, 1025, 4097, 16384, 16385, LONG,
        ]) {
            let (key, iv, message) = ([0x11; 16], [0x22; 12], vec![0x61; length]);
            let (mut sender, mut receiver) = (Sender::new(key, iv), Receiver::new(key, iv));
            let record = reference_record(&key, &iv, 0, &message);
            same!(sender.send(&message), Ok(record.clone()));
            same!(receiver.receive(&record), Ok(message));
        }

        /// a long conversation arrives, and none of its records opens again
        #[think = "Where is the number kept, and how many bits does it have there?"]
        fn a_long_conversation_arrives() {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let (mut sender, mut receiver) = (Sender::new(key, iv), Receiver::new(key, iv));
            for number in 0..LONG_CONVERSATION {
                let record = reference_record(&key, &iv, number, b"on and on");
                same!(sender.send(b"on and on"), Ok(record.clone()));
                same!(receiver.receive(&record), Ok(b"on and on".to_vec()));
            }
            think_of!("This record was opened before. What causes it to be refused the second time?");
            for number in 0..LONG_CONVERSATION {
                let record = reference_record(&key, &iv, number, b"on and on");
                with!("number of the record" = number);
                same!(receiver.receive(&record), Err(Rejected));
            }
        }

        /// both ends keep counting past every power of two
        #[think = "Where is the number kept, and how many bits does it have there?"]
        fn both_ends_count_past_every_power_of_two(bits from 2..64) {
            let (key, iv, start) = ([0x11; 16], [0x22; 12], (1 << bits) - 2);
            let mut sender = Sender::starting_at(key, iv, start);
            let mut receiver = Receiver::starting_at(key, iv, start);
            for number in start..start + 4 {
                let record = reference_record(&key, &iv, number, b"and on");
                same!(sender.send(b"and on"), Ok(record.clone()));
                same!(receiver.receive(&record), Ok(b"and on".to_vec()));
            }
        }

        /// two channels share nothing, even if they have the same key
        #[think = "Where is the number kept? Each end has its own."]
        fn two_channels_do_not_share(other_key from [[0x11; 16], [0x33; 16]]) {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let (mut sender, mut other_sender) = (Sender::new(key, iv), Sender::new(other_key, iv));
            let mut receiver = Receiver::new(key, iv);
            let mut other_receiver = Receiver::new(other_key, iv);
            for number in 0..3 {
                let record = reference_record(&key, &iv, number, b"a record");
                let other = reference_record(&other_key, &iv, number, b"another");
                same!(sender.send(b"a record"), Ok(record.clone()));
                same!(other_sender.send(b"another"), Ok(other.clone()));
                same!(other_receiver.receive(&other), Ok(b"another".to_vec()));
                same!(receiver.receive(&record), Ok(b"a record".to_vec()));
            }
        }

        /// a repeated record is refused
        #[think = "After a record has been opened, which number does the receiver wait for?"]
        fn a_replay_is_refused(key in array(), iv in array(), message in bytes(0..=16)) {
            let record = reference_record(&key, &iv, 0, &message);
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&record), Ok(message));
            same!(receiver.receive(&record), Err(Rejected));
        }

        /// a record that arrives before its turn is refused, and opens when its turn comes
        #[think = "Which record does the receiver wait for after one that it has refused?"]
        fn a_record_too_early_is_refused(key in array(), iv in array(), ahead in 1..=16_u64) {
            let record = |number| reference_record(&key, &iv, number, b"in order");
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&record(ahead)), Err(Rejected));
            for number in 0..=ahead {
                same!(receiver.receive(&record(number)), Ok(b"in order".to_vec()));
            }
        }

        /// a record whose number differs in one bit from the expected one is refused
        #[think = "Does the whole number get into the nonce?"]
        fn a_number_that_is_near_is_refused(bit_of_number from 0..64) {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            for awaited in [0, 1, (1 << 32) - 1, 0x0123_4567_89ab_cdef] {
                let mut receiver = Receiver::starting_at(key, iv, awaited);
                let near = reference_record(&key, &iv, awaited ^ 1 << bit_of_number, b"too far");
                same!(receiver.receive(&near), Err(Rejected));
                let record = reference_record(&key, &iv, awaited, b"in order");
                same!(receiver.receive(&record), Ok(b"in order".to_vec()));
            }
        }

        /// however many records have been refused, the expected one still opens
        #[think = "Who can make the receiver count, or give up?"]
        fn many_refusals_change_nothing() {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let record = |number| reference_record(&key, &iv, number, b"in order");
            let mut receiver = Receiver::new(key, iv);
            for number in 0..3 {
                same!(receiver.receive(&record(number)), Ok(b"in order".to_vec()));
            }
            for _ in 0..LONG_CONVERSATION / 3 {
                same!(receiver.receive(b"junk"), Err(Rejected));
                same!(receiver.receive(&record(2)), Err(Rejected));
                same!(receiver.receive(&record(4)), Err(Rejected));
            }
            same!(receiver.receive(&record(3)), Ok(b"in order".to_vec()));
        }

        /// junk is refused, and the genuine record still opens after it
        #[think = "Who can make the receiver count?"]
        fn junk_does_not_advance_the_receiver(
            key in array(), iv in array(), junk in bytes(0..=257), message in bytes(0..=16)
        ) {
            let mut receiver = Receiver::new(key, iv);
            same!(receiver.receive(&junk), Err(Rejected));
            let record = reference_record(&key, &iv, 0, &message);
            same!(receiver.receive(&record), Ok(message));
        }

        /// the receiver stops before u64::MAX, and does not start over
        #[think = "What comes after u64::MAX? Which record has already used that nonce?"]
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
        #[think = "An accepted record moves the count on by one. What does a refused one do?"]
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

        /// the sender stops before u64::MAX, and does not start over
        #[think = "What comes after u64::MAX? Which record has already used that nonce?"]
        fn the_sender_stops_at_the_last_number(key in array(), iv in array(), left in 0..=3_u64) {
            let mut sender = Sender::starting_at(key, iv, u64::MAX - left);
            for number in u64::MAX - left..u64::MAX {
                let record = reference_record(&key, &iv, number, b"one of the last");
                same!(sender.send(b"one of the last"), Ok(record));
            }
            for message in [&b"one too many"[..], b"one too many", b"", &[0x61; 20_000]] {
                same!(sender.send(message), Err(Exhausted));
            }
        }
    }
}

/// More records than a one-byte counter can number.
const LONG_CONVERSATION: u64 = 300;

/// The record with this number in the channel of exercise 1.5.
fn reference_record(key: &[u8; 16], iv: &[u8; 12], number: u64, message: &[u8]) -> Vec<u8> {
    reference_seal(key, &reference_nonce(iv, number), &[], message)
}

/// A few messages, some of them empty, some the same.
pub fn messages() -> BoxedStrategy<Vec<Vec<u8>>> {
    list(bytes(0..=4), 1..=6)
}

/// What the network delivers to the receiver.
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

/// What a network can do in a short while. Half the time it delivers what it should.
fn steps() -> BoxedStrategy<Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Next),
        2 => (1..=4_u64).prop_map(Step::Ahead),
        2 => (1..=4_u64).prop_map(Step::Again),
        1 => (0..128_usize).prop_map(Step::Tampered),
        1 => (1..=16_usize).prop_map(Step::Cut),
        1 => bytes(0..=24).prop_map(Step::Junk),
    ];
    list(step, 0..=16)
}

impl Step {
    /// The bytes that arrive when the receiver waits for the record `awaited`, and whether they are
    /// that record. `None` if there is no such record to send.
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
            Step::Ahead(by) => write!(out, "the record {by} after the next"),
            Step::Again(1) => write!(out, "the last record again"),
            Step::Again(by) => write!(out, "the record {by} before the next"),
            Step::Tampered(bit) => write!(out, "the next record with bit {bit} changed"),
            Step::Cut(1) => write!(out, "the next record without its last byte"),
            Step::Cut(by) => write!(out, "the next record without its last {by} bytes"),
            Step::Junk(junk) => write!(out, "junk: {}", show::text(&junk.pieces())),
        }
    }
}
