//! Signatures, made and opened without the learner's code.

use given::tls::SignatureScheme;
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;

use crate::digest::digest;
use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::subject::ch3_signatures::*;
use crate::textbook::power;
use crate::wrong_blocks::padded;
use fixtures::keys;

pub use fixtures::salt::salt_inside;

/// The bytes before a SHA-256 hash (RFC 8017 §9.2, note 1).
pub const DIGEST_INFO: [u8; 19] =
    *b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\
                                 \x00\x04\x20";

/// The signature that the crate `rsa` makes.
pub fn reference_pkcs1(key: &rsa::PrivateKey, message: &[u8]) -> Vec<u8> {
    keys::sign(key, SignatureScheme::RsaPkcs1Sha256, message)
}

/// A signature that the crate `rsa` makes.
pub fn reference_pss(key: &rsa::PrivateKey, message: &[u8]) -> Vec<u8> {
    keys::sign(key, SignatureScheme::RsaPssRsaeSha256, message)
}

/// A message of 2²⁰ bytes that repeat only after 251, so that a cut is noticed wherever it is.
pub fn a_megabyte() -> Vec<u8> {
    // Copied piece by piece: without optimization, a million bytes take a while to compute.
    let mut message = (0..251).collect::<Vec<u8>>().repeat((1 << 20) / 251 + 1);
    message.truncate(1 << 20);
    message
}

pub fn number_of(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(bytes)
}

/// The number in `length` bytes, which must be enough for it.
pub fn to_bytes(number: &BoxedUint, length: usize) -> Vec<u8> {
    let trimmed = number.to_be_bytes_trimmed_vartime();
    let mut bytes = vec![0; length - trimmed.len()];
    bytes.extend(trimmed);
    bytes
}

/// Applies the private key to a block, whatever it contains.
pub fn raised(key: &rsa::PrivateKey, block: &[u8]) -> Vec<u8> {
    let block = BoxedUint::from_be_slice(block, key.n_bits_precision())
        .expect("the block is as long as the modulus");
    let block = block.rem(key.n());
    let signature = rsa::hazmat::rsa_decrypt::<getrandom::SysRng>(None, key, &block);
    to_bytes(
        &signature.expect("the block is below the modulus"),
        key.size(),
    )
}

/// Applies the public key to a signature.
pub fn opened(key: &rsa::PublicKey, signature: &[u8]) -> Vec<u8> {
    let signature = BoxedUint::from_be_slice(signature, key.n_bits_precision())
        .expect("a signature is as long as the modulus");
    let block = rsa::hazmat::rsa_encrypt(key, &signature);
    to_bytes(&block.expect("any number will do"), key.size())
}

/// The block of RFC 8017 §9.2, made without the learner's code.
pub fn block_of(message: &[u8], length: usize) -> Vec<u8> {
    padded(0xff, &[&DIGEST_INFO[..], &digest(message)].concat(), length)
}

/// Whether a textbook signature is valid, checked without the learner's code.
pub fn holds(key: &PublicKey, signed: &Signed) -> bool {
    signed.signature < key.n.get() && power(signed.signature, key.e, key.n) == signed.message
}

/// A textbook signature, made without the learner's code.
pub fn sign(key: &PrivateKey, message: u64) -> Signed {
    Signed {
        message,
        signature: power(message, key.d, key.n),
    }
}
