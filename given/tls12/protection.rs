//! The two traits through which the record layer calls your exercise 6.4: one seals the records of
//! a direction, the other opens them.

use crate::tls::abort::Abort;
use crate::tls::names::ContentType;

/// Seals the records of one direction: exercise 6.4, the sender's side.
pub trait SealRecord {
    /// Seals `plaintext`. Returns the fragment of a record of this type.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort>;
}

/// Opens the records of one direction: exercise 6.4, the receiver's side.
pub trait OpenRecord {
    /// Opens the fragment of a record of this type. Returns what was sealed.
    ///
    /// # Errors
    /// [`Abort::BadRecord`] if it is not the next record, sealed with this key.
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort>;
}
