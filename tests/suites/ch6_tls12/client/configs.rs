//! What the learner's client is started with, for the handshakes that are played.

use fixtures::certificates::{HOST, NOW};
use fixtures::tls12::manners::BITS;
use fixtures::tls12::pki::kept_chain;
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::ClientConfig;

/// A client that wants [`HOST`], trusts the root and offers these suites.
pub fn client_config(suites: &[CipherSuite]) -> ClientConfig {
    client_config_of(BITS, suites)
}

/// The same, with a root whose key has this many bits.
pub fn client_config_of(bits: usize, suites: &[CipherSuite]) -> ClientConfig {
    let (_, root) = kept_chain(bits);
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![root.clone()],
        now: NOW,
        suites: suites.to_vec(),
    }
}
