use given::attacks::lenient;
use harness::show::{Piece, Show, Words};
use harness::{accepted, check, notes, same, think_of, with};
use proptest::prelude::*;
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

use crate::subject::ch3_signatures::*;
use fixtures::hex::hex_vec;
use fixtures::keys;
use fixtures::rsa_signatures::reference_pkcs1;
use fixtures::strategies::{LONG, bytes};

/// The lenient verifier accepts the forgery.
macro_rules! is_taken {
    ($key:expr, $message:expr, $forged:expr) => {
        with_cube($key, $message, &$forged);
        check!(
            lenient::accepts($key, $message, &$forged),
            "a signature that the lenient verifier accepts",
            $forged,
            "forge_e3(&key, &message)"
        );
    };
}

harness::suite! {
    exercise "3.6" {
        /// the lenient verifier accepts the forgery, and your `verify_pkcs1` refuses it
        #[think = "Cube your signature, write the cube below the block that you wanted, and compare."]
        #[cases = 16]
        fn the_lenient_one_accepts_and_yours_refuses(message in bytes(0..=80)) {
            let key = keys::private_with_exponent(1536, 3, 0);
            let public = key.as_public_key();
            think_of!("There is enough room. How many bytes does the key leave free, and what do you fill them with? If your signature was refused, cube it, write the cube below the block that you wanted, and compare.");
            let forged = accepted!(forge_e3(public, &message));
            think_of!("Cube your signature, write the cube below the block that you wanted, and compare.");
            is_taken!(public, &message, forged);
            same!(verify_pkcs1(public, &message, &forged), Err(BadSignature));
            // Under the same key, the genuine signature is valid.
            let genuine = reference_pkcs1(key, &message);
            same!(verify_pkcs1(public, &message, &genuine), Ok(()));
        }

        /// the forgery works for every key with e = 3 and 1536 bits or more
        #[think = "How many bytes does the key leave free, and what do you fill them with?"]
        #[cases = 64]
        fn every_large_key_falls(message in bytes(0..=LONG), key in modulus_for_cubes()) {
            let key = key.public(3);
            let forged = accepted!(forge_e3(&key, &message));
            is_taken!(&key, &message, forged);
        }

        /// the forgery works for the largest and the smallest modulus of a length, from 1536 to 8192 bits
        #[think = "How many bytes does the key leave free, and what do you fill them with?"]
        fn keys_of_every_length_fall(bits from [
            1536, 1537, 1543, 1544, 2047, 2048, 2049, 2056, 3072, 4095, 4096, 4097, 8192,
        ]) {
            for key in largest_and_smallest(bits) {
                let forged = accepted!(forge_e3(&key, b"message"));
                is_taken!(&key, b"message", forged);
            }
        }

        /// two messages that differ in one byte have two forgeries, one right after the other
        #[think = "Do you keep anything from one call to the next? How do you recognize a message?"]
        fn each_message_has_its_own_forgery(byte_of_message from [0_usize, 7, 8, 16, 32, 64, 299]) {
            let key = keys::public(&keys::public_of_size(1536).n_bytes(), 3);
            let message = [0x61; 300];
            let mut other = message;
            other[byte_of_message] = 0x62;
            for message in [message, other, message] {
                notes::start_over();
                with!("different each time" = Words(format!("byte {byte_of_message} of the message")));
                let forged = accepted!(forge_e3(&key, &message));
                is_taken!(&key, &message, forged);
            }
        }

        /// the forgery works even if the root's last bytes are ff, so that the next number has zeros there
        #[think = "What do you do to the root? Can a byte of it overflow?"]
        fn a_root_that_ends_in_ff_is_good((bits, message) from [
            // The roots of their blocks end in ff or ffff, if the free bytes are zero.
            (1536, "message 1097"), (1536, "message 19445"), (2048, "message 61"), (2048, "message 17163"),
        ]) {
            let key = keys::public(&keys::public_of_size(bits).n_bytes(), 3);
            let forged = accepted!(forge_e3(&key, message.as_bytes()));
            is_taken!(&key, message.as_bytes(), forged);
        }

        /// if the exponent is not 3, nothing is forged, and the error says so
        #[think = "What must the public exponent be for a cube to help?"]
        fn another_exponent_is_refused(exponent from [
            5_u64, 7, 9, 13, 17, 33, 257, 259, 0x0303, 65537, 65539, 0x0003_0001, (1 << 32) + 3,
        ]) {
            let modulus = keys::public_of_size(2048).n().as_ref().clone();
            let key = rsa::PublicKey::new(modulus, exponent.into()).expect("a good exponent");
            same!(forge_e3(&key, b"message"), Err(ForgeError::Exponent));
        }

        /// if the key leaves too little room, nothing is forged, and the error says so
        #[think = "Does the verifier accept what you return? Have you asked it?"]
        fn a_key_without_room_is_refused(bits from [
            24, 256, 488, 489, 496, 497, 504, 512, 521, 522, 768, 1016, 1017, 1023, 1024,
        ]) {
            for key in largest_and_smallest(bits) {
                same!(forge_e3(&key, b"message"), Err(ForgeError::KeyTooSmall));
            }
        }

        /// between 1024 and 1536 bits, what is returned as forged is accepted
        #[think = "Does the verifier accept what you return? Have you asked it?"]
        #[cases = 64]
        fn what_is_returned_holds(message in bytes(0..=20), bits in 1025..1536_usize) {
            let modulus = keys::public_of_size(bits).n_bytes();
            let key = keys::public(&modulus, 3);
            match forge_e3(&key, &message) {
                Ok(forged) => check!(
                    lenient::accepts(&key, &message, &forged),
                    "a signature that the lenient verifier accepts, or Err(KeyTooSmall)",
                    forged,
                    "forge_e3(&key, &message)"
                ),
                Err(error) => same!(error, ForgeError::KeyTooSmall, "forge_e3(&key, &message).unwrap_err()"),
            }
        }
    }
}

/// Shows the cube of the forged signature, and the block that the lenient verifier expects in it,
/// cut into the same parts.
fn with_cube(key: &rsa::PublicKey, message: &[u8], forged: &[u8]) {
    if !notes::are_taken() {
        return;
    }
    let number = BoxedUint::from_be_slice(forged, key.n_bits_precision());
    let cube = number
        .ok()
        .and_then(|number| rsa::hazmat::rsa_encrypt(key, &number).ok());
    let Some(cube) = cube.filter(|_| forged.len() == key.size()) else {
        with!(
            "the length of the signature" = forged.len(),
            "the length of the modulus" = key.size()
        );
        return;
    };
    let cube = cube.to_be_bytes();
    let cube = &cube[cube.len() - key.size()..];
    let padding = cube
        .iter()
        .skip(2)
        .take_while(|byte| **byte == 0xff)
        .count();
    let padding = padding.clamp(8, key.size().saturating_sub(54).max(8));
    let info = hex_vec("3031300d060960864801650304020105000420");
    let hash = Sha256::digest(message).to_vec();
    let wanted = [&[0, 1][..], &vec![0xff; padding], &[0], &info, &hash].concat();
    let shown = |bytes: &[u8]| {
        let (mut rest, mut parts) = (bytes, Vec::new());
        for length in [2, padding, 1, 19, 32] {
            let (part, behind) = rest.split_at(length.min(rest.len()));
            parts.push(harness::show::text(&harness::pieces!(part)));
            rest = behind;
        }
        parts
    };
    let names = ["00 01", "padding", "00", "SHA-256", "hash"];
    let lines = shown(cube).into_iter().zip(shown(&wanted)).zip(names);
    let lines = lines.map(|((cube, wanted), name)| {
        let sign = if cube == wanted { "✓" } else { "✗" };
        format!("{sign} {name}: {cube}\n  wanted {wanted}")
    });
    let lines: Vec<String> = lines.collect();
    with!("its cube, modulo n" = Words(lines.join("\n")));
}

/// Two keys of this length with e = 3: with the largest modulus, and with the smallest odd one.
fn largest_and_smallest(bits: usize) -> [rsa::PublicKey; 2] {
    let largest = keys::public_of_size(bits).n_bytes();
    let mut smallest = vec![0; largest.len()];
    smallest[0] = 1 << ((bits - 1) % 8);
    smallest[largest.len() - 1] |= 1;
    [keys::public(&largest, 3), keys::public(&smallest, 3)]
}

/// A modulus for keys with e = 3. Nobody knows its factors.
#[derive(Debug, Clone)]
struct Modulus(Vec<u8>);

impl Modulus {
    fn public(&self, exponent: u32) -> rsa::PublicKey {
        keys::public(&self.0, exponent)
    }
}

impl Show for Modulus {
    fn pieces(&self) -> Vec<Piece> {
        let bits = 8 * self.0.len() - self.0[0].leading_zeros() as usize;
        vec![
            Piece::Text(format!("{bits} bits, n = ")),
            Piece::Bytes(self.0.clone()),
        ]
    }
}

/// A modulus of 1536 to 3000 bits.
fn modulus_for_cubes() -> BoxedStrategy<Modulus> {
    (1536..=3000_usize)
        .prop_flat_map(|bits| (Just(bits), bytes(bits.div_ceil(8)..=bits.div_ceil(8))))
        .prop_map(|(bits, mut modulus)| {
            let spare = 8 * modulus.len() - bits;
            modulus[0] = (modulus[0] | 0x80) >> spare;
            *modulus.last_mut().expect("it has many bytes") |= 1;
            Modulus(modulus)
        })
        .boxed()
}
