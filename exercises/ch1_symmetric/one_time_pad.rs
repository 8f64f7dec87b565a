// 1.1 The one-time pad

use std::error::Error;
use std::fmt;

/// The pad has fewer bytes than the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PadTooShort;

impl fmt::Display for PadTooShort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the pad is shorter than the text")
    }
}

impl Error for PadTooShort {}

/// **1.1** Hides `text` under `pad`, or recovers it: XOR, byte by byte.
///
/// ```text
/// text    68 65 6c 6c 6f      text    0 1 0 1
/// pad     2b 7e 15 16 28      pad     0 0 1 1
///         ──────────────              ───────
/// result  43 1b 79 7a 47      result  0 1 1 0
/// ```
///
/// A text is called *plaintext* before it is hidden, and *ciphertext* after. Anyone who sees the
/// ciphertext but not the pad learns how long the plaintext is, and nothing else: for every
/// plaintext of that length there is a pad that gives this ciphertext.
///
/// The result is as long as the text. The pad may be longer: keep the rest of it for the next text,
/// and throw away the bytes that you have used. Exercise 1.2 shows why.
///
/// # Errors
///
/// [`PadTooShort`] if the pad is shorter than the text. Starting over at the beginning of the pad
/// would use those bytes twice.
pub fn one_time_pad(pad: &[u8], text: &[u8]) -> Result<Vec<u8>, PadTooShort> {
    todo!("1.1: XOR each byte of {text:?} with the byte of {pad:?} at the same position")
}
