//! What the record layers of all versions have in common (RFC 5246 §6.2, RFC 9846 §5): bytes are cut
//! into records, and the parts of a message are put together again.

use super::abort::Abort;
use super::codec::Writer;
use super::handshake::{HEADER, Handshake};
use super::incoming::Incoming;
use super::names::{Alert, ContentType, TLS_1_2};
use super::passed::{Direction, Passed};
use super::record::{RECORD_HEADER, Record};

/// A handshake message whose body has more bytes than this is refused. The format allows 16 MiB.
/// Nobody sends certificates that long, and a peer that claims to would keep us waiting. This is the
/// longest ClientHello: version and random, then the session, the suites, the compression methods
/// and the extensions, each as long as its length can say (RFC 5246 §7.4.1.2).
///
/// What a message claims costs no memory. Only the bytes that have come are kept.
pub const MAX_HANDSHAKE: usize = 2 + 32 + (1 + 32) + (2 + 65_534) + (1 + 255) + (2 + 65_535);

/// How many empty records are accepted in a row. They are legal, and cost their sender next to
/// nothing: without a limit they could keep us busy forever.
pub const MAX_EMPTY_RECORDS: usize = 32;

/// The record layer as an [`Endpoint`](super::Endpoint) sees it. Each version has its own, named
/// `Wire`.
pub trait RecordLayer {
    /// Takes bytes from the peer.
    fn receive(&mut self, bytes: &[u8]);

    /// The bytes to send now. They are returned once.
    fn to_send(&mut self) -> Vec<u8>;

    /// The messages that were sent and received since the last call.
    fn passed(&mut self) -> Vec<Passed>;

    /// The next message, if all of it has arrived.
    ///
    /// # Errors
    /// What arrived is not a record, or the record is too long, does not open, or came out of turn;
    /// or the peer has ended the connection.
    fn next(&mut self) -> Result<Option<Incoming>, Abort>;

    /// Sends application data.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    fn send_data(&mut self, data: &[u8]) -> Result<(), Abort>;

    /// Sends an alert.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    fn send_alert(&mut self, alert: Alert) -> Result<(), Abort>;
}

/// The bytes of both directions, and the messages in them. It knows nothing about protection.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// Bytes from the peer that are not a whole record yet.
    unread: Vec<u8>,
    /// The parts of a message that is not whole yet.
    partial: Vec<u8>,
    empty_records: usize,
    unsent: Vec<u8>,
    passed: Vec<Passed>,
}

impl Records {
    /// Takes bytes from the peer.
    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        self.unread.extend_from_slice(bytes);
    }

    /// The bytes to send now. They are returned once.
    pub(crate) fn take_unsent(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.unsent)
    }

    /// The messages that were sent and received since the last call.
    pub(crate) fn passed(&mut self) -> Vec<Passed> {
        std::mem::take(&mut self.passed)
    }

    /// How many bytes have come that are not read yet, and how many are to be sent.
    pub(crate) fn pending(&self) -> (usize, usize) {
        (self.unread.len(), self.unsent.len())
    }

    /// The header of the next record, if it has come.
    pub(crate) fn next_header(&self) -> Result<Option<Record>, Abort> {
        Record::first_in(&self.unread)
    }

    /// The fragment of the record with this header, if all of it has come. It is removed from the
    /// bytes that are not read yet.
    pub(crate) fn take_fragment(&mut self, record: &Record) -> Option<Vec<u8>> {
        let end = RECORD_HEADER + record.length;
        if self.unread.len() < end {
            return None;
        }
        let fragment = self.unread[RECORD_HEADER..end].to_vec();
        self.unread.drain(..end);
        Some(fragment)
    }

    /// Adds a part of a handshake message.
    pub(crate) fn add_part(&mut self, part: &[u8]) {
        self.empty_records = 0;
        self.partial.extend_from_slice(part);
    }

    /// Whether a message has begun and is not whole yet.
    pub(crate) fn is_within_message(&self) -> bool {
        !self.partial.is_empty()
    }

    /// The next handshake message, if it is whole.
    pub(crate) fn next_message(&mut self) -> Result<Option<Handshake>, Abort> {
        if let Some(message) = Handshake::first_in(&self.partial) {
            self.partial.drain(..message.bytes().len());
            return Ok(Some(message));
        }
        // The header alone decides, so we never wait for the rest of such a message.
        if claimed(&self.partial).is_some_and(|length| length > MAX_HANDSHAKE) {
            return Err(Abort::Malformed);
        }
        Ok(None)
    }

    /// Notes that a record with content has come.
    pub(crate) fn has_content(&mut self) {
        self.empty_records = 0;
    }

    /// Counts a record that changes nothing: one without content, or a warning.
    pub(crate) fn count_empty_record(&mut self) -> Result<(), Abort> {
        self.empty_records += 1;
        if self.empty_records > MAX_EMPTY_RECORDS {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(())
    }

    /// Writes a record.
    pub(crate) fn write(&mut self, content_type: ContentType, fragment: &[u8]) {
        // Also in the first record, where any version 3.x would do (RFC 5246 appendix E.1).
        let header = Writer::new().u8(content_type.code()).u16(TLS_1_2);
        let record = header.vector(2, fragment).finish();
        self.unsent.extend_from_slice(&record);
    }

    /// Notes what was sent or received, for the trace.
    pub(crate) fn note(
        &mut self,
        direction: Direction,
        content_type: ContentType,
        content: &[u8],
        is_protected: bool,
    ) {
        let is_data = content_type == ContentType::ApplicationData;
        self.passed.push(Passed {
            direction,
            content_type,
            length: content.len(),
            content: if is_data { vec![] } else { content.to_vec() },
            is_protected,
        });
    }
}

/// How long the first message in `bytes` claims to be, if its header is there.
fn claimed(bytes: &[u8]) -> Option<usize> {
    let (_, length) = bytes.get(..HEADER)?.split_first()?;
    let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
    Some(length.iter().fold(0, add))
}
