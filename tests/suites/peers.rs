//! Pages from servers that a learner need not have: GnuTLS, and the server of Python's standard
//! library.
//!
//! What is special about them, the grader's own peers do in 6.7 and 6.10. So this is no property, but
//! a test of the workbook: `cargo test --package suites --features solutions --test peers`.

mod subject;

use std::net::SocketAddr;

use given::http::Response;
use given::net::{Limits, Setup};
use given::tls::CipherSuite;
use subject::ch6_tls12::{ClientConfig, fetch};

use fixtures::certificates::NOW;
use fixtures::live::{self, BITS, HOST, Identity};

/// The page at `path`, and the trace.
fn fetched(
    address: SocketAddr,
    identity: &Identity,
    suite: CipherSuite,
    path: &str,
) -> (Response, String) {
    let config = ClientConfig {
        host: HOST.to_owned(),
        roots: vec![identity.root.clone()],
        now: NOW,
        suites: vec![suite],
    };
    let mut trace = Vec::new();
    let setup = Setup {
        limits: Limits::default(),
        trace: &mut trace,
        key_log: None,
    };
    let page = fetch(address, config, path, setup).unwrap();
    (page, String::from_utf8(trace).unwrap())
}

const SUITES: [CipherSuite; 2] = [
    CipherSuite::RsaAes128GcmSha256,
    CipherSuite::EcdheRsaAes128GcmSha256,
];

/// It asks every client for a certificate.
#[test]
fn a_page_comes_from_gnutls() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (_server, address) = live::gnutls_server(&files).unwrap();
    for suite in SUITES {
        let (page, trace) = fetched(address, &identity, suite, "/");
        let text = String::from_utf8_lossy(&page.body);
        assert!(text.contains("TLS1.2"), "{text}");
        assert!(trace.contains("4 ◀── CertificateRequest"), "{trace}");
        assert!(trace.contains("5 ──▶ Certificate, 7 bytes"), "{trace}");
    }
}

/// It ends the connection without a close_notify.
#[test]
fn a_page_comes_from_python() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let folder = files.root.parent().expect("they are in a folder");
    let (_server, address) = live::python_server(&files, folder).unwrap();
    for suite in SUITES {
        let (page, trace) = fetched(address, &identity, suite, "/root.pem");
        assert_eq!(page.body, identity.root.to_pem().into_bytes());
        assert!(trace.contains("no close_notify\n"), "{trace}");
    }
}
