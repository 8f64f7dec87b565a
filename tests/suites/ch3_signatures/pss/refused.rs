use harness::{accepted, assume, same, think_of, with};
use proptest::prelude::*;
use rsa::traits::PublicKeyParts;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use crate::reference::expected;
use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown, sum};
use fixtures::near_misses::{almost_the_same, of_other_lengths};
use fixtures::rsa_signatures::pss_blocks::{PssBlock, ROOMY, with_top_bit, wrong_pss};
use fixtures::rsa_signatures::sizes::{BITS, ODD_BITS, key_for};
use fixtures::rsa_signatures::vectors::{long_pss, wycheproof_pss};
use fixtures::rsa_signatures::wrong_blocks::easy_signatures;
use fixtures::rsa_signatures::{number_of, raised, reference_pss};
use fixtures::strategies::{LONG, bit, bytes};

harness::suite! {
    exercise "3.7" {
        /// a signature with one bit changed is refused
        #[think = "In which ways can `pss_verify` fail, and does each of them become `BadSignature`?"]
        #[cases = 64]
        fn a_changed_pss_is_refused(message in bytes(0..=LONG), changed in bit()) {
            let key = shown(keys::private(BITS, 0));
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
            // Having accepted the signature for its own message makes no difference.
            same!(verify_pss(public(BITS, 0), &message, &signature), Ok(()));
            think_of!("It was just accepted for its own message, as it should be. Does what you compare depend on the message of this call, or do you keep anything from one call to the next?");
            same!(verify_pss(public(BITS, 0), &other, &signature), Err(BadSignature));
            think_of!("Under which key do you check the signature, and does each failure of `pss_verify` become `BadSignature`?");
            same!(verify_pss(public(BITS, 1), &message, &signature), Err(BadSignature));
            same!(verify_pss(public(ODD_BITS, 0), &message, &signature), Err(BadSignature));
        }

        /// the signature of a nearly identical message is refused
        #[think = "Every byte of the message counts, and no other byte does. What do you hash besides the message?"]
        fn almost_the_message_has_another_pss((message, almost) from almost_the_same()) {
            let key = shown(keys::private(552, 0));
            let signature = reference_pss(key, &almost.bytes);
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
            // The long ones are cut, and nothing else. Once is enough for them.
            if message.len() < LONG {
                let signature = reference_pss(key, &message);
                same!(verify_pss(key.as_public_key(), &almost.bytes, &signature), Err(BadSignature));
            }
        }

        /// a signature of another length is refused: with bytes added, bytes missing, or empty
        #[think = "RFC 8017 §8.1.2, step 1: how long must a signature be?"]
        fn pss_of_another_length_is_refused(number from 0..16_u8) {
            // About half of these signatures begin with a zero, which must not be lost.
            let key = shown(keys::private(ODD_BITS, 0));
            let signature = reference_pss(key, &[number]);
            for other in of_other_lengths(&signature) {
                same!(verify_pss(key.as_public_key(), &[number], &other), Err(BadSignature));
            }
        }

        /// numbers that anybody can write down are not signatures: 0, 1, n − 1, n, n + 1
        #[think = "What does the public key turn 0, 1 and n − 1 into?"]
        fn easy_numbers_are_no_pss(bits from [522, BITS, ODD_BITS]) {
            let key = shown(keys::private(bits, 0).as_public_key());
            for signature in easy_signatures(&key.n_bytes()) {
                same!(verify_pss(key, b"", &signature), Err(BadSignature));
                same!(verify_pss(key, b"message", &signature), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "Exercise 3.5 refuses numbers of n or more. So does RFC 8017 §5.2.2."]
        #[cases = 16]
        fn pss_with_an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = shown(keys::private(ODD_BITS, 0));
            let signature = sum(&reference_pss(key, &message), &key.n_bytes());
            same!(verify_pss(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// a signature with a salt of any other length is refused
        #[think = "Who decides how long the salt is: you, or the signer?"]
        fn another_length_of_salt_is_refused(length from (0..=68_usize).filter(|it| *it != 32)) {
            let key = shown(keys::private(ROOMY, 0));
            let block = PssBlock::salted(vec![0x5a; length]).of(b"message", ROOMY);
            let signature = raised(key, &block);
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a salt that is 256 bytes too long is refused, too
        #[think = "Does the length of the salt fit into the type in which you compare it?"]
        fn a_salt_of_288_bytes_is_refused() {
            let block = PssBlock::salted(vec![0x5a; 288]).of(b"message", 3072);
            let (key, signature) = key_for(&block, 3072);
            shown(&key);
            same!(verify_pss(&key, b"message", &signature), Err(BadSignature));
        }

        /// a block that is not valid for the message is refused, even if the private key signed it
        #[think = "Go through RFC 8017 §9.1.2. Which of its checks is missing?"]
        fn another_pss_block_is_refused(wrong from wrong_pss()) {
            let key = shown(keys::private(ROOMY, 0));
            let signature = raised(key, &wrong.block.of(b"message", ROOMY));
            same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a block with a bit set before it is refused, even if the private key signed it
        #[think = "RFC 8017 §9.1.2, step 6: the bits that the block does not use must be zero."]
        fn a_bit_in_front_is_refused(bits from [522, 525, 528, 529, BITS, ODD_BITS]) {
            let key = shown(keys::private(bits, 0));
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
            let key = shown(keys::private(BITS + 40, 0));
            for other in [
                keys::sign_pss::<Sha224>(key, message), keys::sign_pss::<Sha384>(key, message),
                keys::sign_pss::<Sha512>(key, message), keys::sign_pss::<Sha512_224>(key, message),
                keys::sign_pss::<Sha512_256>(key, message), keys::sign_pkcs1::<Sha256>(key, message),
                keys::sign_pkcs1::<Sha384>(key, message), keys::sign_pkcs1::<Sha512>(key, message),
            ] {
                same!(verify_pss(key.as_public_key(), message, &other), Err(BadSignature));
            }
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The block is one bit shorter than the modulus. How many bytes does it have at 521 bits?"]
        fn a_key_too_small_for_pss_is_refused(bits from [521, 522, 520, 528, 512, 496, 256]) {
            let key = shown(keys::private(bits, 0));
            if bits < 522 {
                same!(sign_pss(key, b"message"), Err(KeyTooSmall));
                let any = vec![1; bits.div_ceil(8)];
                same!(verify_pss(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pss(key.as_public_key(), b"message", &[]), Err(BadSignature));
                if let Some(length) = (bits - 1).div_ceil(8).checked_sub(1 + 32 + 1) {
                    // The private key has signed a block with a salt that fits.
                    let block = PssBlock::salted(vec![0x5a; length]).of(b"message", bits);
                    let signature = raised(key, &block);
                    with!("length of the salt" = length);
                    think_of!("A key this small has no valid block, so it accepts nothing. How long must the salt be?");
                    same!(verify_pss(key.as_public_key(), b"message", &signature), Err(BadSignature));
                }
            } else {
                think_of!("This key has room for the block. Does your answer treat it as too small?");
                let signature = accepted!(sign_pss(key, b"message"));
                same!(verify_pss(key.as_public_key(), b"message", &signature), Ok(()));
            }
        }

        /// junk of any length is refused, and never makes `verify_pss` panic
        #[think = "What does your answer do with a signature before the crate has looked at it?"]
        #[cases = 64]
        fn junk_is_no_pss(
            junk in prop_oneof![bytes(128..=128), bytes(0..=LONG)], message in bytes(0..=20)
        ) {
            let key = shown(keys::private(BITS, 0).as_public_key());
            same!(verify_pss(key, &message, &junk), Err(BadSignature));
        }

        /// signatures under keys of 3072 and 4096 bits are accepted or refused as published
        #[think = "Is a length hard-coded that should come from the key?"]
        fn long_keys_are_good_for_pss(vector from long_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), expected(&vector));
        }

        /// the vectors of Project Wycheproof are accepted or refused as published
        #[think = "The vector's name says what is special about it. RFC 8017 §9.1.2 has the steps."]
        fn wycheproof_agrees_on_pss(vector from wycheproof_pss()) {
            same!(verify_pss(&vector.key, &vector.message, &vector.signature), expected(&vector));
        }
    }
}
