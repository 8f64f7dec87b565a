//! What must not be kept from one connection to the next.

use given::tls::Alert;
use harness::show::Words;
use harness::{same, with};

use super::client;
use super::hello::first_words;
use crate::client_ends;
use crate::configs::client_config;
use fixtures::certificates::{HOST, Key, Plan};
use fixtures::tls::mallory::End;
use fixtures::tls::shares::share_of;
use fixtures::tls12::manners::{BITS, ECDHE, Manner, PKCS1, PSS, ROOT, RSA, server_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::scripted::{Proof, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// it opens with a server that it has met before, even if that has another key by now, or supports
        /// more
        #[think = "Do you keep anything from an earlier connection? A server may get a new certificate, a new key with it, and new software."]
        fn a_server_may_have_a_new_key(suite from [RSA, ECDHE]) {
            let new_key = Key(BITS, 6);
            let leaf = Plan::leaf(&[HOST], new_key, ROOT).make();
            let first = server_plan(&Manner::new(suite));
            let second = ServerPlan::honest(suite, false, &[leaf], new_key.private());
            let extended = server_plan(&Manner { is_extended: true, ..Manner::new(suite) });
            for (server, plan) in [
                ("the first one", first.clone()), ("the same, with a new key and certificate", second),
                ("the first one again, but with the extended master secret", extended),
                ("the first one again", first),
            ] {
                // A careless server may even repeat its random.
                let plan = ServerPlan { random: Some([0x5e; 32]), ..plan };
                let script = plan.script();
                let mut client = client(client_config(&[suite]));
                let end = end_with(&mut client, &mut Server::new(plan), &script);
                with!("server" = Words(server.to_owned()));
                client_ends!(end, End::Open(suite.into()));
            }
        }

        /// it opens with a server whose key is larger, or has a size that is not a multiple of 8
        #[think = "Does your code assume a size, of the key or of what is wrapped, that is not in the exercise?"]
        fn a_key_may_have_another_size((suite, {bits}) from [
            (RSA, 1025), (RSA, 3072), (ECDHE, 1025), (ECDHE, 3072)
        ]) {
            let key = Key(bits, 1);
            let chain = [Plan::leaf(&[HOST], key, ROOT).make()];
            let plan = ServerPlan::honest(suite, false, &chain, key.private());
            let script = plan.script();
            let end = end_with(&mut client(client_config(&[suite])), &mut Server::new(plan), &script);
            with!("bits of the server's key" = bits);
            client_ends!(end, End::Open(suite.into()));
        }

        /// it opens with a server that also speaks 1.3, and says so at the end of its random
        #[think = "RFC 9846 §4.2.3: a server that has 1.3 ends its random like this when it speaks 1.2. You have offered nothing newer, so is that a downgrade?"]
        fn a_server_may_know_more((suite, mark) from [
            (RSA, *b"DOWNGRD\x01"), (ECDHE, *b"DOWNGRD\x01"), (RSA, *b"DOWNGRD\x00")
        ]) {
            let mut random = [0x5e; 32];
            random[24..].copy_from_slice(&mark);
            let plan = ServerPlan { random: Some(random), ..server_plan(&Manner::new(suite)) };
            let script = plan.script();
            let end = end_with(&mut client(client_config(&[suite])), &mut Server::new(plan), &script);
            with!("the server's random" = random);
            client_ends!(end, End::Open(suite.into()));
        }

        /// its hello has an empty session id, even after a connection whose session had an id
        #[think = "This client resumes nothing. What do you keep from a ServerHello?"]
        fn no_session_is_resumed(suite from [RSA, ECDHE]) {
            let plan = ServerPlan { session_id: vec![7; 32], ..server_plan(&Manner::new(suite)) };
            let script = plan.script();
            let config = client_config(&[suite]);
            let end = end_with(&mut client(config.clone()), &mut Server::new(plan), &script);
            client_ends!(end, End::Open(suite.into()));
            let session_id = first_words(config)?.session_id;
            same!(session_id, Vec::<u8>::new(), "the session id in the next ClientHello of client(config)");
        }

        /// a share that was signed for an earlier connection is refused, with all that was signed then
        #[think = "The signature was right in an earlier connection. Do you keep anything from it? And your random is new: is it the one that you check the signature with?"]
        fn a_share_of_an_earlier_connection_is_refused(scheme from [PSS, PKCS1]) {
            let mut plan = ServerPlan {
                random: Some([0x5e; 32]),
                share: Some(share_of([0x77; 32], false)),
                ..server_plan(&Manner { scheme, ..Manner::new(ECDHE) })
            };
            let script = &plan.script()[..3];
            let mut server = Server::new(plan.clone());
            let mut client_before = client(client_config(&[ECDHE]));
            client_ends!(end_with(&mut client_before, &mut server, script), End::Waiting);
            plan.signed.client_random = server.hello().map(|hello| hello.random);
            let mut client = client(client_config(&[ECDHE]));
            let end = end_with(&mut client, &mut Server::new(plan), script);
            client_ends!(end, End::Refused(Alert::DecryptError));
        }

        /// a Finished that was right on an earlier connection is refused
        #[think = "What is a Finished computed from? Do you keep anything from an earlier connection?"]
        fn a_finished_of_an_earlier_connection_is_refused(suite from [RSA, ECDHE]) {
            let plan = server_plan(&Manner::new(suite));
            let script = plan.script();
            let mut server = Server::new(plan.clone());
            let mut client_before = client(client_config(&[suite]));
            client_ends!(end_with(&mut client_before, &mut server, &script), End::Open(suite.into()));
            let finished = Proof::Replayed(server.proof());
            let mut client = client(client_config(&[suite]));
            let end = end_with(&mut client, &mut Server::new(ServerPlan { finished, ..plan }), &script);
            client_ends!(end, End::Refused(Alert::DecryptError));
        }
    }
}
