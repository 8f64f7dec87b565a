// 2.7 Sealed envelopes

use crate::ch1_symmetric::Rejected;

use super::{TooLong, decrypt, encrypt};

/// A message of any length, sealed to the owner of an RSA key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The AES key of this envelope, encrypted as in exercise 2.6.
    pub wrapped_key: Vec<u8>,
    /// The message, sealed under that AES key as in exercise 1.3.
    pub sealed: Vec<u8>,
}

/// **2.7** Seals `message` to `key` with a fresh AES key, which is *wrapped* (encrypted) with RSA.
/// This is hybrid encryption.
///
/// ```text
/// fresh random bytes ──▶ AES key ──┬──▶ encrypt (2.6) ──▶ wrapped key ──┐
///                                  │                         │          │
///                                  │                  associated data   ├──▶ envelope
///                                  ▼                         ▼          │
/// message ─────────────────────▶ seal (1.3) ◀────────────────┘          │
///                                  └───────────────────▶ sealed ────────┘
/// ```
///
/// - The AES key is 16 bytes from the system's random number generator, new for every envelope.
/// - The nonce is 12 zero bytes. A nonce must not be used twice under one key, and this key is used
///   once: any nonce will do. The file encryption tool age does the same.
/// - The wrapped key is the associated data. That binds the two parts together: the sealed message
///   opens with this wrapped key, and with no other. Otherwise anyone who knows the AES key,
///   such as the recipient, could wrap it a second time and put the result beside your message.
///   That would be another envelope with the same content.
///
/// An envelope does not say who sealed it: everyone has the public key. For that, see chapter 3.
///
/// # Errors
///
/// [`TooLong`] if even an AES key is too long for the RSA key. A message is never too long.
pub fn seal_to(key: &rsa::PublicKey, message: &[u8]) -> Result<Envelope, TooLong> {
    todo!("2.7: seal {message:?} under a fresh AES key, and wrap that to {key:?}")
}

/// **2.7** Opens an envelope that [`seal_to`] has sealed to the public half of `key`.
///
/// # Errors
///
/// [`Rejected`] if the envelope was sealed to another key, or if anything in it differs from what
/// was sealed: the wrapped key, the sealed message, or what was wrapped (anyone can wrap anything,
/// so it is not necessarily 16 bytes long).
pub fn open_with(key: &rsa::PrivateKey, envelope: &Envelope) -> Result<Vec<u8>, Rejected> {
    todo!("2.7: unwrap the AES key of {envelope:?} with {key:?}, and open the message")
}
