//! The client and the server against OpenSSL and curl.

use harness::{accepted, check};

use crate::setup::*;
use crate::subject::ch6_tls12::{fetch, serve};
use fixtures::live::{self, Asks, BITS, Speaks, able};

harness::suite! {
    exercise "6.10" {
        /// OpenSSL, as a server, sends you a page, under either suite
        #[think = "OpenSSL accepts what the RFC allows. `cargo run --example fetch -- --version 1.2 …` shows how far you get."]
        fn a_page_comes_from_openssl(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (_server, address) = live::openssl_server(&files, suite, Asks::Nothing)?;
            let config = client_config(&identity, suite);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let response = accepted!(fetch(address, config, path, setup));
            let name = format!("Cipher is {}\n", live::openssl_name(suite));
            holds_the_name(&response.body, &name)?;
        }

        /// OpenSSL, as a server that asks for your certificate, sends you a page, under either suite
        #[think = "Exercise 6.7 has a step for its CertificateRequest. What do you answer?"]
        fn a_page_comes_from_openssl_that_asks(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (_server, address) = live::openssl_server(&files, suite, Asks::Certificate)?;
            let config = client_config(&identity, suite);
            let mut trace = shown();
            let setup = setup(&mut trace);
            let path = "/";
            let response = accepted!(fetch(address, config, path, setup));
            let name = format!("Cipher is {}\n", live::openssl_name(suite));
            holds_the_name(&response.body, &name)?;
        }

        /// OpenSSL, as a client, gets your page, under either suite
        #[think = "OpenSSL accepts what the RFC allows. `cargo run --example serve -- --version 1.2` shows how far you get."]
        fn openssl_gets_your_page(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let request = "GET / HTTP/1.0\r\n\r\n";
            let client = live::openssl_client(&files, address, suite, request)?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, suite);
            let mut trace = shown();
            let setup = setup(&mut trace);
            accepted!(serve(socket, config, setup));
            let report = able(client.report())?;
            let cipher = format!("Cipher is {}\n", live::openssl_name(suite));
            for expected in ["Verification: OK", &cipher, &suite.to_string()] {
                check!(report.contains(expected), format!("{expected:?} in it"), report);
            }
        }

        /// curl gets your page, under either suite
        #[think = "curl accepts what the RFC allows. `cargo run --example serve -- --version 1.2` shows how far you get."]
        fn curl_gets_your_page(suite from [RSA, ECDHE]) {
            let identity = live::identity(BITS);
            let files = able(identity.files())?;
            let (listener, address) = able(live::listen())?;
            let client = live::curl_client(&files, address, Speaks::Both)?;
            let socket = able(live::accept(listener))?;
            let config = server_config(&identity, suite);
            let mut trace = shown();
            let setup = setup(&mut trace);
            accepted!(serve(socket, config, setup));
            let report = able(client.report())?;
            check!(
                report.contains(&suite.to_string()),
                format!("a page with {suite} in it"),
                report
            );
        }
    }
}
