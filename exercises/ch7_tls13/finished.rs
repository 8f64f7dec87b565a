// 7.7 Finished, once more

use given::tls::Abort;

use crate::ch3_signatures::{Transcript, hmac_sha256, verify_mac};

use super::{Handshaking, TrafficSecret};

/// **7.7** The content of a Finished from the side that `secret` belongs to (RFC 9846 §4.5.3): your
/// [`hmac_sha256`] of the transcript's hash, under the Finished key of exercise 7.2.
///
/// ```text
/// server's    ClientHello … CertificateVerify
/// client's    ClientHello … CertificateVerify, the server's Finished
/// ```
///
/// `transcript` ends before this Finished. No Finished covers itself. The next one covers it, which
/// is why the client's also confirms the server's.
///
/// Both sides use the same label. What tells them apart is the secret: each side has its own. In
/// TLS 1.2 it is the other way around (exercise 6.6).
pub fn verify_data<Side>(
    secret: &TrafficSecret<Side, Handshaking>,
    transcript: &Transcript,
) -> [u8; 32] {
    todo!(
        "7.7: the Finished from {:?} and {transcript:?}",
        secret.as_bytes()
    )
}

/// **7.7** Checks a Finished that was received from the side that `secret` belongs to. Compare as
/// in exercise 3.3: all 32 bytes, in constant time.
///
/// # Errors
///
/// [`Abort::BadFinished`] if `received` is not that content: if it was made from other messages or
/// under another secret, is shorter or longer, or is your own, sent back to you.
pub fn check_verify_data<Side>(
    secret: &TrafficSecret<Side, Handshaking>,
    transcript: &Transcript,
    received: &[u8],
) -> Result<(), Abort> {
    todo!(
        "7.7: is {received:?} the Finished from {:?} and {transcript:?}?",
        secret.as_bytes()
    )
}
