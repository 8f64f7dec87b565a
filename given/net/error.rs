//! Why a connection ends otherwise than both sides wanted.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};

use crate::tls::Abort;

/// Why nothing more comes through.
#[derive(Debug)]
pub enum Error {
    /// Nobody could be connected to.
    Unreachable(io::Error),
    /// The socket has failed, or a file has.
    Io(io::Error),
    /// The peer took too long.
    TimedOut,
    /// The peer sends more than is taken.
    TooMuch,
    /// The socket has ended, and the peer had not said that it would. Somebody on the way may have
    /// cut off what was still to come.
    Truncated,
    /// One of both has said already that it sends no more.
    Closed,
    /// The connection was ended, by us or, where it was [`Abort::Refused`], by the peer.
    Aborted(Abort),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreachable(error) => write!(out, "can't connect: {error}"),
            Error::Io(error) => write!(out, "{error}"),
            Error::TimedOut => write!(out, "the peer took too long"),
            Error::TooMuch => write!(out, "the peer sends more than is taken"),
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
            // The one on Unix, the other on Windows.
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Error::TimedOut,
            // To end a connection so takes no key either.
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Error::Truncated,
            _ => Error::Io(error),
        }
    }
}
