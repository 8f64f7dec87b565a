// 2.5 Change what you can't see

use super::{OutOfRange, PublicKey, public_operation};

/// **2.5** *This exercise is an attack.* Multiplies the number m inside a textbook RSA `ciphertext`
/// by `factor`, modulo n, using the public key alone.
///
/// Your rival's bid goes by, encrypted as in exercise 2.3. You can't read it. You double it anyway,
/// and pass it on. All that it takes is one line of school arithmetic, which holds modulo n as
/// well:
///
/// ```text
/// (a · b)ᵉ = aᵉ · bᵉ
/// ```
///
/// As in chapter 1, encryption that hides a message does not protect it from change. If someone can
/// change what is inside in a predictable way, the encryption is called *malleable*. In chapter 1
/// the tag was the answer. Here it is padding with so much structure that the product of two padded
/// messages is not a padded message: exercise 2.6. Chapter 3 forges signatures with the same line.
///
/// # Errors
///
/// [`OutOfRange`] if `ciphertext` or `factor` is n or more.
pub fn multiply_hidden(key: &PublicKey, ciphertext: u64, factor: u64) -> Result<u64, OutOfRange> {
    // todo!("2.5: multiply what is inside {ciphertext} by {factor}, with {key:?}")
    if ciphertext >= key.n.get() {
        return Err(OutOfRange);
    }
    let product = u128::from(ciphertext) * u128::from(public_operation(key, factor)?);
    let hidden = product % u128::from(key.n.get());
    Ok(u64::try_from(hidden).expect("a remainder is below its modulus"))
}
