// 2.3 Textbook RSA

use std::error::Error;
use std::fmt;

use super::{PrivateKey, PublicKey, mod_pow};

/// The value is not below the modulus of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the value is not below the modulus")
    }
}

impl Error for OutOfRange {}

/// **2.3** What everybody can do: value to the power of e, modulo n.
///
/// **This is unsafe on its own, whatever the size of the key.** It has no randomness, so who can
/// guess a message can check the guess (exercise 2.4). And it keeps products, so a hidden number
/// can be changed by who can't see it (exercise 2.5). Nothing that is sound does this alone.
/// Everything that is called RSA has it inside.
///
/// The standard has it under two names: RSAEP, to encrypt (RFC 8017 §5.1.1), and RSAVP1, to check a
/// signature (§5.2.2). Compare the two sections: they are the same function.
///
/// # Errors
///
/// [`OutOfRange`] where `value` is n or more. Modulo n, it could not be told from a smaller one.
pub fn public_operation(key: &PublicKey, value: u64) -> Result<u64, OutOfRange> {
    todo!("2.3: apply the public key {key:?} to {value}")
}

/// **2.3** What only the owner of the private key can do: value to the power of d, modulo n.
///
/// Two names again: RSADP, to decrypt (RFC 8017 §5.1.2), and RSASP1, to sign (§5.2.1).
///
/// ```text
/// encrypt, decrypt     m ── public ──▶ c ── private ──▶ m     anybody hides, one finds
/// sign, check          m ── private ─▶ s ── public ───▶ m     one makes, anybody checks
/// ```
///
/// It works in both orders, because mᵉᵈ = mᵈᵉ. That is all the truth there is in "signing is
/// encrypting with the private key". Chapter 3 shows why a signature needs more.
///
/// # Errors
///
/// [`OutOfRange`] where `value` is n or more.
pub fn private_operation(key: &PrivateKey, value: u64) -> Result<u64, OutOfRange> {
    todo!("2.3: apply the private key {key:?} to {value}")
}
