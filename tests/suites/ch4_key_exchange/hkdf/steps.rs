//! `hkdf_extract` and `hkdf_expand`.

use harness::{accepted, differ, notes, same, think_of, with};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::reference::expanded;
use crate::subject::ch4_key_exchange::*;
use crate::vectors::{Derivation, hkdf_vectors, rfc_5869};
use fixtures::strategies::{LONG, array, bit, bytes};

harness::suite! {
    exercise "4.4" {
        /// both steps give the results in RFC 5869's vectors for SHA-256
        #[think = "RFC 5869 §2.2 and §2.3: what is the key of each HMAC, and what is its message?"]
        fn both_steps_match_the_rfc(row from rfc_5869()) {
            let Derivation { salt, secret, info, pseudorandom_key, output, .. } = row;
            same!(hkdf_extract(&salt, &secret), pseudorandom_key);
            same!(hkdf_expand(&pseudorandom_key, &info, output.len()), Ok(output));
        }

        /// what you extract equals what the crate `hkdf` extracts, for every salt
        #[think = "Which of the two is the key of the HMAC: the salt or the secret?"]
        fn others_extract_the_same(salt in bytes(0..=LONG), secret in bytes(0..=LONG)) {
            let (expected, _) = Hkdf::<Sha256>::extract(Some(&salt), &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&salt, &secret), expected);
        }

        /// no salt is the same as a salt of 32 zero bytes
        #[think = "What does HMAC pad a short key with?"]
        #[cases = 32]
        fn no_salt_is_a_salt_of_zeros(secret in bytes(0..=100)) {
            let (expected, _) = Hkdf::<Sha256>::extract(None, &secret);
            let expected: [u8; 32] = expected.into();
            same!(hkdf_extract(&[], &secret), expected);
            same!(hkdf_extract(&[0; 32], &secret), expected);
        }

        /// salts of zeros, and a salt that equals the secret, are salts like any other
        #[think = "Which salts does your code treat as no salt?"]
        fn special_salts_are_salts(length from [1_usize, 16, 31, 33, 64, 65, 100, 256]) {
            for salt in [vec![0; length], vec![0x5a; length]] {
                for secret in [&salt[..], b"secret", b""] {
                    let (expected, _) = Hkdf::<Sha256>::extract(Some(&salt), secret);
                    let expected: [u8; 32] = expected.into();
                    same!(hkdf_extract(&salt, secret), expected);
                }
            }
        }

        /// what you expand equals what the crate `hkdf` expands, for every info and length
        #[think = "In each block: the previous block, the info, the counter. What is there before the first block?"]
        fn others_expand_the_same(key in array(), info in bytes(0..=LONG), length in 0..=100_usize) {
            if length == 0 {
                think_of!("An output of no bytes is an output, too. How many blocks is that?");
            }
            same!(hkdf_expand(&key, &info, length), Ok(expanded(&key, &info, length)));
        }

        /// outputs of every length are right: empty, around one block, around many blocks
        #[think = "How many blocks does this length need, and how many bytes of the last one?"]
        fn every_length_is_given(length from (0..=130_usize).chain([
            255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2048, 4095, 4096, 4097, 8000, 8128, 8129,
        ])) {
            for info in [&b""[..], b"info"] {
                let key = [0x42; 32];
                same!(hkdf_expand(&key, info, length), Ok(expanded(&key, info, length)));
            }
        }

        /// a longer output begins with the shorter one
        #[think = "Does the length go into the HMAC?"]
        #[cases = 64]
        fn a_longer_output_extends_a_shorter_one(
            key in array(), info in bytes(0..=40), length in 0..=200_usize, more in 1..=100_usize
        ) {
            let shorter = accepted!(hkdf_expand(&key, &info, length));
            let longer = accepted!(hkdf_expand(&key, &info, length + more));
            same!(longer.len(), length + more);
            same!(longer[..length].to_vec(), shorter);
        }

        /// a different info gives a different output
        #[think = "What is `info` for? Is it in every block?"]
        #[cases = 64]
        fn another_info_gives_another_output(
            key in array(), info in bytes(1..=40), changed in bit()
        ) {
            let one = accepted!(hkdf_expand(&key, &info, 32));
            let info = changed.flipped(&info);
            let other = accepted!(hkdf_expand(&key, &info, 32));
            differ!(other, one, "hkdf_expand(&key, &info, 32)?, after the info was changed");
        }

        /// outputs of up to 255 blocks are right, to the last byte
        #[think = "Where does the counter stop? And where does the output stop?"]
        fn all_255_blocks_are_given(length from [MOST - 32, MOST - 1, MOST]) {
            let key = [0x42; 32];
            same!(hkdf_expand(&key, b"long", length), Ok(expanded(&key, b"long", length)));
        }

        /// more than 255 blocks are refused, however many
        #[think = "What comes after 255 in a byte?"]
        fn more_than_255_blocks_are_refused(
            length from [
                MOST + 1, MOST + 31, MOST + 32, MOST + 33, 257 * 32, 512 * 32, 1 << 16, (1 << 16) + 1,
                (1 << 16) + 32, 1 << 20, 1 << 21, (1 << 21) + 32, u32::MAX as usize, 1 << 32,
                (1 << 32) + 32, usize::MAX - 31, usize::MAX,
            ]
        ) {
            same!(hkdf_expand(&[0x42; 32], b"too long", length), Err(TooManyBlocks));
        }

        /// a different salt, secret, key or info gives a different result, whatever was asked before
        #[think = "Do you keep anything from one call to the next? All the inputs count."]
        fn each_call_has_its_own_result(length from [16_usize, 28, 32, 64, 100]) {
            let inputs = [&b"one input"[..], b"one INPUT", b"another"];
            let mut last = None;
            for (one, other) in [(0, 0), (1, 0), (1, 1), (0, 1), (2, 1), (0, 0)] {
                let (salt, secret) = (inputs[one], inputs[other]);
                notes::start_over();
                if let Some((one, other)) = last {
                    with!("salt, last call" = inputs[one], "secret, last call" = inputs[other]);
                }
                let (expected, _) = Hkdf::<Sha256>::extract(Some(salt), secret);
                let expected: [u8; 32] = expected.into();
                same!(hkdf_extract(salt, secret), expected);
                let (key, info) = ([one as u8; 32], inputs[other]);
                notes::start_over();
                if let Some((one, other)) = last {
                    with!("key, last call" = [one as u8; 32], "info, last call" = inputs[other]);
                }
                same!(hkdf_expand(&key, info, length), Ok(expanded(&key, info, length)));
                last = Some((one, other));
            }
        }

        /// each call has its own result, even if the one before it had the same bytes with the border between salt and secret elsewhere
        #[think = "Do you keep anything from one call to the next? And how do you tell one call from another?"]
        fn the_border_counts() {
            let mut last = None;
            for (salt, secret) in [("salt", "secret"), ("s", "altsecret"), ("saltsecret", ""), ("", "saltsecret"), ("salt", "secret")] {
                let (salt, secret) = (salt.as_bytes(), secret.as_bytes());
                notes::start_over();
                if let Some((salt, secret)) = last {
                    with!("salt, last call" = salt, "secret, last call" = secret);
                }
                last = Some((salt, secret));
                let (expected, _) = Hkdf::<Sha256>::extract(Some(salt), secret);
                let expected: [u8; 32] = expected.into();
                same!(hkdf_extract(salt, secret), expected);
            }
        }

        /// each vector of Project Wycheproof, a public collection, gives its output or is refused, as it says
        #[think = "The vector's flags say what is special about it."]
        fn wycheproof_derives_the_same(vector from hkdf_vectors()) {
            let pseudorandom_key = hkdf_extract(&vector.salt, &vector.secret);
            let expected = vector.output.ok_or(TooManyBlocks);
            same!(hkdf_expand(&pseudorandom_key, &vector.info, vector.length), expected);
        }
    }
}

/// The longest output of HKDF with SHA-256.
const MOST: usize = 255 * 32;
