use harness::show::Words;
use harness::{Broken, accepted, notes, pieces, same, think_of, with};

use super::{LONG_CONVERSATION, made, messages, reference_record};
use crate::strategies::sequence;
use crate::subject::ch1_symmetric::*;
use fixtures::strategies::{LONG, array};

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

        /// hundreds of empty messages in a row are sent and arrive, and so does what follows them
        #[think = "A message may be empty, and so may the next. Do you count anything but records?"]
        fn empty_messages_arrive() {
            let (key, iv) = ([0x11; 16], [0x22; 12]);
            let (mut sender, mut receiver) = (Sender::new(key, iv), Receiver::new(key, iv));
            for number in 0..=300 {
                let message = if number == 300 { &b"at last"[..] } else { b"" };
                let record = reference_record(&key, &iv, number, message);
                with!("number of the record" = number);
                same!(sender.send(message), Ok(record.clone()));
                same!(receiver.receive(&record), Ok(message.to_vec()));
            }
        }

        /// messages of any length are sent and arrive, each in one record
        #[think = "Every message is sealed in one piece, whatever its length. Is there a length that your answer treats differently?"]
        fn messages_of_any_length_arrive(length from (0..=130_usize).chain([
            255, 256, 257, 1025, 4097, 16384, 16385, LONG,
        ])) {
            let (key, iv, message) = ([0x11; 16], [0x22; 12], vec![0x61; length]);
            let (mut sender, mut receiver) = (Sender::new(key, iv), Receiver::new(key, iv));
            let record = reference_record(&key, &iv, 0, &message);
            with!("sender" = made("Sender", 0));
            same!(sender.send(&message), Ok(record.clone()));
            notes::withdraw("sender");
            with!("receiver" = made("Receiver", 0));
            same!(receiver.receive(&record), Ok(message.clone()));
            notes::withdraw("receiver");
            think_of!("The record before this one was right, whatever its length. By how much does your answer count?");
            with!("length of the message before" = length);
            let next = reference_record(&key, &iv, 1, b"next");
            same!(sender.send(b"next"), Ok(next.clone()));
            same!(receiver.receive(&next), Ok(b"next".to_vec()));
            if length <= 130 {
                think_of!("This is the same message twice in a row, in a record of its own each time. Does your answer recognize it?");
                for number in 2..4 {
                    let next = reference_record(&key, &iv, number, &message);
                    with!("number of the record" = number);
                    same!(sender.send(&message), Ok(next.clone()));
                    same!(receiver.receive(&next), Ok(message.clone()));
                }
            }
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
            with!("both ends" = Words(format!("with the key [0x11; 16] and the IV [0x22; 12], at number {start} first")));
            for number in start..start + 4 {
                with!("number of the record" = number);
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
    }
}
