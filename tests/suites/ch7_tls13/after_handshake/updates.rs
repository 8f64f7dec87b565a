//! Keys that change, each direction on its own.

use given::tls::{Connection, MAX_FRAGMENT, Status, Suite};
use harness::show::Words;
use harness::{accepted, check, differ, same, think_of};
use proptest::sample::select;

use super::{NOTHING, SIDES, connected, connected_with, data, heard_of, in_words, repeated};
use super::{sends, sends_of};
use crate::subject::ch6_tls12::{ClientWrites, ServerWrites};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{array, bytes};
use fixtures::tls13::outcome::tell;
use fixtures::tls13::reference;
use fixtures::tls13::traffic::{Event, Heard, Side, events};

const UPDATE: Heard = Heard::KeyUpdate(0);

harness::suite! {
    exercise "7.10" {
        /// the next secret is HKDF-Expand-Label of this one, with "traffic upd" and an empty context
        #[think = "Is your context empty, or the hash of nothing? Which label do you use?"]
        #[cases = 64]
        fn the_next_secret_is_derived(secret in array()) {
            let expected = reference::secret_of(&secret, "traffic upd", b"");
            let secret = TrafficSecret::<ClientWrites, Application>::new(secret);
            same!(*secret.next().as_bytes(), expected);
            let secret = TrafficSecret::<ServerWrites, Application>::new(*secret.as_bytes());
            same!(*secret.next().as_bytes(), expected);
            differ!(*secret.next().next().as_bytes(), expected);
        }

        /// without a KeyUpdate, data passes both ways, and nothing else is sent
        #[think = "Nobody has asked for anything. What do you send before the data?"]
        #[cases = 32]
        fn data_passes_both_ways(
            you in select(SIDES.to_vec()), theirs in bytes(0..=300), yours in bytes(1..=300)
        ) {
            let (mut connection, mut peer) = connected(you);
            for _ in 0..2 {
                connection.receive(&peer.data(&theirs));
                same!(connection.received(), theirs);
                accepted!(connection.send(&yours));
                sends!(connection, peer, [data(&yours)]);
            }
        }

        /// after a KeyUpdate from the peer, its next key opens what it sends
        #[think = "Which of the two secrets changes, and which number does the first record under it have?"]
        fn data_comes_under_the_next_key(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            for before in 0..3 {
                for record in 0..before {
                    connection.receive(&peer.data(&[record]));
                }
                connection.receive(&peer.update(0));
                connection.receive(&peer.data(b"under the next key"));
                tell(&mut connection);
                if before > 0 {
                    think_of!("The first KeyUpdate went well. From which secret does the second one lead on, and with which number do the records under it begin?");
                }
                same!(connection.status(), Status::Open(Suite::Tls13));
                tell(&mut connection);
                let received = connection.received().split_off(usize::from(before));
                same!(received, b"under the next key".to_vec(), "connection.received()");
            }
        }

        /// several KeyUpdates in a row are followed, too, one key after the other
        #[think = "Each leads to the next secret. From which one do you derive it?"]
        fn several_updates_are_followed((you, updates) from a_few()) {
            let (mut connection, mut peer) = connected(you);
            for _ in 0..updates {
                connection.receive(&peer.update(0));
            }
            connection.receive(&peer.data(b"hello"));
            same!(connection.received(), b"hello".to_vec());
        }

        /// a KeyUpdate that asks for nothing is not answered, and leaves your own key as it is
        #[think = "The two directions are independent. What does the peer's key have to do with yours?"]
        fn an_update_of_the_peer_is_its_own(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            for updates in 1..=3 {
                for _ in 0..updates {
                    connection.receive(&peer.update(0));
                }
                sends!(connection, peer, NOTHING);
                accepted!(connection.send(b"hello"));
                sends!(connection, peer, [data(b"hello")]);
            }
        }

        /// a request is answered with one KeyUpdate, under the old key, right before the next data, under the new one
        #[think = "The peer has asked for a KeyUpdate, once. What comes before your next data, and what before the data after that?"]
        fn a_request_is_answered_before_the_next_data(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            for _ in 0..3 {
                sends_of!(connection, peer, b"before", [data(b"before")]);
                connection.receive(&peer.update(1));
                sends_of!(connection, peer, b"after", [UPDATE, data(b"after")]);
                sends_of!(connection, peer, b"later", [data(b"later")]);
            }
        }

        /// an end that has nothing to say does not answer, however often it is asked
        #[think = "What does one request cost the peer, and what would one answer cost you?"]
        fn an_idle_end_is_silent((you, requests) from a_few()) {
            let (mut connection, mut peer) = connected(you);
            for _ in 0..requests {
                connection.receive(&peer.update(1));
                sends!(connection, peer, NOTHING);
            }
            // One answer is enough for all of them, once there is something to say.
            accepted!(connection.send(b"now"));
            sends!(connection, peer, [UPDATE, data(b"now")]);
        }

        /// a request is not forgotten because of a later KeyUpdate that asks for nothing
        #[think = "What happens to your note of the request when the next KeyUpdate comes?"]
        fn a_request_is_remembered(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            connection.receive(&peer.update(1));
            connection.receive(&peer.data(b"more"));
            connection.receive(&peer.update(0));
            accepted!(connection.send(b"hello"));
            sends!(connection, peer, [UPDATE, data(b"hello")]);
        }

        /// after as many records as one key may seal, it takes its next key without being asked
        #[think = "Count the records of data under this key. Before which one must the key change?"]
        fn it_updates_by_itself((you, records_per_key) from a_few()) {
            let (mut connection, mut peer) = connected_with(you, Some(records_per_key as u64));
            let mut expected = Vec::new();
            for key in 0..4 {
                if key > 0 {
                    expected.push(UPDATE);
                }
                expected.extend(repeated(&data(b"a"), records_per_key));
            }
            let mut heard = Vec::new();
            for _ in 0..4 * records_per_key {
                heard.extend(heard_of(&mut connection, &mut peer, b"a"));
            }
            tell(&mut connection);
            let (heard, expected) = in_words(&heard, &expected);
            same!(heard, expected, "connection.to_send(), record by record");
        }

        /// it takes its next key even in the middle of one large send, which takes many records
        #[think = "`before_data` is called for each record, not for each `send`. What do you count?"]
        fn it_updates_within_one_send((you, records_per_key) from a_few()) {
            let (mut connection, mut peer) = connected_with(you, Some(records_per_key as u64));
            let large = vec![7; 3 * MAX_FRAGMENT + 1];
            accepted!(connection.send(&large));
            let lengths: Vec<Option<usize>> = peer
                .hear(&connection.to_send())
                .iter()
                .map(|one| match one {
                    Heard::Data(data) => Some(data.len()),
                    _ => None,
                })
                .collect();
            let mut expected = Vec::new();
            for record in 0..4 {
                if record > 0 && record % records_per_key == 0 {
                    expected.push(None);
                }
                expected.push(Some(if record == 3 { 1 } else { MAX_FRAGMENT }));
            }
            tell(&mut connection);
            let words = |lengths: &[Option<usize>]| {
                let one = |length: &Option<usize>| match length {
                    Some(length) => format!("data of length {length}"),
                    None => "KeyUpdate(0)".to_owned(),
                };
                Words(lengths.iter().map(one).collect::<Vec<_>>().join("\n"))
            };
            let (lengths, expected) = (words(&lengths), words(&expected));
            same!(lengths, expected, "connection.send(&large), and then connection.to_send(), record by record");
        }

        /// the limit is 2²⁴ records unless it is set, so a few hundred are sent under one key
        #[think = "RECORDS_PER_KEY is the limit. Do you change the key for any other reason?"]
        fn a_few_records_are_no_reason(you from SIDES) {
            let (mut connection, mut peer) = connected(you);
            let mut others = Vec::new();
            for number in 0..300 {
                let heard = heard_of(&mut connection, &mut peer, b"a");
                let more = heard.into_iter().filter(|one| *one != data(b"a"));
                others.extend(more.map(|one| (number, one)));
            }
            let (is_plain, first) = (others.is_empty(), others.first());
            let words = |(number, one): &(usize, Heard)| format!("record {number} is {one:?}");
            let got = Words(first.map(words).unwrap_or_default());
            check!(is_plain, "300 records of data, and nothing else", got, "connection.to_send(), record by record");
            same!(RECORDS_PER_KEY, 1 << 24);
        }

        /// whatever the two sides send and ask for, in any order, the data arrives under the right keys
        #[think = "Where do the two lists first differ, and what came right before that?"]
        #[cases = 128]
        fn a_conversation_with_updates(
            you in select(SIDES.to_vec()), records_per_key in 1..=4_usize, events in events()
        ) {
            let (mut connection, mut peer) = connected_with(you, Some(records_per_key as u64));
            let (mut sent, mut expected, mut heard) = (vec![0_u8; 0], Vec::new(), Vec::new());
            let (mut records, mut is_asked) = (0, false);
            for event in &events.0 {
                match event {
                    Event::PeerSends(data) => {
                        connection.receive(&peer.data(data));
                        sent.extend(data);
                    }
                    Event::PeerUpdates(request) => {
                        connection.receive(&peer.update(*request));
                        is_asked |= *request == 1;
                    }
                    Event::YouSend(yours) => {
                        if is_asked || records == records_per_key {
                            expected.push(UPDATE);
                            (records, is_asked) = (0, false);
                        }
                        records += 1;
                        expected.push(data(yours));
                        heard.extend(heard_of(&mut connection, &mut peer, yours));
                    }
                }
            }
            tell(&mut connection);
            same!(connection.status(), Status::Open(Suite::Tls13));
            same!(connection.received(), sent);
            let (heard, expected) = in_words(&heard, &expected);
            same!(heard, expected, "connection.to_send(), record by record");
        }
    }
}

/// A few KeyUpdates in a row, or a limit for the records of one key. How many updates there may be is
/// in `idle.rs`.
fn a_few() -> Vec<(Side, usize)> {
    let both = |number| SIDES.map(|you| (you, number));
    [1, 2, 3].into_iter().flat_map(both).collect()
}
