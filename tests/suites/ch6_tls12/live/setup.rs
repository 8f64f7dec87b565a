//! How client and server are set up, and what a page must hold.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use given::http::Response;
use given::net::{Limits, Setup};
use given::tls::CipherSuite;
use harness::{Broken, check};
use proptest::prelude::*;

use crate::subject::ch6_tls12::{ClientConfig, Interrupted, ServerConfig};
use fixtures::certificates::NOW;
use fixtures::live::{HOST, Identity, PATIENCE};

/// The suite that rustls has.
pub const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// The suite that it has not.
pub const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;

/// Since when a peer does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silent {
    /// It has connected, and says nothing.
    FromTheStart,
    /// It has shaken hands, and says nothing more.
    WhenAsked,
}

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

pub fn setup(trace: &mut dyn io::Write) -> Setup<'_> {
    Setup {
        limits: Limits {
            handshake: PATIENCE,
            conversation: PATIENCE,
            data: 1 << 20,
        },
        trace,
        key_log: None,
    }
}

/// For a peer that does not answer: why wait?
pub fn hasty(silent: Silent, trace: &mut dyn io::Write) -> Setup<'_> {
    let mut setup = setup(trace);
    let limit = match silent {
        Silent::FromTheStart => &mut setup.limits.handshake,
        Silent::WhenAsked => &mut setup.limits.conversation,
    };
    *limit = Duration::from_millis(20);
    setup
}

/// What was fetched, in a form that can be shown.
pub fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}

pub fn holds_the_name(body: &[u8], name: &str) -> Result<(), Broken> {
    let page = String::from_utf8_lossy(body).into_owned();
    check!(
        page.contains(name),
        format!("a page with {name:?} in it"),
        page
    );
    Ok(())
}

pub fn path() -> BoxedStrategy<String> {
    "/[a-z0-9/?=&.-]{0,40}".boxed()
}

pub fn request_for(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: */*\r\n\r\n").into_bytes()
}
