use harness::{accepted, assume, check, differ, same};
use proptest::prelude::*;
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::{Sha256, Sha384, Sha512_256};

use crate::reference::{digest, reference_pss, salt_inside};
use crate::sizes::{BITS, ODD_BITS};
use crate::subject::ch3_signatures::*;
use crate::vectors::wycheproof_pss;
use crate::wrong_blocks::of_other_lengths;
use fixtures::keys::{self, sum};
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{bit, bytes};

harness::suite! {
    exercise "3.7" {
        /// your signature is one that you accept, for keys of every size
        #[think = "Do `sign_pss` and `verify_pss` use the same hash, and the same length of salt?"]
        #[cases = 32]
        fn what_you_sign_by_pss_you_accept(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// others accept your signatures, with SHA-256 and a salt of 32 bytes
        #[think = "Which hash, of what, and how long a salt does the exercise ask for?"]
        #[cases = 32]
        fn others_accept_your_pss(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pss(key, &message));
            same!(signature.len(), key.size());
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// you accept the signatures of others, for keys of every size
        #[think = "Which hash, of what, and how long a salt does the exercise ask for?"]
        #[cases = 32]
        fn you_accept_the_pss_of_others(
            message in bytes(0..=80), bits in select(vec![522, 530, BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = reference_pss(key, &message);
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// a message of a megabyte is signed
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed_by_pss() {
            let key = keys::private(BITS, 0);
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let signature = accepted!(sign_pss(key, &message));
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// signing twice gives two signatures, and both hold
        #[think = "Where does the salt come from?"]
        #[cases = 16]
        fn two_signatures_differ_and_hold(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let first = accepted!(sign_pss(key, &message));
            let second = accepted!(sign_pss(key, &message));
            differ!(first, second);
            same!(verify_pss(key.as_public_key(), &message, &first), Ok(()));
            same!(verify_pss(key.as_public_key(), &message, &second), Ok(()));
        }

        /// the salt inside is random: it never repeats, and each of its bits takes both values
        #[think = "A generator that can be foretold is as good as none. What has the system?"]
        fn the_salt_is_random() {
            let key = keys::private(BITS, 0);
            let mut salts = Vec::new();
            for _ in 0..SAMPLES {
                let signature = accepted!(sign_pss(key, b"the same each time"));
                salts.push(salt_inside(key.as_public_key(), &signature));
            }
            let faults = faults_of_randomness(&salts);
            check!(faults.is_empty(), "random salts", faults);
        }

        /// changing one bit of a signature makes it refused
        #[think = "Which failures can there be, and do all of them become `BadSignature`?"]
        #[cases = 64]
        fn a_changed_pss_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = changed.flipped(&reference_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message, or under another key, is refused
        #[think = "Which failures can there be, and do all of them become `BadSignature`?"]
        #[cases = 32]
        fn another_pss_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let signature = reference_pss(keys::private(BITS, 0), &message);
            let public = |bits, number| keys::private(bits, number).as_public_key();
            same!(verify_pss(public(BITS, 0), &other, &signature), Err(BadSignature));
            same!(verify_pss(public(BITS, 1), &message, &signature), Err(BadSignature));
            same!(verify_pss(public(ODD_BITS, 0), &message, &signature), Err(BadSignature));
        }

        /// a signature of another length is refused, with a zero more or less in front of it too
        #[think = "RFC 8017 §8.1.2, step 1: how long must a signature be?"]
        #[cases = 32]
        fn pss_of_another_length_is_refused(message in bytes(0..=80), kept in 0..129_usize) {
            let key = keys::private(ODD_BITS, 0);
            let signature = reference_pss(key, &message);
            for other in of_other_lengths(&signature, kept) {
                same!(verify_pss(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "Exercise 3.5 refuses numbers of n or more. So does RFC 8017 §5.2.2."]
        #[cases = 16]
        fn pss_with_an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = keys::private(ODD_BITS, 0);
            let signature = sum(&reference_pss(key, &message), &key.n_bytes());
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// a signature with a salt of another length is refused
        #[think = "Who says how long the salt is: you, or the one who signs?"]
        fn another_length_of_salt_is_refused(length from [0, 1, 20, 31, 33, 48, 62]) {
            let key = keys::private(BITS, 0);
            let scheme = rsa::Pss::<Sha256>::new_with_salt(length);
            let signature = key.sign_with_rng(&mut getrandom::SysRng, scheme, &digest(b"message"));
            let signature = signature.expect("there is room for that salt");
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a signature with another hash, or as in exercise 3.5, is refused
        #[think = "One key, one scheme. Do you accept anything besides PSS with SHA-256?"]
        #[cases = 16]
        fn another_scheme_than_pss_is_refused(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let others = [
                key.pss_sign::<Sha512_256>(&message), key.pss_sign::<Sha384>(&message),
                key.pkcs1v15_sign::<Sha256>(&message),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                same!(verify_pss(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The block is a bit shorter than the modulus. How many bytes has it at 521 bits?"]
        fn a_key_too_small_for_pss_is_refused(bits from [521, 522, 520, 528, 512, 496, 256]) {
            let key = keys::private(bits, 0);
            let signature = sign_pss(key, b"message");
            if bits < 522 {
                same!(signature, Err(KeyTooSmall));
                let any = vec![1; bits.div_ceil(8)];
                same!(verify_pss(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pss(key.as_public_key(), b"message", &[]), Err(BadSignature));
            } else {
                let signature = accepted!(signature);
                same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
            }
        }

        /// no bytes, of whatever length, make `verify_pss` panic or accept
        #[think = "What does your answer do to a signature before the crate has looked at it?"]
        #[cases = 64]
        fn junk_is_no_pss(
            junk in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)],
            message in bytes(0..=20)
        ) {
            let key = keys::private(BITS, 0).as_public_key();
            same!(verify_pss(key, &message, &junk), Err(BadSignature));
        }

        /// the vectors of Project Wycheproof are accepted, or refused, as they say
        #[think = "The vector's name says what is special in it. RFC 8017 §9.1.2 has the steps."]
        fn wycheproof_agrees_on_pss(vector from wycheproof_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), vector.expected());
        }
    }
}
