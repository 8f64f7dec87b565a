//! Who is the server? Its Certificate and its CertificateVerify.

use std::mem;

use given::tls::{Abort, Alert, Connection, Distrust, Extension, Status};
use given::tls13::CertificateEntry;
use harness::show::Words;
use harness::{Broken, check, think_of, with};

use super::{HANDSHAKE, Pair, client, is_refused, is_refused_from};
use crate::configs::client_config;
use crate::subject::ch5_certificates::Untrusted;
use crate::subject::ch6_tls12::{ClientConfig, alert_for};
use crate::subject::ch7_tls13::FirstHello;
use fixtures::certificates::{
    HOST, Key, Plan, Signer, ec_chain, filler, line, made, unknown_extension,
};
use fixtures::tls12::pki;
use fixtures::tls13::lies::{CONTEXT_NOT_EMPTY, CONTEXT_OF_ZERO, certificates, chains, signatures};
use fixtures::tls13::manners::{BITS, Manner, ROOT, Retry, server_plan};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with};
use fixtures::tls13::scripted::{REQUEST, Say, Server, ServerPlan};
use given::x509::{Certificate, ID_CE_EXT_KEY_USAGE, KeyUsages};

harness::suite! {
    exercise "7.8" {
        /// it accepts a chain that leads to a root that it trusts, after a request or without one
        #[think = "Exercise 5.5 checks the chain. With which host, which roots and which time?"]
        fn it_takes_a_certificate(intermediates from [0, 2]) {
            let mut plans = line(intermediates, BITS);
            if intermediates == 0 {
                with!("the server's certificate" = Words("longer than a record".to_owned()));
                plans[0].others = vec![filler(20_000)];
            }
            let mut chain = made(&plans);
            // One that nobody needs, and the root, which the client has.
            chain.extend([chain[0].clone(), client_config().roots[0].clone()]);
            let plan = ServerPlan { chain: entries(&chain), ..server_plan() };
            Pair::new(Retry::No, plan.clone()).waits(&TO_CERTIFICATE)?;
            let asking = ServerPlan { request: Some(REQUEST.to_vec()), ..plan };
            let script = [&TO_CERTIFICATE[..2], &[Say::CertificateRequest, Say::Certificate]].concat();
            Pair::new(Retry::No, asking).waits(&script)?;
        }

        /// it accepts a chain that leads to any of its roots, wherever that root is in the list
        #[think = "Exercise 5.5 takes a list of roots. Which ones do you give it?"]
        fn any_of_its_roots_will_do(place from [0, 1, 2]) {
            let mut config = client_config();
            let strangers = ["Stranger", "Another"].map(|name| Plan::root(Signer(name, Key(BITS, 4))).unsigned());
            let root = mem::replace(&mut config.roots, strangers.to_vec()).remove(0);
            config.roots.insert(place, root);
            let pair = Pair { config, ..Pair::new(Retry::No, server_plan()) };
            pair.waits(&TO_CERTIFICATE)?;
        }

        /// a chain that is not valid is refused, and the alert says why
        #[think = "Exercise 5.5 has a function for this, and `distrust` gives you the alert. Do you use both?"]
        fn a_chain_that_does_not_verify_is_refused(chain from chains()) {
            is_refused(&chain, &TO_CERTIFICATE)?;
        }

        /// no certificate at all, a context, or an extension next to a certificate is refused, after a
        /// request or without one
        #[think = "What do you check before the chain, and in which order? Which of your extensions is answered here?"]
        fn more_than_a_chain_is_refused(certificate from certificates()) {
            if let CONTEXT_NOT_EMPTY | CONTEXT_OF_ZERO = certificate.what {
                think_of!("A context repeats that of a CertificateRequest, and the server got none. So what is its context, and how many bytes does that have?");
            }
            is_refused(&certificate, &TO_CERTIFICATE)?;
            with!("before it" = Words("the server has asked for the client's certificate".to_owned()));
            think_of!("Without a request, you refuse this. A request is about your certificate. What does it change about the server's?");
            let plan = ServerPlan { request: Some(REQUEST.to_vec()), ..server_plan() };
            let script = [&TO_CERTIFICATE[..2], &[Say::CertificateRequest, Say::Certificate]].concat();
            is_refused_from(plan, &certificate, &script)?;
        }

        /// its `Abort` says why a chain is not trusted, and which certificate is to blame
        #[think = "`distrust` finds the words. Do you pass it the reason from exercise 5.5, and the whole chain?"]
        fn the_reason_is_in_the_abort((untrusted, place) from [
            (Untrusted::WrongHost, 0), (Untrusted::Expired, 0), (Untrusted::Expired, 2),
            (Untrusted::NotYetValid, 1), (Untrusted::UnknownExtension, 1),
            (Untrusted::UnknownIssuer, 2), (Untrusted::BadSignature, 1),
            (Untrusted::UnsupportedAlgorithm, 2), (Untrusted::WrongUsage, 1),
            (Untrusted::PathTooLong, 2), (Untrusted::Malformed, 1),
        ]) {
            let mut plans = line(2, BITS);
            spoil(&mut plans[place], untrusted);
            let mut chain = made(&plans);
            if untrusted == Untrusted::UnsupportedAlgorithm {
                chain[place] = plans[place].clone().signed_with_sha384();
            }
            is_told(client_config(), &chain, untrusted, Some(["CN=Server", "CN=CA 1", "CN=CA 2"][place]))?;
        }

        /// if a certificate can't be read, the user is told so in a few words
        #[think = "The server gets the alert. What does the user of `fetch` get? `Distrust::bad_certificate` takes words of your own."]
        fn the_user_is_told_in_words() {
            let mut plan = server_plan();
            plan.chain[1].certificate = vec![0x30, 0];
            let why = why_untrusted(client_config(), plan, Alert::BadCertificate)?;
            let has_words = !why.trim().is_empty();
            check!(has_words, "a few words", why, "the words in your Abort, in the handshake of client(config, first)");
        }

        /// a server whose kind of key is not supported is told so, and so is the user
        #[think = "`public_key` says what is wrong with the first certificate's key. What turns that into an alert?"]
        fn another_kind_of_key_is_not_supported() {
            let mut chain = made(&line(2, BITS));
            chain[0] = line(2, BITS)[0].with_other_key();
            is_told(client_config(), &chain, Untrusted::UnsupportedAlgorithm, Some("CN=Server"))?;
            is_told(client_config(), &ec_chain(), Untrusted::UnsupportedAlgorithm, Some("CN=www.example.org"))?;
        }

        /// it accepts a CertificateVerify by the certificate's owner, over all messages so far
        #[think = "Exercise 7.6 checks it. With which key, as whose signature, and up to which message?"]
        fn it_takes_a_certificate_verify(bits from [BITS, 2048]) {
            let leaf = Plan::leaf(&[HOST], Key(bits, 1), pki::intermediate(BITS)).make();
            let (chain, _) = pki::chain(BITS);
            let mut plan = ServerPlan::honest(&[leaf, chain[1].clone()], Key(bits, 1).private());
            Pair::new(Retry::No, plan.clone()).waits(&TO_CERTIFICATE_VERIFY)?;
            plan.request = Some(REQUEST.to_vec());
            plan.encrypted = vec![Extension::ServerName(None)];
            let mut script = TO_CERTIFICATE_VERIFY.to_vec();
            script.insert(2, Say::CertificateRequest);
            Pair::new(Retry::No, plan).waits(&script)?;
        }

        /// it accepts a server whose certificate is for the address that the client wants
        #[think = "An address is not sent as a name. Do you still look for it in the certificate?"]
        fn an_address_is_a_host(host from ["192.0.2.1", "2001:db8::1"]) {
            let leaf = Plan::leaf(&[host], pki::server_key(BITS), ROOT).make();
            let plan = ServerPlan { chain: entries(&[leaf]), ..server_plan() };
            let config = ClientConfig { host: host.to_owned(), ..client_config() };
            Pair { config, ..Pair::new(Retry::No, plan) }.waits(&TO_CERTIFICATE_VERIFY)?;
        }

        /// after a retry, the signature covers both hellos
        #[think = "What does the transcript begin with after a HelloRetryRequest?"]
        fn the_signature_covers_the_retry(retry from [Retry::Share, Retry::Cookie, Retry::ShareAndCookie]) {
            let script = [&[Say::HelloRetryRequest], &TO_CERTIFICATE_VERIFY[..]].concat();
            Pair::new(retry, Manner::plain(retry).server_plan()).waits(&script)?;
        }

        /// a signature that the certificate's owner has not made for this handshake is refused
        #[think = "Anyone can send anyone else's certificate. Where do you check the signature?"]
        fn a_bad_signature_is_refused(certificate_verify from signatures()) {
            is_refused(&certificate_verify, &TO_CERTIFICATE_VERIFY)?;
        }
    }
}

/// What a server says up to its certificate.
pub(super) const TO_CERTIFICATE: [Say; 3] =
    [Say::Hello, Say::EncryptedExtensions, Say::Certificate];

/// What a server says up to its signature.
pub(super) const TO_CERTIFICATE_VERIFY: [Say; 4] = [
    Say::Hello,
    Say::EncryptedExtensions,
    Say::Certificate,
    Say::CertificateVerify,
];

pub(super) fn entries(chain: &[Certificate]) -> Vec<CertificateEntry> {
    let entry = |one: &Certificate| CertificateEntry {
        certificate: one.to_der().to_vec(),
        extensions: vec![],
    };
    chain.iter().map(entry).collect()
}

/// The client refuses the certificate of a server with this plan. This is what its `Abort` says.
fn why_untrusted(config: ClientConfig, plan: ServerPlan, alert: Alert) -> Result<String, Broken> {
    let mut client = client(config, FirstHello::WithShare);
    let end = end_with(&mut client, &mut Server::new(plan), &TO_CERTIFICATE);
    if *end.outcome() == Outcome::waiting() {
        think_of!(
            "Your client goes on, although `verify_chain` returns an error. For which of its errors do you make an exception?"
        );
    }
    client_ends!(end, Outcome::Refused(alert, HANDSHAKE));
    Ok(match client.status() {
        Status::Failed(Abort::UntrustedCertificate(Distrust { why, .. })) => why,
        other => format!("{other:?}"),
    })
}

/// A server with this chain gets the alert for `untrusted`, and the client's `Abort` says the
/// reason, and whose certificate it is if there is one to blame.
pub(super) fn is_told(
    config: ClientConfig,
    chain: &[Certificate],
    untrusted: Untrusted,
    owner: Option<&str>,
) -> Result<(), Broken> {
    let plan = ServerPlan {
        chain: entries(chain),
        ..server_plan()
    };
    let why = why_untrusted(config, plan, alert_for(untrusted))?;
    for words in [Some(untrusted.to_string().as_str()), owner]
        .into_iter()
        .flatten()
    {
        let says_it = why.contains(words);
        check!(
            says_it,
            format!("{words:?} in it"),
            why,
            "the words in your Abort, in the handshake of client(config, first)"
        );
    }
    Ok(())
}

/// Puts this fault into the certificate.
fn spoil(plan: &mut Plan, untrusted: Untrusted) {
    match untrusted {
        Untrusted::WrongHost => plan.names = Some(vec![]),
        Untrusted::Expired => plan.validity = (1000, -1),
        Untrusted::NotYetValid => plan.validity = (-1, 1000),
        Untrusted::UnknownExtension => plan.others = vec![unknown_extension(true)],
        Untrusted::UnknownIssuer => plan.issuer = "Nobody".to_owned(),
        Untrusted::BadSignature => plan.flipped = Some(100),
        Untrusted::WrongUsage => plan.usage = Some(KeyUsages::CRLSign),
        Untrusted::PathTooLong => plan.ca = Some((true, Some(0))),
        Untrusted::Malformed => {
            // A key usage is not a list of purposes.
            let mut purposes = unknown_extension(false);
            purposes.extn_id = ID_CE_EXT_KEY_USAGE;
            plan.others = vec![purposes];
        }
        // This fault is in how the certificate is signed.
        _ => {}
    }
}
