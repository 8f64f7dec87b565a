//! What must not be kept from one connection to the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use given::tls::{Alert, TLS_1_2, TLS_1_3};
use harness::show::Words;
use harness::{check, same, with};

use super::server;
use crate::configs::{server_config, server_config_of};
use crate::flights::{Flight, flights_of};
use crate::server_ends;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{HOST, Key, Plan};
use fixtures::tls::mallory::End;
use fixtures::tls12::bad_secrets::{self, secret_for, server_key};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, ROOT, RSA, client_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::scripted::{Client, ClientPlan, Proof, Say};

harness::suite! {
    exercise "6.8" {
        /// two servers with different configurations each use their own: their chain, their key
        #[think = "Do you keep anything of one configuration for the next server? There may be two websites."]
        fn each_server_has_its_own_configuration(suite from [RSA, ECDHE]) {
            let key = Key(BITS, 6);
            let leaf = Plan::leaf(&[HOST], key, ROOT).make();
            let first = server_config(&[suite]);
            let chain = vec![leaf, first.chain[1].clone()];
            let plan = ClientPlan::honest(&[suite], false, &chain, key.private());
            let second = Arc::new(ServerConfig {
                chain,
                key: key.private().clone(),
                suites: vec![suite],
                sentinel: None,
            });
            let first = (first, client_plan(&Manner::new(suite)));
            for (config, plan) in [first.clone(), (second, plan), first] {
                let mut server = server(config);
                let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
                server_ends!(end, End::Open(suite.into()));
            }
        }

        /// a wrapped secret that was good once is bad for a server with another key, and in a connection
        /// that was offered another version
        #[think = "Do you keep anything of one connection for the next? What a ciphertext is worth depends on the key, and on the version that is offered."]
        fn each_secret_is_unwrapped_for_itself() {
            let secret = secret_for(TLS_1_2, &[0x5a; 46]);
            let wrapped = server_key().as_public_key().pkcs1v15_encrypt(&secret).expect("there is room");
            let (first, key) = (server_config_of(bad_secrets::BITS, &[RSA]), Key(BITS, 6));
            let second = Arc::new(ServerConfig {
                chain: first.chain.clone(),
                key: key.private().clone(),
                suites: vec![RSA],
                sentinel: None,
            });
            for (config, offered, expected) in [
                (&second, TLS_1_2, Some(Alert::BadRecordMac)), (&first, TLS_1_2, None),
                (&second, TLS_1_2, Some(Alert::BadRecordMac)), (&first, TLS_1_3, Some(Alert::BadRecordMac)),
                (&first, TLS_1_2, None),
            ] {
                let whose = if Arc::ptr_eq(config, &first) { "the one that it was wrapped for" } else { "another one" };
                with!("the server's key" = Words(whose.to_owned()), "offered" = Words(format!("version {offered:04x}")));
                let flights = flights_of(config.clone(), offered, &wrapped, &secret, true)?;
                same!(flights.last().and_then(Flight::alert), expected, "the alert of server(config)");
            }
        }

        /// a client that repeats its random may ask for something else, and gets it
        #[think = "Do you keep anything of an earlier connection, such as what was agreed on, or a signature? A client's random is no name for a connection."]
        fn a_client_may_repeat_its_random(suite from [RSA, ECDHE]) {
            let other = if suite == RSA { ECDHE } else { RSA };
            for (suite, is_extended) in [(suite, true), (suite, false), (other, true), (suite, true)] {
                let manner = Manner { is_extended, ..Manner::new(suite) };
                let plan = ClientPlan { random: Some([0x5e; 32]), ..client_plan(&manner) };
                let mut server = server(server_config(&[RSA, ECDHE]));
                let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
                server_ends!(end, End::Open(suite.into()));
            }
        }

        /// if a client repeats its share, the secret is still a different one
        #[think = "Do you keep anything from an earlier connection? The shared secret depends on both shares, and yours is new each time."]
        fn a_client_may_repeat_its_share() {
            // A report tries the case again: then the first connection must not be one that repeats a share.
            static NEXT: AtomicU8 = AtomicU8::new(1);
            let secret = [NEXT.fetch_add(1, Ordering::Relaxed); 32];
            for before in ["none", "one, with the same share of the client", "two, with the same share of the client"] {
                let plan = client_plan(&Manner::new(ECDHE));
                let mut client = Client::new(ClientPlan { secret: Some(secret), ..plan });
                let mut server = server(server_config(&[ECDHE]));
                let end = end_with(&mut server, &mut client, &ClientPlan::script());
                with!("connections before" = Words(before.to_owned()));
                server_ends!(end, End::Open(ECDHE.into()));
            }
        }

        /// it opens for a client whatever the size of its key, even if that is not a multiple of 8
        #[think = "Does your code assume a size, of the key or of what is wrapped, that is not in the exercise?"]
        fn its_key_may_have_another_size((suite, {bits}) from [(ECDHE, 1025), (RSA, 1025), (RSA, 3072)]) {
            let key = Key(bits, 1);
            let chain = vec![Plan::leaf(&[HOST], key, ROOT).make()];
            let plan = ClientPlan::honest(&[suite], false, &chain, key.private());
            let config = ServerConfig {
                chain,
                key: key.private().clone(),
                suites: vec![suite],
                sentinel: None,
            };
            let mut server = server(Arc::new(config));
            let end = end_with(&mut server, &mut Client::new(plan), &ClientPlan::script());
            with!("bits of config.key" = bits);
            server_ends!(end, End::Open(suite.into()));
        }

        /// a server without a sentinel has none, even if another one that was started before has one
        #[think = "Do you keep anything of one configuration for the next server?"]
        fn each_server_has_its_own_sentinel(suite from [RSA, ECDHE]) {
            let config = Arc::into_inner(server_config(&[suite])).expect("nobody else has it");
            let sentinel = *b"DOWNGRD\x01";
            let with_sentinel = ServerConfig { sentinel: Some(sentinel), ..config };
            for config in [Arc::new(with_sentinel), server_config(&[suite])] {
                let has_sentinel = config.sentinel.is_some();
                let mut client = Client::new(client_plan(&Manner::new(suite)));
                end_with(&mut server(config), &mut client, &[Say::Hello]);
                let random = client.answer().map(|answer| answer.random).unwrap_or_default();
                let end = random[24..].to_vec();
                check!(
                    has_sentinel == (end == sentinel),
                    if has_sentinel { "the sentinel" } else { "8 random bytes" },
                    end,
                    "the last 8 bytes of the random of server(config)"
                );
            }
        }

        /// a Finished that was right on an earlier connection is refused
        #[think = "What is a Finished computed from? Do you keep anything from an earlier connection?"]
        fn a_finished_of_an_earlier_connection_is_refused(suite from [RSA, ECDHE]) {
            let plan = client_plan(&Manner::new(suite));
            let mut client = Client::new(plan.clone());
            let mut server_before = server(server_config(&[suite]));
            let end = end_with(&mut server_before, &mut client, &ClientPlan::script());
            server_ends!(end, End::Open(suite.into()));
            let finished = Proof::Replayed(client.proof());
            let mut client = Client::new(ClientPlan { finished, ..plan });
            let mut server = server(server_config(&[suite]));
            let end = end_with(&mut server, &mut client, &ClientPlan::script());
            server_ends!(end, End::Refused(Alert::DecryptError));
        }
    }
}
