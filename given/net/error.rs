//! Why a connection can't be made, or ends before both sides have closed it.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};

use crate::tls::Abort;

/// Why nothing more can be sent or received.
#[derive(Debug)]
pub enum Error {
    /// The connection can't be made.
    Unreachable(io::Error),
    /// A socket or a file has failed.
    Io(io::Error),
    /// The peer took too long.
    TimedOut,
    /// The peer sends more than is accepted.
    TooMuch,
    /// The socket has ended without a close_notify. Someone on the network may have cut off what
    /// was still to come. What came before has been received.
    Truncated,
    /// One side has already closed the connection.
    Closed,
    /// The connection was ended early: by the peer if it is [`Abort::Refused`], else by us.
    Aborted(Abort),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreachable(error) => write!(out, "can't connect: {error}"),
            Error::Io(error) => write!(out, "{error}"),
            Error::TimedOut => write!(out, "the peer took too long"),
            Error::TooMuch => write!(out, "the peer sends more than is accepted"),
            Error::Truncated => write!(out, "the connection was cut off, without a close_notify"),
            Error::Closed => write!(out, "the connection is not open for sending"),
            Error::Aborted(abort) => write!(out, "{abort}"),
        }
    }
}

impl StdError for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        match error.kind() {
            // Unix has the first, Windows the second.
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Error::TimedOut,
            // It takes no key to end a connection like this, either.
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Error::Truncated,
            _ => Error::Io(error),
        }
    }
}
