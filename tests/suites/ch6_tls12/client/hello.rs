//! What the client says first: its ClientHello.

use given::tls::{Abort, Connection, TLS_1_2, Wire, X25519};
use given::tls12::{ClientHello, Extension};
use harness::{Broken, check, differ, elsewhere, same, search, think_of, with};

use super::client;
use crate::configs::{client_config, client_config_of};
use crate::subject::ch6_tls12::*;
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::tls::hosts::{ADDRESSES, hosts};
use fixtures::tls12::manners::FEW_BITS;
use fixtures::tls12::manners::{ECDHE, PKCS1, PSS, RSA};
use fixtures::tls12::outcome::{in_hex, in_order};
use fixtures::tls12::reference::SealsFirst;

harness::suite! {
    exercise "6.7" {
        /// the ClientHello says what the exercise lists, and nothing else
        #[think = "Go through the list. Is an IP address a name?"]
        fn the_hello_says_what_it_should(host from hosts()) {
            for suites in [vec![ECDHE, RSA], vec![RSA, ECDHE], vec![RSA], vec![ECDHE], vec![RSA, RSA]] {
                let mut config = client_config(&suites);
                config.host = host.clone();
                with!(suites);
                let hello = first_words(config)?;
                think_of!("Go through the list in the exercise, field by field.");
                let version = in_hex(&[hello.version]);
                same!(version, in_hex(&[TLS_1_2]), "the version in the ClientHello of client(config)");
                let session_id = hello.session_id;
                same!(session_id, Vec::<u8>::new(), "the session id in the ClientHello of client(config)");
                think_of!("The order is that of `config`: the suite that the client prefers comes first.");
                let codes: Vec<u16> = suites.iter().map(|suite| suite.code()).collect();
                let cipher_suites = in_hex(&hello.cipher_suites);
                same!(cipher_suites, in_hex(&codes), "the suites in the ClientHello of client(config)");
                let methods = hello.compression_methods;
                same!(methods, vec![0_u8], "the compression methods in the ClientHello of client(config)");
                let mut extensions = vec![
                    Extension::SupportedGroups(vec![X25519]),
                    Extension::EcPointFormats(vec![0]),
                    Extension::SignatureAlgorithms(vec![PSS.code(), PKCS1.code()]),
                    Extension::ExtendedMasterSecret,
                    Extension::RenegotiationInfo(vec![]),
                ];
                let is_named = !ADDRESSES.contains(&host.as_str());
                if is_named {
                    extensions.push(Extension::ServerName(Some(host.clone())));
                }
                let is_right = |one: &Extension| *one == Extension::ServerName(Some(host.clone()));
                if is_named && !hello.extensions.iter().any(is_right) {
                    think_of!("`config.host` is a name, even if it looks like something else. Do you send all of it, and how do you tell a name from an address?");
                } else if !is_named && hello.extensions.iter().any(is_right) {
                    think_of!("Is an IP address a name? What does the list say about `server_name`?");
                } else {
                    think_of!("Go through the list in the exercise, extension by extension.");
                }
                let (extensions, expected) = (in_order(&hello.extensions), in_order(&extensions));
                same!(extensions, expected, "the extensions in the ClientHello of client(config)");
            }
        }

        /// its randoms are random: none repeats, and each bit takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide?"]
        fn the_clients_random_is_random() {
            let config = client_config(&[ECDHE]);
            let mut randoms = Vec::new();
            for _ in 0..SAMPLES {
                let hello = first_words(config.clone())?;
                randoms.push(hello.random.to_vec());
            }
            let faults = faults_of_randomness(&randoms);
            check!(faults.is_empty(), "random values", faults, "the randoms of 64 hellos of client(config)");
        }

        /// each time the program runs, its random is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_random() {
            let [random, random_of_another_process] = elsewhere(|| {
                let hello = first_words(client_config_of(FEW_BITS, &[RSA]))?;
                Ok(hello.random.to_vec())
            })?;
            differ!(random, random_of_another_process, "the random in the ClientHello of client(config)");
        }
    }
}

/// The ClientHello of a client with this configuration.
pub fn first_words(config: ClientConfig) -> Result<ClientHello, Broken> {
    search::ask("client(config)");
    let sent = client(config).to_send();
    search::answered();
    let read = || {
        let mut wire: Wire<SealsFirst, SealsFirst> = Wire::new();
        wire.receive(&sent);
        let message = wire.next()?.ok_or(Abort::Malformed)?;
        Ok::<ClientHello, Abort>(message.message()?.0)
    };
    read().map_err(|abort| {
        let got = format!("{}: {abort}", harness::show::text(&harness::pieces!(&sent)));
        Broken::expected("client(config).to_send()", "a ClientHello", got)
    })
}
