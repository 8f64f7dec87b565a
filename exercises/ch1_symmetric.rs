//! # Chapter 1: one key for both
//!
//! LESSON TO COME

use std::error::Error;
use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};

// 1.1 The one-time pad

/// The pad has fewer bytes than the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PadTooShort;

impl fmt::Display for PadTooShort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the pad is shorter than the text")
    }
}

impl Error for PadTooShort {}

/// **1.1** Hides `text` under `pad`, or finds it again: XOR, byte by byte.
///
/// ```text
/// text    68 65 6c 6c 6f      text    0 1 0 1
/// pad     2b 7e 15 16 28      pad     0 0 1 1
///         ──────────────              ───────
/// result  43 1b 79 7a 47      result  0 1 1 0
/// ```
///
/// The result is as long as the text. A pad may be longer than that: what is left of it waits for
/// the next text. Used up, it is thrown away; exercise 1.2 shows why.
///
/// # Errors
///
/// [`PadTooShort`] where the pad ends before the text does. Starting again at the front of the pad
/// would use those bytes twice.
pub fn one_time_pad(pad: &[u8], text: &[u8]) -> Result<Vec<u8>, PadTooShort> {
    todo!("1.1: XOR each byte of {text:?} with the byte of {pad:?} in the same place")
}

// 1.3 Seal and open

/// The one error of everything that opens: it was not sealed like this.
///
/// It says no more on purpose. Whoever learns *why* a forgery was refused can make the next one
/// better; chapter 2 shows such an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected;

impl fmt::Display for Rejected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "rejected")
    }
}

impl Error for Rejected {}

/// **1.3** Encrypts `message` and binds it to `associated_data`, with AES-128-GCM (RFC 5116 §5.1).
///
/// Returns the ciphertext, as long as the message, followed by the 16-byte tag. The associated
/// data is not in it: it is what both sides know anyway (in TLS, the header of the record), and it
/// is protected from change, not hidden.
///
/// The caller promises never to use `nonce` twice under the same `key`. Exercise 1.6 shows what
/// breaking that promise costs.
pub fn seal(key: &[u8; 16], nonce: &[u8; 12], associated_data: &[u8], message: &[u8]) -> Vec<u8> {
    todo!("1.3: seal {message:?} under {key:?} and {nonce:?}, binding {associated_data:?}")
}

/// **1.3** Opens what [`seal`] has sealed under the same key, nonce and associated data.
///
/// # Errors
///
/// [`Rejected`] where anything is not as it was sealed, or where `sealed` is too short to end in a
/// tag. Nothing of the message is returned then, not even a part that might be genuine.
pub fn open(
    key: &[u8; 16],
    nonce: &[u8; 12],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Rejected> {
    todo!("1.3: open {sealed:?} under {key:?} and {nonce:?}, with {associated_data:?}")
}
