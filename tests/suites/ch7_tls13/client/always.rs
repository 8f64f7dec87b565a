//! What is checked is checked in every handshake, whatever has come before.

use given::tls::Abort;

use super::{HANDSHAKE, client, first_hello, must_say_why};
use crate::configs::client_config;
use fixtures::tls13::lies::{
    CONTEXT_NOT_EMPTY, Lie, certificate_requests, certificates, chains, encrypted_extensions,
};
use fixtures::tls13::manners::{BITS, Manner, Retry};
use fixtures::tls13::outcome::{Outcome, client_ends, end_with};
use fixtures::tls13::scripted::{Proof, Say, Server, ServerPlan};

harness::suite! {
    exercise "7.8" {
        /// after a retry, or a request for its certificate, it checks what it checks without them
        #[think = "A check does not depend on what came before. Which one do you leave out after a retry, or after a CertificateRequest?"]
        fn each_check_is_always_made((peer, message, lie) from checks()) {
            let mut plan = peer.server_plan();
            (lie.tell)(&mut plan);
            let script = peer.script_up_to(&message);
            let mut client = client(client_config(), first_hello(peer.retry));
            client_ends!(end_with(&mut client, &mut Server::new(plan), &script),
                Outcome::Refused(lie.alert, lie.level));
            must_say_why(&client, lie.abort.as_ref())?;
        }
    }
}

/// Servers that ask for something first, and then lie in this message: one lie for each check.
fn checks() -> Vec<(Manner, Say, Lie<ServerPlan>)> {
    let [share, cookie] = [Retry::Share, Retry::Cookie].map(Manner::plain);
    let asks = |peer: Manner| Manner { asks: true, ..peer };
    let others = [share, asks(Manner::plain(Retry::No))];
    let of = |lies: Vec<Lie<ServerPlan>>, which: &[&str]| {
        let is_one = |lie: &Lie<ServerPlan>| which.contains(&lie.what);
        lies.into_iter().filter(is_one).collect::<Vec<_>>()
    };
    let answers = of(
        encrypted_extensions(),
        &["it answers ALPN, which was not sent"],
    );
    let requests = [
        CONTEXT_NOT_EMPTY,
        "it has a share",
        "it has no signature_algorithms",
    ];
    let requests = of(certificate_requests(), &requests);
    let entries = of(
        certificates(),
        &[
            "it has no certificate",
            CONTEXT_NOT_EMPTY,
            "it has a status next to the first certificate",
        ],
    );
    // None of these needs a signature of the server, which takes time.
    let untrusted = of(chains(), &["the CA in between is missing"]);
    let zeros = |plan: &mut ServerPlan| plan.signature = Some(vec![0; BITS / 8]);
    let signature = Lie::because("it is all zeros", Abort::BadSignature, HANDSHAKE, zeros);
    let zeros = |plan: &mut ServerPlan| plan.finished = Proof::Zeros;
    let finished = Lie::because("it is all zeros", Abort::BadFinished, HANDSHAKE, zeros);
    let all = [
        (&[share, cookie][..], Say::EncryptedExtensions, answers),
        (&[asks(cookie)], Say::CertificateRequest, requests),
        (&others, Say::Certificate, [entries, untrusted].concat()),
        (&others, Say::CertificateVerify, vec![signature]),
        (&others, Say::Finished, vec![finished]),
    ];
    let mut checks = Vec::new();
    for (peers, message, lies) in all {
        for peer in peers {
            let lies = lies.iter().cloned();
            checks.extend(lies.map(|lie| (*peer, message.clone(), lie)));
        }
    }
    checks
}
