// 7.1 Expand with a label

use std::error::Error;
use std::fmt;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::hkdf_expand;

/// A label, a context or a length does not fit into an `HkdfLabel`, or HKDF can't produce an output
/// that long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotFit;

impl fmt::Display for DoesNotFit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the label, the context or the length does not fit")
    }
}

impl Error for DoesNotFit {}

/// **7.1** Derives `length` bytes from `secret`, for the purpose that `label` and `context` name.
/// RFC 9846 §7.1 calls this HKDF-Expand-Label.
///
/// It is [`hkdf_expand`] of exercise 4.4 with an `info` of a fixed form, an `HkdfLabel`:
///
/// ```text
/// 00 10 │ 09 │ 74 6c 73 31 33 20 6b 65 79 │ 00 │
///       │    │  t  l  s  1  3     k  e  y │    │
/// length│    │ "tls13 " and the label     │    │ context
///  (2)  │ (1)│ 7 to 255 bytes             │ (1)│ 0 to 255 bytes
/// ```
///
/// This is the info for a key of 16 bytes: the label is "key", and the context is empty. The fields
/// in the middle and at the end are vectors: each is preceded by its length in 1 byte.
///
/// - The *length* of the output is in the info. With plain HKDF, if you ask for 16 bytes, you get
///   the first half of the 32 bytes that the same info gives. Here the two outputs have nothing in
///   common.
/// - *"tls13 "*, with the space, keeps the secrets of this version apart from those of another
///   protocol that uses the same secret. DTLS 1.3, the variant for UDP, has "dtls13" in its place
///   (RFC 9147 §5.9).
/// - The *length prefixes* make the info unambiguous. Without them, label "ab" with context "c"
///   would give the same info as label "a" with context "bc".
///
/// # Errors
///
/// [`DoesNotFit`] if `label` is empty or has more than 249 bytes, if `context` has more than 255,
/// or if `length` is more than HKDF can produce: 255 · 32.
pub fn expand_label(
    secret: &[u8; 32],
    label: &str,
    context: &[u8],
    length: usize,
) -> Result<Vec<u8>, DoesNotFit> {
    todo!("7.1: {length} bytes from {secret:?} for {label:?} and {context:?}")
}

/// **7.1** Derives a secret of 32 bytes from `secret`, bound to the messages in `transcript`. RFC
/// 9846 §7.1 calls this Derive-Secret.
///
/// The context is the hash of the transcript, not its messages. If anyone has changed a message in
/// transit, client and server derive different secrets, and neither can open what the other seals.
/// For a secret that depends on no message, the transcript is empty. The context is then the hash
/// of nothing, `e3b0c442…`. It is not an empty context.
///
/// # Errors
///
/// [`DoesNotFit`], as for [`expand_label`].
pub fn derive_secret(
    secret: &[u8; 32],
    label: &str,
    transcript: &Transcript,
) -> Result<[u8; 32], DoesNotFit> {
    todo!("7.1: the secret {label:?} from {secret:?}, bound to {transcript:?}")
}
