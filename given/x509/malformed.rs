//! The error for bytes that can't be read.

use std::error::Error;
use std::fmt;

/// The bytes are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "malformed")
    }
}

impl Error for Malformed {}

/// A public key can't be used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadKey {
    /// It can't be read, or does not have a common size.
    Malformed,
    /// It is not for RSA, but for another algorithm, such as ECDSA. There may be nothing wrong with it.
    Unsupported,
}

impl fmt::Display for BadKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadKey::Malformed => write!(out, "the public key is malformed"),
            BadKey::Unsupported => write!(out, "the public key is not an RSA key"),
        }
    }
}

impl Error for BadKey {}

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Malformed {
        Malformed
    }
}
