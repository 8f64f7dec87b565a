//! What the client says about a chain that it does not trust: exercise 6.7.

use given::tls::{Abort, Alert, CipherSuite, Connection, Distrust, Status};
use given::x509::{Certificate, GeneralName, KeyUsages};
use harness::{Broken, check};

use super::client;
use crate::client_ends;
use crate::configs::client_config;
use crate::subject::ch5_certificates::Untrusted;
use crate::subject::ch6_tls12::*;
use fixtures::certificates::{Plan, ec_chain, line, made, unknown_extension};
use fixtures::tls::mallory::{End, encoded};
use fixtures::tls12::manners::{BITS, ECDHE, Manner, RSA, server_plan};
use fixtures::tls12::outcome::end_with;
use fixtures::tls12::scripted::{Say, Server, ServerPlan};

harness::suite! {
    exercise "6.7" {
        /// its `Abort` says why a chain is not trusted, and which certificate is to blame
        #[think = "`distrust` finds the words. Do you pass it the reason from exercise 5.5, and the whole chain?"]
        fn the_reason_is_in_the_abort((untrusted, place) from [
            (Untrusted::WrongHost, 0), (Untrusted::Expired, 0), (Untrusted::Expired, 1),
            (Untrusted::Expired, 2), (Untrusted::NotYetValid, 0), (Untrusted::NotYetValid, 1),
            (Untrusted::UnknownExtension, 0), (Untrusted::UnknownExtension, 1),
            (Untrusted::UnknownIssuer, 0), (Untrusted::UnknownIssuer, 1),
            (Untrusted::UnknownIssuer, 2), (Untrusted::BadSignature, 0),
            (Untrusted::BadSignature, 1), (Untrusted::BadSignature, 2), (Untrusted::NotACa, 1),
            (Untrusted::NotACa, 2), (Untrusted::WrongUsage, 1), (Untrusted::PathTooLong, 2),
            (Untrusted::UnsupportedAlgorithm, 0), (Untrusted::UnsupportedAlgorithm, 1),
            (Untrusted::UnsupportedAlgorithm, 2),
        ]) {
            let mut plans = line(2, BITS);
            spoil(&mut plans[place], untrusted);
            let mut chain = made(&plans);
            if untrusted == Untrusted::UnsupportedAlgorithm {
                chain[place] = plans[place].clone().signed_with_sha384();
            }
            for suite in [RSA, ECDHE] {
                is_told(suite, &chain, untrusted, ["CN=Server", "CN=CA 1", "CN=CA 2"][place])?;
            }
        }

        /// if a certificate can't be read, the user is told so in a few words
        #[think = "The server gets the alert. What does the user of `fetch` get? `Distrust::bad_certificate` takes words of your own."]
        fn the_user_is_told_in_words(suite from [RSA, ECDHE]) {
            let mut plan = server_plan(&Manner::new(suite));
            plan.chain[0] = b"certificate".to_vec();
            let mut client = client(client_config(&[suite]));
            let script = [Say::Hello, Say::Certificate];
            let end = end_with(&mut client, &mut Server::new(plan), &script);
            client_ends!(end, End::Refused(Alert::BadCertificate));
            let why = match client.status() {
                Status::Failed(Abort::UntrustedCertificate(Distrust { why, .. })) => why,
                _ => String::new(),
            };
            let has_words = !why.trim().is_empty();
            check!(has_words, "a few words in the `why` of Abort::UntrustedCertificate", why, "the status of client(config)");
        }

        /// a server whose kind of key is not supported is told so, and so is the user
        #[think = "`public_key` says what is wrong with the key. What turns that into an alert?"]
        fn another_kind_of_key_is_not_supported(suite from [RSA, ECDHE]) {
            let mut chain = made(&line(2, BITS));
            chain[0] = line(2, BITS)[0].with_other_key();
            is_told(suite, &chain, Untrusted::UnsupportedAlgorithm, "CN=Server")?;
        }

        /// a server with EC keys is told that they are not supported, and so is the user
        #[think = "5.5 has the reason. Does it reach the server and the user?"]
        fn ec_keys_are_not_supported(suite from [RSA, ECDHE]) {
            is_told(suite, &ec_chain(), Untrusted::UnsupportedAlgorithm, "CN=www.example.org")?;
        }
    }
}

/// A server with this chain gets the alert for `untrusted`, and the client's `Abort` says that, and
/// whose certificate it is.
fn is_told(
    suite: CipherSuite,
    chain: &[Certificate],
    untrusted: Untrusted,
    owner: &str,
) -> Result<(), Broken> {
    let mut client = client(client_config(&[suite]));
    let plan = ServerPlan {
        chain: encoded(chain),
        ..server_plan(&Manner::new(suite))
    };
    let script = [Say::Hello, Say::Certificate];
    let end = end_with(&mut client, &mut Server::new(plan), &script);
    client_ends!(end, End::Refused(alert_for(untrusted)));
    let why = match client.status() {
        Status::Failed(Abort::UntrustedCertificate(Distrust { why, .. })) => why,
        other => format!("{other:?}"),
    };
    for words in [&untrusted.to_string(), owner] {
        check!(
            why.contains(words),
            format!("{words:?} in the `why` of Abort::UntrustedCertificate"),
            why,
            "the status of client(config)"
        );
    }
    Ok(())
}

/// Puts this fault into the certificate.
fn spoil(plan: &mut Plan, untrusted: Untrusted) {
    match untrusted {
        Untrusted::WrongHost => plan.names = Some(Vec::<GeneralName>::new()),
        Untrusted::Expired => plan.validity = (1000, -1),
        Untrusted::NotYetValid => plan.validity = (-1, 1000),
        Untrusted::UnknownExtension => plan.others = vec![unknown_extension(true)],
        Untrusted::UnknownIssuer => plan.issuer = "Nobody".to_owned(),
        Untrusted::BadSignature => plan.flipped = Some(100),
        Untrusted::NotACa => plan.ca = Some((false, None)),
        Untrusted::WrongUsage => plan.usage = Some(KeyUsages::CRLSign),
        Untrusted::PathTooLong => plan.ca = Some((true, Some(0))),
        // That one is signed in a different way.
        _ => {}
    }
}
