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
    let payload = Payload {
        msg: message,
        aad: wrapped_key,
    };
    let sealed = Aes128Gcm::new(message_key.into()).encrypt(&[0; 12].into(), payload);
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

/// How the sealing of an envelope's message differs from exercise 2.7.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    NoAssociatedData,
    KeyAsAssociatedData,
    /// A zero after the associated data.
    ZeroAfter,
    /// The associated data without its last byte.
    LastByteMissing,
    /// The associated data without its first byte.
    FirstByteMissing,
    /// The first 16 bytes of the associated data.
    FirstBytes,
    /// As many zeros as the associated data has bytes.
    Zeros,
    /// A nonce of this byte, twelve times.
    NonceOf(u8),
    /// The first bytes of the AES key, as the nonce.
    NonceOfKey,
    /// The first bytes of the wrapped key, as the nonce.
    NonceOfWrappedKey,
    /// A 1 in this byte of the nonce.
    OtherNonce(usize),
    /// A nonce of this byte, which is sent before the ciphertext.
    NonceBefore(u8),
    /// The message as it is.
    Unsealed,
}

impl Change {
    pub fn in_words(self) -> String {
        match self {
            Change::NoAssociatedData => "no associated data".to_owned(),
            Change::KeyAsAssociatedData => "the AES key as associated data".to_owned(),
            Change::ZeroAfter => "a zero after the associated data".to_owned(),
            Change::LastByteMissing => "the associated data without its last byte".to_owned(),
            Change::FirstByteMissing => "the associated data without its first byte".to_owned(),
            Change::FirstBytes => "the first 16 bytes of the associated data".to_owned(),
            Change::Zeros => "zeros as associated data".to_owned(),
            Change::NonceOf(byte) => format!("a nonce of 12 bytes {byte:02x}"),
            Change::NonceOfKey => "the first 12 bytes of the AES key as the nonce".to_owned(),
            Change::NonceOfWrappedKey => {
                "the first 12 bytes of wrapped_key as the nonce".to_owned()
            }
            Change::OtherNonce(byte) => format!("a nonce of zeros, but for a 1 in byte {byte}"),
            Change::NonceBefore(byte) => {
                format!("a nonce of 12 bytes {byte:02x}, sent before the ciphertext")
            }
            Change::Unsealed => "nothing: it is the message as it is".to_owned(),
        }
    }

    pub fn sealed(self, message_key: &[u8; 16], wrapped_key: &[u8], msg: &[u8]) -> Vec<u8> {
        let (mut nonce, mut aad) = ([0; 12], wrapped_key.to_vec());
        match self {
            Change::NoAssociatedData => aad.clear(),
            Change::KeyAsAssociatedData => aad = message_key.to_vec(),
            Change::ZeroAfter => aad.push(0),
            Change::LastByteMissing => aad.truncate(aad.len() - 1),
            Change::FirstByteMissing => aad = aad.split_off(1),
            Change::FirstBytes => aad.truncate(16),
            Change::Zeros => aad.fill(0),
            Change::NonceOf(byte) => nonce = [byte; 12],
            Change::NonceOfKey => nonce.copy_from_slice(&message_key[..12]),
            Change::NonceOfWrappedKey => nonce.copy_from_slice(&wrapped_key[..12]),
            Change::OtherNonce(byte) => nonce[byte] = 1,
            Change::NonceBefore(byte) => nonce = [byte; 12],
            Change::Unsealed => return msg.to_vec(),
        }
        let payload = Payload { msg, aad: &aad };
        let sealed = Aes128Gcm::new(message_key.into()).encrypt(&nonce.into(), payload);
        let sealed = sealed.expect("the messages here are short");
        match self {
            Change::NonceBefore(_) => [&nonce[..], &sealed].concat(),
            _ => sealed,
        }
    }
}
