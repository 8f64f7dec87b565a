//! What has passed on a connection.

use super::names::ContentType;

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From here to the peer.
    Sent,
    /// From the peer.
    Received,
}

/// Something that has passed, for the trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Which way.
    pub direction: Direction,
    /// What it was.
    pub content_type: ContentType,
    /// How many bytes it had, before it was sealed or after it was opened.
    pub length: usize,
    /// These bytes. Of application data they are not kept: the trace has no place for them.
    pub content: Vec<u8>,
    /// Whether its record was protected.
    pub is_protected: bool,
}
