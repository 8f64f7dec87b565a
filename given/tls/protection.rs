//! What a record layer needs to protect its records: exercise 6.4.

use super::abort::Abort;
use super::names::ContentType;

/// What protects the records of one direction: exercise 6.4, the sender's side.
pub trait SealRecord {
    /// The fragment that goes into a record of this type.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] where all numbers are used up.
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort>;
}

/// What protects the records of one direction: exercise 6.4, the receiver's side.
pub trait OpenRecord {
    /// What was sealed into the fragment of a record of this type.
    ///
    /// # Errors
    /// [`Abort::BadRecord`] where it was not sealed like this, as the next one.
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort>;
}
