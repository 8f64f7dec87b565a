//! `issue`: what others say about the certificate.

use given::x509::*;
use harness::show::Words;
use harness::{accepted, check, with};

use super::checks::*;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::oracles::{openssl_accepts, webpki_accepts};
use fixtures::x509::*;
use fixtures::x509::{BITS, SAFE_BITS};

harness::suite! {
    exercise "5.1" {
        /// an authority that is not a CA issues like any other: checking is the client's task
        #[think = "What does the last paragraph of the task say?"]
        fn no_authority_is_asked() {
            let Signer(name, key) = ca(BITS, 1);
            let mut plan = Plan::ca(name, key, anchor(BITS));
            plan.ca = Some((false, None));
            plan.usage = Some(KeyUsages::DigitalSignature);
            // It expired in 2025, by any clock.
            plan.validity = (100_000_000, -50_000_000);
            let authority = Authority { certificate: plan.make(), key: key.private().clone() };
            let (request, validity) = (request(&hosts_of(&[HOST])), validity());
            with!("authority.certificate" = authority.certificate);
            let certificate = accepted!(issue(&authority, &request, validity));
            check_issuer(&certificate, &authority)?;
        }

        /// webpki accepts it, for each of its hosts
        #[think = "The report says what webpki said. Compare it with the two tables."]
        #[cases = 8]
        fn webpki_accepts_it({hosts} in hosts()) {
            let (key, validity) = (Key(SAFE_BITS, 0).private().clone(), validity());
            let authority = accepted!(root("Root", key, validity));
            let request = request(&hosts);
            let certificate = accepted!(issue(&authority, &request, validity));
            for host in &hosts {
                let host = host.replace('*', "any");
                let chain = [certificate.clone()];
                let roots = std::slice::from_ref(&authority.certificate);
                let said = webpki_accepts(&chain, roots, &host, NOW);
                with!(certificate);
                check!(
                    said.is_ok(), format!("a certificate that webpki accepts for {host}"),
                    Words(format!("one that it refuses: {}", said.unwrap_err())),
                    "issue(&authority, &request, validity)"
                );
            }
        }

        /// OpenSSL accepts it, even in its strict mode
        #[think = "The report says what OpenSSL said. Compare it with the two tables."]
        fn openssl_accepts_it() {
            let (key, validity) = (Key(SAFE_BITS, 0).private().clone(), validity());
            let authority = accepted!(root("Root", key, validity));
            for hosts in [&[HOST, "192.0.2.1"][..], &[&format!("{}.example.org", "a".repeat(60))]] {
                let request = request(&hosts_of(hosts));
                let certificate = accepted!(issue(&authority, &request, validity));
                let (root, host) = (&authority.certificate, hosts[0]);
                if let Some(Err(said)) = openssl_accepts(&certificate, root, host, NOW)? {
                    with!(certificate);
                    check!(
                        false, format!("a certificate that OpenSSL accepts for {host}"),
                        Words(format!("one that it refuses: {said}")),
                        "issue(&authority, &request, validity)"
                    );
                }
            }
        }
    }
}
