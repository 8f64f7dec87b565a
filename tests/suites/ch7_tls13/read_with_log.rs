//! The properties of exercise 7.12, a reader of key logs. It reads connections between two ends of
//! rustls, and between OpenSSL and OpenSSL.

use fixtures::live::{self, Asks, BITS, Logs, Overheard, Speaks, able};
use fixtures::strategies::{array, bit};
use fixtures::tls13::recorded::{self, Direction, Plan, Recorded, Turn, plans, text};
use harness::show::{Piece, Show};
use harness::{accepted, check, differ, same};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::subject::ch6_tls12::{Conversation, Recording, Unreadable, wiretap};
use crate::subject::ch7_tls13::{logged_secret, read_with_log};

/// The labels of the secrets without which a recording can't be read.
const NEEDED: [&str; 4] = [
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "CLIENT_TRAFFIC_SECRET_0",
    "SERVER_TRAFFIC_SECRET_0",
];

harness::suite! {
    exercise "7.12" {
        /// the line with this label and this client random is found, whatever other lines there are
        #[think = "Label and client random must both be those that are asked for. What do you do with a line of another form?"]
        #[cases = 64]
        fn the_line_is_found(log in logs(), place in any::<Index>(), is_upper in any::<bool>()) {
            let asked = &log[place.index(log.len())];
            let Line { label, random, secret } = asked;
            let first = log.iter().find(|line| line.label == *label && line.random == *random);
            let expected = first.map(|line| line.secret);
            let lines: String = log.iter().map(|line| line.text(is_upper)).collect();
            let noise = "# a comment\n\nCLIENT_RANDOM\nnot a line of a key log\n";
            same!(logged_secret(&(noise.to_owned() + &lines), label, random), expected);
            same!(logged_secret(&lines.replace('\n', "\r\n"), label, random), expected);
            // Without a line break at the end.
            let one = asked.text(is_upper);
            same!(logged_secret(one.trim_end(), label, random), Some(*secret));
        }

        /// a line of another connection, with another label or of another form is ignored
        #[think = "Is it this label, not one that only begins like it? Are there exactly 64 hex digits?"]
        #[cases = 32]
        fn other_lines_are_ignored(random in array::<32>(), secret in array::<32>(), wrong in bit()) {
            let line = Line { label: NEEDED[2].to_owned(), random, secret };
            let other = Line { random: wrong.flipped(&random).try_into().expect("32 bytes"), ..line.clone() };
            for label in ["CLIENT_TRAFFIC_SECRET_1", "CLIENT_TRAFFIC_SECRET", "client_traffic_secret_0", "SERVER_TRAFFIC_SECRET_0", ""] {
                same!(logged_secret(&line.text(false), label, &random), None);
            }
            same!(logged_secret(&other.text(false), &line.label, &random), None);
            let whole = line.text(false);
            let whole = whole.trim_end();
            let short = &whole[..whole.len() - 2];
            for bad in [short, &short[..short.len() - 1], &format!("{short}zz"), &format!("{short}é"),
                &format!("{whole}00"), &format!("{whole} 00"), &format!("#{whole}"), &format!("# {whole}"),
                &whole.replace(' ', "  "), &format!("{short}+1"), ""] {
                same!(logged_secret(bad, &line.label, &random), None);
            }
        }

        /// every byte of both directions is read, with and without a retry
        #[think = "Which secret opens which part? After its Finished, a direction has another key."]
        #[cases = 8]
        fn every_byte_is_read(plan in plans()) {
            let recorded = able(plan.record())?;
            let read = read_with_log(&recording(&recorded), &text(&recorded.log));
            same!(read, Ok(conversation(&recorded)));
        }

        /// data is read across KeyUpdates of either side, past empty records, and to the end of long ones
        #[think = "A KeyUpdate changes the key of its own direction, from the next record on. What ends your loop?"]
        fn no_connection_is_cut_short(plan from fixed()) {
            let recorded = able(plan.record())?;
            let read = read_with_log(&recording(&recorded), &text(&recorded.log));
            same!(read, Ok(conversation(&recorded)));
        }

        /// lines of other connections, before and after those of the recording and in any order, make no difference
        #[think = "Do you look for the client random of this recording?"]
        #[cases = 4]
        fn a_log_may_have_many_connections(others in logs(), turn in any::<Index>()) {
            let recorded = able(fixed()[0].record())?;
            let mut lines: Vec<String> = others.iter().map(|line| line.text(false)).collect();
            lines.extend(text(&recorded.log).lines().rev().map(|line| format!("{line}\n")));
            let turn = turn.index(lines.len());
            lines.rotate_left(turn);
            same!(read_with_log(&recording(&recorded), &lines.concat()), Ok(conversation(&recorded)));
        }

        /// without any one of the four secrets nothing is read, whatever else is known, even the exporter secret
        #[think = "Each secret opens one part of one direction. Can another one take its place?"]
        fn each_secret_is_needed(missing from NEEDED) {
            let recorded = able(fixed()[0].record())?;
            let mut log = recorded.log.clone();
            log.retain(|line| line.0 != missing);
            same!(read_with_log(&recording(&recorded), &text(&log)), Err(Unreadable::ForwardSecret));
        }

        /// the key of the certificate opens nothing, and neither does an empty log
        #[think = "This is what forward secrecy means. Does `read_with_log` say so?"]
        fn a_leaked_key_opens_nothing() {
            let recorded = able(fixed()[0].record())?;
            let overheard = recording(&recorded);
            same!(read_with_log(&overheard, ""), Err(Unreadable::ForwardSecret));
            let read = wiretap(&overheard, live::identity(BITS).key);
            check!(read.is_err(), "Err(…)", read);
        }

        /// a secret with a wrong bit opens nothing
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        #[cases = 8]
        fn a_wrong_secret_is_refused(which in select(&NEEDED[..]), wrong in bit()) {
            let recorded = able(fixed()[0].record())?;
            let mut log = recorded.log.clone();
            for recorded::Line(label, _, secret) in &mut log {
                if label == which {
                    *secret = wrong.flipped(secret);
                }
            }
            let read = read_with_log(&recording(&recorded), &text(&log));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read);
        }

        /// a recording that ends early is read as far as it goes, if the handshake is complete
        #[think = "A recording may end anywhere, even within a record. What do you do with that part of a record?"]
        #[cases = 24]
        fn a_recording_cut_short_is_read_as_far_as_it_goes(
            plan in plans(), ends in (any::<Index>(), any::<Index>())
        ) {
            let recorded = able(plan.record())?;
            let cut = |direction: &Direction, end: Index| {
                let (least, all) = (direction.finished, direction.bytes.len());
                least + end.index(all - least + 1)
            };
            let ends = (cut(&recorded.client, ends.0), cut(&recorded.server, ends.1));
            let overheard = Recording {
                from_client: recorded.client.bytes[..ends.0].to_vec(),
                from_server: recorded.server.bytes[..ends.1].to_vec(),
            };
            let said = Conversation {
                from_client: recorded.client.said_until(ends.0),
                from_server: recorded.server.said_until(ends.1),
            };
            same!(read_with_log(&overheard, &text(&recorded.log)), Ok(said));
        }

        /// if one direction ends before its Finished, nothing is read
        #[think = "What shows that the handshake was complete in both directions?"]
        fn half_a_handshake_is_refused(is_client from [true, false]) {
            let recorded = able(fixed()[0].record())?;
            let whole = if is_client { &recorded.client } else { &recorded.server };
            let last = whole.finished - 1;
            for kept in (0..last).step_by(13).chain([last]) {
                let mut overheard = recording(&recorded);
                let direction = match is_client {
                    true => &mut overheard.from_client,
                    false => &mut overheard.from_server,
                };
                direction.truncate(kept);
                let read = read_with_log(&overheard, &text(&recorded.log));
                check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read);
            }
        }

        /// a recording with a wrong bit in a sealed record is refused
        #[think = "Do you treat a record that does not open as the end of the recording?"]
        #[cases = 16]
        fn a_damaged_recording_is_refused(is_client in any::<bool>(), place in any::<Index>(), wrong in bit()) {
            let recorded = able(fixed()[0].record())?;
            let mut overheard = recording(&recorded);
            let damaged = match is_client {
                true => &mut overheard.from_client,
                false => &mut overheard.from_server,
            };
            let sealed = sealed_bytes(damaged);
            let place = sealed[place.index(sealed.len())];
            damaged[place] = wrong.flipped(&[damaged[place]])[0];
            let read = read_with_log(&overheard, &text(&recorded.log));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read);
        }

        /// a recording of OpenSSL talking to OpenSSL is read with the key log of either: every byte of both directions
        #[think = "If the server asks for a certificate, which messages does each side send before its Finished? Does a `#` line or a ticket end anything?"]
        fn what_openssl_says_is_read((client, asks, logs) from OPENSSLS) {
            let request = "GET /secret HTTP/1.0\r\n\r\n";
            let overheard = live::overheard(&live::identity(BITS), client, asks, logs, request)?;
            let conversation = accepted!(read_with_log(&openssls(&overheard), &overheard.key_log));
            same!(conversation.from_client, request.as_bytes());
            let from_server = String::from_utf8_lossy(&conversation.from_server).into_owned();
            differ!(from_server, "");
            check!(overheard.report.contains(&from_server), "what OpenSSL has received", from_server);
        }

        /// the key of OpenSSL's certificate opens nothing
        #[think = "Which part of the handshake does this key take part in, and what does it do there?"]
        fn the_key_of_openssl_opens_nothing(client from [Speaks::Tls13, Speaks::Tls13OnP256]) {
            let identity = live::identity(BITS);
            let request = "GET / HTTP/1.0\r\n\r\n";
            let overheard = live::overheard(&identity, client, Asks::Nothing, Logs::Nobody, request)?;
            let overheard = openssls(&overheard);
            same!(read_with_log(&overheard, ""), Err(Unreadable::ForwardSecret));
            let read = wiretap(&overheard, identity.key);
            check!(read.is_err(), "Err(…)", read);
        }
    }
}

/// What OpenSSL speaks as a client, whether the server asks for its certificate, and which of them
/// writes the key log.
const OPENSSLS: [(Speaks, Asks, Logs); 4] = [
    (Speaks::Tls13, Asks::Nothing, Logs::Client),
    (Speaks::Tls13OnP256, Asks::Nothing, Logs::Server),
    (Speaks::Tls13, Asks::Certificate, Logs::Server),
    (Speaks::Tls13OnP256, Asks::Certificate, Logs::Client),
];

/// A line of a key log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    label: String,
    random: [u8; 32],
    secret: [u8; 32],
}

impl Show for Line {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(self.text(false).trim_end().to_owned())]
    }
}

impl Line {
    fn text(&self, is_upper: bool) -> String {
        let hex = |bytes: &[u8]| -> String {
            let digits = bytes.iter().map(|byte| match is_upper {
                true => format!("{byte:02X}"),
                false => format!("{byte:02x}"),
            });
            digits.collect()
        };
        format!(
            "{} {} {}\n",
            self.label,
            hex(&self.random),
            hex(&self.secret)
        )
    }
}

/// Lines of a few connections. Some lines have the same label, and some the same client random.
fn logs() -> BoxedStrategy<Vec<Line>> {
    let labels = [
        &NEEDED[..],
        &[
            "EXPORTER_SECRET",
            "CLIENT_TRAFFIC_SECRET_1",
            "CLIENT_RANDOM",
        ],
    ]
    .concat();
    let line = (select(labels), 0..3_usize, array::<32>());
    (
        array::<32>(),
        array::<32>(),
        array::<32>(),
        prop::collection::vec(line, 1..=12),
    )
        .prop_map(|(first, second, third, lines)| {
            let randoms = [first, second, third];
            let line = |(label, which, secret): (&str, usize, [u8; 32])| Line {
                label: label.to_owned(),
                random: randoms[which],
                secret,
            };
            lines.into_iter().map(line).collect()
        })
        .boxed()
}

/// Connections with everything that can come after a handshake.
fn fixed() -> Vec<Plan> {
    let says = |is_client, data: &[u8]| (is_client, Turn::Says(data.to_vec()));
    let updates = |is_client| (is_client, Turn::UpdatesKey);
    let words = vec![
        says(true, b"question"),
        says(false, b"answer"),
        updates(true),
        says(true, b"another question"),
        says(false, b"another answer"),
        updates(false),
        updates(false),
        says(false, b"one more"),
        says(true, b"thanks"),
    ];
    let long = vec![
        says(true, &[0x61; 16_384]),
        updates(true),
        says(false, &[0x62; 16_384]),
    ];
    let many = (0..300)
        .map(|number| says(number % 3 == 0, &[0x63; 3]))
        .collect();
    let plan = |retries, turns, closes| Plan {
        retries,
        turns,
        closes,
    };
    vec![
        plan(false, words.clone(), true),
        plan(true, words, false),
        plan(false, vec![], true),
        plan(false, long, true),
        plan(false, many, false),
    ]
}

/// The positions of all bytes in sealed records, without the headers.
fn sealed_bytes(bytes: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    while let [kind, _, _, high, low, ..] = bytes[start..] {
        let end = start + 5 + usize::from(u16::from_be_bytes([high, low]));
        if kind == 23 {
            places.extend(start + 5..end);
        }
        start = end;
    }
    places
}

/// What an eavesdropper has recorded.
fn recording(recorded: &Recorded) -> Recording {
    Recording {
        from_client: recorded.client.bytes.clone(),
        from_server: recorded.server.bytes.clone(),
    }
}

/// What was said.
fn conversation(recorded: &Recorded) -> Conversation {
    Conversation {
        from_client: recorded.client.said(),
        from_server: recorded.server.said(),
    }
}

/// What an eavesdropper has recorded between OpenSSL and OpenSSL.
fn openssls(overheard: &Overheard) -> Recording {
    Recording {
        from_client: overheard.from_client.clone(),
        from_server: overheard.from_server.clone(),
    }
}
