//! What `seal` and `record_nonce` should give, computed without the learner's code, and what is XORed.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};

/// What the crate `aes-gcm` seals.
pub fn reference_seal(key: &[u8; 16], nonce: &[u8; 12], aad: &[u8], msg: &[u8]) -> Vec<u8> {
    let sealed = Aes128Gcm::new(key.into()).encrypt(nonce.into(), Payload { msg, aad });
    sealed.expect("the messages here are short")
}

/// RFC 9846 §5.3, computed with a 16-byte integer.
pub fn reference_nonce(iv: &[u8; 12], sequence: u64) -> [u8; 12] {
    let mut padded = [0; 16];
    padded[4..].copy_from_slice(iv);
    let nonce = (u128::from_be_bytes(padded) ^ u128::from(sequence)).to_be_bytes();
    nonce[4..].try_into().expect("12 of 16 bytes are left")
}

/// XORs each byte of one with the byte of the other, up to the end of the shorter.
pub fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    let pairs = one.iter().zip(other);
    pairs.map(|(one, other)| one ^ other).collect()
}

/// As many bytes as `length` says, of which each is the one that is `bytes.len()` before it. Long inputs
/// are made like this, because one byte at a time would take longer than the answer.
pub fn repeated(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut repeated = bytes.repeat(length.div_ceil(bytes.len()));
    repeated.truncate(length);
    repeated
}
