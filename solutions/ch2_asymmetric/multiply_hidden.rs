// 2.5 Change what you can't see

use super::{OutOfRange, PublicKey, public_operation};

/// **2.5** *An attack on textbook RSA.* Changes the number m inside `ciphertext` to factor · m,
/// modulo n, with the public key alone.
///
/// Your rival's bid goes by, encrypted as in exercise 2.3. You can't read it. You double it all the
/// same, and pass it on. The key to this is one line of school arithmetic:
///
/// ```text
/// (a · b)ᵉ = aᵉ · bᵉ
/// ```
///
/// Encryption that hides does not protect from change, as in chapter 1. There the tag was the
/// answer. Here it is padding that holds so much structure that a product of two padded messages is
/// not a third: exercise 2.6. Chapter 3 forges signatures with the same line.
///
/// # Errors
///
/// [`OutOfRange`] where `ciphertext` or `factor` is n or more.
pub fn multiply_hidden(key: &PublicKey, ciphertext: u64, factor: u64) -> Result<u64, OutOfRange> {
    // todo!("2.5: multiply what is inside {ciphertext} by {factor}, with {key:?}")
    if ciphertext >= key.n.get() {
        return Err(OutOfRange);
    }
    let product = u128::from(ciphertext) * u128::from(public_operation(key, factor)?);
    let hidden = product % u128::from(key.n.get());
    Ok(u64::try_from(hidden).expect("a remainder is below its modulus"))
}
