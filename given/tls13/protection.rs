//! The two traits through which the record layer calls your exercise 7.3: one seals the records of
//! a direction, the other opens them.

use crate::tls::abort::Abort;
use crate::tls::names::ContentType;

/// Seals the records of one direction: exercise 7.3, the sender's side.
pub trait SealRecord {
    /// Seals `content`, of this type, followed by this many zeros. Returns what follows the header
    /// of the record.
    ///
    /// # Errors
    /// [`Abort::RecordOverflow`] if content and zeros are longer than a record may be,
    /// [`Abort::Exhausted`] if all record numbers are used up.
    fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        zeros: usize,
    ) -> Result<Vec<u8>, Abort>;
}

/// Opens the records of one direction: exercise 7.3, the receiver's side.
pub trait OpenRecord {
    /// Opens what follows this header. Returns what was sealed: its type, and the content.
    ///
    /// # Errors
    /// If this is not the next record sealed with this key, or if what was sealed is malformed.
    fn open(&mut self, header: [u8; 5], sealed: &[u8]) -> Result<(ContentType, Vec<u8>), Abort>;
}
