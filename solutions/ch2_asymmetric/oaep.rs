// 2.6 RSA-OAEP

use std::error::Error;
use std::fmt;

use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

use crate::ch1_symmetric::Rejected;

/// The message has more bytes than the key can encrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the message is too long for this key")
    }
}

impl Error for TooLong {}

/// **2.6** How many bytes [`encrypt`] can take under `key`, or `None` if the key is too small for
/// any message, even the empty one.
///
/// OAEP makes a block as long as the modulus, k bytes. Of these it keeps twice the length of a
/// hash, and two single bytes, for itself (RFC 8017 §7.1.1). A *hash* turns any bytes into a short
/// value. Here it is SHA-256, whose hashes are 32 bytes long; chapter 3 has more about them. The
/// *label* is a text that OAEP can bind to the ciphertext. It is almost always empty, as it is
/// here.
///
/// ```text
/// 1      32           32         any     1     the rest
/// ┌────┬────────────┬──────────┬───────┬────┬─────────────┐
/// │ 00 │    seed    │ hash of  │ 00 …  │ 01 │   message   │     k bytes in all
/// │    │  (random)  │ the label│       │    │             │
/// └────┴────────────┴──────────┴───────┴────┴─────────────┘
///       the seed then masks everything that follows it, and that in turn masks the seed
/// ```
///
/// To *mask* bytes with others is to XOR them with hashes that are computed from those others.
///
/// [`PublicKeyParts::size`] is k. It is rounded up if the modulus is not a whole number of bytes
/// long.
///
/// [`PublicKeyParts::size`]: https://docs.rs/rsa/0.10/rsa/traits/trait.PublicKeyParts.html#method.size
pub fn longest_message(key: &rsa::PublicKey) -> Option<usize> {
    // todo!("2.6: how many bytes can be encrypted to {key:?}")
    key.size().checked_sub(2 * Sha256::output_size() + 2)
}

/// **2.6** Encrypts `message` to `key` with RSAES-OAEP (RFC 8017 §7.1.1), with SHA-256 both as its
/// hash and in its mask, and with an empty label.
///
/// The crate `rsa` does this: [`rsa::PublicKey::oaep_encrypt`], which takes the hash as a type
/// parameter, `::<Sha256>`. Use such a crate in your own work, too. The result is as long as the
/// modulus of the key. Each call gives a different result, because the seed is fresh from the
/// system's random number generator.
///
/// # Errors
///
/// [`TooLong`] if `message` is longer than [`longest_message`]. The crate calls this
/// `rsa::Error::MessageTooLong`. If `longest_message` is `None`, every message is too long, even the
/// empty one.
///
/// [`rsa::PublicKey::oaep_encrypt`]: https://docs.rs/rsa/0.10/rsa/struct.PublicKey.html#method.oaep_encrypt
pub fn encrypt(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, TooLong> {
    // todo!("2.6: encrypt {message:?} to {key:?}")
    match key.oaep_encrypt::<Sha256>(message) {
        Ok(ciphertext) => Ok(ciphertext),
        Err(rsa::Error::MessageTooLong) => Err(TooLong),
        // What is left is a system without randomness, or a key that `rsa::PublicKey::new` would
        // have refused. In either case it is better to stop.
        Err(error) => panic!("RSA-OAEP failed: {error}"),
    }
}

/// **2.6** Decrypts what [`encrypt`] has made for the public half of `key` (RFC 8017 §7.1.2). The
/// crate has [`rsa::PrivateKey::oaep_decrypt`].
///
/// # Errors
///
/// [`Rejected`], and never anything else, if `ciphertext` can't be decrypted: a different key, a
/// changed bit, a wrong length, a number that is not below n. The crate has one error for all of
/// these, `rsa::Error::Decryption`, and other errors for other failures. Don't reveal which one it
/// was, either in a log or through the time that you take. (The grader checks neither.) If an
/// attacker can tell two kinds of failure apart, Manger's attack reads any message by asking about
/// variations of it like those that you made in exercise 2.5.
///
/// RFC 8017 requires the block to begin with 00. The crate does not look at that byte: a byte that
/// nobody reads can't cause a second kind of failure. You may accept a block that begins with
/// something else, or reject it with the same error.
///
/// [`rsa::PrivateKey::oaep_decrypt`]: https://docs.rs/rsa/0.10/rsa/struct.PrivateKey.html#method.oaep_decrypt
pub fn decrypt(key: &rsa::PrivateKey, ciphertext: &[u8]) -> Result<Vec<u8>, Rejected> {
    // todo!("2.6: decrypt {ciphertext:?} with {key:?}")
    key.oaep_decrypt::<Sha256>(ciphertext).map_err(|_| Rejected)
}
