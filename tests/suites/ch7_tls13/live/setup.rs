//! How clients and servers are set up, and what they agree on.

use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use given::http::Response;
use given::net;
use given::tls::{Abort, CipherSuite, Suite};
use harness::show::Words;
use harness::{Broken, check, think_of, with};

use crate::subject::ch6_tls12::{ClientConfig, Interrupted, ServerConfig};
use crate::subject::ch7_tls13::{SENTINEL_TLS_1_2, Versions, serve};
use fixtures::certificates::NOW;
use fixtures::live::{self, HOST, Identity, Peer, Speaks, setup};

/// The suite of TLS 1.2 that rustls has.
pub const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// The suite of TLS 1.2 that it does not have.
pub const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;

/// What a peer speaks, what the learner's end speaks with it, and what they agree on.
pub const WITH_PEERS: [(Speaks, Versions, Suite); 5] = [
    (Speaks::Tls13, Versions::Tls13, Suite::Tls13),
    (Speaks::Tls13, Versions::Both, Suite::Tls13),
    (Speaks::Both, Versions::Both, Suite::Tls13),
    (Speaks::Both, Versions::Tls12, Suite::Tls12(ECDHE)),
    (Speaks::Tls12(ECDHE), Versions::Both, Suite::Tls12(ECDHE)),
];

/// The call of a client, for when it returns something other than a page.
pub const FETCHED: &str = "fetch(address, config, versions, first, \"/\", setup)";

/// The call of a server, for when it returns an error.
pub const SERVED: &str = "serve(socket, config, versions, setup)";

/// Checks that this server has told its caller that it has nothing in common with the client.
pub fn has_nothing_in_common(served: Result<(), Interrupted>) -> Result<(), Broken> {
    let is_told = matches!(
        served,
        Err(Interrupted::Tunnel(net::Error::Aborted(
            Abort::NothingInCommon
        )))
    );
    let expected = "Err(Tunnel(Aborted(NothingInCommon)))";
    check!(is_told, expected, served, SERVED);
    Ok(())
}

/// Each of these, with versions for the learner's end, which take turns. An answer may treat each of
/// them in its own way.
pub fn in_turns<T>(all: impl IntoIterator<Item = T>) -> Vec<(Versions, T)> {
    let versions = [Versions::Both, Versions::Tls12, Versions::Tls13];
    versions.into_iter().cycle().zip(all).collect()
}

pub fn client_config(identity: &Identity) -> ClientConfig {
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root.clone()],
        now: NOW,
        suites: vec![ECDHE, RSA],
    }
}

/// The configuration of a server that speaks these versions, and accepts this suite in TLS 1.2.
pub fn server_config(
    identity: &Identity,
    versions: Versions,
    older: CipherSuite,
) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: identity.chain(),
        key: identity.key.clone(),
        suites: vec![older],
        // Only a server that supports TLS 1.3 may say so.
        sentinel: (versions == Versions::Both).then_some(SENTINEL_TLS_1_2),
    })
}

/// How a client was served.
pub struct Served {
    pub result: Result<(), String>,
    pub trace: String,
}

/// A server of these versions, and where it listens.
pub fn served(
    identity: &Identity,
    versions: Versions,
    older: CipherSuite,
) -> io::Result<(SocketAddr, Peer<Served>)> {
    let config = server_config(identity, versions, older);
    live::peer(move |socket| {
        let mut trace = Vec::new();
        let served = serve(socket, config, versions, setup(&mut trace));
        Ok(Served {
            result: served.map_err(|error| error.to_string()),
            trace: String::from_utf8_lossy(&trace).into_owned(),
        })
    })
}

/// What was fetched, in a form that can be shown.
pub fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}

/// Sets the thought for an end that has waited until its silent peer hung up.
pub fn think_of_limits<T>(result: &Result<T, Interrupted>) {
    if let Err(Interrupted::Tunnel(error)) = result {
        live::think_of_limits(error);
    }
}

/// Sets the thought for a client that finds nobody: its server listens until one client has come.
pub fn think_of_another<T>(fetched: &Result<T, Interrupted>) {
    if let Err(Interrupted::Tunnel(net::Error::Unreachable(_))) = fetched {
        think_of!(
            "This server takes one connection, and no more. Do you begin another one after an error?"
        );
    }
}

/// Sets the thought for a client that has ended before it has said anything. Nothing in this connection
/// can be the reason.
pub fn think_of_silence<T>(fetched: &Result<T, Interrupted>, trace: &str) {
    if fetched.is_err() && !trace.contains("ClientHello") {
        with!("trace" = Words("empty".to_owned()));
        think_of!(
            "Your client has not said a word in this connection. Do you keep anything from an earlier one, for example that it has failed?"
        );
    }
}

/// Checks that the trace has this many HelloRetryRequests, and one ClientHello more.
///
/// # Errors
/// If it does not.
pub fn has_retries(trace: &str, retries: usize) -> Result<(), Broken> {
    let counted = |name: &str| trace.matches(name).count();
    let (requests, hellos) = (counted("HelloRetryRequest"), counted("ClientHello"));
    let is_it = requests == retries && hellos == 1 + retries;
    let words = |requests: usize, hellos: usize| {
        format!("{requests} × HelloRetryRequest, {hellos} × ClientHello")
    };
    let (expected, got) = (words(retries, 1 + retries), words(requests, hellos));
    check!(is_it, expected, Words(got), "the messages in the trace");
    Ok(())
}

/// What a peer reports about its end of the connection.
pub fn reported<T, E: Debug>(report: Result<T, E>) -> Result<T, Broken> {
    report.map_err(|error| Broken::refused("what the peer reports", &error))
}
