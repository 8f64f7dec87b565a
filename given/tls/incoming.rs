//! What comes out of the record layer.

use super::abort::Abort;
use super::handshake::{Handshake, HandshakeMessage};

/// What comes from the peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message of the handshake.
    Handshake(Handshake),
    /// The peer's records are protected from here on.
    ChangeCipherSpec,
    /// What the connection is for. It may be nothing: some send empty records to hide how much they
    /// have to say.
    ApplicationData(Vec<u8>),
    /// The peer sends no more.
    CloseNotify,
}

impl Incoming {
    /// The message of the handshake that it is.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] where it is something else.
    pub fn handshake(self) -> Result<Handshake, Abort> {
        match self {
            Incoming::Handshake(message) => Ok(message),
            _ => Err(Abort::UnexpectedMessage),
        }
    }

    /// The message that it is, and its bytes for the transcript.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] where it is something else, [`Abort::Malformed`] where it is
    /// not of the form.
    pub fn message<M: HandshakeMessage>(self) -> Result<(M, Handshake), Abort> {
        let handshake = self.handshake()?;
        Ok((handshake.parse()?, handshake))
    }

    /// Nothing, where it is a ChangeCipherSpec.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] where it is something else.
    pub fn change_cipher_spec(self) -> Result<(), Abort> {
        match self {
            Incoming::ChangeCipherSpec => Ok(()),
            _ => Err(Abort::UnexpectedMessage),
        }
    }
}
