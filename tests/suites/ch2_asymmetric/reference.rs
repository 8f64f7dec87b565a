//! Opens what an answer returned, without the learner's code.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use getrandom::SysRng;
use rsa::BoxedUint;
use rsa::hazmat::rsa_decrypt;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use sha2::{Digest, Sha256};

use crate::subject::ch2_asymmetric::*;
use fixtures::keys;

/// The encoded message in a ciphertext, as long as the modulus.
pub fn encoded_inside(key: &rsa::PrivateKey, ciphertext: &[u8]) -> Vec<u8> {
    let number = BoxedUint::from_be_slice(ciphertext, key.n_bits_precision())
        .expect("a ciphertext is no longer than the modulus");
    // With the two primes it takes a third of the time, but only for a number below the modulus.
    let encoded = rsa_decrypt(None::<&mut SysRng>, key, &number)
        .unwrap_or_else(|_| number.pow_mod(key.d(), key.n_params().modulus()));
    let bytes = encoded.to_be_bytes();
    bytes[bytes.len() - key.size()..].to_vec()
}

/// The seed in an OAEP ciphertext, which only the private key recovers (RFC 8017 §7.1.2).
pub fn seed_inside(key: &rsa::PrivateKey, ciphertext: &[u8]) -> Vec<u8> {
    let encoded = encoded_inside(key, ciphertext);
    let (masked_seed, masked_block) = encoded[1..].split_at(32);
    // MGF1, of which 32 bytes are the first hash (appendix B.2.1).
    let mask = Sha256::new()
        .chain_update(masked_block)
        .chain_update([0; 4])
        .finalize();
    masked_seed.iter().zip(mask).map(|(a, b)| a ^ b).collect()
}

/// Wraps `content` as exercise 2.7 wraps a key, without the learner's code.
pub fn wrapped(key: &rsa::PrivateKey, content: &[u8]) -> Vec<u8> {
    let wrapped = key.as_public_key().oaep_encrypt::<Sha256>(content);
    wrapped.expect("the content is short enough")
}

/// What is wrapped, or nothing if it is not padded with OAEP.
pub fn unwrapped(key: &rsa::PrivateKey, wrapped_key: &[u8]) -> Vec<u8> {
    keys::decrypt_oaep(key, wrapped_key).unwrap_or_default()
}

/// An envelope around `content`, whose message is sealed under `message_key`.
pub fn reference_envelope(
    key: &rsa::PrivateKey,
    content: &[u8],
    message_key: &[u8; 16],
    message: &[u8],
) -> Envelope {
    let wrapped_key = wrapped(key, content);
    let sealed = sealed_under(message_key, &wrapped_key, message);
    Envelope {
        wrapped_key,
        sealed,
    }
}

pub fn sealed_under(message_key: &[u8; 16], wrapped_key: &[u8], message: &[u8]) -> Vec<u8> {
    sealed_with(message_key, &[0; 12], wrapped_key, message)
}

/// What the crate `aes-gcm` seals.
pub fn sealed_with(key: &[u8; 16], nonce: &[u8; 12], aad: &[u8], msg: &[u8]) -> Vec<u8> {
    let sealed = Aes128Gcm::new(key.into()).encrypt(nonce.into(), Payload { msg, aad });
    sealed.expect("AES-GCM takes messages up to 64 GiB")
}

pub fn opened(
    message_key: &[u8],
    wrapped_key: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, aes_gcm::Error> {
    let payload = Payload {
        msg: sealed,
        aad: wrapped_key,
    };
    let cipher = Aes128Gcm::new_from_slice(message_key).map_err(|_| aes_gcm::Error)?;
    cipher.decrypt(&[0; 12].into(), payload)
}
