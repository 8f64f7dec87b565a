use harness::show::Words;
use harness::{check, notes, same, think_of, with};

use super::near_records::near_records;
use super::network::steps;
use super::{LONG_CONVERSATION, made, messages, reference_record};
use crate::strategies::sequence;
use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{LONG, array, bytes};
use fixtures::words::counted;

harness::suite! {
    exercise "1.5" {
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
                with!("receiver" = made("Receiver", awaited));
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
            with!("receiver" = Words(format!("{}, has opened records 0 to 2", made("Receiver", 0).0)));
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
            key in array(), iv in array(), junk in bytes(0..=LONG), message in bytes(0..=16)
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
                same!(receiver.receive(b"junk"), Err(Rejected));
                think_of!("This number is below u64::MAX, so it is still good. And does the junk that came just before it count?");
                with!(number);
                same!(receiver.receive(&record(number)), Ok(b"a record".to_vec()));
                notes::think(None);
            }
            for number in [u64::MAX, u64::MAX, u64::MAX - 1, 0, 1] {
                same!(receiver.receive(&record(number)), Err(Rejected));
            }
        }

        /// a record that one channel has opened is refused by another, with another key, IV or number
        #[think = "Do you keep anything that two channels share, such as the last record?"]
        fn a_record_of_another_channel_is_refused() {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let (mut other_key, mut other_iv) = (key, iv);
            (other_key[15], other_iv[11]) = (0x10, 0x23);
            let record = reference_record(&key, &iv, 7, b"for one of us");
            for (what, mut other) in [
                ("another key", Receiver::starting_at(other_key, iv, 7)),
                ("another IV", Receiver::starting_at(key, other_iv, 7)),
                ("number 8", Receiver::starting_at(key, iv, 8)),
            ] {
                notes::start_over();
                let mut receiver = Receiver::starting_at(key, iv, 7);
                with!("receiver" = made("Receiver", 7));
                same!(receiver.receive(&record), Ok(b"for one of us".to_vec()));
                with!("receiver" = Words(format!("{}, has opened it", made("Receiver", 7).0)));
                with!("other" = Words(format!("made like it, but with {what}")));
                same!(other.receive(&record), Err(Rejected));
            }
        }

        /// a record sealed under another form of its number or a key of zeros, with associated data, or with extra bytes around it is refused
        #[think = "A record that does not open is refused. Do you try anything a second time?"]
        fn a_record_that_is_nearly_right_is_refused(awaited from [0, 1, 258, (1 << 32) - 1, 0x0123_4567_89ab_cdef]) {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let record = reference_record(&key, &iv, awaited, b"in order");
            for (what, near) in near_records(&key, &iv, awaited, b"in order") {
                if near == record {
                    continue;
                }
                let mut receiver = Receiver::starting_at(key, iv, awaited);
                with!("receiver" = made("Receiver", awaited));
                notes::think(None);
                with!("that record" = Words(format!("the one that it awaits, but {what}")));
                same!(receiver.receive(&near), Err(Rejected));
                notes::withdraw("that record");
                think_of!("What does a refused record do to the count?");
                same!(receiver.receive(&record), Ok(b"in order".to_vec()));
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

        /// however often it is asked, an end that has used up its numbers stays exhausted
        #[think = "An exhausted end stays exhausted. Does anything bring it back?"]
        fn the_end_stays_the_end() {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let mut sender = Sender::starting_at(key, iv, u64::MAX);
            let mut receiver = Receiver::starting_at(key, iv, u64::MAX);
            let records = [u64::MAX, 0].map(|number| reference_record(&key, &iv, number, b"a record"));
            for times in 0..LONG_CONVERSATION as usize {
                notes::start_over();
                with!("sender" = made("Sender", u64::MAX));
                // An answer that counts the calls may not fail a second time, when notes are taken.
                let asked = "sender.send(b\"one too many\")";
                harness::search::ask(asked);
                let sent = sender.send(b"one too many");
                harness::search::answered();
                let before = if times == 0 { String::new() } else { format!(", as in {} before", counted(times, "call")) };
                check!(sent == Err(Exhausted), format!("Err(Exhausted){before}"), sent, asked);
                notes::start_over();
                with!("receiver" = made("Receiver", u64::MAX));
                for record in &records {
                    same!(receiver.receive(record), Err(Rejected));
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
