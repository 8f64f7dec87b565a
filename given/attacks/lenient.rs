//! A verifier of RSASSA-PKCS1-v1_5 signatures that is too lenient: the target of exercise 3.6.
//!
//! It makes the mistake that OpenSSL made until 2006 (CVE-2006-4339). It opens the signature with
//! the public key and reads the result from left to right: the first two bytes, the padding,
//! the zero, the name of the hash, the hash. All of that must be right. It then never asks whether
//! the block ends there.
//!
//! **Don't verify signatures like this.** Exercise 3.5 shows how to do it.

use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

/// The bytes before a SHA-256 hash (RFC 8017 §9.2, note 1).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// Whether this verifier accepts `signature` as a signature of `message` under `key`.
pub fn accepts(key: &rsa::PublicKey, message: &[u8], signature: &[u8]) -> bool {
    // RFC 8017 §8.2.2, step 1.
    if signature.len() != key.size() {
        return false;
    }
    let Ok(number) = BoxedUint::from_be_slice(signature, key.n_bits_precision()) else {
        return false;
    };
    // RFC 8017 §5.2.2, step 1. Otherwise n could be added, and the signature would have a second form.
    if number >= *key.n().as_ref() {
        return false;
    }
    let Ok(opened) = rsa::hazmat::rsa_encrypt(key, &number) else {
        return false;
    };
    let bytes = opened.to_be_bytes();
    // These are whole machine words, which may be longer than the modulus.
    let block = &bytes[bytes.len() - key.size()..];
    block_names(block) == Some(Sha256::digest(message).as_slice())
}

/// The hash in a block, where this verifier looks for it.
fn block_names(block: &[u8]) -> Option<&[u8]> {
    let padded = block.strip_prefix(&[0x00, 0x01])?;
    let padding = padded.iter().take_while(|byte| **byte == 0xff).count();
    // RFC 8017 §9.2, step 4.
    if padding < 8 {
        return None;
    }
    let rest = padded[padding..].strip_prefix(&[0x00])?;
    let rest = rest.strip_prefix(&DIGEST_INFO)?;
    // Here is the mistake: nobody looks at what follows these 32 bytes.
    rest.get(..32)
}

#[cfg(test)]
mod tests {
    use getrandom::SysRng;

    use super::*;

    fn key() -> rsa::PrivateKey {
        rsa::PrivateKey::new(&mut SysRng, 1024).unwrap()
    }

    #[test]
    fn a_genuine_signature_is_accepted_and_others_are_not() {
        let key = key();
        let signature = key.pkcs1v15_sign::<Sha256>(b"message").unwrap();
        assert!(accepts(key.as_public_key(), b"message", &signature));
        assert!(!accepts(key.as_public_key(), b"another", &signature));
        assert!(!accepts(key.as_public_key(), b"message", &signature[1..]));
        assert!(!accepts(key.as_public_key(), b"message", &[0xff; 128]));
        assert!(!accepts(key.as_public_key(), b"message", &[]));
        let other_hash = key.pkcs1v15_sign::<sha2::Sha512>(b"message").unwrap();
        assert!(!accepts(key.as_public_key(), b"message", &other_hash));
    }

    #[test]
    fn what_follows_the_hash_is_ignored_and_nothing_else() {
        let hash = [0x2a; 32];
        let block = |padding: &[u8]| {
            let parts = [&[0, 1], padding, &[0], &DIGEST_INFO, &hash, b"garbage"];
            parts.concat()
        };
        assert_eq!(block_names(&block(&[0xff; 8])), Some(&hash[..]));
        assert_eq!(block_names(&block(&[0xff; 7])), None);
        assert_eq!(
            block_names(&block(b"\xff\xff\xff\xff\xff\xff\xff\xff\xee")),
            None
        );
        let (whole, end) = (block(&[0xff; 8]), 2 + 8 + 1 + 19 + 32);
        assert_eq!(block_names(&whole[..end]), Some(&hash[..]));
        assert_eq!(block_names(&whole[..end - 1]), None);
        for place in 0..30 {
            let mut changed = whole.clone();
            changed[place] ^= 0x40;
            assert_eq!(block_names(&changed), None, "byte {place}");
        }
    }
}
