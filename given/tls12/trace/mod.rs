//! The trace of a TLS 1.2 connection: the steps of its handshake, and the fields of its messages.

mod fields;

#[cfg(test)]
mod tests;

use crate::tls::handshake::Handshake;
use crate::tls::names::{ContentType, HandshakeType};
use crate::tls::passed::Passed;
use crate::tls::trace::Entry;

/// The entry for a message that was sent or received.
pub fn entry(passed: &Passed) -> Entry {
    let mut entry = Entry::new(passed);
    if passed.content_type == ContentType::ChangeCipherSpec {
        // It is not a handshake message, but chapter 6 counts it as a step.
        entry.step = Some(6);
    }
    if let Some(message) = Handshake::passed(passed) {
        entry.step = step(&message);
        (entry.fields, entry.is_malformed) = fields::of(&message);
    }
    entry
}

/// The body of a Certificate with an empty list: the length of the list.
const NO_CERTIFICATES: [u8; 3] = [0; 3];

/// The step that a message belongs to, as chapter 6 counts them.
fn step(message: &Handshake) -> Option<u8> {
    match message.kind()? {
        HandshakeType::ClientHello => Some(1),
        HandshakeType::ServerHello => Some(2),
        // A server always has a certificate. An empty list is the answer of a client that has none.
        HandshakeType::Certificate if message.body() == NO_CERTIFICATES => Some(5),
        HandshakeType::Certificate => Some(3),
        HandshakeType::ServerKeyExchange
        | HandshakeType::CertificateRequest
        | HandshakeType::ServerHelloDone => Some(4),
        HandshakeType::ClientKeyExchange => Some(5),
        HandshakeType::Finished => Some(7),
        _ => None,
    }
}
