//! What the server does with its configuration: its key, its sentinel, and one for two clients.

use std::collections::BTreeSet;
use std::slice;
use std::sync::Arc;

use given::tls::{Abort, Alert};
use harness::show::Words;
use harness::{check, same, think_of, with};

use super::server;
use crate::configs::{server_config, server_config_of};
use crate::server_ends;
use crate::subject::ch6_tls12::*;
use fixtures::strategies::array;
use fixtures::tls::mallory::End;
use fixtures::tls12::manners::{
    ECDHE, FEW_BITS, Manner, RSA, any_suite, client_plan, client_plan_of,
};
use fixtures::tls12::outcome::{end_with, is_named, tell};
use fixtures::tls12::scripted::{Client, ClientPlan, Say};

harness::suite! {
    exercise "6.8" {
        /// a key that is too small for PSS ends the handshake with handshake_failure, not with a panic,
        /// and not with a suite that needs no signature
        #[think = "`sign_key_share` returns an error for it. Which `Abort` do you turn that into?"]
        fn a_key_too_small_is_noticed({suites} from [vec![ECDHE], vec![ECDHE, RSA]]) {
            let mut plan = client_plan_of(FEW_BITS, &Manner::new(ECDHE));
            plan.suites = suites.iter().map(|suite| suite.code()).collect();
            let mut server = server(server_config_of(FEW_BITS, &suites));
            let end = end_with(&mut server, &mut Client::new(plan), &[Say::Hello]);
            with!("config.key" = Words(format!("an RSA key of {FEW_BITS} bits")));
            with!("config.suites" = suites);
            if suites.len() == 2 && !matches!(end, End::Refused(_)) {
                think_of!("6.2 has chosen a suite, and the key is too small for it. Does the exercise say that you may choose another one?");
            }
            server_ends!(end, End::Refused(Alert::HandshakeFailure));
            is_named("the status of server(config)", &server, &Abort::NothingInCommon)?;
        }

        /// if its configuration has a sentinel, its random ends with it, whatever version the
        /// client offers, and everything before it stays random
        #[think = "Which are the last 8 bytes? Is it the same random that is sent, signed, and in the keys?"]
        #[cases = 8]
        fn a_sentinel_ends_its_random(suite in any_suite(), sentinel in array::<8>()) {
            let config = Arc::into_inner(server_config(&[suite])).expect("nobody else has it");
            let config = Arc::new(ServerConfig { sentinel: Some(sentinel), ..config });
            let mut before = BTreeSet::new();
            for says_more in [false, true] {
                let manner = Manner { says_more, ..Manner::new(suite) };
                // A client may repeat its random.
                let plan = ClientPlan { random: Some([0x5e; 32]), ..client_plan(&manner) };
                let mut client = Client::new(plan);
                let mut server = server(Arc::clone(&config));
                let end = end_with(&mut server, &mut client, &ClientPlan::script());
                think_of!("The message has a random. Is it the same one that is signed, and that the keys are derived from?");
                server_ends!(end, End::Open(suite.into()));
                think_of!("Which are the last 8 bytes? Do they depend on anything but the configuration?");
                let random = client.answer().map(|answer| answer.random).unwrap_or_default();
                let end = random[24..].to_vec();
                same!(end, sentinel.to_vec(), "the last 8 bytes of the random of server(config)");
                before.insert(random[..24].to_vec());
            }
            think_of!("Only the last 8 bytes are given. Where do the other 24 come from, and what if a client repeats its random?");
            let got = Words("the same twice".to_owned());
            check!(before.len() == 2, "2 different ones", got, "the first 24 bytes of the randoms of 2 servers");
        }

        /// two connections at once don't affect each other, even with the same configuration
        #[think = "What do the two share, and what belongs to only one of them?"]
        fn two_clients_at_once_are_served((first, second) from [(RSA, RSA), (ECDHE, ECDHE), (RSA, ECDHE), (ECDHE, RSA)]) {
            let config = server_config(&[RSA, ECDHE]);
            let mut servers = [server(Arc::clone(&config)), server(config)];
            // They differ in what they support, too, and in the version that they offer.
            let manners = [Manner::new(first), Manner { is_extended: true, says_more: true, ..Manner::new(second) }];
            let mut clients = manners.each_ref().map(|manner| Client::new(client_plan(manner)));
            for say in ClientPlan::script() {
                for (server, client) in servers.iter_mut().zip(&mut clients) {
                    end_with(server, client, slice::from_ref(&say));
                }
            }
            with!("the two connections" = Words("only the second one has the extended master secret, and its client offers a later version".to_owned()));
            for (which, ((server, client), manner)) in ["first", "second"].into_iter().zip(servers.iter_mut().zip(&mut clients).zip(manners)) {
                tell(server);
                with!("this connection" = Words(format!("the {which} one")));
                server_ends!(End::of(server, &[], client), End::Open(manner.suite.into()));
            }
        }
    }
}
