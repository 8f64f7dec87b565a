//! The client: what it accepts after a retry.

use given::tls::{
    Abort, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello, TLS_AES_128_GCM_SHA256, X25519,
};
use harness::{assume, think_of, with};
use proptest::prelude::*;
use proptest::sample::select;

use super::{checks_after_retry, request_for};
use crate::subject::ch7_tls13::*;
use fixtures::tls12::hellos::UNKNOWN_SUITES;
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// after a retry, the client accepts a ServerHello
        #[think = "What can you use from exercise 7.4?"]
        #[cases = 64]
        fn an_answer_after_a_retry_is_taken({answered} in answered()) {
            let share = share_in_answer(&answered.answer);
            checks_after_retry!(answered.hello.0, answered.answer, Ok(share));
            // Only all 32 bytes together say that it is a request.
            think_of!("This random is not quite that of a HelloRetryRequest. Do you compare all of it?");
            for place in [0, 16, 31] {
                let mut answer = answered.answer.clone();
                answer.random = HELLO_RETRY_REQUEST;
                answer.random[place] ^= 1;
                with!("chosen.random" = answer.random);
                checks_after_retry!(answered.hello.0, answer, Ok(share));
            }
        }

        /// the client refuses a second HelloRetryRequest, whatever it asks for
        #[think = "How many times may a server ask?"]
        #[cases = 16]
        fn a_second_retry_is_refused({hello} in prop_oneof![full_hello(), hello_without_share()]) {
            for kind in 0..=6 {
                let mut retry = request_for(&hello.0);
                match kind {
                    0 => {}
                    1 => retry.extensions[1] = Extension::Cookie(vec![7; 32]),
                    2 => retry.extensions.truncate(1),
                    3 => {
                        let share = KeyShare { group: X25519, share: vec![9; 32] };
                        retry.extensions[1] = Extension::ServerShare(share);
                    }
                    // Even if something else is wrong with it.
                    4 => retry.cipher_suite = 0x1302,
                    5 => drop(retry.extensions.remove(0)),
                    _ => retry.version = 0x0302,
                }
                checks_after_retry!(hello.0, retry, Err(Abort::UnexpectedMessage));
            }
        }

        /// after a retry, a wrong answer is refused as in exercise 7.4
        #[think = "What can you use from exercise 7.4?"]
        #[cases = 32]
        fn a_wrong_answer_after_a_retry_is_refused(
            {answered} in answered(), {suite} in select(UNKNOWN_SUITES.to_vec())
        ) {
            assume!(suite != TLS_AES_128_GCM_SHA256);
            let answer = ServerHello { cipher_suite: suite, ..answered.answer.clone() };
            checks_after_retry!(answered.hello.0, answer, Err(Abort::NotOffered));
            // A cookie has no place in a ServerHello, even if the second hello has one.
            let mut answer = answered.answer.clone();
            answer.extensions.push(Extension::Cookie(vec![7]));
            checks_after_retry!(answered.hello.0, answer, Err(Abort::UnsolicitedExtension));
            let hello = answered.hello.clone().with(Extension::Cookie(vec![7]));
            checks_after_retry!(hello.0, answer, Err(Abort::MisplacedExtension));
            let hello = answered.hello.with(Extension::KeyShares(vec![]));
            checks_after_retry!(hello.0, answered.answer, Err(Abort::BadKeyShare));
        }
    }
}
