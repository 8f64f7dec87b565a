//! What the client wraps: 6.5.

use getrandom::SysRng;
use given::tls::TLS_1_2;
use harness::show::Hex;
use harness::{accepted, check, differ, elsewhere, same, think_of, with};
use rsa::BoxedUint;
use rsa::hazmat::rsa_decrypt;
use rsa::traits::PublicKeyParts;

use crate::strategies::version;
use crate::subject::ch2_asymmetric::TooLong;
use crate::subject::ch6_tls12::*;
use fixtures::keys;
use fixtures::randomness::{MANY, SAMPLES, faults_of_randomness, missing_bytes, repetition};
use fixtures::tls12::bad_secrets::*;

harness::suite! {
    exercise "6.5" {
        /// what is wrapped is the secret that you return: 48 bytes, the offered version first
        #[think = "Compare with the picture: 2 bytes, 46 bytes. Which version is it?"]
        #[cases = 32]
        fn others_unwrap_your_secret({offered} in version()) {
            with!("offered" = Hex(offered));
            let key = keys::private(BITS, 0);
            let (premaster, wrapped) = accepted!(wrap_premaster(key.as_public_key(), offered));
            same!(wrapped.len(), BITS / 8, "wrap_premaster(&key, offered)?.1.len()");
            let unwrapped = keys::decrypt_pkcs1(key, &wrapped).unwrap_or_default();
            same!(premaster.as_bytes(), unwrapped.as_slice(), "wrap_premaster(&key, offered)?.0.as_bytes()");
            same!(unwrapped.len(), 48, "wrap_premaster(&key, offered)?.0.as_bytes().len()");
            same!(unwrapped[..2], offered.to_be_bytes(), "wrap_premaster(&key, offered)?.0.as_bytes()[..2]");
        }

        /// the other 46 bytes are random: they never repeat, and each bit takes both values
        #[think = "Everything in this connection depends on these bytes. What does the system provide?"]
        fn a_fresh_secret_is_random() {
            let key = keys::private(BITS, 0).as_public_key();
            let mut secrets = Vec::new();
            for _ in 0..SAMPLES {
                let (premaster, _) = accepted!(wrap_premaster(key, TLS_1_2));
                secrets.push(premaster.as_bytes().iter().skip(2).copied().collect());
            }
            let faults = faults_of_randomness(&secrets);
            check!(faults.is_empty(), "46 random bytes", faults, "the secrets of 64 calls of wrap_premaster(key, offered)");
        }

        /// each of the 46 bytes can have any value, 0 as well: only the padding has no 0; and there are
        /// too many such secrets for two of them to be the same
        #[think = "The padding around the secret must not have a 0 in it. Does that apply to the secret?"]
        fn fresh_secrets_have_every_byte() {
            let key = keys::private(BITS, 0).as_public_key();
            let mut secrets = Vec::new();
            for _ in 0..MANY {
                let (premaster, _) = accepted!(wrap_premaster(key, TLS_1_2));
                secrets.push(premaster.as_bytes().iter().skip(2).copied().collect());
            }
            let faults = missing_bytes(&secrets[..2 * SAMPLES]);
            check!(faults.is_empty(), "46 random bytes", faults, "the secrets of 128 calls of wrap_premaster(key, offered)");
            think_of!("How many different secrets can your code choose from? If they are few, anyone can try them all.");
            let faults = repetition(&secrets);
            check!(faults.is_empty(), "46 random bytes", faults, "the secrets of 1200 calls of wrap_premaster(key, offered)");
        }

        /// each time the program runs, the secret is different
        #[think = "Do the random bytes come from the system, or from a generator that starts the same each time?"]
        fn each_process_has_its_own_secret() {
            let key = keys::public_of_size(BITS);
            let [secret, secret_of_another_process] = elsewhere(|| {
                let (premaster, _) = accepted!(wrap_premaster(&key, TLS_1_2));
                Ok(premaster.as_bytes().to_vec())
            })?;
            differ!(secret, secret_of_another_process, "wrap_premaster(&key, offered)?.0.as_bytes()");
        }

        /// the padding around the secret is random as well, and no byte of it is 0
        #[think = "What could somebody who guesses the secret and knows the padding do?"]
        fn the_padding_is_random() {
            let key = keys::private(BITS, 0);
            let mut paddings = Vec::new();
            for _ in 0..SAMPLES {
                let (premaster, wrapped) = accepted!(wrap_premaster(key.as_public_key(), TLS_1_2));
                let block = decrypted(key, &wrapped);
                let length = premaster.as_bytes().len().min(48);
                let (padding, secret) = block.split_at(BITS / 8 - length);
                same!(secret, premaster.as_bytes(), "the last 48 bytes of the block in wrap_premaster(&key, offered)?.1");
                same!(padding[..2], [0, 2], "the first two bytes of the padding in wrap_premaster(&key, offered)?.1");
                let random = padding[2..padding.len() - 1].to_vec();
                check!(!random.contains(&0), "padding without a 0", random, "the padding in wrap_premaster(&key, offered)?.1");
                same!(padding[padding.len() - 1], 0, "the last byte of the padding in wrap_premaster(&key, offered)?.1");
                paddings.push(random);
            }
            let faults = faults_of_randomness(&paddings);
            check!(faults.is_empty(), "random padding", faults, "the paddings of 64 calls of wrap_premaster(key, offered)");
        }

        /// a key that is too small for 48 bytes and their padding is refused, and no other
        #[think = "The crate says so already. What do you do with its error?"]
        fn a_key_too_small_is_refused(
            bits from [24, 128, 384, 463, 464, 465, 466, 471, 472, 473, 512, 1024, 2048, 4096]
        ) {
            let wrapped = wrap_premaster(&keys::public_of_size(bits), TLS_1_2);
            let length = wrapped.map(|(_, wrapped)| wrapped.len());
            // 48 bytes and 11 of padding are 59, and 59 bytes hold 465 to 472 bits.
            same!(length, if bits <= 464 { Err(TooLong) } else { Ok(bits.div_ceil(8)) }, "wrap_premaster(&key, offered), and the length of what is wrapped");
        }
    }
}

/// The block that was encrypted, padding and all.
fn decrypted(key: &rsa::PrivateKey, wrapped: &[u8]) -> Vec<u8> {
    let number = BoxedUint::from_be_slice(wrapped, key.n_bits_precision()).expect("it fits");
    let block = rsa_decrypt(None::<&mut SysRng>, key, &number).expect("it is below the modulus");
    let block = block.to_be_bytes();
    block[block.len() - key.size()..].to_vec()
}
