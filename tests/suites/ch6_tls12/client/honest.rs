//! How the client talks to an honest server.

use std::collections::BTreeSet;
use std::slice;

use given::tls::{Connection, Status};
use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, same, think_of};

use super::client;
use crate::client_ends;
use crate::configs::{client_config, client_config_of};
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{HOST, Key, Plan, Signer};
use fixtures::keys;
use fixtures::strategies::bytes;
use fixtures::tls::mallory::{End, Mallory, encoded, play};
use fixtures::tls::shares::share_of;
use fixtures::tls12::manners::FEW_BITS;
use fixtures::tls12::manners::{
    BITS, ECDHE, Manner, ROOT, RSA, cuts, leaked_key, manner, manners, server_plan,
};
use fixtures::tls12::outcome::{end_with, end_with_honest, tell, tell_difference};
use fixtures::tls12::pki::server_key;
use fixtures::tls12::scripted::{Peer, Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// part one, hello and answer: it accepts the ServerHello of an honest server, and waits
        #[think = "What does `check_choice` say, and what do you return when it has said yes?"]
        fn an_honest_answer_is_taken(suite from [RSA, ECDHE]) {
            let manner = Manner::new(suite);
            let mut server = Server::new(server_plan(&manner));
            let mut client = client(client_config(&[ECDHE, RSA]));
            let script = [Say::Hello];
            client_ends!(end_with_honest(&mut client, &mut server, &script), End::Waiting);
        }

        /// part two, who is it: it accepts the server's chain, and with ECDHE the signed share
        #[think = "Which exercises check the chain and the signature, and what do you give them?"]
        fn an_honest_certificate_is_taken(suite from [RSA, ECDHE]) {
            let manner = Manner::new(suite);
            let mut server = Server::new(server_plan(&manner));
            let mut client = client(client_config(&[ECDHE, RSA]));
            let script = manner.server_script();
            let before_done = &script[..script.len() - 3];
            client_ends!(end_with_honest(&mut client, &mut server, before_done), End::Waiting);
        }

        /// part three, the keys: it answers ServerHelloDone with ClientKeyExchange, ChangeCipherSpec
        /// and a Finished that the server accepts
        #[think = "What is secret by now, what is derived from it, and which messages does Finished cover?"]
        fn the_keys_are_changed(suite from [RSA, ECDHE]) {
            let manner = Manner::new(suite);
            let mut server = Server::new(server_plan(&manner));
            let mut client = client(client_config(&[ECDHE, RSA]));
            let script = manner.server_script();
            let up_to_done = &script[..script.len() - 2];
            let end = end_with_honest(&mut client, &mut server, up_to_done);
            tell_difference(&mut server, |quirk| {
                let plan = ServerPlan { quirk: Some(quirk), ..server_plan(&manner) };
                let client = crate::subject::ch6_tls12::client(client_config(&[ECDHE, RSA]));
                (Box::new(client), Server::new(plan), script.clone())
            });
            client_ends!(end, End::Waiting);
            let messages = server.messages();
            let heard_all = server.is_content(messages);
            check!(
                heard_all,
                "ClientHello, ClientKeyExchange, ChangeCipherSpec and Finished, all of them sent",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of client(config)"
            );
        }

        /// it opens with an honest server, with both suites, whatever that server supports
        #[think = "The peer's complaint names a message. Which one was due there, and what should it cover?"]
        fn it_opens_with_an_honest_server(peer from manners()) {
            let mut server = Server::new(server_plan(&peer));
            let mut client = client(client_config(&[ECDHE, RSA]));
            let script = peer.server_script();
            let end = end_with_honest(&mut client, &mut server, &script);
            tell_difference(&mut server, |quirk| {
                let plan = ServerPlan { quirk: Some(quirk), ..server_plan(&peer) };
                let client = crate::subject::ch6_tls12::client(client_config(&[ECDHE, RSA]));
                (Box::new(client), Server::new(plan), script.clone())
            });
            client_ends!(end, End::Open(peer.suite.into()));
            let messages = server.messages();
            let heard_all = server.is_content(messages);
            check!(
                heard_all,
                "ClientHello, ClientKeyExchange, ChangeCipherSpec and Finished, all of them sent",
                Words("fewer messages (see the trace)".to_owned()),
                "the handshake of client(config)"
            );
        }

        /// data passes both ways, however the server cuts its messages into records and calls
        #[think = "One record may have half a message in it, or three. `Wire` joins and splits them."]
        #[cases = 24]
        fn data_passes_between_client_and_server(
            peer in manner(), cuts in cuts(), data in bytes(0..=300), answer in bytes(0..=300)
        ) {
            let plan = ServerPlan { cuts: cuts.clone(), ..server_plan(&peer) };
            let mut server = Server::new(plan);
            let mut client = client(client_config(&[ECDHE, RSA]));
            let mut nobody = Mallory::nobody();
            play(&mut client, &mut server, &peer.server_script(), &cuts, &mut nobody);
            tell(&mut client);
            same!(client.status(), Status::Open(peer.suite.into()));
            accepted!(client.send(&data));
            let (empty, late) = (Say::Data(vec![]), Say::Data(b"too late".to_vec()));
            let script = [empty.clone(), Say::Data(answer.clone()), empty, Say::Close, late];
            play(&mut client, &mut server, &script, &cuts, &mut nobody);
            same!(client.received(), answer);
            same!(server.heard().data, data);
            client_ends!(End::of(&client, &[], &server), End::Closed);
            think_of!("A `Session` has what the key log needs. Whose random is in it, and which secret?");
            let (key_log, expected) = (client.key_log().concat(), server.key_log().concat());
            same!(key_log, expected, "the key log of client(config)");
        }

        /// each connection has its own share, or with RSA its own premaster secret, even if the
        /// server repeats its share
        #[think = "Where does the secret come from? Each handshake makes one, and throws it away."]
        fn each_connection_has_its_own_share(suite from [ECDHE, RSA]) {
            let mut secrets = BTreeSet::new();
            for _ in 0..3 {
                // A share that is not the server's own: it can't know what comes of it, but it hears
                // the client's.
                let share = Some(share_of([0x77; 32], false));
                let plan = ServerPlan { share, ..server_plan(&Manner::new(suite)) };
                let mut client = client(client_config(&[suite]));
                let (script, mut server) = (plan.script(), Server::new(plan));
                end_with(&mut client, &mut server, &script);
                let secret = server.key_exchange.clone();
                // If two secrets are wrapped, the padding differs in any case.
                secrets.insert(match suite {
                    RSA => keys::decrypt_pkcs1(leaked_key(), &secret).unwrap_or_default(),
                    ECDHE => secret,
                });
            }
            check!(
                secrets.len() == 3,
                "3 different secrets",
                Words(format!("only {} of them", secrets.len())),
                "3 handshakes of client(config)"
            );
        }

        /// the secret half of its share is not something that was sent, such as one of the randoms
        #[think = "The randoms are random, and everybody has them. Where else can the secret come from?"]
        fn its_secret_is_secret() {
            let mut server = Server::new(server_plan(&Manner::new(ECDHE)));
            let mut client = client(client_config(&[ECDHE]));
            end_with(&mut client, &mut server, &server_plan(&Manner::new(ECDHE)).script());
            for random in [server.hello().map(|hello| hello.random), Some(server.random())] {
                let share_of_the_random = share_of(random.unwrap_or_default(), false);
                differ!(server.key_exchange, share_of_the_random, "the share in the ClientKeyExchange of client(config)");
            }
        }

        /// two connections at once don't affect each other
        #[think = "What do the two share, and what belongs to only one of them?"]
        fn two_servers_at_once_are_talked_to(suite from [RSA, ECDHE]) {
            let mut clients = [(), ()].map(|()| client(client_config(&[suite])));
            let mut servers = [(), ()].map(|()| Server::new(server_plan(&Manner::new(suite))));
            for say in Manner::new(suite).server_script() {
                for (client, server) in clients.iter_mut().zip(&mut servers) {
                    end_with(client, server, slice::from_ref(&say));
                }
            }
            for (client, server) in clients.iter_mut().zip(&mut servers) {
                tell(client);
                client_ends!(End::of(client, &[], server), End::Open(suite.into()));
            }
        }

        /// each time the program runs, its share is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_share() {
            let [share, share_of_another_process] = elsewhere(|| {
                // One key for all of them. Each process makes a new one.
                let all = Signer(ROOT.0, server_key(BITS));
                let chain = [Plan::leaf(&[HOST], all.1, all).make()];
                let plan = ServerPlan::honest(ECDHE, false, &chain, all.1.private());
                let (script, mut server) = (plan.script(), Server::new(plan));
                let roots = vec![Plan::root(all).make()];
                let config = client_config_of(FEW_BITS, &[ECDHE]);
                end_with(&mut client(ClientConfig { roots, ..config }), &mut server, &script);
                Ok(server.key_exchange)
            })?;
            differ!(share, share_of_another_process, "the share in the ClientKeyExchange of client(config)");
        }

        /// it opens with a server whose chain is long: many certificates, some of them twice, too
        /// many for one record
        #[think = "Which certificates do you need, and what do you do with the others? Is there a limit in your code that is not in the exercise?"]
        fn a_long_chain_is_taken(spares from [2, 150]) {
            let mut plan = server_plan(&Manner { says_more: true, ..Manner::new(ECDHE) });
            let (leaf, spare) = (plan.chain[0].clone(), plan.chain[2].clone());
            // The one that is needed comes last.
            plan.chain.splice(1..1, [vec![leaf], vec![spare; spares]].concat());
            plan.chain[1 + spares..].rotate_left(1);
            let script = plan.script();
            let mut client = client(client_config(&[ECDHE]));
            let mut server = Server::new(plan);
            client_ends!(end_with(&mut client, &mut server, &script), End::Open(ECDHE.into()));
        }

        /// it opens with a server that has a list of extensions with nothing in it
        #[think = "An empty list is not a missing one. Which bytes does your transcript have: those that came, or those that you would have sent?"]
        fn an_empty_list_is_in_the_transcript(suite from [RSA, ECDHE]) {
            let plan = server_plan(&Manner::new(suite));
            let plan = ServerPlan { extensions: vec![], has_empty_list: true, ..plan };
            let script = plan.script();
            let mut client = client(client_config(&[suite]));
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            client_ends!(end, End::Open(suite.into()));
        }

        /// it opens with a server whose certificate is for the address that the client wants
        #[think = "An address is not sent as a name. Do you still look for it in the certificate?"]
        fn an_address_is_a_host(host from ["192.0.2.1", "2001:db8::1"]) {
            let leaf = Plan::leaf(&[host], server_key(BITS), ROOT).make();
            let plan = ServerPlan { chain: encoded(&[leaf]), ..server_plan(&Manner::new(RSA)) };
            let script = plan.script();
            let config = ClientConfig { host: host.to_owned(), ..client_config(&[RSA]) };
            let end = end_with(&mut client(config), &mut Server::new(plan), &script);
            client_ends!(end, End::Open(RSA.into()));
        }

        /// it trusts every root of its configuration, wherever it is in the list
        #[think = "Exercise 5.5 takes a list of roots. Which ones do you give it?"]
        fn any_of_its_roots_will_do(place from [0, 1, 2]) {
            let mut config = client_config(&[RSA]);
            let strangers = ["Stranger", "Another"].map(|name| Plan::root(Signer(name, Key(BITS, 4))).make());
            let root = std::mem::replace(&mut config.roots, strangers.to_vec()).remove(0);
            config.roots.insert(place, root);
            let plan = server_plan(&Manner::new(RSA));
            let script = plan.script();
            let end = end_with(&mut client(config), &mut Server::new(plan), &script);
            client_ends!(end, End::Open(RSA.into()));
        }
    }
}
