//! The record layer (RFC 5246 §6.2): it turns bytes into messages, and messages into bytes.
//!
//! A peer may put three messages into one record, or spread one message over three. They are put
//! together again here, so that the handshake sees messages.

use std::fmt;

use super::abort::Abort;
use super::codec::Writer;
use super::handshake::{HEADER, Handshake};
use super::incoming::Incoming;
use super::names::{Alert, ContentType, TLS_1_2};
use super::passed::{Direction, Passed};
use super::protection::{OpenRecord, SealRecord};
use super::record::{MAX_EXPANSION, MAX_FRAGMENT, RECORD_HEADER, first_record};

#[cfg(test)]
mod tests;

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

/// The two directions of a connection: bytes to messages, messages to bytes.
///
/// `S` seals what is sent, `O` opens what is received, once there are keys.
pub struct Wire<S, O> {
    sealer: Option<S>,
    opener: Option<O>,
    /// Bytes from the peer that are not a whole record yet.
    unread: Vec<u8>,
    /// The parts of a message that is not whole yet.
    partial: Vec<u8>,
    empty_records: usize,
    unsent: Vec<u8>,
    passed: Vec<Passed>,
}

impl<S, O> Default for Wire<S, O> {
    fn default() -> Wire<S, O> {
        Wire {
            sealer: None,
            opener: None,
            unread: vec![],
            partial: vec![],
            empty_records: 0,
            unsent: vec![],
            passed: vec![],
        }
    }
}

// Without what it seals and opens with, so that no key finds its way into a log.
impl<S, O> fmt::Debug for Wire<S, O> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Wire")
            .field("unread", &self.unread.len())
            .field("unsent", &self.unsent.len())
            .finish_non_exhaustive()
    }
}

impl<S: SealRecord, O: OpenRecord> Wire<S, O> {
    /// A connection on which nothing has been sent or received. It has no keys.
    pub fn new() -> Wire<S, O> {
        Wire::default()
    }

    /// Seals what is sent from now on.
    pub fn seal_with(&mut self, sealer: S) {
        self.sealer = Some(sealer);
    }

    /// Opens what is received from now on.
    pub fn open_with(&mut self, opener: O) {
        self.opener = Some(opener);
    }

    /// Takes bytes from the peer.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.unread.extend_from_slice(bytes);
    }

    /// The bytes to send now. They are returned once.
    pub fn to_send(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.unsent)
    }

    /// The messages that were sent and received since the last call.
    pub fn passed(&mut self) -> Vec<Passed> {
        std::mem::take(&mut self.passed)
    }

    /// The next message, if all of it has come.
    ///
    /// # Errors
    /// What came is not a record, or the record is too long, does not open, or came out of turn; or
    /// the peer has ended the connection.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator ends when there is nothing more; here more may come"
    )]
    pub fn next(&mut self) -> Result<Option<Incoming>, Abort> {
        loop {
            if let Some(message) = Handshake::first_in(&self.partial) {
                self.partial.drain(..message.bytes().len());
                self.note(Direction::Received, ContentType::Handshake, message.bytes());
                return Ok(Some(Incoming::Handshake(message)));
            }
            // The header alone decides, so we never wait for the rest of such a message.
            if claimed(&self.partial).is_some_and(|length| length > MAX_HANDSHAKE) {
                return Err(Abort::Malformed);
            }
            let Some((content_type, content)) = self.next_record()? else {
                return Ok(None);
            };
            if content_type == ContentType::Handshake {
                self.empty_records = 0;
                self.partial.extend_from_slice(&content);
                continue;
            }
            self.note(Direction::Received, content_type, &content);
            match content_type {
                ContentType::Alert => {
                    if let Some(incoming) = alert(&content)? {
                        return Ok(Some(incoming));
                    }
                    // A stream of warnings is as endless as one of empty records.
                    self.count_empty_record()?;
                }
                ContentType::ChangeCipherSpec => {
                    self.empty_records = 0;
                    return self.change_cipher_spec(&content).map(Some);
                }
                // Handed on although it is empty: in the middle of a handshake, this is out of turn, too.
                _ if content.is_empty() => {
                    self.count_empty_record()?;
                    return Ok(Some(Incoming::ApplicationData(content)));
                }
                _ => {
                    self.empty_records = 0;
                    return Ok(Some(Incoming::ApplicationData(content)));
                }
            }
        }
    }

    fn change_cipher_spec(&self, content: &[u8]) -> Result<Incoming, Abort> {
        // Records of different types may be mixed (RFC 5246 §6.2.1). But a message must not be half
        // protected.
        if !self.partial.is_empty() {
            return Err(Abort::UnexpectedMessage);
        }
        match content {
            [1] => Ok(Incoming::ChangeCipherSpec),
            _ => Err(Abort::Malformed),
        }
    }

    /// The next record, opened, if all of it is there.
    fn next_record(&mut self) -> Result<Option<(ContentType, Vec<u8>)>, Abort> {
        let Some((content_type, version, length)) = first_record(&self.unread)? else {
            return Ok(None);
        };
        let limit = match self.opener {
            Some(_) => MAX_FRAGMENT + MAX_EXPANSION,
            None => MAX_FRAGMENT,
        };
        if length > limit {
            return Err(Abort::RecordOverflow);
        }
        // Once there are keys, a version has been agreed on, and each record must have it.
        if self.opener.is_some() && version != TLS_1_2 {
            return Err(Abort::UnsupportedVersion);
        }
        if self.unread.len() < RECORD_HEADER + length {
            return Ok(None);
        }
        let record: Vec<u8> = self.unread.drain(..RECORD_HEADER + length).collect();
        let fragment = &record[RECORD_HEADER..];
        let content = match &mut self.opener {
            Some(opener) => opener.open(content_type, fragment)?,
            None => fragment.to_vec(),
        };
        // The longer limit is for the sealed form alone.
        if content.len() > MAX_FRAGMENT {
            return Err(Abort::RecordOverflow);
        }
        // Only application data may be empty (RFC 5246 §6.2.1).
        if content.is_empty() && content_type != ContentType::ApplicationData {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(Some((content_type, content)))
    }

    fn count_empty_record(&mut self) -> Result<(), Abort> {
        self.empty_records += 1;
        if self.empty_records > MAX_EMPTY_RECORDS {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(())
    }

    /// Sends a handshake message.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_handshake(&mut self, message: &Handshake) -> Result<(), Abort> {
        self.send(ContentType::Handshake, message.bytes())
    }

    /// Sends a ChangeCipherSpec. Call [`seal_with`](Wire::seal_with) after it.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_change_cipher_spec(&mut self) -> Result<(), Abort> {
        self.send(ContentType::ChangeCipherSpec, &[1])
    }

    /// Sends application data.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_data(&mut self, data: &[u8]) -> Result<(), Abort> {
        self.send(ContentType::ApplicationData, data)
    }

    /// Sends an alert: as a warning if it does not report an error, else as fatal (RFC 5246 §7.2).
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_alert(&mut self, alert: Alert) -> Result<(), Abort> {
        let is_warning = matches!(
            alert,
            Alert::CloseNotify | Alert::NoRenegotiation | Alert::UserCanceled
        );
        let level = if is_warning { WARNING } else { FATAL };
        self.send(ContentType::Alert, &[level, alert.code()])
    }

    /// Sends `content` in as many records as it needs.
    fn send(&mut self, content_type: ContentType, content: &[u8]) -> Result<(), Abort> {
        for part in content.chunks(MAX_FRAGMENT) {
            let sealed;
            let fragment = match &mut self.sealer {
                Some(sealer) => {
                    sealed = sealer.seal(content_type, part)?;
                    sealed.as_slice()
                }
                None => part,
            };
            // Also in the first record, where any version 3.x would do (RFC 5246, appendix E.1).
            let header = Writer::new().u8(content_type.code()).u16(TLS_1_2);
            let record = header.vector(2, fragment).finish();
            self.unsent.extend_from_slice(&record);
        }
        // One entry for the message, however many records it takes; none if it takes none.
        if !content.is_empty() {
            self.note(Direction::Sent, content_type, content);
        }
        Ok(())
    }

    fn note(&mut self, direction: Direction, content_type: ContentType, content: &[u8]) {
        let is_protected = match direction {
            Direction::Sent => self.sealer.is_some(),
            Direction::Received => self.opener.is_some(),
        };
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

const WARNING: u8 = 1;
const FATAL: u8 = 2;

/// How long the first message in `bytes` claims to be, if its header is there.
fn claimed(bytes: &[u8]) -> Option<usize> {
    let (_, length) = bytes.get(..HEADER)?.split_first()?;
    let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
    Some(length.iter().fold(0, add))
}

/// What an alert means: an orderly end, an error, or nothing if it is only a warning.
fn alert(content: &[u8]) -> Result<Option<Incoming>, Abort> {
    let [level, code] = content else {
        return Err(Abort::Malformed);
    };
    match (*level, Alert::from_code(*code)) {
        // RFC 5246 §7.2.1 does not say which level it has.
        (WARNING | FATAL, Some(Alert::CloseNotify)) => Ok(Some(Incoming::CloseNotify)),
        // After a warning the connection can go on (RFC 5246 §7.2.2), even after one that has no name here.
        (WARNING, _) => Ok(None),
        (FATAL, Some(alert)) => Err(Abort::Refused(alert)),
        // An alert without a name ends the connection all the same.
        (FATAL, None) => Err(Abort::Refused(Alert::HandshakeFailure)),
        _ => Err(Abort::Malformed),
    }
}
