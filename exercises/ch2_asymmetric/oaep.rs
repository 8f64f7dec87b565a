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

/// **2.6** How many bytes [`encrypt`] can take under `key`, or `None` where the key is too small
/// for any message, even the empty one.
///
/// OAEP fills a number as long as the modulus, of k bytes. Two hashes and two single bytes of it
/// are its own (RFC 8017 §7.1.1); with SHA-256 a hash has 32.
///
/// ```text
/// 1      32           32         any     1     the rest
/// ┌────┬────────────┬──────────┬───────┬────┬─────────────┐
/// │ 00 │    seed    │ hash of  │ 00 …  │ 01 │   message   │     k bytes in all
/// │    │  (random)  │ the label│       │    │             │
/// └────┴────────────┴──────────┴───────┴────┴─────────────┘
///       the seed then masks all that follows it, and that in turn masks the seed
/// ```
///
/// The modulus of a key need not be a whole number of bytes long. Its k is rounded up.
pub fn longest_message(key: &rsa::PublicKey) -> Option<usize> {
    todo!("2.6: how many bytes can be encrypted to {key:?}")
}

/// **2.6** Encrypts `message` to `key` with RSAES-OAEP (RFC 8017 §7.1.1): SHA-256 as its hash, the
/// same in its mask, and the empty label.
///
/// The result is as long as the modulus of the key, and each call gives another: the seed is fresh
/// from the system's generator. Here you stand on the crate `rsa`, as you should in your own work.
///
/// # Errors
///
/// [`TooLong`] where `message` is longer than [`longest_message`]. If that is `None`, every message
/// is too long, even the empty one.
pub fn encrypt(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, TooLong> {
    todo!("2.6: encrypt {message:?} to {key:?}")
}

/// **2.6** Decrypts what [`encrypt`] has made for the public half of `key` (RFC 8017 §7.1.2).
///
/// # Errors
///
/// [`Rejected`], and never anything else, wherever there is no such message: another key, a changed
/// bit, another length, a number that is not below n. The crate tells you more than that. Keep it
/// to yourself, in logs and timing as well: with two kinds of failure, Manger's attack reads any
/// message by asking about variations of it, as you made them in exercise 2.5.
pub fn decrypt(key: &rsa::PrivateKey, ciphertext: &[u8]) -> Result<Vec<u8>, Rejected> {
    todo!("2.6: decrypt {ciphertext:?} with {key:?}")
}
