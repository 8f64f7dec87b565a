//! SHA-256 without the learner's code.

use sha2::{Digest, Sha256};

/// The hash of this message.
pub fn digest(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}
