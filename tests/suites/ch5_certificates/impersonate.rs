use given::x509::*;
use harness::{accepted, check, same};

use crate::generated::server;
use crate::strategies::{hosts, hosts_of, request, roots, validity};
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;

harness::suite! {
    exercise "5.6" {
        /// the naive verifier accepts the chain, for every host that was asked for
        #[think = "What does a CA do to issue a certificate? What of that can't you do?"]
        #[cases = 16]
        fn the_naive_verifier_accepts(depth in 0..=3_usize, hosts in hosts()) {
            let chain = accepted!(impersonate(&server(depth), &request(&hosts), validity()));
            for host in &hosts {
                let host = host.replace('*', "any");
                same!(naive_verify_chain(&chain, &roots(), &host, NOW), Ok(()));
            }
        }

        /// the key in the leaf is that of the request: you have its private half
        #[think = "Whose public key goes into the new leaf? You want to finish the handshake."]
        #[cases = 4]
        fn you_have_the_key(depth in 0..=3_usize) {
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(depth), &request, validity()));
            let leaf = chain.first().map(Certificate::public_key);
            same!(leaf == Some(Ok(request.public_key)), true);
        }

        /// it is accepted at the first and at the last moment that was asked for, and not after
        #[think = "Which validity did you give the new leaf?"]
        #[cases = 8]
        fn it_is_valid_as_long_as_asked(before in 0..=1000_u64, after in 0..=1000_u64) {
            let validity = Validity {
                not_before: UnixTime(NOW.0 - before),
                not_after: UnixTime(NOW.0 + after),
            };
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(1), &request, validity));
            let at = |now| naive_verify_chain(&chain, &roots(), "www.bank.example", now);
            same!(at(validity.not_before), Ok(()));
            same!(at(validity.not_after), Ok(()));
            same!(at(UnixTime(validity.not_after.0 + 1)), Err(Untrusted::Expired));
        }

        /// your own verifier of 5.5 refuses the chain, and so does webpki
        #[think = "If 5.5 accepts it, look there: who may issue? If not, is it a forgery at all?"]
        #[cases = 8]
        fn your_own_verifier_refuses(depth in 0..=3_usize) {
            let request = request(&hosts_of(&["www.bank.example"]));
            let chain = accepted!(impersonate(&server(depth), &request, validity()));
            let got = verify_chain(&chain, &roots(), "www.bank.example", NOW);
            check!(got.is_err(), "Err(…)", got);
        }
    }
}
