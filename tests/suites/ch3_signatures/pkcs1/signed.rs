use std::panic;

use harness::{accepted, check, same, think_of};
use proptest::sample::select;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

use crate::subject::ch3_signatures::*;
use fixtures::keys::{self, shown};
use fixtures::rsa_signatures::sizes::{BITS, ODD_BITS, key_to_search_with, long_key, slipping_key};
use fixtures::rsa_signatures::{a_megabyte, block_of, opened, reference_pkcs1};
use fixtures::strategies::{LONG, bytes};

harness::suite! {
    exercise "3.5" {
        /// the block is 00 01, bytes of ff, 00, DigestInfo and the hash, with the length asked for
        #[think = "Write down how many bytes each part has. The bytes of ff take what is left."]
        fn the_block_has_its_parts(message in bytes(0..=LONG), length in 62..=600_usize) {
            same!(encode_pkcs1(&message, length), Ok(block_of(&message, length)));
        }

        /// a block may have any length of 62 bytes or more
        #[think = "Is there a limit in your code that is not in the exercise, or a length that it treats differently?"]
        fn a_block_of_any_length(length from (62..=600_usize).chain([
            1024, 1025, 2048, 4096, 4097, 16384, 16385, 65535, 65536, 65537, 65597, 65598,
        ])) {
            same!(encode_pkcs1(b"message", length), Ok(block_of(b"message", length)));
        }

        /// with room for 8 bytes of padding there is a block, and with less an error
        #[think = "3 + 8 + 19 + 32 = 62. What happens when your answer subtracts from a smaller length?"]
        fn the_shortest_block_has_62_bytes(length from 0..=70_usize) {
            let expected = if length < 62 { Err(KeyTooSmall) } else { Ok(block_of(b"", length)) };
            same!(encode_pkcs1(b"", length), expected);
        }

        /// your signature is the one that the crate `rsa` makes, for keys of every size
        #[think = "A signature has as many bytes as the modulus. Is a leading zero missing, or is there one too many?"]
        #[cases = 64]
        fn others_sign_the_same(
            message in bytes(0..=LONG), bits in select(vec![520, 520, 521, 521, 527, 527, BITS, ODD_BITS])
        ) {
            let key = shown(keys::private(bits, 0));
            same!(sign_pkcs1(key, &message), Ok(reference_pkcs1(key, &message)));
        }

        /// you accept your own signature
        #[think = "Do `sign_pkcs1` and `verify_pkcs1` agree on the block, and on its length?"]
        #[cases = 32]
        fn what_you_sign_you_accept(
            message in bytes(0..=80), bits in select(vec![520, 527, BITS, ODD_BITS, 1031])
        ) {
            let key = shown(keys::private(bits, 0));
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// all leading zeros of a signature are kept
        #[think = "A signature has as many bytes as the modulus. How many leading zeros does your answer restore?"]
        fn zeros_in_front_are_kept(zeros from [1_usize, 2]) {
            let (key, search) = key_to_search_with(497);
            shown(&key);
            let found = (0_u32..).map(u32::to_be_bytes).find_map(|message| {
                let signature = opened(search, &block_of(&message, key.size()));
                signature.starts_with(&vec![0; zeros]).then_some((message, signature))
            });
            let (message, signature) = found.expect("one in 512 begins with two zeros");
            same!(sign_pkcs1(&key, &message), Ok(signature.clone()));
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
            let shorter = &signature[zeros..];
            same!(verify_pkcs1(key.as_public_key(), &message, shorter), Err(BadSignature));
        }

        /// with a long key, others accept your signature, and so do you
        #[think = "Is a length hard-coded that should come from the key?"]
        fn a_long_key_signs({primes} from [4_u8, 2]) {
            let key = long_key(primes);
            shown(&key);
            let signature = accepted!(sign_pkcs1(&key, b"message"));
            same!(key.as_public_key().pkcs1v15_verify::<Sha256>(b"message", &signature), Ok(()));
            same!(verify_pkcs1(key.as_public_key(), b"message", &signature), Ok(()));
        }

        /// you accept the signatures of others, for keys of every size and every exponent
        #[think = "What are the last `size()` bytes of what the public key gives?"]
        fn you_accept_what_others_sign((bits, exponent) from [
            (1024, 65537), (1025, 65537), (1031, 65537), (1041, 17), (1024, 3), (496, 65537),
            (768, 257), (768, 4_294_967_291), (768, 4_294_967_311),
        ]) {
            let key = shown(keys::private_with_exponent(bits, exponent, 0));
            for message in [&b""[..], b"message", &[0; 300]] {
                let signature = reference_pkcs1(key, message);
                same!(verify_pkcs1(key.as_public_key(), message, &signature), Ok(()));
            }
        }

        /// a message of a megabyte is signed as the crate `rsa` signs it
        #[think = "What is signed is the hash, and that is always short."]
        fn a_megabyte_is_signed() {
            let key = shown(keys::private(BITS, 0));
            let message = a_megabyte();
            let signature = accepted!(sign_pkcs1(key, &message));
            same!(signature, reference_pkcs1(key, &message), "sign_pkcs1(key, &message)?");
            same!(verify_pkcs1(key.as_public_key(), &message, &signature), Ok(()));
        }

        /// if a signature was computed wrongly, `sign_pkcs1` panics
        #[think = "It would give the key away. Which of the crate's two functions checks its result?"]
        fn a_slip_is_noticed() {
            shown(slipping_key());
            let signed = panic::catch_unwind(|| sign_pkcs1(slipping_key(), b"message"));
            if let Ok(Err(KeyTooSmall)) = signed {
                think_of!("This key is large enough, so that error is not true. What does the exercise say to do if the check fails?");
            }
            check!(
                signed.is_err(), "a panic: with this key every result is wrong", signed.unwrap(),
                "sign_pkcs1(key, b\"message\")"
            );
        }
    }
}
