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

/// **2.3** What everyone can do: value to the power of e, modulo n.
///
/// **This is unsafe on its own, whatever the size of the key.** It has no randomness, so anyone who
/// can guess a message can check the guess (exercise 2.4). And it preserves products: the product
/// of two ciphertexts is the ciphertext of the product. So a hidden number can be changed by
/// someone who can't see it (exercise 2.5). No sound scheme uses this operation alone, and
/// everything that is called RSA contains it.
///
/// The standard has it under two names: RSAEP, to encrypt (RFC 8017 §5.1.1), and RSAVP1, to check a
/// signature (§5.2.2). Compare the two sections: they are the same function.
///
/// # Errors
///
/// [`OutOfRange`] if `value` is n or more. Modulo n, it can't be distinguished from a smaller one.
pub fn public_operation(key: &PublicKey, value: u64) -> Result<u64, OutOfRange> {
    // todo!("2.3: apply the public key {key:?} to {value}")
    if value >= key.n.get() {
        return Err(OutOfRange);
    }
    Ok(mod_pow(value, key.e, key.n))
}

/// **2.3** What only the owner of the private key can do: value to the power of d, modulo n.
///
/// Two names again: RSADP, to decrypt (RFC 8017 §5.1.2), and RSASP1, to sign (§5.2.1).
///
/// ```text
/// encrypt, decrypt     m ── public ──▶ c ── private ──▶ m     anyone encrypts, one person decrypts
/// sign, check          m ── private ─▶ s ── public ───▶ m     one person signs, anyone checks
/// ```
///
/// It works in both orders, because mᵉᵈ = mᵈᵉ. That much is true of "signing is encrypting with the
/// private key". Chapter 3 shows why a signature needs more.
///
/// # Errors
///
/// [`OutOfRange`] if `value` is n or more.
pub fn private_operation(key: &PrivateKey, value: u64) -> Result<u64, OutOfRange> {
    // todo!("2.3: apply the private key {key:?} to {value}")
    if value >= key.n.get() {
        return Err(OutOfRange);
    }
    Ok(mod_pow(value, key.d, key.n))
}
