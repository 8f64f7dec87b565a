//! A connection, as seen by the code that moves its bytes. It does no I/O itself: it takes bytes
//! and returns bytes.

use std::error::Error;
use std::fmt;

use super::abort::Abort;
use super::names::Suite;
use super::passed::Passed;

/// How far along a connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The handshake is not over. No data can be sent yet, and none has been received.
    Handshaking,
    /// The handshake is over, with this suite, and both sides may send.
    Open(Suite),
    /// The peer has said that it sends no more.
    Closed,
    /// It was ended early. What it has received may be incomplete.
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

/// One end of a TLS connection. It owns no socket: moving the bytes is up to the caller.
pub trait Connection {
    /// Takes bytes from the peer, in pieces of any size. If something is wrong with them,
    /// [`status`](Connection::status) says so, and there is an alert to send.
    fn receive(&mut self, bytes: &[u8]);

    /// The bytes to send to the peer now, if any. They are returned once.
    fn to_send(&mut self) -> Vec<u8>;

    /// How far along it is.
    fn status(&self) -> Status;

    /// Seals application data, for [`to_send`](Connection::to_send) to return.
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

    /// The lines of a key log that let Wireshark decrypt the connection, once the handshake is over.
    fn key_log(&self) -> Vec<String>;
}

/// So that connections of different kinds can be in one list.
impl<C: Connection + ?Sized> Connection for Box<C> {
    fn receive(&mut self, bytes: &[u8]) {
        (**self).receive(bytes);
    }

    fn to_send(&mut self) -> Vec<u8> {
        (**self).to_send()
    }

    fn status(&self) -> Status {
        (**self).status()
    }

    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen> {
        (**self).send(data)
    }

    fn received(&mut self) -> Vec<u8> {
        (**self).received()
    }

    fn close(&mut self) {
        (**self).close();
    }

    fn passed(&mut self) -> Vec<Passed> {
        (**self).passed()
    }

    fn key_log(&self) -> Vec<String> {
        (**self).key_log()
    }
}
