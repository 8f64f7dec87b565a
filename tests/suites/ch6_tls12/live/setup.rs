//! How client and server are set up.

use std::sync::Arc;

use given::http::Response;
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::{ClientConfig, Interrupted, ServerConfig};
use fixtures::certificates::NOW;
use fixtures::live::{HOST, Identity};
pub use fixtures::live::{Silent, hasty, holds_the_name, path, request_for, setup};

/// The suite that rustls supports.
pub const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// The suite that it does not support.
pub const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;

pub fn client_config(identity: &Identity, suite: CipherSuite) -> ClientConfig {
    ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root.clone()],
        now: NOW,
        suites: vec![suite],
    }
}

pub fn server_config(identity: &Identity, suite: CipherSuite) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: vec![identity.leaf.clone()],
        key: identity.key.clone(),
        suites: vec![suite],
        sentinel: None,
    })
}

/// What was fetched, in a form that can be shown.
pub fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}
