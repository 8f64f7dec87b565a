//! What the learner's client and server are started with, for the handshakes that are played.

use std::sync::Arc;

use fixtures::certificates::{HOST, Key, NOW};
use fixtures::keys;
use fixtures::tls12::manners::BITS;
use fixtures::tls12::pki::{chain, server_key};
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::{ClientConfig, ServerConfig};

/// The size of keys that another process has to make for itself, which takes a moment. A signature
/// with PKCS#1 v1.5 fits into it, and one with PSS does not.
pub const FEW_BITS: usize = 512;

/// A client that wants [`HOST`], trusts the root and offers these suites.
pub fn client_config(suites: &[CipherSuite]) -> ClientConfig {
    client_config_of(BITS, suites)
}

/// The same, with a root whose key has this many bits.
pub fn client_config_of(bits: usize, suites: &[CipherSuite]) -> ClientConfig {
    let (_, root) = chain(bits);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root],
        now: NOW,
        suites: suites.to_vec(),
    }
}

/// The server that is [`HOST`], and accepts these suites.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    server_config_of(BITS, suites)
}

/// The same, with keys of this many bits.
pub fn server_config_of(bits: usize, suites: &[CipherSuite]) -> Arc<ServerConfig> {
    let (chain, _) = chain(bits);
    let Key(bits, number) = server_key(bits);
    Arc::new(ServerConfig {
        chain,
        key: keys::private(bits, number).clone(),
        suites: suites.to_vec(),
        sentinel: None,
    })
}
