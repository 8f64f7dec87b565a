//! A connection as those see it who move its bytes: sans-IO, it takes bytes and gives bytes.

use std::error::Error;
use std::fmt;

use super::abort::Abort;
use super::names::CipherSuite;
use super::passed::Passed;

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The handshake goes on. Nothing can be sent, and nothing has been received.
    Handshaking,
    /// The handshake is over, with this suite, and both sides may send.
    Open(CipherSuite),
    /// The peer has said that it sends no more.
    Closed,
    /// It was ended. What it had received before may be incomplete.
    Failed(Abort),
}

/// The connection is not open for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOpen;

impl fmt::Display for NotOpen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the connection is not open")
    }
}

impl Error for NotOpen {}

/// One end of a TLS connection. It owns no socket: whoever has one moves the bytes.
pub trait Connection {
    /// Takes bytes from the peer, however they are cut. What is wrong with them shows in
    /// [`status`](Connection::status), and in an alert that is to be sent.
    fn receive(&mut self, bytes: &[u8]);

    /// What is to be sent to the peer now, maybe nothing. What it returns once, it does not return
    /// again.
    fn to_send(&mut self) -> Vec<u8>;

    /// How far it is.
    fn status(&self) -> Status;

    /// Seals application data. It is then [`to_send`](Connection::to_send).
    ///
    /// # Errors
    /// The connection is not open.
    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen>;

    /// The application data received since the last call.
    fn received(&mut self) -> Vec<u8>;

    /// Says that no more will be sent.
    fn close(&mut self);

    /// The messages that have passed since the last call, for the trace.
    fn passed(&mut self) -> Vec<Passed>;

    /// The line of an NSS key log that lets Wireshark follow, once there are keys.
    fn key_log_line(&self) -> Option<String>;
}
