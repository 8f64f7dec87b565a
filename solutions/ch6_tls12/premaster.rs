// 6.5 Wrap a secret, and tell nothing

use subtle::{ConditionallySelectable, ConstantTimeEq};

use crate::ch2_asymmetric::TooLong;

use super::PremasterSecret;

/// **6.5** The client's side of RSA key transport (RFC 5246 §7.4.7.1): a fresh premaster secret,
/// and that secret encrypted under the server's key, with the padding of PKCS#1 v1.5 (RFC 8017
/// calls this encryption RSAES-PKCS1-v1_5).
///
/// ```text
/// premaster secret   the version that was offered, 2 bytes │ random, 46 bytes
///
/// what is encrypted  00 02 │ 8 random bytes or more, none 0 │ 00 │ premaster secret
/// (RFC 8017 §7.2.1)        until it is as long as the modulus
/// ```
///
/// `offered` is the version in your ClientHello, not the one that was chosen. With it, the server
/// notices if somebody has changed your hello to an older version.
///
/// The crate `rsa` pads and encrypts in one call: [`rsa::PublicKey::pkcs1v15_encrypt`].
///
/// **This padding has been under attack since 1998.** It is here because TLS 1.2 has it. In your
/// own work, use OAEP (exercise 2.6).
///
/// # Errors
///
/// [`TooLong`] if the key is too small for 48 bytes and the 11 that the padding needs. The crate
/// calls this `rsa::Error::MessageTooLong`.
///
/// [`rsa::PublicKey::pkcs1v15_encrypt`]: https://docs.rs/rsa/0.10/rsa/struct.PublicKey.html#method.pkcs1v15_encrypt
pub fn wrap_premaster(
    key: &rsa::PublicKey,
    offered: u16,
) -> Result<(PremasterSecret, Vec<u8>), TooLong> {
    // todo!("6.5: a fresh premaster secret for the version {offered:#06x}, wrapped under {key:?}")
    let mut premaster = [0; 48];
    getrandom::fill(&mut premaster[2..]).expect("the system gives randomness");
    premaster[..2].copy_from_slice(&offered.to_be_bytes());
    match key.pkcs1v15_encrypt(&premaster) {
        Ok(wrapped) => Ok((PremasterSecret::new(&premaster), wrapped)),
        Err(rsa::Error::MessageTooLong) => Err(TooLong),
        Err(error) => panic!("RSA encryption failed: {error}"),
    }
}

/// **6.5** The server's side: the premaster secret in `wrapped`, or 48 random bytes if `wrapped` has
/// no valid one (RFC 5246 §7.4.7.1). There is no error, on purpose.
///
/// ```text
/// 48 random bytes ───────────────────────┐
///                                        ├─▶ what comes out, if it has 48 bytes and begins
/// wrapped ── decrypt ──▶ what comes out ─┘   with `offered`; otherwise the random bytes
/// ```
///
/// 1. Draw 48 random bytes, *before* you decrypt.
/// 2. Decrypt: [`rsa::PrivateKey::pkcs1v15_decrypt`]. If the crate reports an error (a wrong
///    length, say), continue as if nothing had come out.
/// 3. If what comes out has 48 bytes, and begins with the version `offered` in the ClientHello, it
///    is the premaster secret. If not, the random bytes are. Choose without a branch: the crate
///    `subtle` has [`ConstantTimeEq`] to compare, `&` for *both*, and [`ConditionallySelectable`] to
///    pick.
///
/// With random bytes, the handshake then fails as it does for a client that only guessed the
/// secret: the client's Finished does not open.
///
/// The crate helps. If the padding is bad, its decryption returns a made-up message (since version
/// 0.10). The message may have any length, and it is always the same one for the same ciphertext.
/// You can't tell it from a message that somebody sent, and you don't need to.
///
/// (The RFC has two recipes. This is the second: a wrong version is treated like bad padding, and
/// all 48 bytes are random. In the first recipe, the version comes before 46 random bytes.)
///
/// # Why there is no error
///
/// *Bad padding*, *wrong version*, *not 48 bytes*, *not as long as the modulus*: an attacker who
/// learns which, or only that it was one of them, can find out what is inside any ciphertext, by
/// sending variations of it. A server that reveals this is called an *oracle*: it answers the
/// attacker's questions without meaning to.
///
/// | | what servers revealed |
/// | --- | --- |
/// | Bleichenbacher, 1998 | whether the padding was good. About a million variations were enough |
/// | Klíma, Pokorný and Rosa, 2003 | whether the version was right, and nothing else |
/// | ROBOT, 2017 | still whether the padding was good: some by an alert, some by the lack of one |
/// | Marvin, 2023 | the same, by how long they took to answer |
///
/// The properties see what you answer. They don't see how long you take: look for that in your own
/// code. Where does it branch, or look something up, depending on what was in the ciphertext?
///
/// All this care for one function is why TLS 1.3 dropped RSA key transport. It has no forward
/// secrecy either, as exercise 6.9 shows.
///
/// [`rsa::PrivateKey::pkcs1v15_decrypt`]: https://docs.rs/rsa/0.10/rsa/struct.PrivateKey.html#method.pkcs1v15_decrypt
pub fn unwrap_premaster(key: &rsa::PrivateKey, offered: u16, wrapped: &[u8]) -> PremasterSecret {
    // todo!("6.5: the secret in {wrapped:?} for {key:?} and {offered:#06x}, or random bytes")
    let mut premaster = [0; 48];
    getrandom::fill(&mut premaster).expect("the system gives randomness");
    let unwrapped = key.pkcs1v15_decrypt(wrapped).unwrap_or_default();
    let mut candidate = [0; 48];
    let common = unwrapped.len().min(48);
    candidate[..common].copy_from_slice(&unwrapped[..common]);
    let is_premaster = unwrapped.len().ct_eq(&48) & candidate[..2].ct_eq(&offered.to_be_bytes());
    for (byte, unwrapped) in premaster.iter_mut().zip(&candidate) {
        byte.conditional_assign(unwrapped, is_premaster);
    }
    PremasterSecret::new(&premaster)
}
