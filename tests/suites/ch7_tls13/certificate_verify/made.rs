//! The signatures that the learner's side makes.

use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, same, with};
use sha2::Sha256;

use super::signed::{BITS, content};
use crate::subject::ch3_signatures::KeyTooSmall;
use crate::subject::ch6_tls12::Sender;
use crate::subject::ch7_tls13::*;
use crate::transcript::transcript_of;
use fixtures::keys;
use fixtures::randomness::in_common;
use fixtures::salt::salt_inside;

harness::suite! {
    exercise "7.6" {
        /// signing several times gives different signatures, and their salts have nothing in common, not
        /// even with those of another process
        #[think = "Where does the salt come from? Exercise 3.7 asks for 32 random bytes for each signature."]
        fn two_signatures_differ() {
            let transcript = transcript_of(b"messages");
            let key = keys::private(BITS, 0);
            let [ours, of_another_process] = elsewhere(|| {
                let first = accepted!(certificate_verify(key, Sender::Server, &transcript));
                let second = accepted!(certificate_verify(key, Sender::Server, &transcript));
                differ!(first.signature, second.signature);
                let signed = [first, second].map(|made| salt_inside(key.as_public_key(), &made.signature));
                Ok(signed.concat())
            })?;
            let salts: Vec<Vec<u8>> = [ours, of_another_process].concat().chunks(32).map(<[u8]>::to_vec).collect();
            let faults = in_common(&salts);
            check!(faults.is_empty(), "random salts", faults, "the salts in 2 calls of certificate_verify, and in 2 of another process");
        }

        /// another implementation accepts your signature under a key of any size that is large enough, and
        /// so do you
        #[think = "Does your code assume a size, of the key or of a signature, that is not in the exercise?"]
        fn a_key_of_any_size_signs(bits from [522, 600, 2048, 3072]) {
            let (key, transcript) = (keys::private(bits, 0), transcript_of(b"messages"));
            with!("bits of the key" = bits);
            let made = accepted!(certificate_verify(key, Sender::Server, &transcript));
            let content = content(Sender::Server, b"messages");
            let public = key.as_public_key();
            let is_valid = public.pss_verify::<Sha256>(&content, &made.signature).is_ok();
            check!(
                is_valid,
                "a PSS signature of the bytes that `signed_content` returns", Words("a signature that does not verify".to_owned()),
                "certificate_verify(key, sender, &transcript)?.signature"
            );
            same!(check_certificate_verify(public, Sender::Server, &transcript, &made), Ok(()));
        }

        /// a key that is too small for the scheme signs nothing
        #[think = "Which error does `sign_pss` return?"]
        fn a_small_key_signs_nothing(bits from [256, 512, 521]) {
            let (key, transcript) = (keys::private(bits, 0), transcript_of(b"messages"));
            same!(certificate_verify(key, Sender::Server, &transcript), Err(KeyTooSmall));
        }
    }
}
