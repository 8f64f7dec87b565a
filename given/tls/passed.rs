//! What a connection has sent and received, for the trace.

use super::names::ContentType;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From here to the peer.
    Sent,
    /// From the peer.
    Received,
}

/// A message that was sent or received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Which way it went.
    pub direction: Direction,
    /// What kind of message it is.
    pub content_type: ContentType,
    /// How many bytes it has, before it is sealed or after it is opened.
    pub length: usize,
    /// Those bytes. The bytes of application data are not kept: the trace does not show them.
    pub content: Vec<u8>,
    /// Whether its record was protected.
    pub is_protected: bool,
}
