// 7.3 Records that hide their type

use given::tls::{Abort, ContentType, MAX_FRAGMENT, TLS_1_2};
use given::tls13::{OpenRecord, SealRecord};

use crate::ch1_symmetric::{open, record_nonce, seal};

use super::RecordKey;

/// How many bytes are added to what is sealed: the tag of AES-GCM.
const TAG: usize = 16;

/// Seals the records of one direction. It counts them.
pub struct RecordSealer<Side> {
    key: RecordKey<Side>,
    /// The number of the next record.
    sequence: u64,
}

impl<Side> RecordSealer<Side> {
    /// The first record has the number 0.
    pub fn new(key: RecordKey<Side>) -> RecordSealer<Side> {
        RecordSealer::starting_at(key, 0)
    }

    /// Like [`new`](RecordSealer::new), but the next record has the number `sequence`.
    pub fn starting_at(key: RecordKey<Side>, sequence: u64) -> RecordSealer<Side> {
        RecordSealer { key, sequence }
    }

    /// **7.3** Seals with this key from the next record on. In TLS 1.3 the keys change in the
    /// middle of a connection: after Finished, and after each KeyUpdate (exercise 7.10). The first
    /// record under a new key has the number 0 (RFC 9846 §5.3).
    pub fn change_key(&mut self, key: RecordKey<Side>) {
        todo!("7.3: seal with {:?} from the next record on", key.parts())
    }
}

impl<Side> SealRecord for RecordSealer<Side> {
    /// **7.3** Seals `content` as the next record, with AES-128-GCM (RFC 9846 §5.2). Returns the
    /// sealed part, which follows the header.
    ///
    /// ```text
    /// content           │ type, 1 byte │ 00 00 … 00, `zeros` of them        TLSInnerPlaintext
    /// └────────────────────────────────────────────────────────┘
    ///                          │ seal: this record's nonce, the header as associated data
    ///                          ▼
    /// 17 │ 03 03 │ length │ ciphertext, as long as all of the above │ tag, 16 bytes
    /// └──── header ───────┘ └──────────── what you return ────────────────────────┘
    /// ```
    ///
    /// The header says 23, application data, whatever is inside, so it does not tell an alert from
    /// a page. The version in it is always 1.2, and the length is that of the sealed part, with the
    /// tag. The five bytes of the header are the associated data. (In TLS 1.2 the associated data
    /// is number, type, version and length of the plaintext: exercise 6.4. Here the number is in
    /// the nonce, and only there: exercise 1.4.)
    ///
    /// The zeros are *padding*. They hide how long the content is. The RFC calls the first line of
    /// the picture `TLSInnerPlaintext`.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`Abort::RecordOverflow`] if content and zeros together have more than 2¹⁴ bytes.
    /// - [`Abort::Exhausted`] if the next number is `u64::MAX`, as in exercise 1.5.
    ///
    /// In both cases nothing is sealed, and no number is used up.
    fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        zeros: usize,
    ) -> Result<Vec<u8>, Abort> {
        todo!("7.3: seal {content:?}, of the type {content_type:?}, with {zeros} zeros")
    }
}

/// The header of a record whose sealed part has this length.
fn header(sealed_length: usize) -> [u8; 5] {
    todo!("7.3: the header of a record of {sealed_length} bytes")
}

/// Opens the records of one direction. It counts them.
pub struct RecordOpener<Side> {
    key: RecordKey<Side>,
    /// The number of the record that it waits for.
    sequence: u64,
}

impl<Side> RecordOpener<Side> {
    /// It waits for the record with the number 0.
    pub fn new(key: RecordKey<Side>) -> RecordOpener<Side> {
        RecordOpener::starting_at(key, 0)
    }

    /// Like [`new`](RecordOpener::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: RecordKey<Side>, sequence: u64) -> RecordOpener<Side> {
        RecordOpener { key, sequence }
    }

    /// **7.3** Opens with this key from the next record on, which has the number 0.
    pub fn change_key(&mut self, key: RecordKey<Side>) {
        todo!("7.3: open with {:?} from the next record on", key.parts())
    }
}

impl<Side> OpenRecord for RecordOpener<Side> {
    /// **7.3** Opens the sealed part of the next record. Returns the true type and the content,
    /// without the padding.
    ///
    /// The associated data is the header, exactly as it was received, whatever version it says (RFC
    /// 9846 §5.1). If anyone has changed it in transit, the record then does not open. The type is
    /// the last byte that is not zero. Everything after it is padding, and everything before it is
    /// the content, which may end in zeros of its own.
    ///
    /// A record that does not open uses up no number: you wait for the same record as before. Most
    /// connections end there. But the server of exercise 7.9 skips early data, which it has no key
    /// for, by trying each record until one opens.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`Abort::RecordOverflow`] if `sealed` has more than 2¹⁴ + 256 bytes. Refuse it before you
    ///   open it (RFC 9846 §5.2).
    /// - [`Abort::BadRecord`] if it does not open: it was changed or replayed, is out of turn, or
    ///   is too short to hold a tag. Also if the number that you wait for is `u64::MAX`.
    /// - [`Abort::RecordOverflow`] if what was sealed, with its type and its padding, has more than
    ///   2¹⁴ + 1 bytes (§5.4).
    /// - [`Abort::UnexpectedMessage`] if every byte is zero, if the type is not a [`ContentType`],
    ///   if it is ChangeCipherSpec, which is never sealed (§5), or if the content is empty and the
    ///   type is not application data (§5.4).
    fn open(&mut self, header: [u8; 5], sealed: &[u8]) -> Result<(ContentType, Vec<u8>), Abort> {
        todo!("7.3: open {sealed:?} after the header {header:?}, under the next number")
    }
}
