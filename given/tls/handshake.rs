//! The messages of a handshake, as far as they are alike: a type, a length, a body (RFC 5246 §7.4).

use super::abort::Abort;
use super::codec::{Malformed, Reader, Writer};
use super::names::{ContentType, HandshakeType};
use super::passed::Passed;

/// A message of the handshake, as it was or will be on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    kind: u8,
    bytes: Vec<u8>,
}

/// Type and length, before the body of each message.
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

    /// The first message in `bytes`, and how long it is, if all of it is there.
    pub(crate) fn first_in(bytes: &[u8]) -> Option<Handshake> {
        let mut reader = Reader::new(bytes);
        let kind = reader.u8().ok()?;
        let body = reader.vector(3).ok()?;
        Some(Handshake {
            kind,
            bytes: bytes[..body.range().end].to_vec(),
        })
    }

    /// The message that has passed, if it was one.
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

    /// All of it, header and body: what goes into the transcript.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What follows the header.
    pub fn body(&self) -> &[u8] {
        &self.bytes[HEADER..]
    }

    /// Reads the body. Places are counted from the beginning of the header.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::starting_at(HEADER, self.body())
    }

    /// The message as an `M`.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] where it is another one, [`Abort::Malformed`] where its body is
    /// not of the form.
    pub fn parse<M: HandshakeMessage>(&self) -> Result<M, Abort> {
        if self.kind != M::TYPE.code() {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(M::read(self.body())?)
    }
}

/// A message whose form is known.
pub trait HandshakeMessage: Sized {
    /// Its type.
    const TYPE: HandshakeType;

    /// Reads a body.
    ///
    /// # Errors
    /// It is not of this form, or something follows it.
    fn read(body: &[u8]) -> Result<Self, Malformed>;

    /// Writes the body.
    fn body(&self) -> Vec<u8>;

    /// The whole message.
    fn handshake(&self) -> Handshake {
        Handshake::new(Self::TYPE, &self.body())
    }
}
