//! What the learner's client and server are started with, for the handshakes that are played.

use std::sync::Arc;

use fixtures::certificates::{HOST, Key, NOW};
use fixtures::keys;
use fixtures::tls12::pki::{chain, server_key};
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};

/// A client that wants [`HOST`], trusts the root and offers these suites.
pub fn client_config(suites: &[CipherSuite]) -> ClientConfig {
    let (_, root) = chain(1024);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root],
        now: NOW,
        suites: suites.to_vec(),
    }
}

/// The server that is [`HOST`], and takes these suites.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    let (chain, _) = chain(1024);
    let Key(bits, number) = server_key(1024);
    Arc::new(ServerConfig {
        chain,
        key: keys::private(bits, number).clone(),
        suites: suites.to_vec(),
    })
}
