//! How the client talks to a server that is honest in an unusual way.

use given::tls::{
    Abort, Connection as _, HELLO_RETRY_REQUEST, HandshakeMessage as _, Status, TLS_1_2, TLS_1_3,
    Wire,
};
use given::tls12::{ClientHello, Endpoint};
use harness::{accepted, think_of, with};

use super::client;
use super::hello::first_words;
use crate::client_ends;
use crate::configs::client_config;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{Key, Plan, Signer};
use fixtures::tls::mallory::{End, encoded};
use fixtures::tls::peer::Peer as _;
use fixtures::tls::shares::{MINUS_ONE, NINE_AND_P};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, ROOT, RSA, server_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::pki::server_key;
use fixtures::tls12::scripted::{Server, ServerPlan};
use fixtures::{ends, remembered};

harness::suite! {
    exercise "6.7" {
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

        /// it opens with a server whose random is all zeros, the client's own, or that of a HelloRetryRequest
        #[think = "Go through the list under `Errors`. Which random does it refuse?"]
        fn any_random_is_taken((suite, {random}) from [
            (RSA, "the client's own"), (ECDHE, "the client's own"), (RSA, "of a HelloRetryRequest"), (ECDHE, "all zeros"),
        ]) {
            let plan = server_plan(&Manner::new(suite));
            let mut client = client(client_config(&[suite]));
            let hello = client.to_send();
            let mut server = Server::new(plan.clone());
            server.hear(&hello);
            let own = server.hello().map(|hello| hello.random).unwrap_or_default();
            let random = match random {
                "all zeros" => [0; 32],
                "of a HelloRetryRequest" => HELLO_RETRY_REQUEST,
                _ => own,
            };
            with!("the server's random" = random);
            let plan = ServerPlan { random: Some(random), ..plan };
            let script = plan.script();
            let mut server = Server::new(plan);
            server.hear(&hello);
            client_ends!(end_with(&mut client, &mut server, &script), End::Open(suite.into()));
        }

        /// what was sent counts: the version and the suites of the hello, even if the server has chosen another version, and the configuration has other suites
        #[think = "`ExpectServerHello::new` gets a hello that another exercise has made. Which version of that goes into the secret?"]
        fn the_hello_that_was_sent_counts(version from [TLS_1_2, TLS_1_3, 0x0305, 0xfefd]) {
            let hello = ClientHello { version, ..first_words(client_config(&[RSA]))? };
            // What was offered is in the hello. The configuration offers something else.
            let config = client_config(&[ECDHE]);
            let mut wire = Wire::new();
            accepted!(wire.send_handshake(&hello.handshake()));
            let begun = || {
                let first = ExpectServerHello::new(config, hello);
                Endpoint::new(ClientStep::ServerHello(first), wire)
            };
            let mut client = remembered!("ExpectServerHello::new(config, hello)", begun());
            let plan = server_plan(&Manner::new(RSA));
            let script = plan.script();
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            if client.status() == Status::Failed(Abort::NotOffered) {
                think_of!("What was offered is in the hello that was sent. Do you look for it there, or in the configuration?");
            }
            ends!(tls12, "the handshake of ExpectServerHello::new(config, hello)", end, End::Open(RSA.into()));
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

        /// it opens with a server that writes its share in another way: as a number of p or more
        #[think = "RFC 7748 §5: a u of p or more is read as its remainder. Which shares does the exercise refuse?"]
        fn a_share_may_be_p_or_more() {
            let (secret, share) = (Some(MINUS_ONE), Some(NINE_AND_P.to_vec()));
            let plan = ServerPlan { secret, share, ..server_plan(&Manner::new(ECDHE)) };
            let (script, mut server) = (plan.script(), Server::new(plan));
            let end = end_with(&mut client(client_config(&[ECDHE])), &mut server, &script);
            with!("the server's share" = NINE_AND_P);
            client_ends!(end, End::Open(ECDHE.into()));
        }
    }
}
