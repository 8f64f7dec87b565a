//! The generic functions of the libraries that answers call, compiled once and optimized.
//!
//! A generic function is compiled where it is first called with a type. For AES-GCM and SHA-256,
//! that would be in your crate, at every save and without optimization. If a crate that yours
//! depends on has compiled it already, rustc uses that instance, as long as the `opt-level` of both
//! is at most 1. So nobody has to call these functions: it is enough that they call the library's.
//! Without them, grading the whole workbook takes a sixth longer.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use sha2::{Digest, Sha256};

/// AES-128-GCM's instances of what seals.
pub fn seal(key: &[u8; 16], nonce: &[u8; 12], plaintext: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: plaintext,
        aad,
    };
    Aes128Gcm::new(key.into())
        .encrypt(nonce.into(), payload)
        .ok()
}

/// AES-128-GCM's instances of what opens.
pub fn open(key: &[u8; 16], nonce: &[u8; 12], sealed: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload { msg: sealed, aad };
    Aes128Gcm::new(key.into())
        .decrypt(nonce.into(), payload)
        .ok()
}

/// SHA-256's instances of what hashes in one call.
pub fn hash(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

/// SHA-256's instances of what hashes piece by piece, and goes on from a copy.
pub fn hash_pieces(pieces: &[&[u8]]) -> Vec<[u8; 32]> {
    let mut hasher = Sha256::new();
    let mut hashes = Vec::new();
    for piece in pieces {
        hasher.update(piece);
        hashes.push(hasher.clone().chain_update(piece).finalize().into());
    }
    hashes
}
