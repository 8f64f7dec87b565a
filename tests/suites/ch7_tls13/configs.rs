//! What the learner's client is started with.

use fixtures::certificates::{HOST, NOW};
use fixtures::tls12::pki::root;
use fixtures::tls13::manners::BITS;

use crate::subject::ch6_tls12::ClientConfig;

/// A client that wants [`HOST`] and trusts the root.
pub fn client_config() -> ClientConfig {
    client_config_of(BITS)
}

/// The same, with a root whose key has this many bits.
pub fn client_config_of(bits: usize) -> ClientConfig {
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root(bits)],
        now: NOW,
        suites: vec![],
    }
}
