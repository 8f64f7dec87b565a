use fixtures::tell_chain;
use given::x509::*;
use harness::show::Words;
use harness::{Broken, accepted, check, notes, refused, same, think_of, with};

use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::strategies::number;
use fixtures::x509::deep;
use fixtures::x509::*;

harness::suite! {
    exercise "5.6" {
        /// the naive verifier accepts the chain, for every host that was asked for
        #[think = "What does a CA do to issue a certificate? Which part of that can't you do?"]
        #[cases = 12]
        fn the_naive_verifier_accepts({depth} in 0..=3_usize, {hosts} in hosts()) {
            let (mine, request, validity) = (server(depth), request(&hosts), validity());
            let chain = accepted!(impersonate(&mine, &request, validity));
            for host in &hosts {
                let host = host.replace('*', "any");
                naive_says(&mine, &request, validity, &chain, &host, NOW, Ok(()))?;
            }
        }

        /// it works with any number of CAs above you, and for any number of hosts
        #[think = "Does the chain have all of your intermediates, in their order, and its leaf all of the names?"]
        fn it_works_at_any_depth(({depth}, {copies}, {hosts}) from [(7, 0, 2), (30, 0, 300), (1, 300, 2)]) {
            let mut plans = deep(depth);
            plans[0].names = Some(vec![dns_name("www.mallory.example")]);
            // Neither their dates nor their numbers are in order.
            for (place, plan) in plans.iter_mut().enumerate() {
                let number = u32::try_from(place * 5 % 7).expect("it is small");
                let seconds = 1_000_000 + i64::from(number);
                (plan.serial, plan.validity) = (1 + number, (seconds, seconds));
            }
            let mut chain = made(&plans);
            if copies > 0 {
                let Plan { subject: issuer, .. } = plans[1].clone();
                let by_itself = Plan { issuer, signer: Key(BITS, 1), ..plans[1].clone() }.make();
                chain.splice(1..1, vec![by_itself; copies]);
                with!("among them" = Words(format!(
                    "{copies} times the certificate that the CA has signed for itself, before the one from the root"
                )));
            }
            let certificate = chain.remove(0);
            let key = Key(1024, 9).private().clone();
            let mine = Server { certificate, intermediates: chain, key };
            let hosts = numbered_hosts(hosts);
            let (request, validity) = (request(&hosts), validity());
            let chain = accepted!(impersonate(&mine, &request, validity));
            for host in [&hosts[0], &hosts[hosts.len() - 1]] {
                naive_says(&mine, &request, validity, &chain, host, NOW, Ok(()))?;
            }
        }

        /// it works for your own host and your own key as well
        #[think = "No request is special. Do you do the same for all of them?"]
        fn your_own_host_is_a_host({whose} from ["host", "key", "host and key"]) {
            let mine = server(1);
            let mut request = request(&hosts_of(&["www.bank.example", "www.bank.example"]));
            let mut host = "www.bank.example";
            if whose.contains("host") {
                host = "www.mallory.example";
                request.subject = mine.certificate.subject().clone();
                request.names = vec![dns_name(host)];
            }
            if whose.contains("key") {
                request.public_key = mine.key.as_public_key().clone();
            }
            with!("yours in request" = Words(whose.to_owned()));
            // Shorter than your own certificate's, so that it does not help to return that one.
            let now = UnixTime(NOW.0 + 900_000);
            let validity = Validity { not_before: now, not_after: now };
            let chain = accepted!(impersonate(&mine, &request, validity));
            naive_says(&mine, &request, validity, &chain, host, now, Ok(()))?;
            let early = Err(Untrusted::NotYetValid);
            naive_says(&mine, &request, validity, &chain, host, NOW, early)?;
            has_the_key(&chain, &request)?;
        }

        /// a key that is too small to sign with is an error, not a panic
        #[think = "What does `issue` return, and what do you do with it?"]
        fn a_small_key_is_refused() {
            let mine = Server { key: Key(488, 1).private().clone(), ..server(0) };
            let (request, validity) = (request(&hosts_of(&["www.bank.example"])), validity());
            with!("mine.key" = Words("an RSA key of 488 bits".to_owned()));
            same!(impersonate(&mine, &request, validity), Err(KeyTooSmall));
            notes::start_over();
            think_of!("Whose key signs? The one in the request doesn't, so its size does not matter here.");
            let (mine, public_key) = (server(0), mine.key.as_public_key().clone());
            let request = Request { public_key, ..request };
            with!("request.public_key" = Words("an RSA key of 488 bits".to_owned()));
            let _ = accepted!(impersonate(&mine, &request, validity));
        }

        /// the public key in the leaf is the one in the request: you have its private half
        #[think = "Whose public key goes into the new leaf? You want to finish the handshake."]
        #[cases = 4]
        fn you_have_the_key({depth} in 0..=3_usize) {
            let (mine, validity) = (server(depth), validity());
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&mine, &request, validity));
            tell_chain!(chain, roots());
            has_the_key(&chain, &request)?;
        }

        /// it is accepted at the first and at the last moment that was asked for, but not after that
        #[think = "Which validity did you give the new leaf?"]
        #[cases = 8]
        fn it_is_valid_as_long_as_asked({before} in number(18), {after} in number(18)) {
            let validity = Validity {
                not_before: UnixTime(NOW.0 - before),
                not_after: UnixTime(NOW.0 + after),
            };
            let (mine, request) = (server(1), request(&hosts_of(&["www.bank.example"])));
            let chain = accepted!(impersonate(&mine, &request, validity));
            let after_that = UnixTime(validity.not_after.0 + 1);
            for (now, expected) in [
                (validity.not_before, Ok(())), (validity.not_after, Ok(())),
                (after_that, Err(Untrusted::Expired)),
            ] {
                naive_says(&mine, &request, validity, &chain, "www.bank.example", now, expected)?;
            }
        }

        /// it is valid as long as asked, even if your own certificate is not
        #[think = "A CA can sign for longer than its own validity. Which validity did you give the new leaf?"]
        fn it_may_outlive_your_own(({from}, {until}) from [
            (-2_000_000, 5), (-5, 2_000_000), (-2_000_000, 2_000_000), (2_000_000, 3_000_000),
        ]) {
            let [not_before, not_after] = [from, until].map(|seconds| UnixTime(NOW.0.saturating_add_signed(seconds)));
            let validity = Validity { not_before, not_after };
            let (mine, request) = (server(1), request(&hosts_of(&["www.bank.example"])));
            let chain = accepted!(impersonate(&mine, &request, validity));
            // In the last row, your own certificate expires before the new one is valid.
            let expected = if from < 0 { Ok(()) } else { Err(Untrusted::NotYetValid) };
            naive_says(&mine, &request, validity, &chain, "www.bank.example", NOW, expected)?;
            same!(
                chain.first().map(Certificate::validity), Some(validity),
                "impersonate(&mine, &request, validity)?.first().map(Certificate::validity)"
            );
        }

        /// it works if two of the CAs above you share a name but have different keys
        #[think = "Each certificate was signed by the next one. Which of them can you leave out?"]
        fn two_cas_of_one_name_are_two({whose} from ["CA 2", "the root"]) {
            let mut plans = line(2, 1024);
            plans[0].names = Some(vec![dns_name("www.mallory.example")]);
            // It has a new key, and has signed it with the old one.
            if whose == "CA 2" {
                plans[1].subject = plans[2].subject.clone();
                plans[0].issuer = plans[2].subject.clone();
            } else {
                plans[2].subject = plans[2].issuer.clone();
                plans[1].issuer = plans[2].issuer.clone();
            }
            with!("two keys" = Words(format!("{whose} has a new key, and has signed it with the old one")));
            let mut chain = made(&plans);
            let certificate = chain.remove(0);
            let key = Key(1024, 9).private().clone();
            let mine = Server { certificate, intermediates: chain, key };
            let (request, validity) = (request(&hosts_of(&["www.bank.example"])), validity());
            let chain = accepted!(impersonate(&mine, &request, validity));
            naive_says(&mine, &request, validity, &chain, "www.bank.example", NOW, Ok(()))?;
        }

        /// your own verifier of 5.5 refuses the chain
        #[think = "Who may issue certificates? Where does your 5.5 check that?"]
        #[cases = 8]
        fn your_own_verifier_refuses({depth} in 0..=3_usize) {
            let (mine, validity) = (server(depth), validity());
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&mine, &request, validity));
            tell_chain!(chain, roots());
            refused!(verify_chain(&chain, &roots(), "www.bank.example", NOW));
        }
    }
}

/// Checks what the naive verifier says about the `chain` that `impersonate` has made of the other
/// arguments.
fn naive_says(
    mine: &Server,
    request: &Request,
    validity: Validity,
    chain: &[Certificate],
    host: &str,
    now: UnixTime,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    with!("mine.certificate" = mine.certificate);
    with!("mine.intermediates.len()" = mine.intermediates.len());
    with!(request);
    with!(validity);
    with!(host);
    with!(now);
    tell_chain!(chain, roots(), now);
    same!(
        naive_verify_chain(chain, &roots(), host, now),
        expected,
        "naive_verify_chain(&impersonate(&mine, &request, validity)?, &roots, host, now)"
    );
    Ok(())
}

/// Checks that the public key of the leaf is the one that was requested.
fn has_the_key(chain: &[Certificate], request: &Request) -> Result<(), Broken> {
    let key = chain.first().map(Certificate::public_key);
    check!(
        key == Some(Ok(request.public_key.clone())),
        "request.public_key",
        Words("another key".to_owned()),
        "impersonate(&mine, &request, validity)?[0].public_key()"
    );
    Ok(())
}

/// An honest server, with this many CAs above it.
fn server(depth: usize) -> Server {
    let mut plans = line(depth, BITS);
    plans[0].names = Some(vec![dns_name("www.mallory.example")]);
    plans[0].subject = "www.mallory.example".to_owned();
    let mut chain = made(&plans);
    Server {
        certificate: chain.remove(0),
        intermediates: chain,
        key: Key(BITS, 9).private().clone(),
    }
}
