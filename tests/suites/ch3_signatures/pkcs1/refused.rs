use harness::{assume, same, think_of};
use proptest::prelude::*;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

use crate::digest::digest;
use crate::reference::expected;
use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown, sum};
use fixtures::near_misses::{almost_the_same, of_other_lengths};
use fixtures::rsa_signatures::hashes;
use fixtures::rsa_signatures::sizes::{BITS, ODD_BITS};
use fixtures::rsa_signatures::vectors::{long_pkcs1, wycheproof_pkcs1};
use fixtures::rsa_signatures::wrong_blocks::{
    blocks_of_other_hashes, easy_signatures, followed, preceded, with, wrong_blocks,
};
use fixtures::rsa_signatures::{block_of, number_of, opened, raised, reference_pkcs1, to_bytes};
use fixtures::strategies::{LONG, bit, bytes};

harness::suite! {
    exercise "3.5" {
        /// a signature with one bit changed is refused
        #[think = "Is the whole block compared, from its first byte to its last?"]
        #[cases = 64]
        fn a_changed_signature_is_refused(message in bytes(0..=LONG), changed in bit()) {
            let key = shown(keys::private(BITS, 0));
            let signature = changed.flipped(&reference_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the signature of another message is refused
        #[think = "Does what you compare depend on the message?"]
        #[cases = 32]
        fn another_message_is_refused(message in bytes(0..=80), other in bytes(0..=80)) {
            assume!(message != other);
            let key = shown(keys::private(496, 0));
            let signature = reference_pkcs1(key, &message);
            // Having accepted the signature for its own message makes no difference.
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
            think_of!("It was just accepted for its own message, as it should be. Does what you compare depend on the message of this call, or do you keep anything from one call to the next?");
            same!(verify_pkcs1(key.as_public_key(), &other, &signature), Err(BadSignature));
        }

        /// the signature of a nearly identical message is refused
        #[think = "Every byte of the message counts, and no other byte does. What do you hash besides the message?"]
        fn almost_the_message_is_not_the_message((message, almost) from almost_the_same()) {
            let key = shown(keys::private(496, 0));
            let public = key.as_public_key();
            let signature = reference_pkcs1(key, &almost.bytes);
            same!(verify_pkcs1(public, &message, &signature), Err(BadSignature));
            let signature = reference_pkcs1(key, &message);
            same!(verify_pkcs1(public, &almost.bytes, &signature), Err(BadSignature));
        }

        /// what is signed is not a signature: the block itself, the hash, or the message
        #[think = "Anybody can compute these. What can only the owner of the private key compute?"]
        fn what_is_signed_is_no_signature(bits from [496, BITS, ODD_BITS]) {
            let key = shown(keys::private(bits, 0).as_public_key());
            let length = bits.div_ceil(8);
            let before = |bytes: &[u8]| preceded(bytes, length);
            let after = |bytes: &[u8]| followed(bytes.to_vec(), 0, length);
            let hash = digest(b"message");
            for signature in [
                block_of(b"message", length), before(&hash), after(&hash), before(b"message"),
                after(b"message"), hash.to_vec(), b"message".to_vec(),
            ] {
                same!(verify_pkcs1(key, b"message", &signature), Err(BadSignature));
            }
        }

        /// a signature under another key is refused
        #[think = "Which key do you apply to the signature?"]
        #[cases = 16]
        fn another_key_is_refused(message in bytes(0..=80)) {
            let key = shown(keys::private(BITS, 0));
            let signature = reference_pkcs1(key, &message);
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
            for other in [keys::private(BITS, 1), keys::private(ODD_BITS, 0)] {
                same!(verify_pkcs1(other.as_public_key(), &message, &signature), Err(BadSignature));
            }
        }

        /// a signature of another length is refused: with bytes added, bytes missing, or empty
        #[think = "RFC 8017 §8.2.2, step 1: how long must a signature be?"]
        fn another_length_is_refused(number from 0..16_u8) {
            // About half of these signatures begin with a zero, which must not be lost.
            let key = shown(keys::private(ODD_BITS, 0));
            let signature = reference_pkcs1(key, &[number]);
            for other in of_other_lengths(&signature) {
                same!(verify_pkcs1(key.as_public_key(), &[number], &other), Err(BadSignature));
            }
        }

        /// numbers that anybody can write down are not signatures: 0, 1, n − 1, n, n + 1
        #[think = "What does the public key turn 0, 1 and n − 1 into?"]
        fn easy_numbers_are_refused(bits from [496, BITS, ODD_BITS]) {
            let key = shown(keys::private(bits, 0).as_public_key());
            for signature in easy_signatures(&key.n_bytes()) {
                same!(verify_pkcs1(key, b"", &signature), Err(BadSignature));
                same!(verify_pkcs1(key, b"message", &signature), Err(BadSignature));
            }
        }

        /// a signature with n added, which is the same number modulo n, is refused
        #[think = "The crate's public operation takes any number. Where do you check that it is below n?"]
        #[cases = 16]
        fn an_added_modulus_is_refused(message in bytes(0..=80)) {
            let key = shown(keys::private(ODD_BITS, 0));
            let signature = sum(&reference_pkcs1(key, &message), &key.n_bytes());
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// junk of any length is refused, and never makes `verify_pkcs1` panic
        #[think = "What does your answer do with a signature before it has looked at its length?"]
        #[cases = 64]
        fn junk_is_no_signature(
            junk in prop_oneof![bytes(128..=128), bytes(0..=LONG)], message in bytes(0..=20)
        ) {
            let key = shown(keys::private(BITS, 0).as_public_key());
            same!(verify_pkcs1(key, &message, &junk), Err(BadSignature));
        }

        /// any block other than the message's own is refused, even if the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        fn another_block_is_refused(wrong from wrong_blocks()) {
            let key = shown(keys::private(BITS, 0));
            for message in [&b""[..], b"message"] {
                let signature = raised(key, &wrong.of(message, BITS / 8));
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Err(BadSignature));
            }
        }

        /// the block with any one byte changed is refused, even if the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        fn each_byte_of_the_block_counts(place from 0..62_usize) {
            let key = shown(keys::private(496, 0));
            let block = block_of(b"message", 62);
            let changed = with(block.clone(), place, block[place] ^ 0x01);
            let signature = raised(key, &changed);
            same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a longer block with a byte changed at an end of a part or word is refused, even if the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        fn each_part_of_a_longer_block_counts(place from [
            0_usize, 1, 2, 7, 8, 9, 10, 15, 16, 31, 32, 47, 48, 62, 63, 64, 65, 73, 74, 75, 76, 77, 94,
            95, 96, 97, 111, 112, 126, 127,
        ]) {
            let key = shown(keys::private(BITS, 0));
            let block = block_of(b"message", BITS / 8);
            let changed = with(block.clone(), place, block[place] ^ 0x01);
            let signature = raised(key, &changed);
            same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// a block with two differences that cancel each other out is refused
        #[think = "Can one difference undo another, in an XOR or in a sum?"]
        fn two_changed_bytes_are_refused(first from 1..61_usize) {
            let key = shown(keys::private(496, 0));
            let block = block_of(b"message", 62);
            let second = if first % 2 == 0 { first + 1 } else { 62 - first };
            assume!(first != second);
            let flipped = with(block.clone(), first, block[first] ^ 0x10);
            let flipped = with(flipped, second, block[second] ^ 0x10);
            let moved = with(block.clone(), first, block[first].wrapping_add(1));
            let moved = with(moved, second, block[second].wrapping_sub(1));
            for changed in [flipped, moved] {
                let signature = raised(key, &changed);
                same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Err(BadSignature));
            }
        }

        /// the right block with one bit changed is refused, even if the private key signed it
        #[think = "You know which block it must be. Which of its bytes do you not compare?"]
        #[cases = 64]
        fn a_changed_block_is_refused(message in bytes(0..=80), changed in bit()) {
            let key = shown(keys::private(BITS, 0));
            let signature = raised(key, &changed.flipped(&block_of(&message, BITS / 8)));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Err(BadSignature));
        }

        /// the forgeries of exercise 3.4 are refused: from nothing, and from two signatures
        #[think = "Do you compare what the public key gives with a block, or with the message?"]
        #[cases = 16]
        fn textbook_forgeries_are_refused(
            signature in bytes(128..=128), first in bytes(0..=80), second in bytes(0..=80)
        ) {
            let key = shown(keys::private(BITS, 0));
            let public = key.as_public_key();
            assume!(number_of(&signature) < *key.n().as_ref());
            // Use the opened signature itself as the message.
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

        /// the block for any other hash is refused, even if the private key signed it
        #[think = "Do you compare with the block for SHA-256, or for whichever hash the signature names?"]
        fn another_hash_is_refused(block from blocks_of_other_hashes(hashes::MESSAGE, BITS / 8)) {
            let key = shown(keys::private(BITS, 0));
            let signature = raised(key, &block.bytes);
            same!(verify_pkcs1(key.as_public_key(), hashes::MESSAGE, &signature), Err(BadSignature));
        }

        /// a PSS signature is refused
        #[think = "Only one scheme is right here. What do you try if the block is not the right one?"]
        fn another_scheme_is_refused(salt from [0_usize, 20, 32]) {
            let key = shown(keys::private(BITS, 0));
            let scheme = rsa::Pss::<Sha256>::new_with_salt(salt);
            let hash = digest(b"message");
            let signature = key.sign_with_rng(&mut getrandom::SysRng, scheme, &hash);
            let signature = signature.expect("there is room for that salt");
            same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Err(BadSignature));
        }

        /// signatures under keys of 3072 to 8192 bits are accepted or refused as published
        #[think = "Is a length hard-coded that should come from the key?"]
        fn long_keys_are_good(vector from long_pkcs1()) {
            same!(verify_pkcs1(&vector.key, &vector.message, &vector.signature), expected(&vector));
        }

        /// the vectors of Project Wycheproof are accepted or refused as published
        #[think = "The vector's name says what is special about it. Build the right block and compare."]
        fn wycheproof_agrees_on_pkcs1(vector from wycheproof_pkcs1()) {
            same!(verify_pkcs1(&vector.key, &vector.message, &vector.signature), expected(&vector));
        }
    }
}
