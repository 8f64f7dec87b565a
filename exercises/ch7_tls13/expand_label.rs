// 7.1 Expand with a label

use std::error::Error;
use std::fmt;

use crate::ch3_signatures::Transcript;
use crate::ch4_key_exchange::hkdf_expand;

/// A label, a context or a length does not fit into an `HkdfLabel`, or HKDF has no output that long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotFit;

impl fmt::Display for DoesNotFit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the label, the context or the length has no room")
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
/// That is the info for a key of 16 bytes: label "key", no context. The two fields in the middle and
/// at the end are vectors, each with its length in 1 byte in front.
///
/// - The *length* of the output is in the info. With plain HKDF, 16 bytes are the first half of 32
///   bytes for the same info. Here they have nothing in common.
/// - *"tls13 "*, with the space, keeps the secrets of this version apart from those of another
///   protocol that uses the same secret. DTLS 1.3 has "dtls13" in its place (RFC 9147 §5.9).
/// - The *lengths in front* make the info unambiguous. Without them, label "ab" with context "c"
///   would be label "a" with context "bc".
///
/// # Errors
///
/// [`DoesNotFit`] if `label` is empty or has more than 249 bytes, `context` has more than 255, or
/// `length` is more than HKDF has: 255 · 32.
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
/// The context is the hash of the transcript, not its messages. If anyone has changed a message on
/// the way, client and server derive different secrets, and nothing that one seals opens at the
/// other. For a secret that depends on no message, the transcript is empty. The context is then the
/// hash of nothing, `e3b0c442…`, and not an empty context.
///
/// # Errors
///
/// [`DoesNotFit`] as [`expand_label`].
pub fn derive_secret(
    secret: &[u8; 32],
    label: &str,
    transcript: &Transcript,
) -> Result<[u8; 32], DoesNotFit> {
    todo!("7.1: the secret {label:?} from {secret:?}, bound to {transcript:?}")
}
