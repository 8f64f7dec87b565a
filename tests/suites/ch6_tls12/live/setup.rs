//! How client and server are set up.

use std::io::{self, Write};
use std::sync::Arc;

use given::http::Response;
use given::tls::CipherSuite;
use harness::show::Words;
use harness::{notes, with};

use crate::subject::ch6_tls12::{ClientConfig, Interrupted, ServerConfig};
use fixtures::certificates::NOW;
use fixtures::live::{self, HOST, Identity, Seen, Watch};
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
    Arc::new(ServerConfig {
        chain: vec![identity.leaf.clone()],
        key: identity.key.clone(),
        suites: vec![suite],
        sentinel: None,
    })
}

/// The call of a client, for when it returns something other than a page.
pub const FETCHED: &str = "fetch(address, config, path, setup)";

/// What a client has sent, for when that is wrong.
pub const REQUESTED: &str = "the request that fetch(address, config, path, setup) sends";

/// What was fetched, in a form that can be shown.
pub fn body(fetched: Result<Response, Interrupted>) -> Result<Vec<u8>, Interrupted> {
    fetched.map(|response| response.body)
}

/// A trace that a report shows as far as it got, with one line for each message.
pub struct Shown<W> {
    to: W,
    lines: Vec<String>,
}

impl<W: Write> Shown<W> {
    /// A trace that goes to `to`.
    fn new(to: W) -> Shown<W> {
        Shown {
            to,
            lines: Vec::new(),
        }
    }
}

/// A trace that nothing but a report needs.
pub fn shown() -> Shown<io::Sink> {
    Shown::new(io::sink())
}

/// A trace that is watched, and what is seen in it.
pub fn watch() -> (Shown<Watch>, Seen) {
    let (watch, seen) = live::watch();
    (Shown::new(watch), seen)
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if notes::are_taken() {
            let text = String::from_utf8_lossy(text);
            // Neither the fields of a message, which are indented, nor the addresses.
            let is_told = |line: &&str| !line.starts_with("    ") && !line.contains("SYN");
            let lines = text.lines().filter(is_told);
            self.lines.extend(lines.map(str::to_owned));
            with!("trace" = Words(self.lines.join("\n")));
        }
        self.to.write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
