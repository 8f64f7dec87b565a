//! What may come after Finished besides data, and a long log: what is not needed is skipped.

use fixtures::hex::digits;
use fixtures::live::able;
use fixtures::strategies::flip;
use fixtures::tls::mallory::records;
use fixtures::tls13::recorded::{Direction, Plan, Recorded, text};
use fixtures::tls13::traffic::{Traffic, key_update, message, ticket};
use given::tls::{ContentType, HandshakeType, Writer};
use harness::show::Words;
use harness::{same, with};

use super::{NEEDED, fixed, reads, recording, secret_of};
use crate::subject::ch6_tls12::{Conversation, Recording};
use crate::subject::ch7_tls13::{logged_secret, read_with_log};

harness::suite! {
    exercise "7.12" {
        /// messages after Finished are ignored, whatever their type is, and the data after them is read
        #[think = "Which of the messages after Finished changes anything? What do you do with all others?"]
        fn other_messages_are_ignored() {
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            for kind in [0, 1, 2, 4, 5, 8, 11, 13, 15, 20, 22, 99, 254] {
                with!("type of the message" = kind);
                let message = Writer::new().u8(kind).vector(3, &[7; 40]).finish();
                let mut overheard = recording(&recorded);
                for (bytes, mut traffic) in next_of(&recorded, &mut overheard) {
                    bytes.extend(traffic.seal(ContentType::ApplicationData, b"some, ", 0));
                    bytes.extend(traffic.seal(ContentType::Handshake, &message, 0));
                    bytes.extend(traffic.seal(ContentType::ApplicationData, b"more", 0));
                }
                let said = b"some, more".to_vec();
                let all = Conversation { from_client: said.clone(), from_server: said };
                reads!(overheard, text(&recorded.log), Ok(all));
            }
        }

        /// a KeyUpdate changes the key of its direction, whatever it asks for, and any number of tickets may come in a row
        #[think = "Read what was said, and don't judge it. Is there a check or a limit in your code that is not in the exercise?"]
        fn what_comes_after_finished_is_not_judged() {
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            let mut overheard = recording(&recorded);
            for (bytes, mut traffic) in next_of(&recorded, &mut overheard) {
                for request in [1, 0, 2, 255] {
                    bytes.extend(traffic.seal(ContentType::Handshake, &key_update(request), 0));
                    traffic = traffic.next();
                    bytes.extend(traffic.seal(ContentType::ApplicationData, &[request], 0));
                }
                let ticket = message(HandshakeType::NewSessionTicket, &ticket());
                for _ in 0..40 {
                    bytes.extend(traffic.seal(ContentType::Handshake, &ticket, 0));
                }
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"more", 0));
            }
            let said = [&[1, 0, 2, 255][..], b"more"].concat();
            let all = Conversation { from_client: said.clone(), from_server: said };
            reads!(overheard, text(&recorded.log), Ok(all));
        }

        /// an empty record ends nothing, padding is not data, and zeros at the end of data are
        #[think = "What ends your loop? An empty record says nothing, and more may follow."]
        fn an_empty_record_ends_nothing() {
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            let mut overheard = recording(&recorded);
            for (bytes, mut traffic) in next_of(&recorded, &mut overheard) {
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"", 0));
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"more", 30));
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"", 100));
                bytes.extend(traffic.seal(ContentType::ApplicationData, &[0, 7, 0, 0], 0));
            }
            let said = [&b"more"[..], &[0, 7, 0, 0]].concat();
            let all = Conversation { from_client: said.clone(), from_server: said };
            reads!(overheard, text(&recorded.log), Ok(all));
        }

        /// what follows a close_notify is not part of what was said
        #[think = "Where does a direction end? After its close_notify, nothing in it comes from that side."]
        fn a_close_notify_ends_a_direction() {
            let recorded = able(Plan { turns: vec![], closes: false, ..fixed().remove(0) }.record())?;
            let mut overheard = recording(&recorded);
            for (bytes, mut traffic) in next_of(&recorded, &mut overheard) {
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"all", 0));
                bytes.extend(traffic.seal(ContentType::Alert, &[1, 0], 0));
                bytes.extend(traffic.seal(ContentType::ApplicationData, b"more", 0));
            }
            let all = Conversation { from_client: b"all".to_vec(), from_server: b"all".to_vec() };
            reads!(overheard, text(&recorded.log), Ok(all));
        }

        /// a line at the end of a long log is found
        #[think = "A key log can be years old. Is there a limit in your code that is not in the exercise?"]
        fn a_long_log_is_searched(others from [100, 500]) {
            let (label, random, secret) = (NEEDED[0], [7; 32], [8; 32]);
            let line = |random: [u8; 32], secret: [u8; 32]| format!("{label} {} {}\n", digits(&random), digits(&secret));
            let mut other = random;
            flip(&mut other, 255);
            let comment = format!("#{}\n", "-".repeat(1 << 20));
            let short = 10 * others;
            let log = line(other, [9; 32]).repeat(others) + &comment + &"#\n".repeat(short) + &line(random, secret);
            with!("log" = Words(format!("{others} lines of another connection, a comment of 1 MiB, {short} empty comments, and one line of this connection")));
            same!(logged_secret(&log, label, &random), Some(secret));
        }
    }
}

/// What each side has sent, and what it sends next.
fn next_of<'a>(
    recorded: &Recorded,
    overheard: &'a mut Recording,
) -> [(&'a mut Vec<u8>, Traffic); 2] {
    let client = traffic_of(recorded, &recorded.client, NEEDED[2]);
    let server = traffic_of(recorded, &recorded.server, NEEDED[3]);
    [
        (&mut overheard.from_client, client),
        (&mut overheard.from_server, server),
    ]
}

/// What a side sends next under the secret with this label.
fn traffic_of(recorded: &Recorded, side: &Direction, label: &str) -> Traffic {
    let mut traffic = Traffic::new(secret_of(recorded, label));
    // Tickets, perhaps.
    let sent = records(&side.bytes[side.finished..]).len();
    traffic.number = u64::try_from(sent).expect("a few");
    traffic
}
