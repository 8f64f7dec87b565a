//! The signatures that the learner's side makes.

use harness::show::Words;
use harness::{accepted, check, differ, same, with};
use sha2::Sha256;

use super::signed::{BITS, content};
use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch6_tls12::Sender;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::keys;

harness::suite! {
    exercise "7.6" {
        /// signing twice gives two different signatures
        #[think = "Where does the salt come from?"]
        fn two_signatures_differ() {
            let transcript = transcript_of(b"messages");
            let key = keys::private(BITS, 0);
            let first = accepted!(certificate_verify(key, Sender::Server, &transcript));
            let second = accepted!(certificate_verify(key, Sender::Server, &transcript));
            differ!(first.signature, second.signature);
        }

        /// another implementation accepts your signature under a key of 3072 bits
        #[think = "Does your code assume a key size that is not in the exercise?"]
        fn a_large_key_signs() {
            let (key, transcript) = (keys::private(3072, 0), transcript_of(b"messages"));
            with!("bits of the key" = 3072);
            let made = accepted!(certificate_verify(key, Sender::Server, &transcript));
            let content = content(Sender::Server, b"messages");
            let is_valid = key.as_public_key().pss_verify::<Sha256>(&content, &made.signature).is_ok();
            check!(
                is_valid,
                "a PSS signature of the bytes that `signed_content` returns", Words("a signature that does not verify".to_owned()),
                "certificate_verify(key, sender, &transcript)?.signature"
            );
        }

        /// a key that is too small for the scheme signs nothing
        #[think = "Which error does `sign_pss` return?"]
        fn a_small_key_signs_nothing(bits from [256, 512, 521]) {
            let (key, transcript) = (keys::private(bits, 0), transcript_of(b"messages"));
            same!(certificate_verify(key, Sender::Server, &transcript), Err(KeyTooSmall));
        }
    }
}
