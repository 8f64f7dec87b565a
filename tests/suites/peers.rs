//! Pages from and to programs that a learner need not have: GnuTLS, nginx, Chromium, Node.js, Java,
//! and the server of Python's standard library.
//!
//! Whatever is special about them, the grader's own peers do in the exercises, too. So these are
//! not properties, but tests of the workbook:
//! `cargo test --package suites7 --features solutions --test peers`.

mod pages;
mod subject;

use std::fs;

use given::http::Response;
use given::tls::Suite;
use subject::ch7_tls13::{FirstHello, Versions};

use fixtures::live::{self, BITS, Speaks};
use pages::*;

/// GnuTLS asks every client for a certificate.
#[test]
fn a_page_comes_from_gnutls() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (_server, address) = live::gnutls_server(&files).unwrap();
    for suite in [RSA, ECDHE] {
        let (page, trace) = fetched12(address, &identity, suite, "/");
        has(&String::from_utf8_lossy(&page.body), &["TLS1.2"]);
        has(
            &trace,
            &["4 ◀── CertificateRequest", "5 ──▶ Certificate, 7 bytes"],
        );
    }
    for (versions, first) in WAYS {
        let (page, trace) = fetched13(address, &identity, versions, first, "/");
        has(&String::from_utf8_lossy(&page.body), &["TLS1.3"]);
        has(&trace, &["◀══ CertificateRequest"]);
    }
}

#[test]
fn gnutls_gets_a_page() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (address, _traces) = serving(&identity, Versions::Both);
    for (speaks, suite) in EVERY_SUITE {
        let request = "GET / HTTP/1.0\r\n\r\n";
        let client = live::gnutls_client(&files, address, speaks, request).unwrap();
        let report = client.report().unwrap();
        let version = match suite {
            Suite::Tls12(_) => "- Description: (TLS1.2",
            Suite::Tls13 => "- Description: (TLS1.3",
        };
        let page = format!("It comes to you under {suite}.");
        has(&report, &["The certificate is trusted", version, &page]);
    }
}

/// Python ends the connection without a close_notify.
#[test]
fn a_page_comes_from_python() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let folder = files.root.parent().expect("they are in a folder");
    let (_server, address) = live::python_server(&files, folder).unwrap();
    let check = |(page, trace): (Response, String)| {
        assert_eq!(page.body, identity.root.to_pem().into_bytes());
        has(&trace, &["no close_notify\n"]);
    };
    for suite in [RSA, ECDHE] {
        check(fetched12(address, &identity, suite, "/root.pem"));
    }
    for (versions, first) in WAYS {
        check(fetched13(address, &identity, versions, first, "/root.pem"));
    }
}

#[test]
fn a_page_comes_from_nginx() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = live::nginx_server(&files, folder.path()).unwrap();
    for suite in [RSA, ECDHE] {
        let (page, _) = fetched12(address, &identity, suite, "/");
        let expected = format!("TLSv1.2 {}\n", live::openssl_name(suite));
        assert_eq!(String::from_utf8_lossy(&page.body), expected);
    }
    for (versions, first) in WAYS {
        let (page, _) = fetched13(address, &identity, versions, first, "/");
        assert_eq!(page.body, b"TLSv1.3 TLS_AES_128_GCM_SHA256\n");
    }
}

#[test]
fn a_page_comes_from_node() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (_server, address) = live::node_server(&files).unwrap();
    let (page, _) = fetched12(address, &identity, ECDHE, "/");
    let text = String::from_utf8_lossy(&page.body).into_owned();
    has(&text, &[&format!("TLSv1.2 {ECDHE}\n")]);
    for (versions, first) in WAYS {
        let (page, _) = fetched13(address, &identity, versions, first, "/");
        let text = String::from_utf8_lossy(&page.body).into_owned();
        has(&text, &[&format!("TLSv1.3 {}\n", Suite::Tls13)]);
    }
}

#[test]
fn node_gets_a_page() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (address, _traces) = serving(&identity, Versions::Both);
    for (newest, suite) in [("TLSv1.3", Suite::Tls13), ("TLSv1.2", ECDHE.into())] {
        let client = live::node_client(&files, address, newest).unwrap();
        let report = client.report().unwrap();
        let page = format!("It comes to you under {suite}.");
        has(&report, &[&format!("{newest} {suite}\n"), &page]);
    }
}

#[test]
fn java_gets_a_page() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (address, _traces) = serving(&identity, Versions::Both);
    for (newest, suite) in [("TLSv1.3", Suite::Tls13), ("TLSv1.2", ECDHE.into())] {
        let client = live::java_client(&files, folder.path(), address, newest).unwrap();
        let report = client.report().unwrap();
        let page = format!("It comes to you under {suite}.");
        has(&report, &[&format!("{newest} {suite}\n"), &page]);
    }
}

/// The largest keys of real servers. They are here because a learner would wait for them.
#[test]
fn a_page_comes_under_keys_of_4096_bits() {
    let identity = live::identity(4096);
    let (address, _traces) = serving(&identity, Versions::Both);
    let (versions, first) = (Versions::Both, FirstHello::WithShare);
    let (page, _) = fetched13(address, &identity, versions, first, "/");
    let text = String::from_utf8_lossy(&page.body).into_owned();
    has(&text, &["under TLS_AES_128_GCM_SHA256."]);
}

/// A learner's curl may be built with a library that has no such option.
#[test]
fn curl_gets_a_page_after_a_retry() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let (address, traces) = serving(&identity, Versions::Both);
    let client = live::curl_client(&files, address, Speaks::Tls13OnP256);
    let client = client.unwrap_or_else(|_| panic!("curl is there"));
    let [page, report] = client.texts().unwrap();
    has(&page, &["under TLS_AES_128_GCM_SHA256."]);
    has(&report, &["SSL connection using TLSv1.3 / "]);
    has(&traces.recv().unwrap(), &["2 ──▶ HelloRetryRequest"]);
}

/// Chromium offers meaningless numbers (GREASE), and X25519MLKEM768 before X25519.
#[test]
fn chromium_shows_a_page() {
    let identity = live::identity(BITS);
    let files = identity.files().unwrap();
    let rows = [
        (Versions::Both, Suite::Tls13),
        (Versions::Tls13, Suite::Tls13),
        (Versions::Tls12, ECDHE.into()),
    ];
    for (versions, suite) in rows {
        let home = tempfile::tempdir().unwrap();
        let (address, traces) = serving(&identity, versions);
        let (address, hellos) = live::hellos(address).unwrap();
        let browser = live::chromium(&files, home.path(), address.port()).unwrap();
        let report = browser.report().unwrap();
        has(&report, &[&format!("It comes to you under {suite}.")]);
        let key_log = home.path().join(live::KEY_LOG_OF_CHROMIUM);
        let key_log = fs::read_to_string(key_log).unwrap();
        // Each label is used in one version only.
        let label = match suite {
            Suite::Tls12(_) => "CLIENT_RANDOM ",
            Suite::Tls13 => "CLIENT_TRAFFIC_SECRET_0 ",
        };
        has(&key_log, &[label]);
        let trace = traces.recv().unwrap();
        assert!(!trace.contains("HelloRetryRequest"), "{trace}");
        live::assert_looks_like_a_browser(&hellos.recv().unwrap());
    }
}
