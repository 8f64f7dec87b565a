//! How a handshake is written, in every version: as steps, each of which waits for one message.

use super::abort::Abort;
use super::handshake::Handshake;
use super::incoming::Incoming;
use super::names::Suite;
use super::records::RecordLayer;

/// A step of a handshake. It waits for a message. Receiving the message consumes the step, and
/// returns the next one.
///
/// In TLS 1.2, [`tls12::Step`](crate::tls12::Step) takes its place.
pub trait Step: Sized {
    /// The record layer of this version.
    type Wire: RecordLayer;
    /// What the handshake leads to.
    type Established: Established<Self::Wire>;

    /// Takes what has arrived, and sends the answer to it.
    ///
    /// # Errors
    /// It is not what this step waits for, or it is not valid. The connection then ends.
    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Self::Wire,
    ) -> Result<Progress<Self, Self::Established>, Abort>;
}

/// What follows a step.
pub enum Progress<S, E> {
    /// Another step.
    Next(S),
    /// Nothing: the handshake is over.
    Open(E),
}

/// A connection whose handshake is over.
pub trait Established<W> {
    /// Whether a side that has received a close_notify closes its own direction at once. In TLS 1.2 it
    /// does (RFC 5246 §7.2.1). In TLS 1.3 it may go on sending (RFC 9846 §6.1).
    const CLOSES_BOTH: bool;

    /// The suite that was agreed on.
    fn suite(&self) -> Suite;

    /// The lines of a key log that let Wireshark decrypt the connection.
    fn key_log(&self) -> Vec<String>;

    /// Takes a handshake message that comes after the handshake.
    ///
    /// # Errors
    /// It is not allowed there, or it is not valid. The connection then ends.
    fn receive(&mut self, message: Handshake, wire: &mut W) -> Result<(), Abort>;

    /// Called before each record of application data is sealed, so that something can be sent first.
    ///
    /// # Errors
    /// What has to be sent first can't be sent.
    fn before_data(&mut self, wire: &mut W) -> Result<(), Abort>;
}
