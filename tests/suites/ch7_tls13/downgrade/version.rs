//! Which version an answer chooses.

use given::tls::{Abort, Extension, ServerHello};
use harness::{same, think_of, with};

use crate::subject::ch7_tls13::*;
use fixtures::tls::answers::{Answer, answer, marked_answer, near_misses, retry, selecting};

harness::suite! {
    exercise "7.11" {
        /// an answer that selects no version is one of TLS 1.2, whatever its field `version` says
        #[think = "Which extension does every ServerHello of TLS 1.3 have, and none of TLS 1.2? What else do you look at?"]
        #[cases = 64]
        fn without_the_extension_it_is_tls_1_2(answer in answer()) {
            with!(answer);
            let answer = answer.0;
            same!(which_version(&answer), Ok(Version::Tls12));
        }

        /// an answer that selects a version is one of TLS 1.3, whichever version it selects
        #[think = "Is the extension there? Another exercise checks what is in it."]
        #[cases = 64]
        fn the_extension_means_tls_1_3(
            answer in selecting(answer(), &[0x0304, 0x0304, 0x0303, 0x0302, 0x0305, 0x7f1c])
        ) {
            with!(answer);
            let answer = answer.0;
            same!(which_version(&answer), Ok(Version::Tls13));
        }

        /// a HelloRetryRequest is an answer of TLS 1.3, even if it selects no version
        #[think = "How does a client tell a HelloRetryRequest from a ServerHello?"]
        #[cases = 16]
        fn a_retry_is_tls_1_3(answer in retry()) {
            with!(answer);
            let answer = answer.0;
            same!(which_version(&answer), Ok(Version::Tls13));
        }

        /// an answer of TLS 1.2 with either sentinel is a downgrade, whatever else is in it
        #[think = "The random may end with either of two sentinels. Do you check for both, whatever else is in the answer?"]
        #[cases = 64]
        fn a_sentinel_is_a_downgrade(answer in marked_answer()) {
            with!(answer);
            let answer = answer.0;
            same!(which_version(&answer), Err(Abort::Downgrade));
        }

        /// a random that does not end with a whole sentinel is a random like any other, even if it is almost that of a HelloRetryRequest
        #[think = "Where in the random is the sentinel, and how many bytes does it have?"]
        fn a_near_miss_is_not_a_sentinel(near_miss from near_misses()) {
            if near_miss.random[24..31] == *b"DOWNGRD" {
                think_of!("The random ends with DOWNGRD and one more byte. Which two values does that byte have in a sentinel?");
            } else if near_miss.is_almost_a_retry() {
                think_of!("A HelloRetryRequest is recognized by all 32 bytes of its random. How many of them do you compare?");
            }
            for cipher_suite in [0x009c, 0xc02f] {
                let answer = ServerHello {
                    version: 0x0303,
                    random: near_miss.random,
                    session_id: vec![],
                    cipher_suite,
                    compression_method: 0,
                    extensions: vec![Extension::RenegotiationInfo(vec![])],
                };
                with!("answer" = Answer(answer.clone()));
                same!(which_version(&answer), Ok(Version::Tls12));
            }
        }

        /// an answer is judged by all that is in it, even if it has the random, or the extensions,
        /// of the last one
        #[think = "Do you keep anything from one call to the next? A server may choose another version next time."]
        #[cases = 16]
        fn each_answer_is_judged_for_itself({answer} in answer()) {
            let plain = answer.0;
            let (mut selects, mut marked) = (plain.clone(), plain.clone());
            selects.extensions.push(Extension::SelectedVersion(0x0304));
            marked.random[24..].copy_from_slice(b"DOWNGRD\x01");
            let mut before = None;
            for (answer, expected) in [
                (&plain, Ok(Version::Tls12)), (&selects, Ok(Version::Tls13)),
                (&plain, Ok(Version::Tls12)), (&marked, Err(Abort::Downgrade)),
                (&plain, Ok(Version::Tls12)),
            ] {
                if let Some(before) = before.replace(answer) {
                    with!("the previous answer" = Answer(before.clone()));
                }
                with!("answer" = Answer(answer.clone()));
                same!(which_version(answer), expected);
            }
        }

        /// in an answer of TLS 1.3, the end of the random means nothing
        #[think = "The sentinel warns of an answer in TLS 1.2. Which do you check first: the version or the random?"]
        #[cases = 32]
        fn in_tls_1_3_there_is_no_sentinel(answer in selecting(marked_answer(), &[0x0304])) {
            with!(answer);
            let answer = answer.0;
            same!(which_version(&answer), Ok(Version::Tls13));
        }
    }
}
