// 3.7 PSS signatures

use rsa::traits::PublicKeyParts;
use sha2::Sha256;

use super::{BadSignature, KeyTooSmall};

/// **3.7** Signs `message` with RSASSA-PSS (RFC 8017 §8.1.1), with SHA-256 wherever a hash is
/// needed, and with a *salt*: 32 random bytes that are hashed along with the message's hash,
/// fresh for each signature.
///
/// The padding of exercise 3.5 was designed before anybody could say why it should be secure. PSS,
/// by Bellare and Rogaway (1996), came with a proof: anyone who can forge it can also undo the
/// public operation of RSA without the private key. Nearly all of its block looks random, and no
/// two signatures are the same:
///
/// ```text
/// 00 × 8 ‖ SHA-256 of the message ‖ salt ── SHA-256 ──▶ H
///
/// ┌──────────────────────┬────┬────────┬──────────┬────┐
/// │ 00 00 … 00           │ 01 │  salt  │    H     │ bc │      one bit shorter than the modulus
/// └──────────────────────┴────┴────────┴──────────┴────┘
///   any number             1      32        32      1
///   └─── all of this XOR a mask made from H ───┘
/// ```
///
/// The *mask* is computed from H: the SHA-256 of H and a counter, then that of H and the next
/// counter, and so on, until there are as many bytes as it has to cover (RFC 8017 appendix B.2.1).
///
/// The verifier takes H, makes the mask from it, finds the salt, and hashes again. So the salt need
/// not be sent separately. It need not be secret either. If it is random, two signatures of one
/// message have nothing to do with each other, and the proof is at its strongest.
///
/// This is `rsa_pss_rsae_sha256` of TLS 1.3 (RFC 9846 §4.3.3), in which the salt must be as long
/// as the hash.
///
/// The crate `rsa` does all of this: [`rsa::PrivateKey::pss_sign`], with the hash as a type
/// argument, `::<Sha256>`. Its salt is as long as the hash. `pss_sign` checks its result, as in
/// exercise 3.5. If the check fails, panic: never return that signature.
///
/// # Errors
///
/// [`KeyTooSmall`] if the block would have fewer than 1 + 32 + 32 + 1 = 66 bytes. The block is one
/// bit shorter than the modulus, so the smallest modulus has 522 bits. `PublicKeyParts::n` and
/// `bit_width` give the length of the modulus in bits.
///
/// [`rsa::PrivateKey::pss_sign`]: https://docs.rs/rsa/0.10/rsa/struct.PrivateKey.html#method.pss_sign
pub fn sign_pss(key: &rsa::PrivateKey, message: &[u8]) -> Result<Vec<u8>, KeyTooSmall> {
    // todo!("3.7: sign {message:?} with {key:?}")
    let block_length = (key.n().bit_width() - 1).div_ceil(8);
    if block_length < 1 + 32 + 32 + 1 {
        return Err(KeyTooSmall);
    }
    // As in 3.5: without randomness, or with a wrong result, it is better to stop.
    Ok(key
        .pss_sign::<Sha256>(message)
        .expect("the key is large enough"))
}

/// **3.7** Checks that `signature` is a signature of `message`, made by [`sign_pss`] with the
/// private half of `key` (RFC 8017 §8.1.2). The crate has [`rsa::PublicKey::pss_verify`].
///
/// A message has many valid signatures, so you can't rebuild one and compare, as in exercise 3.5.
/// The crate takes the mask off, and checks every bit of what is left: the zeros, the 01, H, the
/// bc. The length of the salt is not up to the signer. It is 32, and no other is accepted.
///
/// [`rsa::PublicKey::pss_verify`]: https://docs.rs/rsa/0.10/rsa/struct.PublicKey.html#method.pss_verify
///
/// # Errors
///
/// [`BadSignature`] for anything but a valid signature: another message, key, length or hash, a
/// salt of another length, a signature as in exercise 3.5, or a key too small for any signature.
pub fn verify_pss(
    key: &rsa::PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    // todo!("3.7: is {signature:?} a signature of {message:?} under {key:?}?")
    key.pss_verify::<Sha256>(message, signature)
        .map_err(|_| BadSignature)
}
