use harness::{accepted, assume, same};
use proptest::prelude::*;
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::{Sha256, Sha384, Sha512, Sha512_256};

use crate::reference::{block_of, number_of, opened, raised, reference_pkcs1, to_bytes};
use crate::sizes::{BITS, ODD_BITS};
use crate::subject::ch3_signatures::*;
use crate::vectors::wycheproof_pkcs1;
use crate::wrong_blocks::{of_other_lengths, wrong_blocks};
use fixtures::keys::{self, sum};
use fixtures::strategies::{bit, bytes};

harness::suite! {
    exercise "3.5" {
        /// the block is 00 01, bytes ff, 00, DigestInfo and hash, as long as it is asked to be
        #[think = "Write down how many bytes each part has. The bytes ff take what is left."]
        fn the_block_has_its_parts(message in bytes(0..=80), length in 62..=600_usize) {
            same!(encode_pkcs1(&message, length), Ok(block_of(&message, length)));
        }

        /// with room for 8 bytes of padding there is a block, and with less there is none
        #[think = "3 + 8 + 19 + 32. What does your answer subtract from a length that is smaller?"]
        fn the_shortest_block_has_62_bytes(length from 0..=70_usize) {
            let expected = if length < 62 { Err(KeyTooSmall) } else { Ok(block_of(b"", length)) };
            same!(encode_pkcs1(b"", length), expected);
        }

        /// your signature is the one that the crate `rsa` makes, for keys of every size
        #[think = "As many bytes as the modulus has. Is a zero in front lost, or one too many?"]
        #[cases = 64]
        fn others_sign_the_same(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031, 1032])
        ) {
            let key = keys::private(bits, 0);
            same!(sign_pkcs1(key, &message), Ok(reference_pkcs1(key, &message)));
        }

        /// your signature is one that you accept
        #[think = "Do `sign_pkcs1` and `verify_pkcs1` agree on the block, and on its length?"]
        #[cases = 32]
        fn what_you_sign_you_accept(
            message in bytes(0..=80), bits in select(vec![BITS, ODD_BITS, 1031])
        ) {
            let key = keys::private(bits, 0);
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// the signatures of others are accepted, for keys of every size and every exponent
        #[think = "What are the last `size()` bytes of what the public key gives?"]
        fn you_accept_what_others_sign(kind from [
            (1024, 65537), (1025, 65537), (1031, 65537), (2048, 65537), (1041, 17), (1024, 3),
            (496, 65537),
        ]) {
            let (bits, exponent) = kind;
            let key = keys::private_with_exponent(bits, exponent, 0);
            for message in [&b""[..], b"message", &[0; 300]] {
                let signature = reference_pkcs1(key, message);
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Ok(()));
            }
        }

        /// a message of a megabyte is signed as the crate `rsa` signs it
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed() {
            let key = keys::private(BITS, 0);
            let message: Vec<u8> = (0..1 << 20).map(|place: u32| (place % 251) as u8).collect();
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(signature, reference_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// a key too small for the block signs nothing, and accepts nothing
        #[think = "The smallest modulus has 62 bytes, that is 489 bits. Whose error is it below?"]
        fn a_key_too_small_is_refused(bits from [488, 489, 496, 480, 256, 128]) {
            let key = keys::private(bits, 0);
            let signature = sign_pkcs1(key, b"message");
            if bits < 489 {
                same!(signature, Err(KeyTooSmall));
                let any = vec![1; bits / 8];
                same!(verify_pkcs1(key.as_public_key(), b"message", &any), Err(BadSignature));
                same!(verify_pkcs1(key.as_public_key(), b"message", &[]), Err(BadSignature));
            } else {
                same!(signature, Ok(reference_pkcs1(key, b"message")));
            }
        }

        /// changing one bit of a signature makes it refused
        #[think = "Is the whole block compared, from its first byte to its last?"]
        #[cases = 64]
        fn a_changed_signature_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = changed.flipped(&reference_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message is refused
        #[think = "Where does the message go into what you compare?"]
        #[cases = 32]
        fn another_message_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let key = keys::private(BITS, 0);
            let signature = reference_pkcs1(key, &message);
            same!(verify_pkcs1(key.as_public_key(), &other, &signature), Err(BadSignature));
        }

        /// a signature under another key is refused
        #[think = "Whose key opens the signature?"]
        #[cases = 16]
        fn another_key_is_refused(message in bytes(0..=80)) {
            let signature = reference_pkcs1(keys::private(BITS, 0), &message);
            for other in [keys::private(BITS, 1), keys::private(ODD_BITS, 0)] {
                same!(verify_pkcs1(other.as_public_key(), &message, &signature), Err(BadSignature));
            }
        }

        /// a signature of another length is refused, with a zero more or less in front of it too
        #[think = "RFC 8017 §8.2.2, step 1: how long must a signature be?"]
        #[cases = 32]
        fn another_length_is_refused(message in bytes(0..=80), kept in 0..129_usize) {
            let key = keys::private(ODD_BITS, 0);
            let signature = reference_pkcs1(key, &message);
            for other in of_other_lengths(&signature, kept) {
                same!(verify_pkcs1(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "The crate's public operation takes any number. Who checks that it is below n?"]
        #[cases = 16]
        fn an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = keys::private(ODD_BITS, 0);
            let signature = sum(&reference_pkcs1(key, &message), &key.n_bytes());
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// no bytes, of whatever length, make `verify_pkcs1` panic or accept
        #[think = "What does your answer do to a signature before it has looked at its length?"]
        #[cases = 64]
        fn junk_is_no_signature(
            junk in prop_oneof![bytes(0..=4), bytes(128..=128), bytes(0..=300)],
            message in bytes(0..=20)
        ) {
            let key = keys::private(BITS, 0).as_public_key();
            same!(verify_pkcs1(key, &message, &junk), Err(BadSignature));
        }

        /// a block that is not the one of the message is refused, though the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        fn another_block_is_refused(wrong from wrong_blocks()) {
            let key = keys::private(BITS, 0);
            for message in [&b""[..], b"message"] {
                let signature = raised(key, &wrong.of(message, BITS / 8));
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Err(BadSignature));
            }
        }

        /// the right block with one bit changed is refused, though the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        #[cases = 64]
        fn a_changed_block_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = keys::private(BITS, 0);
            let signature = raised(key, &changed.flipped(&block_of(&message, BITS / 8)));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the forgeries of exercise 3.4 are refused: from nothing, and from two others
        #[think = "Do you compare what the public key gives with a block, or with the message?"]
        #[cases = 16]
        fn textbook_forgeries_are_refused(
            signature in bytes(128..=128), first in bytes(0..=80), second in bytes(0..=80)
        ) {
            let key = keys::private(BITS, 0);
            let public = key.as_public_key();
            assume!(number_of(&signature) < *key.n().as_ref());
            // What comes out of a signature, as the message that it signs.
            let message = opened(public, &signature);
            let trimmed = message.iter().position(|byte| *byte != 0).unwrap_or(message.len());
            same!(verify_pkcs1(public, &message, &signature), Err(BadSignature));
            same!(verify_pkcs1(public, &message[trimmed..], &signature), Err(BadSignature));
            let (one, other) = (reference_pkcs1(key, &first), reference_pkcs1(key, &second));
            let product = number_of(&one).mul_mod(&number_of(&other), key.n());
            let product = to_bytes(&product, 128);
            let message = opened(public, &product);
            same!(verify_pkcs1(public, &message, &product), Err(BadSignature));
            let both = [&first[..], &second].concat();
            same!(verify_pkcs1(public, &both, &product), Err(BadSignature));
        }

        /// a signature with another hash, or by PSS, is refused
        #[think = "Is it the block of SHA-256 that you compare with, or whichever comes out?"]
        #[cases = 16]
        fn another_scheme_is_refused(message in bytes(0..=80)) {
            let key = keys::private(BITS, 0);
            let others = [
                key.pkcs1v15_sign::<Sha512>(&message), key.pkcs1v15_sign::<Sha384>(&message),
                key.pkcs1v15_sign::<Sha512_256>(&message), key.pss_sign::<Sha256>(&message),
            ];
            for other in others {
                let other = other.expect("the key is large enough");
                same!(verify_pkcs1(key.as_public_key(), &message, &other), Err(BadSignature));
            }
        }

        /// the vectors of Project Wycheproof are accepted, or refused, as they say
        #[think = "The vector's name says what is special in it. Build the block and compare it."]
        fn wycheproof_agrees_on_pkcs1(vector from wycheproof_pkcs1()) {
            same!(verify_pkcs1(&vector.key, &vector.message, &vector.signature), vector.expected());
        }
    }
}
