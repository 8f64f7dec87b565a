//! Signatures, made and judged without the learner's code.

use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::subject::ch3_signatures::*;
use crate::textbook::power;
use fixtures::rsa_signatures::vectors::SignatureVector;

/// What must be said of a published signature.
pub fn expected(vector: &SignatureVector) -> Result<(), BadSignature> {
    if vector.valid {
        Ok(())
    } else {
        Err(BadSignature)
    }
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
