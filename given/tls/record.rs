//! The header of a record, and how long a record can be (RFC 5246 §6.2.1).

use super::abort::Abort;
use super::names::ContentType;

/// The most bytes in a record before it is protected: 2¹⁴ (RFC 5246 §6.2.1).
pub const MAX_FRAGMENT: usize = 1 << 14;

/// How much longer a protected record may be (RFC 5246 §6.2.3).
pub(super) const MAX_EXPANSION: usize = 2048;

/// Type, version and length, before the fragment of each record.
pub(super) const RECORD_HEADER: usize = 5;

/// The type and version of the first record in `bytes`, and the length of its fragment. `None` if
/// the header has not all arrived.
///
/// The header alone decides whether the record is refused, so we never wait for the rest of bytes
/// that are not a record.
pub(super) fn first_record(bytes: &[u8]) -> Result<Option<(ContentType, u16, usize)>, Abort> {
    let Some((header, _)) = bytes.split_first_chunk::<RECORD_HEADER>() else {
        return Ok(None);
    };
    let [content_type, major, minor, high, low] = *header;
    let content_type = ContentType::from_code(content_type).ok_or(Abort::UnexpectedMessage)?;
    // A client's first records may say 3.1, whatever version it speaks (RFC 5246, appendix E.1).
    if major != 3 {
        return Err(Abort::UnsupportedVersion);
    }
    let version = u16::from_be_bytes([major, minor]);
    let length = usize::from(u16::from_be_bytes([high, low]));
    Ok(Some((content_type, version, length)))
}
