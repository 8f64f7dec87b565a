//! What a server answers and asks for under its handshake key: EncryptedExtensions and
//! CertificateRequest.

use given::tls::{Abort, Alert, Extension, HandshakeMessage, X25519};
use given::tls13::CertificateRequest;
use harness::show::Words;
use harness::{think_of, with};

use super::{Pair, client, first_hello, is_refused, must_say_why};
use crate::configs::client_config;
use crate::subject::ch6_tls12::ClientConfig;
use crate::subject::ch7_tls13::FirstHello;
use fixtures::tls13::lies::{
    CONTEXT_NOT_EMPTY, CONTEXT_OF_ZERO, certificate_requests, encrypted_extensions,
};
use fixtures::tls13::manners::{Manner, Retry, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with};
use fixtures::tls13::scripted::{Level, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// it accepts EncryptedExtensions, empty or with answers that mean nothing here, of any length
        #[think = "Which of your extensions may be answered here? Most servers send nothing."]
        fn it_takes_encrypted_extensions({extensions} from [
            vec![], vec![Extension::ServerName(None)], vec![Extension::SupportedGroups(vec![X25519])],
            vec![Extension::SupportedGroups(vec![0x11ec, 0x0017]), Extension::ServerName(None)],
            vec![Extension::SupportedGroups((0..8_200).collect())],
        ]) {
            with!("extensions" = match &extensions[..] {
                [Extension::SupportedGroups(groups)] if groups.len() > 9 => Words("supported_groups, with 8,200 groups".to_owned()),
                few => Words(format!("{few:?}")),
            });
            let plan = ServerPlan { encrypted: extensions, ..server_plan() };
            Pair::new(Retry::No, plan).waits(&[Say::Hello, Say::EncryptedExtensions])?;
        }

        /// an answer to an extension that it did not send, or in the wrong message, is refused
        #[think = "Have you sent it, and does its answer belong here? Which of the two do you check first?"]
        fn a_bad_answer_is_refused(encrypted_extensions from encrypted_extensions()) {
            is_refused(&encrypted_extensions, &[Say::Hello, Say::EncryptedExtensions])?;
        }

        /// an answer to server_name is refused if its hello has no name, because the host is an address
        #[think = "Which extensions have you sent in this connection? Look in the hello."]
        fn an_answer_to_a_name_that_was_not_sent_is_refused(host from ["192.0.2.1", "2001:db8::1"]) {
            let plan = ServerPlan { encrypted: vec![Extension::ServerName(None)], ..server_plan() };
            let config = ClientConfig { host: host.to_owned(), ..client_config() };
            let mut client = client(config, FirstHello::WithShare);
            let script = [Say::Hello, Say::EncryptedExtensions];
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(Alert::UnsupportedExtension, Level::Handshake));
        }

        /// a cookie that it has sent has no answer, neither here nor next to a certificate
        #[think = "After a retry, your hello is the second one. Does it have a cookie, and which message answers one?"]
        fn a_cookie_has_no_answer((retry, message) from [
            (Retry::Cookie, Say::EncryptedExtensions), (Retry::ShareAndCookie, Say::Certificate),
        ]) {
            let cookie = Extension::Other { code: 0x002c, body: vec![0, 1, 7] };
            let peer = Manner::plain(retry);
            let mut plan = peer.server_plan();
            match message {
                Say::Certificate => plan.chain[0].extensions.push(cookie),
                _ => plan.encrypted.push(cookie),
            }
            let mut client = client(client_config(), first_hello(retry));
            client_ends!(end_with(&mut client, &mut Server::new(plan), &peer.script_up_to(&message)),
                Outcome::Refused(Alert::IllegalParameter, Level::Handshake));
            must_say_why(&client, Some(&Abort::MisplacedExtension))?;
        }

        /// it accepts a request for its certificate, whatever the server would accept
        #[think = "You have no certificate. Does it matter what the server asks for? What must be in the request?"]
        fn it_takes_a_certificate_request(extensions from requests()) {
            let request = CertificateRequest { context: vec![], extensions };
            let plan = ServerPlan { request: Some(request.body()), ..server_plan() };
            let script = [Say::Hello, Say::EncryptedExtensions, Say::CertificateRequest];
            Pair::new(Retry::No, plan).waits(&script)?;
        }

        /// a request for its certificate that breaks a rule is refused, and the alert says why
        #[think = "The context, extensions that belong elsewhere, what is missing: do you check in this order?"]
        fn a_bad_certificate_request_is_refused(certificate_request from certificate_requests()) {
            match (certificate_request.what, certificate_request.alert) {
                (CONTEXT_NOT_EMPTY | CONTEXT_OF_ZERO, _) => {
                    think_of!("What must the context of a request be in a handshake, and how many bytes does that have? Which `Abort` says that it is something else?");
                }
                (_, Alert::MissingExtension) => {
                    think_of!("One extension is in every CertificateRequest. Which one, and which `Abort` says that it is missing?");
                }
                (_, Alert::DecodeError) => {
                    think_of!("It can't be read as a CertificateRequest. What do you do with the error of `Incoming::message`?");
                }
                _ => {}
            }
            is_refused(&certificate_request, &[Say::Hello, Say::EncryptedExtensions, Say::CertificateRequest])?;
        }

        /// a request with server_name is refused even if its hello has no name
        #[think = "A request is not an answer. Does it matter here what is in your hello?"]
        fn a_name_has_no_place_in_a_request(host from ["192.0.2.1"]) {
            let extensions = vec![Extension::ServerName(None), Extension::SignatureAlgorithms(vec![0x0804])];
            let request = CertificateRequest { context: vec![], extensions };
            let plan = ServerPlan { request: Some(request.body()), ..server_plan() };
            let config = ClientConfig { host: host.to_owned(), ..client_config() };
            let mut client = client(config, FirstHello::WithShare);
            let script = [Say::Hello, Say::EncryptedExtensions, Say::CertificateRequest];
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(Alert::IllegalParameter, Level::Handshake));
            must_say_why(&client, Some(&Abort::MisplacedExtension))?;
        }
    }
}

/// The numbers of extensions that other clients send, and that have no place in a CertificateRequest:
/// `application_layer_protocol_negotiation`, `padding`, `extended_master_secret`, `session_ticket`,
/// `pre_shared_key`, `early_data`, `psk_key_exchange_modes` and `post_handshake_auth`.
const OF_OTHERS: [u16; 8] = [16, 21, 23, 35, 41, 42, 45, 49];

/// What may be in a CertificateRequest.
fn requests() -> Vec<Vec<Extension>> {
    let other = |code, body: &[u8]| Extension::Other {
        code,
        body: body.to_vec(),
    };
    let pss = || Extension::SignatureAlgorithms(vec![0x0804]);
    let ecdsa = || Extension::SignatureAlgorithms(vec![0x0403]);
    let authorities = || other(47, &[0, 4, 0, 2, 0x30, 0]);
    let status = other(5, &[]);
    let grease = other(0x1a1a, &[0]);
    vec![
        vec![pss()],
        vec![ecdsa()],
        vec![status, pss(), authorities()],
        vec![grease, authorities(), ecdsa()],
        // The name of a CA that is not in DER.
        vec![pss(), other(47, &[0, 3, 0, 1, 0xff])],
        // Timestamps, compression, filters, algorithms for certificates, and an unknown one.
        vec![other(18, &[]), pss()],
        vec![pss(), other(27, &[2, 0, 1])],
        vec![pss(), other(48, &[0, 0])],
        vec![pss(), other(50, &[0, 2, 4, 1])],
        vec![other(0xffff, &[]), pss()],
        // Those of other clients, which mean nothing to yours.
        [&[pss()][..], &OF_OTHERS.map(|code| other(code, &[]))].concat(),
    ]
}
