//! What the learner's clients and servers are started with, and how their bytes are read.

use std::fmt;
use std::sync::Arc;

use given::tls::{CipherSuite, ClientHello, Connection, HandshakeMessage, Undecided};
use harness::show::Words;
use harness::{Broken, check};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};
use crate::subject::ch7_tls13::{
    ClientOfBoth, FirstHello, SENTINEL_TLS_1_1, SENTINEL_TLS_1_2, ServerOfBoth,
};
use fixtures::certificates::{HOST, NOW};
use fixtures::remembered;
use fixtures::tls::cuts::Cuts;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, play, records};
use fixtures::tls::peer::Peer;
use fixtures::tls::remembers::Remembers;
use fixtures::tls::report::tell;
use fixtures::tls12::hellos::grease;
use fixtures::tls12::manners::{BITS, ECDHE, RSA, SERVER_BITS};
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

/// The server that is [`HOST`], supports both versions, and accepts these suites of TLS 1.2. Its
/// clients are the grader's, which know its key.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    server_config_of(SERVER_BITS, suites)
}

/// The same, with keys of this many bits. The learner's own clients read its certificate.
pub fn server_config_of(bits: usize, suites: &[CipherSuite]) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: pki::chain(bits).0,
        key: pki::server_key(bits).private().clone(),
        suites: suites.to_vec(),
        sentinel: Some(SENTINEL_TLS_1_2),
    })
}

/// Has `peer` say this to the learner's end, with nobody between them and in pieces of any length.
pub fn say<Say>(learner: &mut dyn Connection, peer: &mut dyn Peer<Say = Say>, script: &[Say]) {
    play(
        learner,
        peer,
        script,
        &Cuts::none(),
        &mut OnTheWay::nobody(),
    );
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

/// `hello` as its sender sends it, in a record that says this version.
pub fn in_a_record(hello: &impl HandshakeMessage, version: u16) -> Vec<u8> {
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
    let second = records(sent).into_iter().find(|record| record[0] == 22);
    let is_silent = second.is_none();
    let asked = "client.to_send(), after the connection has ended";
    check!(
        is_silent,
        "no second ClientHello",
        second.unwrap_or_default(),
        asked
    );
    Ok(())
}

/// A handshake of the learner's client must end like this.
macro_rules! client_ends {
    ($client:expr, $server:expr, $expected:expr) => {{
        let end = fixtures::tls::mallory::End::of(&$client, &[], &$server);
        let asked = "the handshake of client_of_both(config, first)";
        $crate::setup::must_end(&mut $client, &end, &$expected, asked)?;
    }};
}

/// A handshake of the learner's server must end like this.
macro_rules! server_ends {
    ($server:expr, $client:expr, $expected:expr) => {{
        let end = fixtures::tls::mallory::End::of(&$server, &[], &$client);
        let asked = "the handshake of server_of_both(config)";
        $crate::setup::must_end(&mut $server, &end, &$expected, asked)?;
    }};
}

pub(crate) use {client_ends, server_ends};

/// Checks how a handshake has ended. The report shows the trace and the learner's own reason.
pub fn must_end(
    learner: &mut dyn Connection,
    end: &End,
    expected: &End,
    asked: &'static str,
) -> Result<(), Broken> {
    tell(learner);
    let words = |end: &End| Words(harness::show::text(&harness::pieces!(end)));
    let (is_it, Words(expected)) = (end == expected, words(expected));
    check!(is_it, expected, words(end), asked);
    Ok(())
}

/// Checks that a client has said all that it has to say.
pub fn said_all(heard_all: bool) -> Result<(), Broken> {
    let got = Words("fewer messages (see the trace)".to_owned());
    let expected = "all that a client has to say, up to Finished";
    check!(
        heard_all,
        expected,
        got,
        "the handshake of client_of_both(config, first)"
    );
    Ok(())
}

/// The learner's client of both versions.
pub type Client = Remembers<Undecided<ClientOfBoth>>;

/// The learner's client of both versions.
pub fn client_of_both(config: ClientConfig, first: FirstHello) -> Client {
    remembered!(
        "client_of_both(config, first)",
        crate::subject::ch7_tls13::client_of_both(config, first)
    )
}

/// The learner's server of both versions.
pub fn server_of_both(config: Arc<ServerConfig>) -> Remembers<Undecided<ServerOfBoth>> {
    remembered!(
        "server_of_both(config)",
        crate::subject::ch7_tls13::server_of_both(config)
    )
}
