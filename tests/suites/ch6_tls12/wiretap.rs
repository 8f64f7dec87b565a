//! The properties of exercise 6.9, the wiretap: sessions between the grader's own peers, and one
//! between OpenSSL and OpenSSL.

mod again;
mod recorded;
#[path = "../subject.rs"]
mod subject;
mod why;

use std::process::ExitCode;

use fixtures::keys;
use fixtures::live::{self, Asks, BITS as LARGE, Logs, Overheard};
use fixtures::strategies::bit;
use fixtures::tls::mallory::{Attack, Change, on_the_way, records};
use fixtures::tls12::junk::junk;
use fixtures::tls12::manners::{ECDHE, RSA, SERVER_BITS};
use fixtures::tls12::scripted::Say;
use given::tls::TLS_1_2;
use harness::show::{Hex, Words};
use harness::{accepted, called, check, differ, same, think_of, with};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use recorded::{asked, fixed, recorded, unfinished, with_a_long_key};
use subject::ch6_tls12::*;
use why::{tell_difference, think_of_error};

fn main() -> ExitCode {
    harness::examine([suite(), again::suite()])
}

harness::suite! {
    exercise "6.9" {
        /// every byte of both directions is read, however it was cut into records
        #[think = "Which messages go into the transcript? Does the ServerHello have `extended_master_secret`?"]
        #[cases = 32]
        fn every_byte_is_read(recorded in recorded(), {version} in select(vec![TLS_1_2, 0x0304])) {
            let recording = recorded.recording(RSA, version);
            if version != TLS_1_2 {
                think_of!("The client has offered a newer version. Which one does the premaster secret begin with?");
            } else if recorded.asks() {
                think_of!("The server asks for the client's certificate, so two more messages come. Where among the others are they, and are both of them in your transcript?");
            } else if !recorded.is_extended() {
                think_of!("Which random comes first in which seed, and whose key opens which direction?");
            }
            let key = recorded.key();
            think_of_error(&recorded, &recording);
            tell_difference(&recorded, &recording, version, key);
            same!(wiretap(&recording, key), Ok(recorded.conversation()));
        }

        /// empty records don't end a session, a close_notify does, if there is one, a long session
        /// is read to its end, and the extended master secret is used only if both hellos have it
        #[think = "Which of the two hellos says what is used? And what ends your loop?"]
        fn no_session_is_cut_short(recorded from fixed()) {
            let recording = recorded.recording(RSA, TLS_1_2);
            let key = recorded.key();
            tell_difference(&recorded, &recording, TLS_1_2, key);
            same!(wiretap(&recording, key), Ok(recorded.conversation()));
        }

        /// a session under a longer key is read, too
        #[think = "Does your code assume a size, of the key or of what is wrapped under it?"]
        fn a_longer_key_reads_as_well(recorded from with_a_long_key()) {
            let recording = recorded.recording(RSA, TLS_1_2);
            let key = recorded.key();
            same!(wiretap(&recording, key), Ok(recorded.conversation()));
        }

        /// a session in which the server asks for the client's certificate is read
        #[think = "Two more messages are in the transcript. Where among the others are they?"]
        fn a_server_may_ask_for_a_certificate(recorded from asked()) {
            let recording = recorded.recording(RSA, TLS_1_2);
            let key = recorded.key();
            tell_difference(&recorded, &recording, TLS_1_2, key);
            same!(wiretap(&recording, key), Ok(recorded.conversation()));
        }

        /// another server's key reads nothing
        #[think = "What does `unwrap_premaster` return then? What happens to the first record?"]
        #[cases = 16]
        fn another_key_reads_nothing(recorded in recorded()) {
            let recording = recorded.recording(RSA, TLS_1_2);
            let key = keys::private(SERVER_BITS, 7);
            let read = called!(wiretap(&recording, key));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
        }

        /// a session with ECDHE can't be read, not even with the right key
        #[think = "Which message says how the keys were agreed on?"]
        #[cases = 8]
        fn forward_secrecy_holds(recorded in recorded()) {
            let (recording, key) = (recorded.recording(ECDHE, TLS_1_2), recorded.key());
            same!(wiretap(&recording, key), Err(Unreadable::ForwardSecret));
        }

        /// a suite that is neither of the two is not read, and nothing is said about its secrets
        #[think = "Two suites are known here. What do you say about all others?"]
        fn another_suite_is_broken(suite from [0x002f, 0x009d, 0xc030, 0x1301, 0x9c00].map(Hex)) {
            let mut recording = fixed()[0].recording(RSA, TLS_1_2);
            // The headers of record and message, version, random, and an id that is empty.
            let place = 5 + 4 + 2 + 32 + 1;
            let chosen = &mut recording.from_server[place..place + 2];
            assert_eq!(chosen, RSA.code().to_be_bytes(), "this is where it is");
            chosen.copy_from_slice(&u16::to_be_bytes(suite.0));
            let key = fixed()[0].key();
            let read = called!(wiretap(&recording, key));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
        }

        /// a recording that ends early is read as far as it goes, if the handshake is complete
        #[think = "A recording may end anywhere, within a record as well. What is left then?"]
        #[cases = 64]
        fn a_recording_cut_short_is_read_as_far_as_it_goes(
            recorded in recorded(), {ends} in (any::<Index>(), any::<Index>())
        ) {
            let all = recorded.recording(RSA, TLS_1_2);
            let ends = (end_in(&all.from_client, ends.0), end_in(&all.from_server, ends.1));
            let recording = Recording {
                from_client: all.from_client[..ends.0].to_vec(),
                from_server: all.from_server[..ends.1].to_vec(),
            };
            let key = recorded.key();
            let read = called!(wiretap(&recording, key));
            match recorded.conversation_until(&all, ends) {
                Some(conversation) => same!(read, Ok(conversation), "wiretap(&recording, key)"),
                None => check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)"),
            }
        }

        /// if a direction is missing, or ends before its Finished, nothing is read, whatever is in
        /// the other
        #[think = "What proves that the handshake was over in both directions?"]
        fn half_a_handshake_is_refused({is_client} from [true, false]) {
            let whole = fixed()[0].recording(RSA, TLS_1_2);
            if is_client {
                // Not even an empty conversation.
                let recording = Recording { from_client: vec![], from_server: vec![] };
                let key = fixed()[0].key();
                let read = called!(wiretap(&recording, key));
                check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
            }
            let ends = records(if is_client { &whole.from_client } else { &whole.from_server });
            let finished = ends.iter().position(|record| record[0] == 20).expect("it is whole") + 1;
            for kept in 0..=finished {
                let mut recording = whole.clone();
                let direction = match is_client {
                    true => &mut recording.from_client,
                    false => &mut recording.from_server,
                };
                *direction = ends[..kept].concat();
                let who = if is_client { "client" } else { "server" };
                with!("recorded" = Words(format!("all from one side, and the first {kept} records from the {who}")));
                let key = fixed()[0].key();
                let read = called!(wiretap(&recording, key));
                check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
            }
        }

        /// if one side sends data or another message where its Finished should be, nothing is read
        #[think = "What proves that the handshake was over in both directions? Any message, or a certain one?"]
        fn an_unfinished_handshake_is_refused(recorded from unfinished()) {
            let (recording, key) = (recorded.recording(RSA, TLS_1_2), recorded.key());
            let read = called!(wiretap(&recording, key));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
        }

        /// a recording with a wrong bit in a sealed record is refused
        #[think = "A record that does not open is not the end of a recording."]
        #[cases = 32]
        fn a_damaged_recording_is_refused(
            recorded in recorded(), {is_client} in any::<bool>(), {place} in any::<Index>(), {wrong} in bit()
        ) {
            let mut recording = recorded.recording(RSA, TLS_1_2);
            let damaged = match is_client {
                true => &mut recording.from_client,
                false => &mut recording.from_server,
            };
            let all = records(damaged);
            let sealed = all.iter().skip_while(|record| record[0] != 20).count() - 1;
            let record = all.len() - sealed + place.index(sealed);
            let attack = Attack { record, change: Change::Flipped(wrong) };
            *damaged = on_the_way(damaged.clone(), &mut 0, Some(&attack));
            let who = if is_client { "client" } else { "server" };
            with!("damaged" = Words(format!("record {} of {} from the {who}", record + 1, all.len())));
            let key = recorded.key();
            let read = called!(wiretap(&recording, key));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
        }

        /// bytes that are not a recording are refused, whatever they are
        #[think = "Which of your lines can panic on arbitrary bytes?"]
        #[cases = 64]
        fn bytes_that_are_not_a_recording_are_refused(client in junk(), server in junk()) {
            let recording = Recording {
                from_client: client.instead_of(&Say::Hello, false, RSA),
                from_server: server.instead_of(&Say::Hello, true, RSA),
            };
            let key = fixed()[0].key();
            let read = called!(wiretap(&recording, key));
            check!(matches!(read, Err(Unreadable::Broken(_))), "Err(Broken(…))", read, "wiretap(&recording, key)");
        }

        /// a recording of OpenSSL talking to OpenSSL, with a wrapped secret, is read with the
        /// server's key: every byte of both directions
        #[think = "Do both hellos have the extended master secret? Which transcript does it hash?"]
        fn what_openssl_says_is_read(asks from [Asks::Nothing, Asks::Certificate]) {
            let identity = live::identity(LARGE);
            let request = "GET /secret HTTP/1.0\r\n\r\n";
            let overheard = live::overheard(&identity, RSA, asks, Logs::Nobody, request)?;
            let (recording, key) = (recording(&overheard), identity.key);
            let conversation = accepted!(wiretap(&recording, key));
            same!(conversation.from_client, request.as_bytes());
            let from_server = String::from_utf8_lossy(&conversation.from_server).into_owned();
            differ!(from_server, "");
            check!(
                overheard.report.contains(&from_server),
                "what OpenSSL has received",
                from_server
            );
        }

        /// a recording of OpenSSL talking to OpenSSL, with ECDHE, gives nothing to the same key
        #[think = "Which message says how the secret was agreed on?"]
        fn what_openssl_agrees_on_is_not_read() {
            let identity = live::identity(LARGE);
            let request = "GET / HTTP/1.0\r\n\r\n";
            let overheard = live::overheard(&identity, ECDHE, Asks::Nothing, Logs::Nobody, request)?;
            let (recording, key) = (recording(&overheard), identity.key);
            same!(wiretap(&recording, key), Err(Unreadable::ForwardSecret));
        }
    }
}

/// What an eavesdropper has recorded.
fn recording(overheard: &Overheard) -> Recording {
    Recording {
        from_client: overheard.from_client.clone(),
        from_server: overheard.from_server.clone(),
    }
}

/// Where a recording ends: anywhere, and half of the time close to its end.
fn end_in(recording: &[u8], end: Index) -> usize {
    let end = end.index(2 * recording.len());
    match end.checked_sub(recording.len()) {
        None => end,
        Some(before) => recording.len() - before % 200.min(recording.len()),
    }
}
