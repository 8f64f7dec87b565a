//! What all handshake messages have in common: a type, a length, and a body (RFC 5246 §7.4).

use super::abort::Abort;
use super::codec::{Malformed, Reader, Writer};
use super::messages::extension::{Extension, has_duplicate};
use super::names::{ContentType, HandshakeType};
use super::passed::Passed;

/// A handshake message, as it is on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    kind: u8,
    bytes: Vec<u8>,
}

/// How long the header of a message is: 1 byte of type, 3 of length.
pub(super) const HEADER: usize = 4;

impl Handshake {
    /// The message with this type and body.
    pub fn new(kind: HandshakeType, body: &[u8]) -> Handshake {
        let bytes = Writer::new().u8(kind.code()).vector(3, body).finish();
        Handshake {
            kind: kind.code(),
            bytes,
        }
    }

    /// The first message in `bytes`, if all of it is there.
    pub(crate) fn first_in(bytes: &[u8]) -> Option<Handshake> {
        let mut reader = Reader::new(bytes);
        let kind = reader.u8().ok()?;
        let body = reader.vector(3).ok()?;
        Some(Handshake {
            kind,
            // The range counts from the first byte of the message, so it ends where the message does.
            bytes: bytes[..body.range().end].to_vec(),
        })
    }

    /// The handshake message that was sent or received, if that is what it was.
    pub(crate) fn passed(passed: &Passed) -> Option<Handshake> {
        match passed.content_type {
            ContentType::Handshake => Handshake::first_in(&passed.content),
            _ => None,
        }
    }

    /// Its type, if it has a name.
    pub fn kind(&self) -> Option<HandshakeType> {
        HandshakeType::from_code(self.kind)
    }

    /// The whole message, header and body: this goes into the transcript.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What follows the header.
    pub fn body(&self) -> &[u8] {
        &self.bytes[HEADER..]
    }

    /// A reader of the body, which counts from the first byte of the header.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::starting_at(HEADER, self.body())
    }

    /// Reads the message as an `M`.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] if it is another message, [`Abort::Malformed`] if its body
    /// can't be read, [`Abort::DuplicateExtension`] if an extension is in it twice.
    pub fn parse<M: HandshakeMessage>(&self) -> Result<M, Abort> {
        if self.kind != M::TYPE.code() {
            return Err(Abort::UnexpectedMessage);
        }
        let message = M::read(self.body())?;
        if message.extension_blocks().into_iter().any(has_duplicate) {
            return Err(Abort::DuplicateExtension);
        }
        Ok(message)
    }
}

/// A handshake message that can be read and written.
pub trait HandshakeMessage: Sized {
    /// Its type.
    const TYPE: HandshakeType;

    /// Reads a body.
    ///
    /// # Errors
    /// It is malformed, or something follows it.
    fn read(body: &[u8]) -> Result<Self, Malformed>;

    /// Writes the body.
    fn body(&self) -> Vec<u8>;

    /// Its extensions. A Certificate of TLS 1.3 has a block of them for each certificate.
    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![]
    }

    /// The whole message.
    fn handshake(&self) -> Handshake {
        Handshake::new(Self::TYPE, &self.body())
    }
}
