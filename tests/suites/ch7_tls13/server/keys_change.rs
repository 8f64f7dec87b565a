//! The client's Finished, and what comes after it.

use std::slice;

use given::tls::{Connection, NotOpen, Status};
use harness::show::Words;
use harness::{Broken, check, same, think_of};

use super::{new_server, pair, parts, server};
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls13::clients::habits;
use fixtures::tls13::manners::client_plan;
use fixtures::tls13::outcome::{
    Outcome, end_with, end_with_honest, outcome, play_alone, server_ends,
};
use fixtures::tls13::scripted::{Client, ClientPlan};

harness::suite! {
    exercise "7.9" {
        /// it opens for an honest client, with and without a retry, a session id, and ChangeCipherSpecs; until the client's Finished it says nothing more, sends no data, and is not open
        #[think = "The peer's complaint names the message. What had to be in it, and from which transcript?"]
        fn it_opens_for_an_honest_client(client from habits()) {
            let (plan, script) = (client.plan(), client.script());
            let (last, before) = script.split_last().expect("Finished is the last");
            let until_finished = |quirk| {
                let (mut server, mut peer) = pair(&plan, quirk);
                play_alone(&mut server, &mut peer, before);
                (server, peer)
            };
            let (mut server, mut peer) = until_finished(None);
            let records = peer.records().len();
            let (is_sent, sent, status) = (server.send(b"hello"), server.to_send(), server.status());
            server_ends!(
                end_with_honest(&mut server, &mut peer, slice::from_ref(last), &Outcome::open(), |quirk| {
                    until_finished(Some(quirk))
                }),
                Outcome::open()
            );
            let is_content = peer.is_content();
            check!(
                is_content,
                "all that a server has to say, up to Finished",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of server(config)"
            );
            think_of!("Which side has proved that it is there, and which has not yet?");
            same!(is_sent, Err(NotOpen), "server.send(b\"hello\"), before the client's Finished");
            same!(parts(&sent), parts(&[]), "server.to_send(), before the client's Finished");
            same!(status, Status::Handshaking, "server.status(), before the client's Finished");
            says_no_more(&peer, records)?;
        }

        /// two connections at once, with the same configuration, don't affect each other
        #[think = "What do the two share, and what belongs to only one of them?"]
        fn two_clients_at_once_are_served(has_share from [true, false]) {
            let config = super::config_of(SERVER_BITS);
            let mut servers = [server(config.clone()), server(config)];
            let plan = ClientPlan { has_share, ..client_plan() };
            let mut clients = [Client::new(plan.clone()), Client::new(plan.clone())];
            for say in plan.script() {
                for (server, client) in servers.iter_mut().zip(&mut clients) {
                    end_with(server, client, slice::from_ref(&say));
                }
            }
            for (server, client) in servers.iter_mut().zip(&clients) {
                server_ends!(outcome(server, client), Outcome::open());
            }
        }

        /// a client that repeats its random and its share is served, under different keys each time
        #[think = "Fresh values on your side are enough. Are yours fresh?"]
        fn a_client_that_repeats_itself_is_served() {
            let mut logs = Vec::new();
            for _ in 0..2 {
                let (random, secret) = (Some([7; 32]), Some([9; 32]));
                let plan = ClientPlan { random, secret, ..client_plan() };
                let script = plan.script();
                let mut server = new_server();
                let end = end_with(&mut server, &mut Client::new(plan), &script);
                server_ends!(end, Outcome::open());
                logs.extend(server.key_log());
            }
            let (one, other) = logs.split_at(5);
            let repeated: Vec<String> = one.iter().filter(|line| other.contains(line)).cloned().collect();
            check!(
                repeated.is_empty(),
                "two key logs without a line in common",
                Words(repeated.join("\n")),
                "key_log() of two connections of server(config)"
            );
        }
    }
}

/// Checks that the server has said no more than these records.
fn says_no_more(peer: &Client, records: usize) -> Result<(), Broken> {
    let more = peer.records().len() - records;
    check!(
        more == 0,
        "nothing after its Finished",
        Words(format!("{more} more records (see the trace)")),
        "the handshake of server(config)"
    );
    Ok(())
}
