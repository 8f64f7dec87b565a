// 3.5 PKCS#1 v1.5 signatures

use std::error::Error;
use std::fmt;

use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

/// The key is too small: a block of its size has no room for the hash and what surrounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTooSmall;

impl fmt::Display for KeyTooSmall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the key is too small to sign with")
    }
}

impl Error for KeyTooSmall {}

/// The signature is not a valid signature of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the signature is not valid for this message and key")
    }
}

impl Error for BadSignature {}

/// **3.5** The block of `length` bytes that is signed in place of `message`: EMSA-PKCS1-v1_5 with
/// SHA-256 (RFC 8017 §9.2).
///
/// ```text
/// 1    1    8 or more    1    19             32
/// ┌────┬────┬──────────┬────┬──────────────┬───────────────────────┐
/// │ 00 │ 01 │ ff ff …  │ 00 │  DigestInfo  │ SHA-256 of the message│    `length` bytes in all
/// └────┴────┴──────────┴────┴──────────────┴───────────────────────┘
/// ```
///
/// Nothing in it is random, and nothing is left to choose. For one message and one length there is
/// one block. The leading zero byte makes it smaller than any modulus of that length, and the bytes
/// `ff` pad it to length.
///
/// The 19 bytes name the hash function, so that a hash from a weaker one can't be passed off as one
/// from SHA-256. They are the beginning of *DigestInfo*, a structure in ASN.1, which is a notation
/// for structured data. (The whole DigestInfo ends with the hash. In this chapter, the name means
/// these 19 bytes.) All that you need to know about ASN.1 is this:
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
/// [`KeyTooSmall`] if there is no room for 8 bytes of `ff`. Fewer are not allowed.
pub fn encode_pkcs1(message: &[u8], length: usize) -> Result<Vec<u8>, KeyTooSmall> {
    todo!("3.5: the block of {length} bytes that is signed in place of {message:?}")
}

/// **3.5** Signs `message` with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 8017 §8.2.1).
///
/// ```text
/// message ── encode_pkcs1 ──▶ block ── as a number ──▶ private key ──▶ number ──▶ signature
///                             └── as long as the modulus ───────────────────────────┘
/// ```
///
/// 1. Make the block with [`encode_pkcs1`], as long as the modulus: `PublicKeyParts::size` bytes.
/// 2. Read it as a number: [`BoxedUint::from_be_slice`], with the precision that
///    `PublicKeyParts::n_bits_precision` gives.
/// 3. Apply the private key: [`rsa::hazmat::rsa_decrypt_and_check`], with the random number
///    generator `getrandom::SysRng`. If it fails, panic.
/// 4. Write the result as bytes, as many as the modulus has, with leading zeros if the number is
///    short. `BoxedUint::to_be_bytes` fills whole machine words, so there may be more leading zeros
///    than you need: the signature is the last `size` bytes.
///
/// A message has one signature: nothing random in these steps shows in the result. The crate `rsa`
/// would do all four steps in one call. Do them yourself this once, and take only the arithmetic
/// from it. (The function is named for decryption. By now you know why that makes no difference.)
/// The grader sees only the signature: it can't tell whether you did the steps yourself, or whether
/// you passed a generator.
///
/// # Why a generator, and why a check
///
/// *The generator* is for *blinding*. The crate multiplies the number by something random before it
/// applies the key, and divides that out afterwards. So the key is applied to a number that nobody
/// knows, and the time that takes reveals nothing about the key.
///
/// *The check* is for a computer that makes a mistake. The operation with the private key is
/// computed in two halves, one for each prime. If one half is wrong and the other right, anyone who
/// sees the signature can compute the factors of n from it (Lenstra 1996). In 2015, Florian Weimer
/// got private keys of servers that did not check. That is why a signature that fails the check
/// must never be returned.
///
/// # Why one key
///
/// `key` has its public half inside. If a caller could pass the two halves separately, they could
/// pass two that don't belong together. With Ed25519, that gives the private key away
/// (RUSTSEC-2022-0093).
///
/// # Errors
///
/// [`KeyTooSmall`] if the modulus has fewer than 62 bytes, and so no room for the block.
///
/// [`BoxedUint::from_be_slice`]: https://docs.rs/crypto-bigint/0.7/crypto_bigint/struct.BoxedUint.html#method.from_be_slice
/// [`rsa::hazmat::rsa_decrypt_and_check`]: https://docs.rs/rsa/0.10/rsa/hazmat/fn.rsa_decrypt_and_check.html
pub fn sign_pkcs1(key: &rsa::PrivateKey, message: &[u8]) -> Result<Vec<u8>, KeyTooSmall> {
    todo!("3.5: sign {message:?} with {key:?}")
}

/// **3.5** Checks that `signature` is the one that [`sign_pkcs1`] makes for `message` with the
/// private half of `key` (RFC 8017 §8.2.2).
///
/// 1. Make the right block for the message, with [`encode_pkcs1`].
/// 2. Read the signature as a number, and apply the public key: [`rsa::hazmat::rsa_encrypt`].
/// 3. Compare the result with the block, every byte of it.
///
/// It is tempting to take apart what step 2 gives: skip the padding, find the hash, compare it.
/// **Don't.** Bleichenbacher's forgery, BERserk and the attacks that followed were possible because
/// somebody parsed the block instead of comparing it.
///
/// Nothing is secret here. Everybody can compute both blocks, so `==` will do: its time reveals
/// nothing that is not public.
///
/// # Errors
///
/// [`BadSignature`] if it is not that signature:
///
/// - It is not exactly as long as the modulus. One that has lost a leading zero is refused, too.
/// - Its number is not below n (`PublicKeyParts::n`). The arithmetic would accept s + n as well as
///   s, and then a signature that has been seen could be changed into another. `rsa_encrypt` does
///   not check this.
/// - The result is not the block of the message.
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
