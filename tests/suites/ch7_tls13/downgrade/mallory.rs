//! Mallory alone: what she remembers of a connection, what she lets pass, and what she reads.

use given::attacks::{OnTheWay, Relayed};
use given::tls::TLS_1_2;
use harness::show::Words;
use harness::{Broken, check, same, search, think_of, with};
use proptest::prelude::any;

use crate::recorded::{fixed, recorded};
use crate::subject::ch6_tls12::{Recording, Unreadable};
use crate::subject::ch7_tls13::Mallory;
use fixtures::keys;
use fixtures::strategies::{LONG, bytes, list};
use fixtures::tls::mallory::records;
use fixtures::tls::offers::{in_a_record, not_offering, offering};
use fixtures::tls12::manners::{ECDHE, RSA, SERVER_BITS};
use fixtures::tls13::hellos::full_hello;

harness::suite! {
    exercise "7.11" {
        /// once she has broken a connection, nothing more of it passes, and there is no second alert
        #[think = "Does she remember, whoever speaks next, that she has broken this connection?"]
        #[cases = 16]
        fn a_broken_connection_stays_broken(hello in full_hello(), more in list(bytes(1..=60), 1..=3)) {
            let mut mallory = Mallory::default();
            client_sends(&mut mallory, &in_a_record(&hello.0, TLS_1_2));
            for more in more {
                server_sends(&mut mallory, &more);
                with!("called before" = Words("mallory.client_sends(&hello)\nmallory.server_sends(&more)".to_owned()));
                let relayed = client_sends(&mut mallory, &more);
                same!(relayed.to_server, Vec::<u8>::new(), "mallory.client_sends(&more).to_server");
                same!(relayed.to_client, Vec::<u8>::new(), "mallory.client_sends(&more).to_client");
            }
        }

        /// a connection begins with the client's first bytes, whatever the server has said before, and however often she was called
        #[think = "A call without bytes is not the beginning. And whose first bytes are the hello?"]
        #[cases = 8]
        fn it_begins_with_the_clients_first_bytes(hello in offering()) {
            let sent = in_a_record(&hello.0, TLS_1_2);
            for is_client in [true, false] {
                let mut mallory = Mallory::default();
                let before = if is_client {
                    client_sends(&mut mallory, &[]);
                    "mallory.client_sends(&[])"
                } else {
                    server_sends(&mut mallory, &[21, 3, 3, 0, 2, 1, 90]);
                    "mallory.server_sends(&alert)"
                };
                with!("called before" = Words(before.to_owned()));
                let relayed = client_sends(&mut mallory, &sent);
                same!(relayed.to_server, Vec::<u8>::new(), "mallory.client_sends(&hello).to_server");
            }
        }

        /// a long piece passes whole, whoever sends it
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_piece_passes(length from [1025, 16_385, LONG]) {
            let mut mallory = Mallory::default();
            let sent: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            passes(&mut mallory, &sent)?;
            let relayed = server_sends(&mut mallory, &sent);
            same!(relayed.to_client, sent, "mallory.server_sends(&sent).to_client");
            same!(relayed.to_server, Vec::<u8>::new(), "mallory.server_sends(&sent).to_server");
        }

        /// only the beginning of a connection can offer a version: what comes later passes unchanged,
        /// even after an alert of the server
        #[think = "Is this the beginning of the connection? How can she know?"]
        #[cases = 16]
        fn only_the_beginning_counts(
            newer in offering(), older in not_offering(), later in list(bytes(1..=60), 0..=2)
        ) {
            let mut mallory = Mallory::default();
            let newer = in_a_record(&newer.0, TLS_1_2);
            passes(&mut mallory, &in_a_record(&older.0, TLS_1_2))?;
            for later in later.iter().chain([&newer]) {
                passes(&mut mallory, later)?;
            }
            // A warning, a fatal alert, and a sealed one.
            for alert in [vec![21, 3, 3, 0, 2, 1, 100], vec![21, 3, 3, 0, 2, 2, 40], [&[21, 3, 3, 0, 26][..], &[7; 26]].concat()] {
                server_sends(&mut mallory, &alert);
                with!("called before" = Words("mallory.server_sends(&alert)".to_owned()));
                with!(alert);
                think_of!("An alert of the server is no reason to keep back what the client sends. When does she break a connection?");
                for later in later.iter().chain([&newer]) {
                    passes(&mut mallory, later)?;
                }
            }
        }

        /// what the server sends passes unchanged, whatever it is, and whether she has broken the
        /// connection or not
        #[think = "Is there anything that she has to change in it, or to keep from the client?"]
        #[cases = 16]
        fn the_server_passes(hello in full_hello(), is_broken in any::<bool>(), said in list(bytes(1..=60), 1..=3)) {
            let mut mallory = Mallory::default();
            if is_broken {
                client_sends(&mut mallory, &in_a_record(&hello.0, TLS_1_2));
            }
            let alert = vec![21, 3, 3, 0, 2, 2, 40];
            for said in said.into_iter().chain([alert, in_a_record(&hello.0, TLS_1_2)]) {
                with!("bytes" = said);
                let relayed = server_sends(&mut mallory, &said);
                same!(relayed.to_client, said, "mallory.server_sends(&bytes).to_client");
                same!(relayed.to_server, Vec::<u8>::new(), "mallory.server_sends(&bytes).to_server");
            }
        }

        /// a connection that she let pass is read with the key that leaked, and with no other key
        #[think = "Has she recorded both directions, each as the bytes of its sender, from the first to the last?"]
        #[cases = 12]
        fn what_has_passed_is_read(recorded in recorded(), pieces in list(1..=400_usize, 1..=4)) {
            let mut mallory = Mallory::default();
            overhear(&mut mallory, &recorded.recording(RSA, TLS_1_2), &pieces);
            let read = mallory.read(recorded.key());
            same!(read, Ok(recorded.conversation()), "mallory.read(&leaked_key)");
            let read = mallory.read(keys::private(SERVER_BITS, 7));
            let is_broken = matches!(read, Err(Unreadable::Broken(_)));
            think_of!("She has read it with the key that leaked. What does `read` do with the error that exercise 6.9 returns for another key?");
            check!(is_broken, "Err(Broken(…))", read, "mallory.read(&another_key)");
        }

        /// she records what the server says even before the client has said anything
        #[think = "Each direction is recorded for itself, from its first byte. Does one of them wait for the other?"]
        fn the_server_may_come_first() {
            let session = fixed().swap_remove(0);
            let Recording { from_client, from_server } = session.recording(RSA, TLS_1_2);
            let mut mallory = Mallory::default();
            server_sends(&mut mallory, &from_server);
            client_sends(&mut mallory, &from_client);
            with!("called before" = Words("mallory.server_sends(&all_of_the_server)\nmallory.client_sends(&all_of_the_client)".to_owned()));
            let read = mallory.read(session.key());
            same!(read, Ok(session.conversation()), "mallory.read(&leaked_key)");
        }

        /// a long conversation is read, even if all that a side says after its hello comes at once
        #[think = "Does she record as much as she passes on?"]
        fn a_long_conversation_is_read() {
            let all = fixed().into_iter();
            let longest = all.max_by_key(|one| one.conversation().from_server.len());
            let longest = longest.expect("there are some");
            let mut mallory = Mallory::default();
            overhear(&mut mallory, &longest.recording(RSA, TLS_1_2), &[LONG]);
            let read = mallory.read(longest.key());
            same!(read, Ok(longest.conversation()), "mallory.read(&leaked_key)");
        }

        /// with ECDHE there is nothing to read, not even with the key
        #[think = "Exercise 6.9 has an error for that. Do you return it?"]
        fn with_ecdhe_nothing_is_read() {
            let session = fixed().swap_remove(0);
            let mut mallory = Mallory::default();
            overhear(&mut mallory, &session.recording(ECDHE, TLS_1_2), &[100]);
            let read = mallory.read(session.key());
            same!(read, Err(Unreadable::ForwardSecret), "mallory.read(&leaked_key)");
        }

        /// she starts over with each connection, whether she broke the last one or let it pass
        #[think = "What must she forget? And what has she recorded of a connection that she has broken?"]
        #[cases = 4]
        fn each_connection_is_its_own(hello in full_hello(), recorded in recorded()) {
            let first = fixed().swap_remove(0);
            let mut mallory = Mallory::default();
            mallory.connected();
            overhear(&mut mallory, &first.recording(RSA, TLS_1_2), &[100]);
            for _ in 0..2 {
                mallory.connected();
                client_sends(&mut mallory, &in_a_record(&hello.0, TLS_1_2));
                let read = mallory.read(first.key());
                let is_broken = matches!(read, Err(Unreadable::Broken(_)));
                check!(is_broken, "Err(Broken(…))", read, "mallory.read(&leaked_key), after a connection that she has broken");
            }
            mallory.connected();
            overhear(&mut mallory, &recorded.recording(RSA, TLS_1_2), &[100]);
            let read = mallory.read(recorded.key());
            same!(read, Ok(recorded.conversation()), "mallory.read(&leaked_key)");
        }
    }
}

/// Checks that these bytes reach the server as the client sent them, and that the client gets
/// nothing back.
pub(super) fn passes(mallory: &mut Mallory, bytes: &[u8]) -> Result<(), Broken> {
    with!("bytes" = bytes);
    let relayed = client_sends(mallory, bytes);
    same!(
        relayed.to_client,
        Vec::<u8>::new(),
        "mallory.client_sends(&bytes).to_client"
    );
    same!(
        relayed.to_server,
        bytes.to_vec(),
        "mallory.client_sends(&bytes).to_server"
    );
    Ok(())
}

/// What she does with bytes of the client. A report on a panic names the call.
pub(super) fn client_sends(mallory: &mut Mallory, bytes: &[u8]) -> Relayed {
    search::ask("mallory.client_sends(&bytes)");
    let relayed = mallory.client_sends(bytes);
    search::answered();
    relayed
}

/// What she does with bytes of the server.
fn server_sends(mallory: &mut Mallory, bytes: &[u8]) -> Relayed {
    search::ask("mallory.server_sends(&bytes)");
    let relayed = mallory.server_sends(bytes);
    search::answered();
    relayed
}

/// Lets her overhear this: the hello first, then both directions in pieces of these lengths.
fn overhear(mallory: &mut Mallory, recording: &Recording, pieces: &[usize]) {
    let hello = records(&recording.from_client)[0].len();
    let (hello, mut client) = recording.from_client.split_at(hello);
    let mut server = &recording.from_server[..];
    client_sends(mallory, hello);
    for length in pieces.iter().cycle() {
        if client.is_empty() && server.is_empty() {
            return;
        }
        let (piece, rest) = server.split_at(server.len().min(*length));
        server = rest;
        if !piece.is_empty() {
            server_sends(mallory, piece);
        }
        let (piece, rest) = client.split_at(client.len().min(*length));
        client = rest;
        if !piece.is_empty() {
            client_sends(mallory, piece);
        }
    }
}
