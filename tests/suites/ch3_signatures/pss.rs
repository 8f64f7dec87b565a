use std::panic;

use harness::{accepted, assume, check, differ, elsewhere, same};
use proptest::prelude::*;
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use crate::pss_blocks::{PssBlock, ROOMY, with_top_bit, wrong_pss};
use crate::reference::{number_of, raised, reference_pss, salt_inside};
use crate::sizes::{BITS, ODD_BITS, long_key, slipping_key};
use crate::subject::ch3_signatures::*;
use crate::vectors::{long_pss, wycheproof_pss};
use crate::wrong_blocks::easy_signatures;
use fixtures::keys::{self, sum};
use fixtures::near_misses::of_other_lengths;
use fixtures::randomness::{SAMPLES, faults_of_randomness};
use fixtures::strategies::{LONG, bit, bytes};

harness::suite! {
    exercise "3.7" {
        /// you accept your own signature, for keys of every size
        #[think = "Do `sign_pss` and `verify_pss` use the same hash, and the same length of salt?"]
        #[cases = 64]
        fn what_you_sign_by_pss_you_accept(
            message in bytes(0..=LONG), bits in select(vec![552, 553, 559, BITS, ODD_BITS])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// others accept your signatures, with SHA-256 and a salt of 32 bytes
        #[think = "Which hash does the exercise ask for, of what, and how long a salt?"]
        #[cases = 12]
        fn others_accept_your_pss(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
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
            let key = keys::private(bits, 0);
            let signature = reference_pss(key, &message);
            same!(verify_pss(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// keys of every size modulo 8 work, for signing and for checking
        #[think = "The block is one bit shorter than the modulus: sometimes a byte shorter, too."]
        fn every_size_of_key_is_good(bits from 522..=530_usize) {
            let key = keys::private(bits, 0);
            let public = key.as_public_key();
            let signature = accepted!(sign_pss(key, b"message"));
            same!(signature.len(), key.size());
            same!(public.pss_verify::<Sha256>(b"message", &signature), Ok(()));
            same!(verify_pss(public, b"message", &signature), Ok(()));
            same!(verify_pss(public, b"message", &reference_pss(key, b"message")), Ok(()));
        }

        /// with a long key, others accept your signature, and so do you
        #[think = "Is a length hard-coded that should come from the key?"]
        fn a_long_key_signs_by_pss(parts from [2_u8, 3]) {
            let key = long_key(parts);
            let signature = accepted!(sign_pss(&key, b"message"));
            same!(key.as_public_key().pss_verify::<Sha256>(b"message", &signature), Ok(()));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
        }

        /// a block with any salt of 32 bytes is accepted, even one of all zeros
        #[think = "Any 32 bytes are a salt. Does your answer treat some of them differently?"]
        fn any_salt_is_good(salt from salts()) {
            let key = keys::private(ROOMY, 0);
            let signature = raised(key, &PssBlock::salted(salt).of(b"message", ROOMY));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
        }

        /// a message of a megabyte is signed
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed_by_pss() {
            let key = keys::private(BITS, 0);
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let signature = accepted!(sign_pss(key, &message));
            same!(key.as_public_key().pss_verify::<Sha256>(&message, &signature), Ok(()));
        }

        /// signing twice gives two different signatures, and both are valid
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

        /// the salt in a signature is random: it never repeats, and each bit takes both values
        #[think = "A generator whose output can be predicted is no better than none. What does the system provide?"]
        fn the_salt_is_random() {
            let key = keys::private(BITS, 0);
            let mut salts = Vec::new();
            for _ in 0..SAMPLES {
                let signature = accepted!(sign_pss(key, b"the same each time"));
                salts.push(salt_inside(key.as_public_key(), &signature));
            }
            let faults = faults_of_randomness(&salts);
            check!(faults.is_empty(), "random salts", faults, "64 calls, one after the other");
        }

        /// each time the program runs, the first salt is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_salt() {
            let key = keys::private(552, 0);
            let [salt, salt_of_another_process] = elsewhere(|| {
                let signature = accepted!(sign_pss(key, b"the same each time"));
                Ok(salt_inside(key.as_public_key(), &signature))
            })?;
            differ!(salt, salt_of_another_process);
        }

        /// a signature with one bit changed is refused
        #[think = "In which ways can `pss_verify` fail, and does each of them become `BadSignature`?"]
        #[cases = 64]
        fn a_changed_pss_is_refused(message in bytes(0..=LONG), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = changed.flipped(&reference_pss(key, &message));
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message, or under another key, is refused
        #[think = "In which ways can `pss_verify` fail, and does each of them become `BadSignature`?"]
        #[cases = 16]
        fn another_pss_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let signature = reference_pss(keys::private(BITS, 0), &message);
            let public = |bits, number| keys::private(bits, number).as_public_key();
            same!(verify_pss(public(BITS, 0), &other, &signature), Err(BadSignature));
            same!(verify_pss(public(BITS, 1), &message, &signature), Err(BadSignature));
            same!(verify_pss(public(ODD_BITS, 0), &message, &signature), Err(BadSignature));
        }

        /// a signature of another length is refused: with bytes added, bytes missing, or empty
        #[think = "RFC 8017 §8.1.2, step 1: how long must a signature be?"]
        fn pss_of_another_length_is_refused(number from 0..16_u8) {
            // About half of these signatures begin with a zero, which must not be lost.
            let key = keys::private(ODD_BITS, 0);
            let signature = reference_pss(key, &[number]);
            for other in of_other_lengths(&signature) {
                same!(verify_pss(key.as_public_key(), &[number], &other), Err(BadSignature));
            }
        }

        /// numbers that anybody can write down are not signatures: 0, 1, n − 1, n, n + 1
        #[think = "What does the public key turn 0, 1 and n − 1 into?"]
        fn easy_numbers_are_no_pss(bits from [522, BITS, ODD_BITS]) {
            let key = keys::private(bits, 0).as_public_key();
            for signature in easy_signatures(&key.n_bytes()) {
                same!(verify_pss(key, b"", &signature), Err(BadSignature));
                same!(verify_pss(key, b"message", &signature), Err(BadSignature));
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

        /// a signature with a salt of any other length is refused
        #[think = "Who decides how long the salt is: you, or the signer?"]
        fn another_length_of_salt_is_refused(length from (0..=68_usize).filter(|it| *it != 32)) {
            let key = keys::private(ROOMY, 0);
            let block = PssBlock::salted(vec![0x5a; length]).of(b"message", ROOMY);
            let signature = raised(key, &block);
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a salt that is 256 bytes too long is refused, too
        #[think = "Does the length of the salt fit into the type in which you compare it?"]
        fn a_salt_of_288_bytes_is_refused() {
            let key = long_key(3);
            let bits = key.n().bit_width() as usize;
            let signature = raised(&key, &PssBlock::salted(vec![0x5a; 288]).of(b"message", bits));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a block that is not valid for the message is refused, even if the private key signed it
        #[think = "Go through RFC 8017 §9.1.2. Which of its checks is missing?"]
        fn another_pss_block_is_refused(wrong from wrong_pss()) {
            let key = keys::private(ROOMY, 0);
            let signature = raised(key, &wrong.block.of(b"message", ROOMY));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a block with a bit set before it is refused, even if the private key signed it
        #[think = "RFC 8017 §9.1.2, step 6: the bits that the block does not use must be zero."]
        fn a_bit_in_front_is_refused(bits from [522, 525, 528, 529, BITS, ODD_BITS]) {
            let key = keys::private(bits, 0);
            let blocks = with_top_bit().map(|block| block.of(b"message", bits));
            let mut below = blocks.filter(|block| number_of(block) < *key.n().as_ref());
            for block in below.by_ref().take(2) {
                let signature = raised(key, &block);
                same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
            }
        }

        /// a signature with any other hash, or as in exercise 3.5, is refused
        #[think = "One key, one scheme. Do you accept anything besides PSS with SHA-256?"]
        fn another_scheme_than_pss_is_refused(message from [&b""[..], b"message"]) {
            let key = keys::private(BITS + 40, 0);
            let others = [
                key.pss_sign::<Sha224>(message), key.pss_sign::<Sha384>(message),
                key.pss_sign::<Sha512>(message), key.pss_sign::<Sha512_224>(message),
                key.pss_sign::<Sha512_256>(message), key.pkcs1v15_sign::<Sha256>(message),
                key.pkcs1v15_sign::<Sha384>(message), key.pkcs1v15_sign::<Sha512>(message),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                same!(verify_pss(key.as_public_key(), message, &other), Err(BadSignature));
            }
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The block is one bit shorter than the modulus. How many bytes does it have at 521 bits?"]
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

        /// junk of any length is refused, and never makes `verify_pss` panic
        #[think = "What does your answer do with a signature before the crate has looked at it?"]
        #[cases = 64]
        fn junk_is_no_pss(
            junk in prop_oneof![bytes(128..=128), bytes(0..=LONG)], message in bytes(0..=20)
        ) {
            let key = keys::private(BITS, 0).as_public_key();
            same!(verify_pss(key, &message, &junk), Err(BadSignature));
        }

        /// a signature that was computed wrongly is never returned
        #[think = "It would give the key away. Exercise 3.5 says what to do instead."]
        fn a_slip_of_pss_is_noticed() {
            let signed = panic::catch_unwind(|| sign_pss(slipping_key(), b"message"));
            let signature = signed.ok().and_then(Result::ok);
            check!(signature.is_none(), "no signature: with this key every result is wrong", signature);
        }

        /// signatures under keys of 3072 and 4096 bits are accepted or refused as published
        #[think = "Is a length hard-coded that should come from the key?"]
        fn long_keys_are_good_for_pss(vector from long_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), vector.expected());
        }

        /// the vectors of Project Wycheproof are accepted or refused as published
        #[think = "The vector's name says what is special about it. RFC 8017 §9.1.2 has the steps."]
        fn wycheproof_agrees_on_pss(vector from wycheproof_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), vector.expected());
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
