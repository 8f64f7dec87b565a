//! What may come after Finished besides data, and a long log: what is not needed is skipped.

use fixtures::hex::digits;
use fixtures::live::able;
use fixtures::strategies::flip;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{Direction, Plan, Recorded, text};
use fixtures::tls13::traffic::Traffic;
use given::tls::{ContentType, Writer};
use harness::show::Words;
use harness::{same, with};

use super::{NEEDED, fixed, reads, recording};
use crate::subject::ch6_tls12::Conversation;
use crate::subject::ch7_tls13::{logged_secret, read_with_log};

harness::suite! {
    exercise "7.12" {
        /// messages after Finished are ignored, whatever their type is, and the data after them is read
        #[think = "Which of the messages after Finished changes anything? What do you do with all others?"]
        fn other_messages_are_ignored({kind} from [0, 4, 13, 22, 99, 254]) {
            with!("type of the message" = kind);
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            let mut overheard = recording(&recorded);
            let message = Writer::new().u8(kind).vector(3, &[7; 40]).finish();
            for (bytes, side, label) in [
                (&mut overheard.from_client, &recorded.client, NEEDED[2]),
                (&mut overheard.from_server, &recorded.server, NEEDED[3]),
            ] {
                let mut traffic = traffic_of(&recorded, side, label);
                bytes.extend(traffic.seal(ContentType::Handshake, &message, 0));
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"more", 0));
            }
            let more = Conversation { from_client: b"more".to_vec(), from_server: b"more".to_vec() };
            reads!(overheard, text(&recorded.log), Ok(more));
        }

        /// a line at the end of a long log is found
        #[think = "A key log can be years old. Is there a limit in your code that is not in the exercise?"]
        fn a_long_log_is_searched(others from [100, 2000]) {
            let (label, random, secret) = (NEEDED[0], [7; 32], [8; 32]);
            let line = |random: [u8; 32], secret: [u8; 32]| format!("{label} {} {}\n", digits(&random), digits(&secret));
            let mut other = random;
            flip(&mut other, 255);
            let log = line(other, [9; 32]).repeat(others) + &line(random, secret);
            with!("log" = Words(format!("{others} lines of another connection, and one of this one")));
            same!(logged_secret(&log, label, &random), Some(secret));
        }
    }
}

/// What a side sends next under the secret with this label.
fn traffic_of(recorded: &Recorded, side: &Direction, label: &str) -> Traffic {
    let line = recorded.log.iter().find(|line| line.0 == label);
    let secret = line.map(|line| line.2.clone()).unwrap_or_default();
    let mut traffic = Traffic::new(secret.try_into().expect("32 bytes"));
    // Tickets, perhaps.
    let sent = records(&side.bytes[side.finished..]).len();
    traffic.number = u64::try_from(sent).expect("a few");
    traffic
}
