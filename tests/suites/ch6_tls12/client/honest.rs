//! How the client talks to an honest server.

use std::collections::BTreeSet;
use std::slice;

use given::tls::{Connection, Status};
use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, notes, same, think_of, with};

use super::client;
use crate::client_ends;
use crate::configs::client_config;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{HOST, NOW, Plan, Signer};
use fixtures::keys;
use fixtures::randomness::guesses;
use fixtures::strategies::bytes;
use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls::shares::{repeated_byte, share_of};
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
        /// server repeats its random and its share
        #[think = "Where does the secret come from? Each handshake makes one, and throws it away."]
        fn each_connection_has_its_own_share(suite from [ECDHE, RSA]) {
            let mut secrets = BTreeSet::new();
            for _ in 0..3 {
                // A share that is not the server's own: it can't know what comes of it, but it hears
                // the client's.
                let share = Some(share_of([0x77; 32], false));
                let random = Some([0x5e; 32]);
                let plan = ServerPlan { random, share, ..server_plan(&Manner::new(suite)) };
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

        /// neither the secret half of its share nor its premaster secret is one repeated byte, or made of
        /// what was sent, such as the randoms or a hash of them
        #[think = "The randoms are random, and everybody has them, and can hash them. Where else can the secret come from?"]
        fn its_secret_is_secret(suite from [ECDHE, RSA]) {
            let plan = server_plan(&Manner::new(suite));
            let (script, mut server) = (plan.script(), Server::new(plan));
            end_with(&mut client(client_config(&[suite])), &mut server, &script);
            let random = server.hello().map(|hello| hello.random).unwrap_or_default();
            let (server_random, server_share) = (server.random(), server.share());
            let seen = [("the client's random", &random[..]), ("the server's random", &server_random), ("the server's share", &server_share)];
            let secret = match suite {
                RSA => keys::decrypt_pkcs1(leaked_key(), &server.key_exchange).unwrap_or_default(),
                ECDHE => server.key_exchange.clone(),
            };
            let asked = match suite {
                RSA => "the premaster secret of client(config)",
                ECDHE => "the secret half of the share of client(config)",
            };
            think_of!("All of its bytes are random, not only one of them: there are 256 secrets like this, and anybody can try them all.");
            let repeated = match suite {
                RSA => (0..=255).find(|byte| secret.len() == 48 && secret[2..] == [*byte; 46]),
                ECDHE => repeated_byte(&secret),
            };
            check!(repeated.is_none(), "a secret that nobody can guess", Words(format!("one byte, repeated: {:02x}", repeated.unwrap_or_default())), asked);
            notes::think(None);
            for (made, guess) in guesses(&seen).into_iter().chain(server.hashes()) {
                let (is_other, got) = match suite {
                    RSA => (!secret.windows(16).any(|part| part == &guess[..16]), format!("in it, the beginning of {made}")),
                    ECDHE => (secret != share_of(guess.try_into().expect("32 bytes"), false), made),
                };
                check!(is_other, "a secret that nobody can guess", Words(got), asked);
            }
        }

        /// two connections at once don't affect each other
        #[think = "What do the two share, and what belongs to only one of them?"]
        fn two_servers_at_once_are_talked_to((first, second) from [(RSA, RSA), (ECDHE, ECDHE), (RSA, ECDHE), (ECDHE, RSA)]) {
            // They differ in what they support, too.
            let manners = [Manner::new(first), Manner { is_extended: true, ..Manner::new(second) }];
            let mut clients = manners.each_ref().map(|manner| client(client_config(&[manner.suite])));
            let mut servers = manners.each_ref().map(|manner| Server::new(server_plan(manner)));
            let scripts = manners.each_ref().map(Manner::server_script);
            for step in 0..scripts[0].len().max(scripts[1].len()) {
                for ((client, server), script) in clients.iter_mut().zip(&mut servers).zip(&scripts) {
                    if let Some(say) = script.get(step) {
                        end_with(client, server, slice::from_ref(say));
                    }
                }
            }
            with!("the two connections" = Words("only the second one has the extended master secret".to_owned()));
            for (which, ((client, server), manner)) in ["first", "second"].into_iter().zip(clients.iter_mut().zip(&mut servers).zip(manners)) {
                tell(client);
                with!("this connection" = Words(format!("the {which} one")));
                client_ends!(End::of(client, &[], server), End::Open(manner.suite.into()));
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
                let (host, suites) = (HOST.to_owned(), vec![ECDHE]);
                let config = ClientConfig { host, roots, now: NOW, suites };
                end_with(&mut client(config), &mut server, &script);
                Ok(server.key_exchange)
            })?;
            differ!(share, share_of_another_process, "the share in the ClientKeyExchange of client(config)");
        }
    }
}
