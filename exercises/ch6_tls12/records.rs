// 6.4 Protect the records

use given::tls::{Abort, ContentType, OpenRecord, SealRecord, TLS_1_2};

use crate::ch1_symmetric::{open, seal};

use super::WriteKey;

/// Seals the records of one direction. It counts them.
pub struct RecordSealer<Side> {
    key: WriteKey<Side>,
    /// The number of the next record.
    sequence: u64,
}

impl<Side> RecordSealer<Side> {
    /// The first record has the number 0.
    pub fn new(key: WriteKey<Side>) -> RecordSealer<Side> {
        RecordSealer::starting_at(key, 0)
    }

    /// Like [`new`](RecordSealer::new), but the next record has the number `sequence`.
    pub fn starting_at(key: WriteKey<Side>, sequence: u64) -> RecordSealer<Side> {
        RecordSealer { key, sequence }
    }
}

impl<Side> SealRecord for RecordSealer<Side> {
    /// **6.4** Seals `plaintext`, at most 2¹⁴ bytes (it is never given more), as the next record of
    /// this type, with AES-128-GCM (RFC 5246 §6.2.3.3, RFC 5288 §3).
    ///
    /// ```text
    /// nonce            IV, 4 bytes │ explicit nonce, 8 bytes
    /// associated data  number, 8 bytes │ type, 1 byte │ 03 03 │ length of the plaintext, 2 bytes
    ///
    /// fragment         explicit nonce, 8 bytes │ ciphertext │ tag, 16 bytes
    /// ```
    ///
    /// The *explicit nonce* is the part of the nonce that is sent. The RFC lets the sender choose
    /// it, as long as it never repeats: exercise 1.6 shows what a repeated nonce costs. Take the
    /// number of the record, the most significant byte first. (In TLS 1.3 both sides count, and no
    /// part of the nonce is sent: exercise 1.4.)
    ///
    /// The number in the associated data is bound but not sent. A record that comes twice, or out
    /// of place, does not open, because the receiver binds the number that it has counted. The type
    /// is bound too: nobody can pass off an alert as data.
    ///
    /// # Errors
    ///
    /// [`Abort::Exhausted`] if the next number is `u64::MAX`, as in exercise 1.5.
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        todo!("6.4: seal {plaintext:?}, of the type {content_type:?}, under the next number")
    }
}

/// Opens the records of one direction. It counts them.
pub struct RecordOpener<Side> {
    key: WriteKey<Side>,
    /// The number of the record that it waits for.
    sequence: u64,
}

impl<Side> RecordOpener<Side> {
    /// It waits for the record with the number 0.
    pub fn new(key: WriteKey<Side>) -> RecordOpener<Side> {
        RecordOpener::starting_at(key, 0)
    }

    /// Like [`new`](RecordOpener::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: WriteKey<Side>, sequence: u64) -> RecordOpener<Side> {
        RecordOpener { key, sequence }
    }
}

impl<Side> OpenRecord for RecordOpener<Side> {
    /// **6.4** Opens the fragment of a record of this type, if it is the next one.
    ///
    /// The fragment begins with the explicit nonce. A peer need not choose it as you do, so take it
    /// as it comes. The number in the associated data comes from your own count.
    ///
    /// # Errors
    ///
    /// [`Abort::BadRecord`] if it was not sealed like this, as the next record: if it was changed
    /// or replayed, is out of turn, is of another type, is shorter than an explicit nonce and a
    /// tag, or is so long that the length of its plaintext does not fit in 2 bytes. No record has
    /// the number `u64::MAX`, as in exercise 1.5. After this error the connection is over.
    ///
    /// A record with a plaintext of more than 2¹⁴ bytes opens if that length fits in 2 bytes. It is
    /// [`Wire`](given::tls::Wire) that refuses it, with a different alert.
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        todo!("6.4: open {fragment:?}, of the type {content_type:?}, under the next number")
    }
}

/// The IV, followed by the explicit nonce.
fn record_nonce(iv: &[u8; 4], explicit: &[u8; 8]) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..4].copy_from_slice(iv);
    nonce[4..].copy_from_slice(explicit);
    nonce
}

/// What a record binds besides its content.
fn associated_data(sequence: u64, content_type: ContentType, length: u16) -> [u8; 13] {
    let mut header = [0; 13];
    header[..8].copy_from_slice(&sequence.to_be_bytes());
    header[8] = content_type.code();
    header[9..11].copy_from_slice(&TLS_1_2.to_be_bytes());
    header[11..].copy_from_slice(&length.to_be_bytes());
    header
}
