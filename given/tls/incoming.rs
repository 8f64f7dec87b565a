//! What the record layer hands to the handshake: messages, not records.

use super::abort::Abort;
use super::handshake::{Handshake, HandshakeMessage};
use super::names::HandshakeType;

/// What comes from the peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A handshake message.
    Handshake(Handshake),
    /// The peer's records are protected from the next one on.
    ChangeCipherSpec,
    /// Application data. It may be empty: some peers send empty records to hide how much they have
    /// to say.
    ApplicationData(Vec<u8>),
    /// The peer sends no more.
    CloseNotify,
}

impl Incoming {
    /// Whether this is a handshake message of this type. What is in it has not been read.
    pub fn is(&self, kind: HandshakeType) -> bool {
        matches!(self, Incoming::Handshake(message) if message.kind() == Some(kind))
    }

    /// The handshake message that this is.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] if it is something else.
    pub fn handshake(self) -> Result<Handshake, Abort> {
        match self {
            Incoming::Handshake(message) => Ok(message),
            _ => Err(Abort::UnexpectedMessage),
        }
    }

    /// The message that this is, and its bytes for the transcript.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] if it is something else, [`Abort::Malformed`] if its
    /// body can't be read.
    pub fn message<M: HandshakeMessage>(self) -> Result<(M, Handshake), Abort> {
        let handshake = self.handshake()?;
        Ok((handshake.parse()?, handshake))
    }

    /// Checks that this is a ChangeCipherSpec.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] if it is something else.
    pub fn change_cipher_spec(self) -> Result<(), Abort> {
        match self {
            Incoming::ChangeCipherSpec => Ok(()),
            _ => Err(Abort::UnexpectedMessage),
        }
    }
}
