//! The header of a record, and how long a record can be (RFC 5246 §6.2.1, RFC 9846 §5.1).

use super::abort::Abort;
use super::names::ContentType;

/// The most bytes in a record before it is protected: 2¹⁴ (RFC 5246 §6.2.1, RFC 9846 §5.1).
pub const MAX_FRAGMENT: usize = 1 << 14;

/// Type, version and length, before the fragment of each record.
pub(crate) const RECORD_HEADER: usize = 5;

/// What the header of a record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) content_type: ContentType,
    pub(crate) version: u16,
    /// How many bytes follow the header.
    pub(crate) length: usize,
    /// The header itself.
    pub(crate) header: [u8; RECORD_HEADER],
}

impl Record {
    /// The first record in `bytes`. `None` if its header has not all arrived.
    ///
    /// The header alone decides whether the record is refused, so we never wait for the rest of bytes
    /// that are not a record.
    pub(crate) fn first_in(bytes: &[u8]) -> Result<Option<Record>, Abort> {
        let Some((header, _)) = bytes.split_first_chunk() else {
            return Ok(None);
        };
        let [content_type, major, minor, high, low] = *header;
        let content_type = ContentType::from_code(content_type).ok_or(Abort::UnexpectedMessage)?;
        Ok(Some(Record {
            content_type,
            version: u16::from_be_bytes([major, minor]),
            length: usize::from(u16::from_be_bytes([high, low])),
            header: *header,
        }))
    }
}
