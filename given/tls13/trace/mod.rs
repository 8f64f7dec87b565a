//! The trace of a TLS 1.3 connection: the steps of its handshake, and the fields of its messages.

mod fields;

#[cfg(test)]
mod tests;

use crate::tls::handshake::Handshake;
use crate::tls::names::HandshakeType;
use crate::tls::passed::Passed;
use crate::tls::trace::Entry;

/// The entry for a message that was sent or received. A ChangeCipherSpec belongs to no step: it
/// means nothing.
pub fn entry(passed: &Passed) -> Entry {
    let mut entry = Entry::new(passed);
    if let Some(message) = Handshake::passed(passed) {
        entry.step = step(&message);
        (entry.fields, entry.is_malformed) = fields::of(&message);
    }
    entry
}

/// The step that a message belongs to, as chapter 7 counts them. A retry repeats steps 1 and 2.
fn step(message: &Handshake) -> Option<u8> {
    match message.kind()? {
        HandshakeType::ClientHello => Some(1),
        HandshakeType::ServerHello => Some(2),
        HandshakeType::EncryptedExtensions | HandshakeType::CertificateRequest => Some(3),
        HandshakeType::Certificate => Some(4),
        HandshakeType::CertificateVerify => Some(5),
        HandshakeType::Finished => Some(6),
        _ => None,
    }
}
