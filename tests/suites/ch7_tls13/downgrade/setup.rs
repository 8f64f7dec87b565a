//! What the learner's clients and servers are started with, and how their bytes are read.

use std::fmt;
use std::sync::Arc;

use given::tls::{CipherSuite, ClientHello, Connection, HandshakeMessage};
use harness::show::Words;
use harness::{Broken, check};
use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};
use crate::subject::ch7_tls13::{FirstHello, SENTINEL_TLS_1_2};
use fixtures::certificates::{HOST, NOW};
use fixtures::remembered;
use fixtures::tls::cuts::Cuts;
use fixtures::tls::mallory::{End, Mallory as OnTheWay, play, records};
use fixtures::tls::peer::Peer;
use fixtures::tls::remembers::Remembers;
use fixtures::tls::report::tell;
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
pub type Client = Remembers;

/// The learner's client of both versions.
pub fn client_of_both(config: ClientConfig, first: FirstHello) -> Client {
    remembered!(
        "client_of_both(config, first)",
        crate::subject::ch7_tls13::client_of_both(config, first)
    )
}

/// The learner's server of both versions.
pub fn server_of_both(config: Arc<ServerConfig>) -> Remembers {
    remembered!(
        "server_of_both(config)",
        crate::subject::ch7_tls13::server_of_both(config)
    )
}
