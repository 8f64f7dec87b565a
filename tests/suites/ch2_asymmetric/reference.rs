//! Envelopes that are made without the learner's code.

use crate::subject::ch2_asymmetric::Envelope;
use fixtures::oaep::reference::{sealed_under, wrapped};

/// An envelope around `content`, whose message is sealed under `message_key`.
pub fn reference_envelope(
    key: &rsa::PrivateKey,
    content: &[u8],
    message_key: &[u8; 16],
    message: &[u8],
) -> Envelope {
    let wrapped_key = wrapped(key, content);
    let sealed = sealed_under(message_key, &wrapped_key, message);
    Envelope {
        wrapped_key,
        sealed,
    }
}
