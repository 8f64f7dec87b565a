//! rustls as the server, in process. It is an independent implementation: it shares no code with
//! the grader.

use fixtures::certificates::{HOST, Key, Plan};
use fixtures::tls12::pki;
use fixtures::tls13::manners::{BITS, ROOT};
use fixtures::tls13::rustls::RustlsServer;
use given::tls::{Connection, Status, Suite};
use harness::show::Words;
use harness::{accepted, check, same};

use super::{client, first_hello};
use crate::configs::client_config;
use fixtures::strategies::bytes;
use fixtures::tls13::manners::Retry;
use fixtures::tls13::outcome::tell;

harness::suite! {
    exercise "7.8" {
        /// it opens with rustls: with a share at once, after a retry, and if asked for its certificate
        #[think = "The peer's error says what it did not accept. Compare that with RFC 9846 §4."]
        #[cases = 6]
        fn it_opens_with_rustls(
            with_share in proptest::bool::ANY, asks in proptest::bool::ANY,
            intermediates in 0..=2_usize, answer in bytes(1..=40_000)
        ) {
            let mut server = accepted!(RustlsServer::new(&chain(intermediates), server_key(), asks));
            let retry = if with_share { Retry::No } else { Retry::Share };
            let mut client = client(client_config(), first_hello(retry));
            server.answer(&answer);
            while server.talk(&mut client) {}
            let complaint = server.complaint().map(str::to_owned);
            tell(&mut client);
            let is_content = complaint.is_none();
            let words = Words(format!("rustls ends it: {}", complaint.unwrap_or_default()));
            check!(is_content, "a handshake that rustls accepts", words, "the handshake of client(config, first)");
            same!(client.status(), Status::Open(Suite::Tls13));
            same!(client.received(), answer);
            let is_open = server.is_open();
            let words = Words("rustls still waits for something".to_owned());
            check!(is_open, "open for rustls, too", words, "the handshake of client(config, first)");
        }
    }
}

/// The key of rustls, which accepts none with fewer than 2048 bits.
fn server_key() -> Key {
    Key(2048, 1)
}

/// A chain that ends below the root, with this many CAs in it.
fn chain(intermediates: usize) -> Vec<given::x509::Certificate> {
    let first = pki::intermediate(BITS);
    let second = fixtures::certificates::Signer("Second", Key(BITS, 4));
    match intermediates {
        0 => vec![Plan::leaf(&[HOST], server_key(), ROOT).make_once()],
        1 => vec![
            Plan::leaf(&[HOST], server_key(), first).make_once(),
            Plan::ca(first.0, first.1, ROOT).make_once(),
        ],
        _ => vec![
            Plan::leaf(&[HOST], server_key(), second).make_once(),
            Plan::ca(second.0, second.1, first).make_once(),
            Plan::ca(first.0, first.1, ROOT).make_once(),
        ],
    }
}
