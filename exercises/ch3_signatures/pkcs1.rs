// 3.5 PKCS#1 v1.5 signatures

use std::error::Error;
use std::fmt;

use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

/// The key is too small: a block of its size has no room for the hash and what belongs around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTooSmall;

impl fmt::Display for KeyTooSmall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the key is too small to sign with")
    }
}

impl Error for KeyTooSmall {}

/// The signature is not one of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the signature does not hold")
    }
}

impl Error for BadSignature {}

/// **3.5** The block of `length` bytes that is signed for `message`: EMSA-PKCS1-v1_5 with SHA-256
/// (RFC 8017 §9.2).
///
/// ```text
/// 1    1    8 or more    1    19             32
/// ┌────┬────┬──────────┬────┬──────────────┬───────────────────────┐
/// │ 00 │ 01 │ ff ff …  │ 00 │  DigestInfo  │ SHA-256 of the message│    `length` bytes in all
/// └────┴────┴──────────┴────┴──────────────┴───────────────────────┘
/// ```
///
/// Nothing in it is random, and nothing is left to choose. For one message and one length there is
/// one block. The zero in front makes it smaller than any modulus of that length, and the bytes
/// `ff` fill it up.
///
/// *DigestInfo* names the hash, so that the hash of a weaker function can't be passed off as a
/// SHA-256. It is the head of a structure in ASN.1, of which you need not know more than this:
///
/// ```text
/// 30 31                                      a sequence, of 0x31 bytes:
///    30 0d                                     a sequence, of 0x0d bytes:
///       06 09 60 86 48 01 65 03 04 02 01         an object identifier: SHA-256
///       05 00                                    NULL: it has no parameters
///    04 20                                     an octet string, of 0x20 bytes: the hash follows
/// ```
///
/// # Errors
///
/// [`KeyTooSmall`] where there is no room for 8 bytes of `ff`. No fewer are allowed.
pub fn encode_pkcs1(message: &[u8], length: usize) -> Result<Vec<u8>, KeyTooSmall> {
    todo!("3.5: the block of {length} bytes that is signed for {message:?}")
}

/// **3.5** Signs `message` with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 8017 §8.2.1).
///
/// Build the block of [`encode_pkcs1`], as long as the modulus. Read it as a number, apply the
/// private key, and write the result as bytes: as many as the modulus has, with zeros in front
/// where the number is short. The signature of a message is always the same one.
///
/// The crate `rsa` would do all of this in one call. Take only the arithmetic from it:
/// [`rsa::hazmat::rsa_decrypt_and_check`] is the operation with the private key. (It is named for
/// decryption. By now you know why that is all the same to it.) Give it a generator,
/// `getrandom::SysRng`, and it works on a number that nobody can know, so that its time tells
/// nothing (*blinding*). And it checks its result: a signature in which one of two halves was
/// computed wrongly gives the factors of n away to everybody who sees it (Lenstra 1996). Weimer got
/// private keys of servers that did not check. If the check fails, panic: never return that signature.
///
/// The function takes one key, which has its public half inside. Where a caller can pass the two
/// separately, they can pass two that don't belong together, and with Ed25519 that costs the
/// private key (RUSTSEC-2022-0093).
///
/// # Errors
///
/// [`KeyTooSmall`] where the modulus has fewer than 62 bytes, and so no room for the block.
///
/// [`rsa::hazmat::rsa_decrypt_and_check`]: https://docs.rs/rsa/0.10/rsa/hazmat/fn.rsa_decrypt_and_check.html
pub fn sign_pkcs1(key: &rsa::PrivateKey, message: &[u8]) -> Result<Vec<u8>, KeyTooSmall> {
    todo!("3.5: sign {message:?} with {key:?}")
}

/// **3.5** Checks that `signature` is the one that [`sign_pkcs1`] makes of `message` with the
/// private half of `key` (RFC 8017 §8.2.2).
///
/// Apply the public key to the signature: [`rsa::hazmat::rsa_encrypt`]. What comes out is a block,
/// or something else. Now it is tempting to take the block apart: skip the padding, find the hash,
/// compare it. **Don't.** You know which block it must be, every byte of it. Build that one, and
/// compare. Bleichenbacher's forgery, BERserk and those after them were possible because somebody
/// read the block instead.
///
/// Nothing is secret here. Everybody can compute both blocks, and `==` may take the time it takes.
///
/// # Errors
///
/// [`BadSignature`] wherever it is not that signature:
///
/// - It is not exactly as long as the modulus. One that has lost a zero in front is refused, too.
/// - Its number is not below n. The arithmetic would accept s + n as well as s, and then a
///   signature that has been seen could be changed into another. `rsa_encrypt` does not check this.
/// - Anything else comes out than the block of the message.
/// - The key is too small for any block.
///
/// [`rsa::hazmat::rsa_encrypt`]: https://docs.rs/rsa/0.10/rsa/hazmat/fn.rsa_encrypt.html
pub fn verify_pkcs1(
    key: &rsa::PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    todo!("3.5: is {signature:?} a signature of {message:?} under {key:?}?")
}
