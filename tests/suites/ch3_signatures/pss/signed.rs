use std::panic;

use harness::show::Words;
use harness::{accepted, check, differ, elsewhere, same, think_of, with};
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown};
use fixtures::randomness::{SAMPLES, faults_of_randomness, missing_bytes};
use fixtures::rsa_signatures::pss_blocks::{PssBlock, ROOMY};
use fixtures::rsa_signatures::sizes::{BITS, ODD_BITS, key_for, long_key, slipping_key};
use fixtures::rsa_signatures::{a_megabyte, raised, reference_pss};
use fixtures::salt::salt_inside;
use fixtures::strategies::{LONG, bytes};

harness::suite! {
    exercise "3.7" {
        /// you accept your own signature, for keys of every size
        #[think = "Do `sign_pss` and `verify_pss` use the same hash, and the same length of salt?"]
        #[cases = 64]
        fn what_you_sign_by_pss_you_accept(
            message in bytes(0..=LONG), bits in select(vec![552, 553, 559, BITS, ODD_BITS])
        ) {
            let key = shown(keys::private(bits, 0));
            let signature = accepted!(sign_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// others accept your signatures, with SHA-256 and a salt of 32 bytes
        #[think = "Which hash does the exercise ask for, of what, and how long a salt?"]
        #[cases = 12]
        fn others_accept_your_pss(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = shown(keys::private(bits, 0));
            let signature = accepted!(sign_pss(key, &message));
            same!(signature.len(), key.size());
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// you accept the signatures of others, for keys of every size
        #[think = "Which hash does the exercise ask for, of what, and how long a salt?"]
        #[cases = 12]
        fn you_accept_the_pss_of_others(
            message in bytes(0..=80), bits in select(vec![522, 530, BITS, ODD_BITS, 1031])
        ) {
            let key = shown(keys::private(bits, 0));
            let signature = reference_pss(key, &message);
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// keys of every size modulo 8 work, for signing and for checking
        #[think = "The block is one bit shorter than the modulus: sometimes a byte shorter, too."]
        fn every_size_of_key_is_good(bits from (522..=530_usize).chain([BITS, ODD_BITS])) {
            let key = shown(keys::private(bits, 0));
            let public = key.as_public_key();
            let signature = accepted!(sign_pss(key, b"message"));
            same!(signature.len(), key.size());
            same!(public.pss_verify::<Sha256>(b"message", &signature), Ok(()));
            same!(verify_pss(public, b"message", &signature), Ok(()));
            same!(verify_pss(public, b"message", &reference_pss(key, b"message")), Ok(()));
            think_of!("Where does the salt come from? It must be random for keys of every size.");
            let second = accepted!(sign_pss(key, b"message"));
            differ!(second, signature, "sign_pss(key, b\"message\")?, a second time");
        }

        /// keys of every exponent work, for signing and for checking
        #[think = "Which exponents does your answer refuse? They are up to whoever made the key."]
        fn every_exponent_is_good((bits, exponent) from [(768, 3), (768, 257), (768, 4_294_967_311)]) {
            let key = shown(keys::private_with_exponent(bits, exponent, 0));
            let signature = accepted!(sign_pss(key, b"message"));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
            same!(verify_pss(key.as_public_key(), b"message", &reference_pss(key, b"message")), Ok(()));
        }

        /// with a long key, others accept your signature, and so do you
        #[think = "Is a length hard-coded that should come from the key?"]
        fn a_long_key_signs_by_pss({primes} from [4_u8, 2]) {
            let key = long_key(primes);
            shown(&key);
            let signature = accepted!(sign_pss(&key, b"message"));
            same!(key.as_public_key().pss_verify::<Sha256>(b"message", &signature), Ok(()));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
        }

        /// a signature under a key of more than 4096 bits is accepted
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_very_long_key_is_good(bits from [4104, 8192]) {
            let block = PssBlock::salted(vec![0x5a; 32]).of(b"message", bits);
            let (key, signature) = key_for(&block, bits);
            shown(&key);
            same!(verify_pss(&key, b"message", &signature), Ok(()));
        }

        /// a block with any salt of 32 bytes is accepted, even one of all zeros
        #[think = "Any 32 bytes are a salt. Does your answer treat some of them differently?"]
        fn any_salt_is_good(salt from salts()) {
            let key = shown(keys::private(ROOMY, 0));
            let signature = raised(key, &PssBlock::salted(salt).of(b"message", ROOMY));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
        }

        /// a message of a megabyte is signed
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed_by_pss() {
            let key = shown(keys::private(BITS, 0));
            let message = a_megabyte();
            let signature = accepted!(sign_pss(key, &message));
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// signing twice gives two different signatures, and both are valid
        #[think = "Where does the salt come from?"]
        #[cases = 16]
        fn two_signatures_differ_and_hold(message in bytes(0..=80)) {
            let key = shown(keys::private(552, 0));
            let first = accepted!(sign_pss(key, &message));
            let second = accepted!(sign_pss(key, &message));
            differ!(second, first, "sign_pss(key, &message)?, a second time");
            same!(verify_pss(key.as_public_key(), &message, &first), Ok(()));
            same!(verify_pss(key.as_public_key(), &message, &second), Ok(()));
        }

        /// the salt in a signature is random: it never repeats, and each bit takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide, and do you ask it for every message?"]
        fn the_salt_is_random() {
            let key = shown(keys::private(552, 0));
            let mut salts = Vec::new();
            let messages = [&b"the same each time"[..], b"", &[0x61; 1000]];
            let mut enough = SAMPLES;
            while salts.len() < enough {
                let message = messages[salts.len() % messages.len()];
                let signature = accepted!(sign_pss(key, message));
                salts.push(salt_inside(key.as_public_key(), &signature));
                // One run in 3000 has no zero byte in so few salts. Five times as many settle it.
                if salts.len() == SAMPLES && !salts.concat().contains(&0) {
                    enough = 5 * SAMPLES;
                }
            }
            with!("message" = Words("\"the same each time\", empty, 1000 bytes, and so on".to_owned()));
            let calls = format!("the salts in {enough} calls of sign_pss");
            let faults = faults_of_randomness(&salts);
            check!(faults.is_empty(), "random salts", faults, &calls);
            if enough > SAMPLES {
                let missing = missing_bytes(&salts);
                check!(missing.is_empty(), "random salts, in which each byte can be anything", missing, &calls);
            }
        }

        /// each time the program runs, the first salt is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_salt() {
            let key = shown(keys::private(552, 0));
            let [salt, salt_of_another_process] = elsewhere(|| {
                let signature = accepted!(sign_pss(key, b"the same each time"));
                Ok(salt_inside(key.as_public_key(), &signature))
            })?;
            differ!(
                salt_of_another_process, salt,
                "the salt in sign_pss(key, b\"the same each time\")?, in another process"
            );
        }

        /// if a signature was computed wrongly, `sign_pss` panics
        #[think = "It would give the key away. Exercise 3.5 says what to do instead."]
        fn a_slip_of_pss_is_noticed() {
            shown(slipping_key());
            let signed = panic::catch_unwind(|| sign_pss(slipping_key(), b"message"));
            if let Ok(Err(KeyTooSmall)) = signed {
                think_of!("This key is large enough, so that error is not true. What does the exercise say to do if the check fails?");
            }
            check!(
                signed.is_err(), "a panic: with this key every result is wrong", signed.unwrap(),
                "sign_pss(key, b\"message\")"
            );
        }
    }
}

/// Salts that are not as random as they should be.
fn salts() -> Vec<Vec<u8>> {
    let mut salts = vec![vec![0; 32], vec![1; 32], vec![0xff; 32], vec![0xbc; 32]];
    for zeros in [1, 2, 31] {
        let mut salt = vec![0x5a; 32];
        salt[..zeros].fill(0);
        salts.push(salt.clone());
        salt.reverse();
        salts.push(salt);
    }
    salts
}
