//! What must not be kept from one call to the next.

use given::tls::{Abort, ClientHello, Extension};
use harness::{assume, same, with};

use super::{checks_after_retry, compares, request_for, says_again, shares_with};
use crate::subject::ch7_tls13::*;
use fixtures::strategies::{array, bit};
use fixtures::tls12::hellos::{Answer, Hello};
use fixtures::tls13::hellos::*;

harness::suite! {
    exercise "7.5" {
        /// a client that repeats its random, but wants another session, gets a request for that one
        #[think = "Do you keep anything from one call to the next? Each request answers its own hello."]
        #[cases = 8]
        fn each_request_answers_its_hello({hello} in hello_without_share()) {
            let mut other = hello.clone();
            other.0.session_id = vec![8; 31];
            for hello in [&hello, &other, &hello] {
                with!(hello);
                let (retry, expected) = (Answer(retry_request(&hello.0)), Answer(request_for(&hello.0)));
                same!(retry, expected, "retry_request(&hello)");
            }
        }

        /// a second hello has the share, the cookie and the first hello that it was given, not those
        /// of an earlier call
        #[think = "Do you keep anything from one call to the next? Another connection has another share, cookie and hello."]
        #[cases = 16]
        fn each_second_hello_is_its_own({hello} in hello_without_share(), {share} in array(), changed in bit()) {
            let other_share = changed.flipped(&share).try_into().expect("32 bytes");
            let mut other = hello.clone();
            other.0.cipher_suites.push(0x1302);
            let with_cookie = |byte| {
                let mut retry = request_for(&hello.0);
                retry.extensions.push(Extension::Cookie(vec![byte; 8]));
                retry
            };
            let plain = request_for(&hello.0);
            for (hello, retry, share, cookie) in [
                (&hello, &with_cookie(1), share, Some(1)), (&hello, &with_cookie(2), share, Some(2)),
                (&hello, &plain, share, None), (&hello, &plain, other_share, None),
                (&hello, &plain, share, None), (&other, &plain, share, None),
                (&hello, &plain, share, None),
            ] {
                let mut expected = hello.clone().with(shares_with(&share));
                let cookie = cookie.map(|byte| Extension::Cookie(vec![byte; 8]));
                expected.0.extensions.extend(cookie);
                says_again!(hello.0, *retry, share, Ok(expected.0));
            }
        }

        /// an answer after a retry is checked against the hello it came with, and a second request is
        /// refused, even if all the rest was good before
        #[think = "Do you keep anything from one call to the next? An answer is good for one hello only."]
        #[cases = 16]
        fn each_answer_after_a_retry_is_checked({answered} in answered()) {
            let (second, chosen) = (answered.hello, answered.answer);
            let (share, retry) = (share_in_answer(&chosen), request_for(&second.0));
            let without_share = second.clone().with(Extension::KeyShares(vec![]));
            checks_after_retry!(second.0, chosen, Ok(share));
            checks_after_retry!(second.0, retry, Err(Abort::UnexpectedMessage));
            checks_after_retry!(second.0, chosen, Ok(share));
            checks_after_retry!(without_share.0, chosen, Err(Abort::BadKeyShare));
            checks_after_retry!(second.0, chosen, Ok(share));
        }

        /// a second hello is compared with the first one of its own connection
        #[think = "Do you keep anything from one call to the next? The first hello may be another one, or the second."]
        #[cases = 16]
        fn each_second_hello_is_compared_with_its_first(
            {hello} in hello_without_share(), {share} in array(), {other_share} in array()
        ) {
            assume!(share != other_share);
            let (first, second) = (hello.0.clone(), hello.clone().with(shares_with(&share)).0);
            let shares_again = hello.clone().with(shares_with(&other_share)).0;
            let without_share = hello.with(Extension::KeyShares(vec![])).0;
            let other = |hello: &ClientHello| ClientHello { session_id: vec![8; 31], ..hello.clone() };
            let with_suite = |mut hello: ClientHello| {
                hello.cipher_suites.push(0x1302);
                hello
            };
            let mut with_cookie = Hello(second.clone());
            with_cookie.0.extensions.push(Extension::Cookie(vec![7]));
            for (one, two, expected) in [
                (&other(&first), &second, Err(Abort::BadRetry)),
                (&first, &other(&second), Err(Abort::BadRetry)),
                (&first, &with_suite(second.clone()), Err(Abort::BadRetry)),
                (&first, &with_cookie.0, Err(Abort::BadRetry)),
                (&first, &shares_again, Ok(other_share)),
                (&first, &without_share, Err(Abort::BadKeyShare)),
            ] {
                compares!(first, second, Ok(share));
                compares!(*one, *two, expected);
                compares!(first, second, Ok(share));
            }
        }
    }
}
