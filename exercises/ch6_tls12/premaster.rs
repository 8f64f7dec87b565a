// 6.5 Wrap a secret, and tell nothing

use subtle::{ConditionallySelectable, ConstantTimeEq};

use crate::ch2_asymmetric::TooLong;

use super::PremasterSecret;

/// **6.5** The client's side of RSA key transport (RFC 5246 §7.4.7.1): a fresh premaster secret,
/// and that secret encrypted to the server's key with RSAES-PKCS1-v1_5.
///
/// ```text
/// premaster secret   the version that was offered, 2 bytes │ random, 46 bytes
///
/// what is encrypted  00 02 │ 8 random bytes or more, none 0 │ 00 │ premaster secret
/// (RFC 8017 §7.2.1)        as many as fill the modulus
/// ```
///
/// `offered` is the version in your ClientHello, not the one that was chosen. It is how the server
/// notices that somebody has changed your hello to an older version.
///
/// **This padding has been under attack since 1998.** It is here because TLS 1.2 has it. In your
/// own work, use exercise 2.6.
///
/// # Errors
///
/// [`TooLong`] where the key is too small for 48 bytes and the 11 that the padding needs.
pub fn wrap_premaster(
    key: &rsa::PublicKey,
    offered: u16,
) -> Result<(PremasterSecret, Vec<u8>), TooLong> {
    todo!("6.5: a fresh premaster secret for the version {offered:#06x}, wrapped to {key:?}")
}

/// **6.5** The server's side: the premaster secret in `wrapped`, or random bytes where there is
/// none (RFC 5246 §7.4.7.1).
///
/// There is no error, on purpose. *Bad padding*, *wrong version*, *not 48 bytes*, *not as long as
/// the modulus*: whoever is told which, or only that it was one of them, can find out what is
/// inside any ciphertext by sending variations of it. Bleichenbacher needed about a million, in
/// 1998. Klíma, Pokorný and Rosa needed nothing but the version, in 2003. ROBOT found servers that
/// still told, in 2017; some by an alert, some by the lack of one. Marvin measured how long they
/// took to answer, in 2023.
///
/// So nothing is told. Draw 48 random bytes *before* you decrypt, and go on with them where what
/// you decrypt is not a premaster secret for the version `offered` in the ClientHello. The
/// handshake then fails as it does for a client that has guessed: the client's Finished does not
/// open. (The RFC has two recipes. This is the second: a wrong version is one more bad padding, and
/// all 48 bytes are random. In the first recipe, the version comes before 46 random bytes.) To pick
/// one of two secrets without a branch, see
/// [`ConditionallySelectable`].
///
/// The crate helps: since version 0.10, its decryption gives a made-up message for bad padding, of
/// any length, and always the same for the same ciphertext. You can't tell it from a message that
/// somebody has sent, and need not. What the crate reports as an error (a wrong length, say) you
/// keep to yourself.
///
/// The properties see what you answer. They don't see how long you take for it: that is for you to
/// read in your code. Where does it branch, or look something up, by what was in the ciphertext?
///
/// All that care for one function is why TLS 1.3 dropped RSA key transport. That it has no forward
/// secrecy either is exercise 6.9.
pub fn unwrap_premaster(key: &rsa::PrivateKey, offered: u16, wrapped: &[u8]) -> PremasterSecret {
    todo!("6.5: the secret in {wrapped:?} for {key:?} and {offered:#06x}, or random bytes")
}
