use harness::{accepted, notes, same, think_of, with};
use rsa::traits::PublicKeyParts;

use crate::sizes::{BITS, MOST};
use crate::subject::ch2_asymmetric::*;
use fixtures::keys::{self, shown};
use fixtures::oaep::near_misses::{self, Block};
use fixtures::oaep::reference::encoded_inside;
use fixtures::strategies::bytes;

harness::suite! {
    exercise "2.6" {
        /// the longest message is shorter than the modulus by twice the length of a hash and two bytes
        #[think = "The picture shows what else is in the k bytes. Is your k rounded up?"]
        fn the_longest_message_is_known((bits, longest) from [
            (1024, Some(62)), (1025, Some(63)), (1031, Some(63)), (1032, Some(63)),
            (1033, Some(64)), (2048, Some(190)), (3072, Some(318)), (4096, Some(446)),
            (4104, Some(447)), (8192, Some(958)),
            (536, Some(1)), (528, Some(0)), (521, Some(0)), (520, None), (512, None), (24, None),
        ]) {
            let public = keys::public_of_size(bits);
            let key = shown(&public);
            same!(longest_message(key), longest);
        }

        /// what was encrypted is decrypted with the private key
        #[think = "Do `encrypt` and `decrypt` use the same hash and the same label?"]
        #[cases = 24]
        fn what_is_encrypted_decrypts(message in bytes(0..=MOST)) {
            let key = shown(keys::private(BITS, 0));
            think_of!("This message is not too long. Which of `<` and `<=` is it?");
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            think_of!("Do `encrypt` and `decrypt` use the same hash and the same label?");
            think_of_padding(key, &ciphertext);
            same!(decrypt(key, &ciphertext), Ok(message));
        }

        /// a ciphertext is as long as the modulus, even if it begins with a zero
        #[think = "A number has no leading zeros. A ciphertext may have them: RFC 8017 §7.1.1, step 3c."]
        fn a_leading_zero_is_kept() {
            // The modulus has one bit in its first byte, so half of all ciphertexts begin with 00.
            let key = shown(keys::private(BITS + 1, 0));
            for _ in 0..16 {
                think_of!("A number has no leading zeros. A ciphertext may have them: RFC 8017 §7.1.1, step 3c.");
                let ciphertext = accepted!(encrypt(key.as_public_key(), b"hello"));
                same!(ciphertext.len(), key.size());
                think_of_padding(key, &ciphertext);
                same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
            }
        }

        /// others can decrypt what you encrypt, with SHA-256 and the empty label
        #[think = "Which hash does the exercise ask for, in both places? Is the label empty?"]
        #[cases = 24]
        fn others_understand_you(message in bytes(0..=MOST)) {
            let key = shown(keys::private(BITS, 0));
            think_of!("This message is not too long. Which of `<` and `<=` is it?");
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            with!(ciphertext);
            think_of!("Which hash does the exercise ask for, in both places? Is the label empty?");
            think_of_padding(key, &ciphertext);
            same!(ciphertext.len(), key.size());
            same!(keys::decrypt_oaep(key, &ciphertext), Ok(message), "key.oaep_decrypt::<Sha256>(&ciphertext)");
        }

        /// what others encrypted is decrypted, even if its seed begins with zeros, before or after it is masked
        #[think = "The encoded message is k bytes long, whatever it begins with. Does it become a number anywhere, and lose its zeros?"]
        fn every_seed_is_good(block from near_misses::under_special_seeds()) {
            let key = shown(keys::private(near_misses::BITS, 0));
            let Block { encoded, .. } = block;
            let ciphertext = near_misses::encrypted(key, &encoded);
            same!(decrypt(key, &ciphertext), Ok(b"hello".to_vec()));
        }

        /// a message of exactly the longest length is accepted, one byte more is refused, and a short one under a large key is decrypted, too
        #[think = "Which of `<` and `<=` is it? And how many bytes does OAEP keep for itself?"]
        fn the_limit_is_exact(bits from [1024, 1025, 1031, 1280, 3072]) {
            let key = shown(keys::private(bits, 0));
            let (limit, public) = (bits.div_ceil(8) - 66, key.as_public_key());
            let message = vec![0x2a; limit + 1];
            same!(encrypt(public, &message), Err(TooLong));
            let message = vec![0x2a; limit];
            let ciphertext = accepted!(encrypt(public, &message));
            same!(decrypt(key, &ciphertext), Ok(message));
            if bits == 3072 {
                think_of!("Under a large key, a short message has more than 255 bytes of padding. Where do you keep the place of the 01?");
                let message = b"short".to_vec();
                let ciphertext = accepted!(encrypt(public, &message));
                same!(decrypt(key, &ciphertext), Ok(message));
            }
        }

        /// the longest message is accepted under a large key, too
        #[think = "Is there a size of key that your answer treats differently?"]
        fn large_keys_are_good(bits from [2048, 4096]) {
            let public = keys::public_of_size(bits);
            let key = shown(&public);
            let message = vec![0x2a; bits / 8 - 66];
            let ciphertext = accepted!(encrypt(key, &message));
            same!(ciphertext.len(), bits / 8);
        }

        /// a key may have another public exponent than 65537
        #[think = "The public key has an exponent of its own. Which one do you raise to?"]
        fn any_public_exponent_is_good((bits, e) from [(544, 3), (768, 4_294_967_291)]) {
            let key = shown(keys::private_with_exponent(bits, e, 0));
            think_of!("Nothing is wrong with this exponent, and the message is short. Which keys do you refuse?");
            let ciphertext = accepted!(encrypt(key.as_public_key(), b"hi"));
            think_of!("The public key has an exponent of its own. Which one do you raise to?");
            same!(
                keys::decrypt_oaep(key, &ciphertext), Ok(b"hi".to_vec()),
                "key.oaep_decrypt::<Sha256>(&encrypt(key.as_public_key(), b\"hi\")?)"
            );
            same!(decrypt(key, &ciphertext), Ok(b"hi".to_vec()));
        }

        /// a message that is much too long is refused, and so is any message if the key is too small
        #[think = "Does anything in your code go below 0, or wrap around?"]
        fn what_does_not_fit_is_refused((bits, length) from [
            (1024, 63), (1024, 64), (1024, 128), (1024, 256), (1024, 257), (1024, 318),
            (1024, 65536), (528, 1), (520, 0), (512, 0), (512, 1),
            (24, 0), (24, 3),
        ]) {
            let message = vec![0x2a; length];
            let public = keys::public_of_size(bits);
            let key = shown(&public);
            same!(encrypt(key, &message), Err(TooLong));
        }

        /// a message of each length is encrypted whole, and decrypted whole
        #[think = "Is there a length that your answer treats differently?"]
        fn each_length_is_encrypted(length from 0..=MOST) {
            let key = shown(keys::private(BITS, 0));
            let message = vec![0x2a; length];
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            same!(
                keys::decrypt_oaep(key, &ciphertext), Ok(message.clone()),
                "key.oaep_decrypt::<Sha256>(&encrypt(key.as_public_key(), &message)?)"
            );
            same!(decrypt(key, &ciphertext), Ok(message));
        }

        /// messages that begin or end with bytes such as 00, 01 and ff are messages like any other
        #[think = "A 00 or 01 in the message is not the one that OAEP puts before it."]
        fn every_message_stays_as_it_is(message from plain_messages()) {
            let key = shown(keys::private(BITS, 0));
            let ciphertext = accepted!(encrypt(key.as_public_key(), &message));
            same!(
                keys::decrypt_oaep(key, &ciphertext), Ok(message.clone()),
                "key.oaep_decrypt::<Sha256>(&encrypt(key.as_public_key(), &message)?)"
            );
            same!(decrypt(key, &ciphertext), Ok(message));
        }
    }
}

/// Messages that begin or end with bytes that OAEP uses itself.
fn plain_messages() -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = [
        &b""[..],
        b"\0",
        b"\x01",
        b"\0\0",
        b"\0\x01",
        b"\x01\0",
        b"\x01\x01",
        b"\0\x02",
        b"\xff",
        b"\0hello",
        b"\x01hello",
        b"\0\x01hello",
        b"hello\0",
        b"hello\x01",
        b"hello\x80",
        b" hello ",
    ]
    .map(<[u8]>::to_vec)
    .into();
    messages.extend([0, 1, 0xff].map(|byte| vec![byte; MOST]));
    messages
}

/// The thought for a zero that may be lost, or for an older padding, if the ciphertext has it.
fn think_of_padding(key: &rsa::PrivateKey, ciphertext: &[u8]) {
    if ciphertext.len() < key.size() {
        think_of!(
            "A number has no leading zeros. A ciphertext may have them: RFC 8017 §7.1.1, step 3c."
        );
    }
    if !notes::are_taken() {
        return;
    }
    if key.pkcs1v15_decrypt(ciphertext).is_ok() {
        think_of!("This is a ciphertext of PKCS#1 v1.5. Which padding does the exercise ask for?");
    } else if ciphertext.len() == key.size() && encoded_inside(key, ciphertext)[1] == 0 {
        think_of!(
            "The encoded message is k bytes long, whatever it begins with. Does it become a number anywhere, and lose its zeros?"
        );
    }
}
