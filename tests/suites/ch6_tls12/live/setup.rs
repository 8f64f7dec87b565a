//! How client and server are set up.

use std::io::{self, Sink};
use std::sync::Arc;

use given::http::Response;
use given::tls::CipherSuite;

use crate::subject::ch6_tls12::{ClientConfig, Interrupted, ServerConfig};
use fixtures::certificates::NOW;
use fixtures::live::{self, HOST, Identity, Shown};
pub use fixtures::live::{Silent, hasty, holds_the_name, in_lines, path, request_for, setup};

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
    server_config_of(identity, &[suite])
}

/// A server that accepts these suites, in order of preference.
pub fn server_config_of(identity: &Identity, suites: &[CipherSuite]) -> Arc<ServerConfig> {
    Arc::new(ServerConfig {
        chain: vec![identity.leaf.clone()],
        key: identity.key.clone(),
        suites: suites.to_vec(),
        sentinel: None,
    })
}

/// The call of a client, for when it returns something other than a page.
pub const FETCHED: &str = "fetch(address, config, path, setup)";

/// The call of a server, for when it returns an error.
pub const SERVED: &str = "serve(socket, config, setup)";

/// What a client has sent, for when that is wrong.
pub const REQUESTED: &str = "the request that fetch(address, config, path, setup) sends";

/// What was fetched, in a form that can be shown.
pub fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}

/// A trace that nothing but a report needs.
pub fn shown() -> Shown<Sink> {
    live::shown(io::sink())
}
