//! What the learner's clients and servers are started with, and how their bytes are read.

use std::fmt;
use std::sync::Arc;

use given::tls::{CipherSuite, ClientHello, Connection, HandshakeMessage};
use harness::{Broken, check};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};
use crate::subject::ch7_tls13::{SENTINEL_TLS_1_1, SENTINEL_TLS_1_2};
use fixtures::certificates::{HOST, NOW};
use fixtures::tls::mallory::records;
use fixtures::tls12::hellos::grease;
use fixtures::tls12::manners::{BITS, ECDHE, RSA, leaked_key};
use fixtures::tls12::pki;

/// A client that wants [`HOST`], trusts the root and offers both suites of TLS 1.2.
pub fn client_config() -> ClientConfig {
    client_config_of(BITS, &[ECDHE, RSA])
}

/// The same with these suites, and a root whose key has this many bits.
pub fn client_config_of(bits: usize, suites: &[CipherSuite]) -> ClientConfig {
    let (_, root) = pki::chain(bits);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root],
        now: NOW,
        suites: suites.to_vec(),
    }
}

/// The server that is [`HOST`], supports both versions, and accepts these suites of TLS 1.2.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: pki::chain(BITS).0,
        key: leaked_key().clone(),
        suites: suites.to_vec(),
        sentinel: Some(SENTINEL_TLS_1_2),
    })
}

/// The ClientHello with which these records begin, if there is one and it is in one record.
pub fn hello_in(bytes: &[u8]) -> Option<ClientHello> {
    let record = records(bytes).into_iter().next()?;
    match record[..] {
        [22, _, _, _, _, 1, _, _, _, ref body @ ..] => ClientHello::read(body).ok(),
        _ => None,
    }
}

/// The ClientHello that this client sends first.
pub fn first_words(client: &mut dyn Connection) -> Result<ClientHello, Broken> {
    let sent = client.to_send();
    match hello_in(&sent) {
        Some(hello) => Ok(hello),
        None => Err(Broken::expected("client.to_send()", "a ClientHello", {
            let pieces = harness::pieces!(&sent);
            harness::show::text(&pieces)
        })),
    }
}

/// `hello` as its client sends it, in a record that says this version.
pub fn in_a_record(hello: &ClientHello, version: u16) -> Vec<u8> {
    let message = hello.handshake();
    let length = u16::try_from(message.bytes().len()).expect("a hello that fits into a record");
    let [high, low] = version.to_be_bytes();
    [&[22, high, low][..], &length.to_be_bytes(), message.bytes()].concat()
}

/// The number of a version, which is shown in hex.
#[derive(Clone, Copy)]
pub struct Code(pub u16);

/// As the learner reads it.
impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04x}", self.0)
    }
}

/// One of these numbers.
pub fn code(codes: &'static [u16]) -> BoxedStrategy<Code> {
    select(codes).prop_map(Code).boxed()
}

/// Either sentinel.
pub fn sentinel() -> BoxedStrategy<[u8; 8]> {
    select(vec![SENTINEL_TLS_1_2, SENTINEL_TLS_1_1]).boxed()
}

/// A random that begins and ends like this.
pub fn random_of(head: [u8; 24], end: [u8; 8]) -> [u8; 32] {
    let all = [&head[..], &end].concat();
    all.try_into().expect("24 and 8 bytes")
}

/// What is in a `supported_versions`.
#[derive(Clone)]
pub struct Versions(pub Vec<u16>);

/// As the learner reads it.
impl fmt::Debug for Versions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04x?}", self.0)
    }
}

/// Versions that nobody should mistake for 1.3: older ones, newer ones, and that of a draft.
const OTHER_VERSIONS: [u16; 6] = [0x0303, 0x0302, 0x0301, 0x0305, 0x7f1c, 0x0403];

/// These versions among others that are not 1.3, in any order.
fn versions(known: Vec<u16>) -> BoxedStrategy<Versions> {
    let others = subsequence(OTHER_VERSIONS.to_vec(), 0..=4);
    let greases = prop::collection::vec(grease(), 0..=1);
    (others, greases)
        .prop_map(move |(others, greases)| [known.clone(), others, greases].concat())
        .prop_shuffle()
        .prop_map(Versions)
        .boxed()
}

/// Versions with 1.3 among them.
pub fn with_1_3() -> BoxedStrategy<Versions> {
    versions(vec![0x0304])
}

/// Versions without it. There is at least one.
pub fn without_1_3() -> BoxedStrategy<Versions> {
    let all = versions(vec![]);
    all.prop_map(|Versions(versions)| match versions.is_empty() {
        true => Versions(vec![0x0303]),
        false => Versions(versions),
    })
    .boxed()
}

/// Checks that these records contain no handshake message.
pub fn no_handshake_in(sent: &[u8]) -> Result<(), Broken> {
    let kinds: Vec<u8> = records(sent).iter().map(|record| record[0]).collect();
    check!(!kinds.contains(&22), "no second ClientHello", kinds);
    Ok(())
}
