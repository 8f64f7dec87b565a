//! What the learner's client is started with.

use fixtures::certificates::{HOST, NOW};
use fixtures::tls12::pki::kept_chain;
use fixtures::tls13::manners::BITS;

use crate::subject::ch6_tls12::ClientConfig;

/// A client that wants [`HOST`] and trusts the root.
pub fn client_config() -> ClientConfig {
    client_config_of(BITS)
}

/// The same, with a root whose key has this many bits.
pub fn client_config_of(bits: usize) -> ClientConfig {
    let (_, root) = kept_chain(bits);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root.clone()],
        now: NOW,
        suites: vec![],
    }
}
