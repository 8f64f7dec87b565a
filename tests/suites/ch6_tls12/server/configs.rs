//! What the learner's server is started with, for the handshakes that are played.

use std::sync::Arc;

use fixtures::certificates::Key;
use fixtures::keys;
use fixtures::tls12::manners::SERVER_BITS;
use fixtures::tls12::pki::{kept_chain, server_key};
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::ServerConfig;

/// The server that is [`HOST`], and accepts these suites.
pub fn server_config(suites: &[CipherSuite]) -> Arc<ServerConfig> {
    server_config_of(SERVER_BITS, suites)
}

/// The same, with keys of this many bits.
pub fn server_config_of(bits: usize, suites: &[CipherSuite]) -> Arc<ServerConfig> {
    let (chain, _) = kept_chain(bits);
    let Key(bits, number) = server_key(bits);
    Arc::new(ServerConfig {
        chain: chain.to_vec(),
        key: keys::private(bits, number).clone(),
        suites: suites.to_vec(),
        sentinel: None,
    })
}
