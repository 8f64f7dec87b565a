//! Two other clients: rustls, in process, and the learner's own.

use std::io::{Read, Write};
use std::sync::Arc;

use given::tls::{Connection, Status, Suite};
use given::x509::Certificate;
use harness::show::Words;
use harness::{accepted, check, same};

use super::{after, config_of, server};
use crate::configs::client_config;
use crate::subject::ch6_tls12::ServerConfig;
use crate::subject::ch7_tls13::{FirstHello, client};
use fixtures::certificates::{HOST, Key, Plan, Signer};
use fixtures::strategies::bytes;
use fixtures::tls::join::join;
use fixtures::tls13::manners::BITS;
use fixtures::tls13::outcome::tell;
use fixtures::tls13::rustls_client::{carry, rustls_client};

/// A key of the smallest size that rustls accepts. It takes a while to generate one, so the root,
/// the CAs in between and the server share it.
const KEY: Key = Key(2048, 0);

/// The root at the top of the chain.
const ROOT: Signer = Signer("Root", KEY);

/// The CA below it, and the one below that.
const FIRST: Signer = Signer("First", KEY);
const SECOND: Signer = Signer("Second", KEY);

harness::suite! {
    exercise "7.9" {
        /// rustls opens a connection with it and verifies its chain, with and without a retry, and with exercise 7.10, data passes both ways
        #[think = "The grader's own client connects. Read the error of rustls: what does rustls check that this client does not?"]
        fn rustls_talks_to_it((prefers_p256, intermediates) from [(false, 0), (true, 1), (false, 2)]) {
            let (trusted, config) = chain_of(intermediates);
            let mut client = rustls_client(&trusted, prefers_p256);
            let mut server = server(config);
            let is_done = carry(&mut client, &mut server);
            tell(&mut server);
            same!(is_done, Ok(()), "the handshake of server(config)");
            same!(server.status(), Status::Open(Suite::Tls13));
            let is_over = !client.is_handshaking();
            check!(is_over, "open for rustls, too", Words("rustls still waits".to_owned()), "the handshake of server(config)");
            let passed = server.passed();
            let hellos = passed.iter().filter(|one| one.content.first() == Some(&1) && one.content.len() > 100);
            let is_expected = hellos.count() == if prefers_p256 { 2 } else { 1 };
            let expected = "a HelloRetryRequest only if rustls begins with a share on P-256";
            check!(is_expected, expected, Words("something else (see the trace)".to_owned()), "the handshake of server(config)");
            if !after::is_solved() {
                return Ok(());
            }
            accepted!(client.writer().write_all(b"question"));
            accepted!(server.send(b"answer"));
            let is_carried = carry(&mut client, &mut server);
            same!(is_carried, Ok(()), "the connection of rustls with server(config)");
            same!(server.received(), b"question".to_vec());
            let mut answer = vec![0; 6];
            accepted!(client.reader().read_exact(&mut answer));
            same!(answer, b"answer".to_vec(), "what rustls receives");
            // rustls takes its next key and asks for the server's, and more data passes.
            accepted!(client.refresh_traffic_keys());
            accepted!(client.writer().write_all(b"more"));
            accepted!(server.send(b"more"));
            let is_carried = carry(&mut client, &mut server);
            same!(is_carried, Ok(()), "the connection of rustls with server(config)");
            same!(server.received(), b"more".to_vec());
            client.send_close_notify();
            let is_carried = carry(&mut client, &mut server);
            same!(is_carried, Ok(()), "the connection of rustls with server(config)");
            same!(server.status(), Status::Closed);
        }

        /// your client and your server talk to each other, with and without a retry, and with exercise 7.10, about data
        #[think = "Each works with the grader's peer. What do you do on both sides that the grader does not?"]
        #[cases = 4]
        fn your_client_talks_to_your_server(
            with_share in proptest::bool::ANY, question in bytes(0..=40), answer in bytes(0..=40)
        ) {
            let first = if with_share { FirstHello::WithShare } else { FirstHello::AskFirst };
            let (mut client, mut server) = (client(client_config(), first), server(config_of(BITS)));
            join(&mut client, &mut server);
            tell(&mut client);
            same!(client.status(), Status::Open(Suite::Tls13));
            tell(&mut server);
            same!(server.status(), Status::Open(Suite::Tls13));
            let (key_log, of_client) = (server.key_log(), client.key_log());
            same!(key_log, of_client, "server.key_log()");
            if !after::is_solved() {
                return Ok(());
            }
            accepted!(client.send(&question));
            accepted!(server.send(&answer));
            client.close();
            join(&mut client, &mut server);
            same!(server.received(), question);
            same!(client.received(), answer);
            same!(server.status(), Status::Closed);
        }
    }
}

/// What rustls trusts, and what the server is given: a chain with this many CAs in it. Rustls trusts
/// the CA right above them, so that the same four certificates serve in every case.
fn chain_of(intermediates: usize) -> (Certificate, Arc<ServerConfig>) {
    let plans = [
        Plan::leaf(&[HOST], KEY, SECOND),
        Plan::ca("Second", KEY, FIRST),
        Plan::ca("First", KEY, ROOT),
        Plan::root(ROOT),
    ];
    let mut chain: Vec<_> = plans
        .iter()
        .take(intermediates + 2)
        .map(Plan::make)
        .collect();
    let trusted = chain.pop().expect("it has a leaf and the CA above it");
    let config = Arc::new(ServerConfig {
        chain,
        key: KEY.private().clone(),
        suites: vec![],
        sentinel: None,
    });
    (trusted, config)
}
