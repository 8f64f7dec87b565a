//! The learner's own ends, client and server, with or without somebody between them.

use std::sync::Arc;

use given::attacks::{OnTheWay, Relayed, carry};
use given::tls::{
    Abort, Alert, CipherSuite, ClientHello, Connection, Extension, Status, Suite, TLS_1_2,
};
use harness::{accepted, check, same};

use crate::setup::{client_config, client_config_of, hello_in, server_config_of};
use crate::subject::ch6_tls12::{self as tls12, ServerConfig};
use crate::subject::ch7_tls13::*;
use fixtures::live::{self, identity_of_one_key};
use fixtures::tls::offers::in_a_record;
use fixtures::tls::report::tell;
use fixtures::tls::rustls_ends::{Knows, client as rustls_client, outgoing, take};
use fixtures::tls12::manners::{BITS, ECDHE, RSA};

harness::suite! {
    exercise "7.11" {
        /// your client and your server of both versions agree on TLS 1.3, and data passes both ways
        #[think = "Each works with the grader's peer. What do you do on both sides that the grader does not?"]
        fn your_ends_speak_tls_1_3(first from [FirstHello::WithShare, FirstHello::AskFirst]) {
            let mut client = client_of_both(client_config(), first);
            let mut server = server_of_both(server_config_of(BITS, &[ECDHE, RSA]));
            carry(&mut client, &mut server, &mut Nobody);
            tell(&mut client);
            same!(client.status(), Status::Open(Suite::Tls13));
            same!(server.status(), Status::Open(Suite::Tls13));
            let (key_log, of_client) = (server.key_log(), client.key_log());
            same!(key_log, of_client, "server.key_log()");
            accepted!(client.send(b"question"));
            accepted!(server.send(b"answer"));
            carry(&mut client, &mut server, &mut Nobody);
            same!(server.received(), b"question");
            same!(client.received(), b"answer");
        }

        /// your client and server of both versions agree on TLS 1.2 with your server and client of chapter 6
        #[think = "Which of the two does not know TLS 1.3? Does that one set a sentinel, or look for one?"]
        fn your_ends_talk_to_older_ones(suite from [RSA, ECDHE]) {
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            let mut server = tls12::server(older(suite));
            carry(&mut client, &mut server, &mut Nobody);
            tell(&mut client);
            same!(client.status(), Status::Open(suite.into()));
            same!(server.status(), Status::Open(suite.into()));
            let mut client = tls12::client(client_config_of(BITS, &[suite]));
            let mut server = server_of_both(server_config_of(BITS, &[ECDHE, RSA]));
            carry(&mut client, &mut server, &mut Nobody);
            tell(&mut client);
            same!(client.status(), Status::Open(suite.into()));
            same!(server.status(), Status::Open(suite.into()));
        }

        /// if someone takes 1.3 out of the hello, your client notices it with either suite and says so
        #[think = "Your server writes what it knows into its random. Does your client read it there?"]
        fn a_hello_that_has_lost_1_3_is_noticed((suite, leaves_1_2) from [
            (RSA, true), (RSA, false), (ECDHE, true), (ECDHE, false),
        ]) {
            let mut client = client_of_both(client_config(), FirstHello::WithShare);
            let mut server = server_of_both(server_config_of(BITS, &[suite]));
            carry(&mut client, &mut server, &mut TakesItOut { leaves_1_2 });
            tell(&mut client);
            same!(client.status(), Status::Failed(Abort::Downgrade));
            same!(server.status(), Status::Failed(Abort::Refused(Alert::IllegalParameter)));
        }

        /// if someone takes 1.3 out of the hello of rustls, rustls notices it from your server's random
        #[think = "What does your server of 6.8 do with the sentinel of its configuration?"]
        fn rustls_sees_the_sentinel() {
            let identity = identity_of_one_key(live::BITS);
            let mut rustls = rustls_client(&identity, Knows::Both, true);
            let mut server = server_of_both(Arc::new(ServerConfig {
                chain: vec![identity.leaf.clone()],
                key: identity.key.clone(),
                suites: vec![ECDHE],
                sentinel: Some(SENTINEL_TLS_1_2),
            }));
            let hello = hello_in(&outgoing(&mut rustls)).expect("rustls says hello");
            server.receive(&in_a_record(&lowered(hello, true), TLS_1_2));
            let taken = take(&mut rustls, &server.to_send());
            let is_noticed = taken.is_err();
            check!(is_noticed, "a complaint from rustls", taken, "rustls, when it reads your ServerHello");
            server.receive(&outgoing(&mut rustls));
            same!(server.status(), Status::Failed(Abort::Refused(Alert::IllegalParameter)));
        }
    }
}

/// The configuration of a server that knows nothing of TLS 1.3.
fn older(suite: CipherSuite) -> Arc<ServerConfig> {
    let config = server_config_of(BITS, &[suite]);
    Arc::new(ServerConfig {
        chain: config.chain.clone(),
        key: config.key.clone(),
        suites: config.suites.clone(),
        sentinel: None,
    })
}

/// `hello` without 1.3. It offers 1.2, or has no list of versions.
fn lowered(mut hello: ClientHello, leaves_1_2: bool) -> ClientHello {
    hello
        .extensions
        .retain(|one| leaves_1_2 || !matches!(one, Extension::SupportedVersions(_)));
    for extension in &mut hello.extensions {
        if let Extension::SupportedVersions(versions) = extension {
            *versions = vec![TLS_1_2];
        }
    }
    hello
}

/// Nobody is in the middle.
pub struct Nobody;

impl OnTheWay for Nobody {
    fn connected(&mut self) {}

    fn client_sends(&mut self, bytes: &[u8]) -> Relayed {
        Relayed {
            to_client: vec![],
            to_server: bytes.to_vec(),
        }
    }

    fn server_sends(&mut self, bytes: &[u8]) -> Relayed {
        Relayed {
            to_client: bytes.to_vec(),
            to_server: vec![],
        }
    }
}

/// Someone who takes 1.3 out of a hello.
struct TakesItOut {
    leaves_1_2: bool,
}

impl OnTheWay for TakesItOut {
    fn connected(&mut self) {}

    fn client_sends(&mut self, bytes: &[u8]) -> Relayed {
        match hello_in(bytes) {
            Some(hello) => {
                let hello = lowered(hello, self.leaves_1_2);
                Nobody.client_sends(&in_a_record(&hello, TLS_1_2))
            }
            None => Nobody.client_sends(bytes),
        }
    }

    fn server_sends(&mut self, bytes: &[u8]) -> Relayed {
        Nobody.server_sends(bytes)
    }
}
