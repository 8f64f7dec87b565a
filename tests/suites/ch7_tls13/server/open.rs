//! What the server's open connection does: data, the next keys, the key log, and its end.

use std::sync::Arc;

use given::tls::{Abort, Alert, Connection, Status, Suite};
use harness::{accepted, same, think_of, with};

use super::{after, new_server, pair, refused_because, server};
use crate::subject::ch6_tls12::ServerConfig;
use fixtures::certificates::{HOST, Key, Plan};
use fixtures::hex::digits;
use fixtures::strategies::bytes;
use fixtures::tls::cuts::{Cuts, cuts};
use fixtures::tls::mallory::{Mallory, play};
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls12::pki;
use fixtures::tls13::lies::proofs;
use fixtures::tls13::manners::{SECRET, client_plan, padding};
use fixtures::tls13::outcome::{
    Outcome, end_with, explain, must_log, outcome, play_alone, server_ends, tell,
};
use fixtures::tls13::reference::Schedule;
use fixtures::tls13::scripted::{Client, ClientPlan, Level, Peer, Proof, Say};

harness::suite! {
    exercise "7.9" {
        /// with exercise 7.10, data passes both ways, however the client cuts, pads and sends its messages
        #[think = "After its Finished the client seals with a different key, and so do you after yours. From which secrets?"]
        #[cases = 16]
        fn data_passes_between_server_and_client(
            has_share in proptest::bool::ANY, cuts in cuts(), zeros in padding(),
            data in bytes(0..=300), answer in bytes(1..=300)
        ) {
            if !after::is_solved() {
                return Ok(());
            }
            let plan = ClientPlan { has_share, cuts: cuts.clone(), padding: zeros.clone(), ..client_plan() };
            let script = plan.script();
            let (empty, late) = (Say::Data(vec![]), Say::Data(b"too late".to_vec()));
            let then = [empty.clone(), Say::Data(data.clone()), Say::KeyUpdate(0), empty, Say::Close, late];
            let talk = |quirk| {
                let (mut server, mut peer) = pair(&plan, quirk);
                let mut nobody = Mallory::nobody();
                play(&mut server, &mut peer, &script, &cuts, &mut nobody);
                let is_sent = server.send(&answer);
                play(&mut server, &mut peer, &then, &cuts, &mut nobody);
                let received = server.received();
                (server, peer, is_sent, received)
            };
            let (mut server, peer, is_sent, received) = talk(None);
            tell(&mut server);
            let is_well = |server: &dyn Connection, peer: &Client, received: &[u8]| {
                let is_heard = received == data && peer.heard().data == answer;
                is_heard && server.status() == Status::Closed
            };
            if !is_well(&server, &peer, &received) {
                explain(&server, &peer, None, |quirk| {
                    let (server, peer, _, received) = talk(Some(quirk));
                    is_well(&server, &peer, &received)
                });
            }
            same!(is_sent, Ok(()), "server.send(&answer)");
            same!(received, data, "server.received()");
            same!(peer.heard().data, answer, "what the client receives");
            server_ends!(outcome(&mut server, &peer), Outcome::closed());
        }

        /// records may be padded with as many zeros as there is room for
        #[think = "A TLSInnerPlaintext may have 2¹⁴ + 1 bytes. Does your answer to exercise 7.3 open it?"]
        fn full_padding_is_accepted(has_share from [true, false]) {
            // The peer adds as many as fit. Its hellos are in plaintext, where there is no padding.
            let plan = ClientPlan { has_share, padding: vec![1 << 14], ..client_plan() };
            let script = [plan.script(), vec![Say::Data(SECRET.to_vec())]].concat();
            let (mut peer, mut server, mut nobody) = (Client::new(plan), new_server(), Mallory::nobody());
            play(&mut server, &mut peer, &script, &Cuts::none(), &mut nobody);
            tell(&mut server);
            same!(server.status(), Status::Open(Suite::Tls13));
            same!(server.received(), SECRET);
        }

        /// once it is open, the keys change when the client asks for it, if exercise 7.10 is solved
        #[think = "Which two secrets do you pass on to exercise 7.10, and which of them is whose?"]
        fn it_is_ready_for_the_next_keys(has_share from [true, false]) {
            if !after::is_solved() {
                return Ok(());
            }
            let plan = ClientPlan { has_share, ..client_plan() };
            let script = plan.script();
            let (mut peer, mut server) = (Client::new(plan), new_server());
            end_with(&mut server, &mut peer, &script);
            end_with(&mut server, &mut peer, &[Say::KeyUpdate(1)]);
            accepted!(server.send(b"under the next key"));
            end_with(&mut server, &mut peer, &[]);
            let received = &peer.heard().data;
            same!(*received, b"under the next key".to_vec(), "what the client receives");
            let end = end_with(&mut server, &mut peer, &[Say::NewSessionTicket, Say::Message(4, vec![0; 13])]);
            think_of!("Only servers send tickets. Whom do you name as the peer when you call `AfterHandshake::new`?");
            server_ends!(end, Outcome::Refused(Alert::UnexpectedMessage, Level::Application(1)));
        }

        /// the key log has the five secrets of this connection, under the random of the first hello
        #[think = "`Secrets` makes the log. Which random and which transcript do you pass it, and when?"]
        fn the_key_log_is_right(has_share from [true, false]) {
            let random = [0xc1; 32];
            let plan = ClientPlan { has_share, random: Some(random), ..client_plan() };
            let script = plan.script();
            let key_log = new_server().key_log();
            same!(key_log, Vec::<String>::new());
            let log = |quirk| {
                let (mut server, mut peer) = pair(&plan, quirk);
                play_alone(&mut server, &mut peer, &script);
                let expected = peer.schedule().map(|schedule| log_of(schedule, &random));
                let logs = (server.key_log(), expected.unwrap_or_default());
                (server, peer, logs)
            };
            let (mut server, peer, (key_log, expected)) = log(None);
            tell(&mut server);
            if key_log != expected {
                explain(&server, &peer, None, |quirk| {
                    let (.., (key_log, expected)) = log(Some(quirk));
                    key_log == expected
                });
            }
            must_log(&key_log, &expected, "server.key_log()")?;
        }

        /// if Mallory cuts off what the client sends, the connection never counts as closed
        #[think = "Only a close_notify that opens, under its own number, ends the data. What else in your code ends it?"]
        fn a_cut_is_not_an_end((kept, then) from [
            (0, "silence"), (1, "silence"), (0, "a forged close_notify"), (1, "a forged close_notify"),
            (0, "the close_notify"), (1, "the close_notify"),
        ]) {
            let plan = client_plan();
            let script = plan.script();
            let (mut peer, mut server) = (Client::new(plan), new_server());
            server_ends!(end_with(&mut server, &mut peer, &script), Outcome::open());
            let said = [Say::Data(b"one, ".to_vec()), Say::Data(b"two".to_vec()), Say::Close];
            let records = said.map(|say| {
                peer.say(&say);
                peer.take_outgoing()
            });
            let mut arrived = records[..kept].concat();
            match then {
                "silence" => {}
                "the close_notify" => arrived.extend(&records[2]),
                _ => arrived.extend([21, 3, 3, 0, 2, 1, 0]),
            }
            server.receive(&arrived);
            tell(&mut server);
            same!(server.received(), [&b""[..], b"one, "][kept]);
            let expected = match then {
                "silence" => Outcome::open(),
                "the close_notify" => Outcome::Refused(Alert::BadRecordMac, Level::Application(0)),
                _ => Outcome::Refused(Alert::UnexpectedMessage, Level::Application(0)),
            };
            server_ends!(end_with(&mut server, &mut peer, &[]), expected);
        }

        /// a Finished with any wrong byte, or a different Finished, is refused
        #[think = "Exercise 7.7 checks it. With whose secret, and with which transcript?"]
        fn a_wrong_finished_is_refused(finished from all_proofs()) {
            // A flipped bit in a connection without a retry, anything else in one with a retry.
            let has_share = matches!(finished, Proof::Flipped(_));
            let plan = ClientPlan { has_share, finished, ..client_plan() };
            let script = [plan.script(), vec![Say::Data(SECRET.to_vec())]].concat();
            let mut server = new_server();
            let end = end_with(&mut server, &mut Client::new(plan), &script);
            let abort = match finished {
                Proof::Short => Abort::Malformed,
                _ => Abort::BadFinished,
            };
            refused_because!(server, end, abort, Level::Application(0));
        }

        /// its key may be as large as those of real servers
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn its_key_may_be_large() {
            let key = Key(4096, 1);
            with!("bits of the server's key" = key.0);
            let chain = vec![Plan::leaf(&[HOST], key, pki::intermediate(SERVER_BITS)).make()];
            let mut peer = Client::new(ClientPlan::honest(&chain, key.private()));
            let mut server = server(Arc::new(ServerConfig {
                chain, key: key.private().clone(), suites: vec![], sentinel: None
            }));
            let end = end_with(&mut server, &mut peer, &client_plan().script());
            server_ends!(end, Outcome::open());
        }
    }
}

/// The key log of a connection (RFC 9850 §2.2).
fn log_of(schedule: &Schedule, random: &[u8; 32]) -> Vec<String> {
    let lines = [
        (
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            &schedule.client_handshake,
        ),
        (
            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            &schedule.server_handshake,
        ),
        ("CLIENT_TRAFFIC_SECRET_0", &schedule.client_application),
        ("SERVER_TRAFFIC_SECRET_0", &schedule.server_application),
        ("EXPORTER_SECRET", &schedule.exporter),
    ];
    lines
        .map(|(label, secret)| format!("{label} {} {}", digits(random), digits(secret)))
        .to_vec()
}

/// What may be in a wrong Finished.
fn all_proofs() -> Vec<Proof> {
    [proofs(), vec![Proof::Reflected, Proof::Short]].concat()
}
