//! A configuration without any suite of TLS 1.2.

use std::io::{Read, Write, sink};
use std::sync::Arc;

use given::tls::{
    Alert, ClientHello, Connection, Extension, HandshakeMessage, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256,
};
use harness::show::Words;
use harness::{called, check, same, with};

use crate::setup::{
    ECDHE, FETCHED, body, client_config, has_nothing_in_common, reported, server_config,
};
use crate::subject::ch6_tls12::{self as tls12, ClientConfig, ServerConfig};
use crate::subject::ch7_tls13::{FirstHello, Versions, fetch, serve};
use fixtures::live::{self, FEW_BITS, able, setup, shown};

harness::suite! {
    exercise "7.13" {
        /// a client of both versions offers both, even if its configuration has no suite of TLS 1.2
        #[think = "`Both` is the client of exercise 7.11, whatever the configuration has in it. Do you choose another one?"]
        fn a_client_without_older_suites_offers_both() {
            let identity = live::identity(FEW_BITS);
            let (address, server) = able(live::peer(|mut socket| {
                let mut header = [0; 5];
                socket.read_exact(&mut header)?;
                let mut message = vec![0; u16::from_be_bytes([header[3], header[4]]).into()];
                socket.read_exact(&mut message)?;
                socket.write_all(&[21, 3, 3, 0, 2, 2, Alert::HandshakeFailure.code()])?;
                Ok(message)
            }))?;
            let config = ClientConfig { suites: vec![], ..client_config(&identity) };
            let (versions, first, mut trace) = (Versions::Both, FirstHello::WithShare, shown(sink()));
            let setup = setup(&mut trace);
            let fetched = called!(fetch(address, config, versions, first, "/", setup));
            check!(fetched.is_err(), "Err(…)", body(fetched), FETCHED);
            let message = reported(server.report())?;
            let hello = able(ClientHello::read(message.get(4..).unwrap_or_default()))?;
            let both = Extension::SupportedVersions(vec![TLS_1_3, TLS_1_2]);
            let offered = hello.extensions.iter().find(|one| one.code() == both.code());
            same!(offered, Some(&both), "the versions in your ClientHello");
            let codes: Vec<String> = hello.cipher_suites.iter().map(|code| format!("0x{code:04x}")).collect();
            same!(codes.join(", "), format!("0x{TLS_AES_128_GCM_SHA256:04x}"), "the suites in your ClientHello");
        }

        /// a server of both versions tells a client of TLS 1.2 that there is no suite in common, if its configuration has none of TLS 1.2
        #[think = "`Both` is the server of exercise 7.11, whatever the configuration has in it. Do you choose another one?"]
        fn a_server_without_older_suites_reads_both() {
            let identity = live::identity(FEW_BITS);
            let (listener, address) = able(live::listen())?;
            let hello = tls12::client(client_config(&identity)).to_send();
            let client = live::caller(address, move |mut socket| {
                socket.write_all(&hello)?;
                let mut alert = [0; 7];
                socket.read_exact(&mut alert).map(|()| alert)
            });
            let socket = able(live::accept(listener))?;
            let (versions, mut trace) = (Versions::Both, shown(sink()));
            let config = server_config(&identity, versions, ECDHE);
            let config = Arc::new(ServerConfig {
                chain: config.chain.clone(), key: config.key.clone(), suites: vec![], sentinel: config.sentinel,
            });
            with!("config.suites" = Words("none".to_owned()));
            let setup = setup(&mut trace);
            let served = called!(serve(socket, config, versions, setup));
            has_nothing_in_common(served)?;
            let alert = Alert::from_code(reported(client.report())?[6]);
            same!(alert, Some(Alert::HandshakeFailure), "the alert that the client gets");
        }
    }
}
