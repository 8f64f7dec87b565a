//! Both ends against OpenSSL and curl.

use std::io::sink;

use given::tls::Suite;
use harness::{Broken, accepted, check};

use crate::setup::{ECDHE, RSA, client_config, has_retries, server_config};
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch, serve};
use fixtures::live::{
    self, Asks, BITS, Speaks, able, curl_says, holds_the_name, openssl_says, setup, shown,
};

harness::suite! {
    exercise "7.13" {
        /// OpenSSL, as a server with a CA between it and the root, sends you a page in the best common version, and says which one that was
        #[think = "OpenSSL accepts what the RFC allows. `cargo run --example fetch` shows how far you get."]
        fn a_page_comes_from_openssl((peer, versions, suite) from WITH_OPENSSL) {
            let (first, asks) = (FirstHello::WithShare, Asks::Nothing);
            from_openssl(peer, versions, first, asks, suite)?;
        }

        /// OpenSSL, as a server of TLS 1.3 that asks for your certificate, sends you a page, whether you send a share or not
        #[think = "Exercise 7.8 deals with its CertificateRequest, and 7.10 with its tickets. What do you do with `first`?"]
        fn a_page_comes_from_openssl_that_asks(
            (first, versions) from [(FirstHello::WithShare, Versions::Tls13), (FirstHello::AskFirst, Versions::Both)]
        ) {
            from_openssl(Speaks::Tls13, versions, first, Asks::Certificate, Suite::Tls13)?;
        }

        /// OpenSSL, as a client that trusts the root, gets your page in the best common version, with a CA in between
        #[think = "OpenSSL accepts what the RFC allows. `cargo run --example serve` shows how far you get."]
        fn openssl_gets_your_page((peer, versions, suite) from clients()) {
            let identity = live::identity_below_a_ca(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let request = "GET / HTTP/1.0\r\n\r\n";
            let client = live::openssl_client(&files, address, peer, request)?;
            let socket = able(live::accept(listener))?;
            let (config, mut trace) = (server_config(&identity, versions, older(peer)), shown(sink()));
            let setup = setup(&mut trace);
            accepted!(serve(socket, config, versions, setup));
            has_retries(
                &trace.text(),
                usize::from(peer == Speaks::Tls13OnP256),
            )?;
            let report = able(client.report())?;
            for expected in ["Verification: OK", &openssl_says(suite)] {
                let says_it = report.contains(expected);
                check!(says_it, format!("{expected:?} in it"), report, "what OpenSSL reports");
            }
            // OpenSSL prints the name of the suite itself, too.
            let page = report.split_once("HTTP/1.1 200");
            let page = page.map_or("", |(_, page)| page);
            holds_the_name(page.as_bytes(), &suite.to_string())?;
        }

        /// curl gets your page in the best common version
        #[think = "curl accepts what the RFC allows. `cargo run --example serve` shows how far you get."]
        fn curl_gets_your_page((versions, suite) from [
            (Versions::Both, Suite::Tls13), (Versions::Tls12, Suite::Tls12(ECDHE)),
        ]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let client = live::curl_client(&files, address, Speaks::Both)?;
            let socket = able(live::accept(listener))?;
            let (config, mut trace) = (server_config(&identity, versions, ECDHE), shown(sink()));
            let setup = setup(&mut trace);
            accepted!(serve(socket, config, versions, setup));
            let [page, report] = able(client.texts())?;
            curl_says(&report, suite)?;
            holds_the_name(page.as_bytes(), &suite.to_string())?;
        }
    }
}

/// What OpenSSL speaks, what the learner's end speaks with it, and what they agree on. Fewer than with
/// rustls, because each of them is a process. One that speaks nothing but TLS 1.3 asks for a certificate, or has its share on
/// P-256.
const WITH_OPENSSL: [(Speaks, Versions, Suite); 3] = [
    (Speaks::Both, Versions::Both, Suite::Tls13),
    (Speaks::Both, Versions::Tls12, Suite::Tls12(ECDHE)),
    (Speaks::Tls12(RSA), Versions::Both, Suite::Tls12(RSA)),
];

/// The same, and a client whose share is on P-256.
fn clients() -> Vec<(Speaks, Versions, Suite)> {
    let on_p256 = (Speaks::Tls13OnP256, Versions::Tls13, Suite::Tls13);
    WITH_OPENSSL.into_iter().chain([on_p256]).collect()
}

/// The suite of TLS 1.2 that a peer accepts.
fn older(peer: Speaks) -> given::tls::CipherSuite {
    match peer {
        Speaks::Tls12(suite) => suite,
        _ => ECDHE,
    }
}

/// Fetches a page from OpenSSL, which says that this suite was agreed on.
fn from_openssl(
    peer: Speaks,
    versions: Versions,
    first: FirstHello,
    asks: Asks,
    suite: Suite,
) -> Result<(), Broken> {
    let identity = live::identity_below_a_ca(BITS);
    let files = able(identity.files())?;
    let (_server, address) = live::openssl_server(&files, peer, asks)?;
    let (config, mut trace) = (client_config(&identity), shown(sink()));
    let setup = setup(&mut trace);
    let page = accepted!(fetch(address, config, versions, first, "/", setup));
    let trace = trace.text();
    has_retries(&trace, usize::from(first == FirstHello::AskFirst))?;
    holds_the_name(&page.body, &openssl_says(suite))
}
