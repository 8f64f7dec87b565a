//! How the pages of `peers` are fetched and served.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use given::http::Response;
use given::net::{Limits, Setup};
use given::tls::{CipherSuite, Suite};

use crate::subject::ch6_tls12::{self as tls12, ClientConfig, Interrupted, ServerConfig};
use crate::subject::ch7_tls13::{FirstHello, SENTINEL_TLS_1_2, Versions, fetch, serve};
use fixtures::certificates::NOW;
use fixtures::live::{self, HOST, Identity, Speaks};

pub const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;
pub const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// What a peer speaks, and the suite that a server of both versions then agrees on.
pub const EVERY_SUITE: [(Speaks, Suite); 4] = [
    (Speaks::Tls13, Suite::Tls13),
    (Speaks::Both, Suite::Tls13),
    (Speaks::Tls12(ECDHE), Suite::Tls12(ECDHE)),
    (Speaks::Tls12(RSA), Suite::Tls12(RSA)),
];

/// Fetches a page in TLS 1.2, as exercise 6.10 does, with this suite.
pub fn fetched12(
    address: SocketAddr,
    identity: &Identity,
    suite: CipherSuite,
    path: &str,
) -> (Response, String) {
    fetched(identity, &[suite], |config, setup| {
        tls12::fetch(address, config, path, setup)
    })
}

/// Fetches a page in TLS 1.3, as exercise 7.13 does.
pub fn fetched13(
    address: SocketAddr,
    identity: &Identity,
    versions: Versions,
    first: FirstHello,
    path: &str,
) -> (Response, String) {
    let (page, trace) = fetched(identity, &[ECDHE, RSA], |config, setup| {
        fetch(address, config, versions, first, path, setup)
    });
    assert!(trace.contains("6 ══▶ Finished"), "{trace}");
    let retries = usize::from(first == FirstHello::AskFirst);
    assert_eq!(
        trace.matches("HelloRetryRequest").count(),
        retries,
        "{trace}"
    );
    (page, trace)
}

/// The page, and the trace.
pub fn fetched(
    identity: &Identity,
    suites: &[CipherSuite],
    fetch: impl FnOnce(ClientConfig, Setup<'_>) -> Result<Response, Interrupted>,
) -> (Response, String) {
    let config = ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root.clone()],
        now: NOW,
        suites: suites.to_vec(),
    };
    let mut trace = Vec::new();
    let page = fetch(config, setup(&mut trace)).unwrap();
    (page, String::from_utf8(trace).unwrap())
}

pub fn setup(trace: &mut dyn io::Write) -> Setup<'_> {
    Setup {
        limits: Limits::default(),
        trace,
        key_log: None,
    }
}

/// The ways to begin in TLS 1.3.
pub const WAYS: [(Versions, FirstHello); 4] = [
    (Versions::Tls13, FirstHello::WithShare),
    (Versions::Tls13, FirstHello::AskFirst),
    (Versions::Both, FirstHello::WithShare),
    (Versions::Both, FirstHello::AskFirst),
];

/// Serves every client that comes, since a browser may come several times. Returns the traces of
/// those that got a page.
pub fn serving(identity: &Identity, versions: Versions) -> (SocketAddr, Receiver<String>) {
    let config = Arc::new(ServerConfig {
        chain: vec![identity.leaf.clone()],
        key: identity.key.clone(),
        suites: vec![ECDHE, RSA],
        sentinel: (versions == Versions::Both).then_some(SENTINEL_TLS_1_2),
    });
    let (listener, address) = live::listen().unwrap();
    let (sender, traces) = mpsc::channel();
    let answer = move |socket: TcpStream| {
        let mut trace = Vec::new();
        if serve(socket, config.clone(), versions, setup(&mut trace)).is_ok() {
            // The test may be over already.
            let _ = sender.send(String::from_utf8_lossy(&trace).into_owned());
        }
    };
    thread::spawn(move || {
        for socket in listener.incoming().map_while(Result::ok) {
            let answer = answer.clone();
            thread::spawn(move || answer(socket));
        }
    });
    (address, traces)
}

/// Asserts that `text` contains all of this.
#[track_caller]
pub fn has(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
