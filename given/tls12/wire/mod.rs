//! The record layer (RFC 5246 §6.2): it turns bytes into messages, and messages into bytes.
//!
//! A peer may put three messages into one record, or spread one message over three. They are put
//! together again here, so that the handshake sees messages.

use std::fmt;

use super::protection::{OpenRecord, SealRecord};
use crate::tls::abort::Abort;
use crate::tls::handshake::Handshake;
use crate::tls::incoming::Incoming;
use crate::tls::names::{Alert, ContentType, FATAL, TLS_1_2, WARNING};
use crate::tls::passed::{Direction, Passed};
use crate::tls::record::MAX_FRAGMENT;
use crate::tls::records::{RecordLayer, Records};

#[cfg(test)]
mod tests;

/// How many more bytes a protected record may have than one in plaintext (RFC 5246 §6.2.3).
const MAX_EXPANSION: usize = 2048;

/// The two directions of a connection: bytes to messages, messages to bytes.
///
/// `S` seals what is sent, `O` opens what is received, once there are keys.
pub struct Wire<S, O> {
    records: Records,
    sealer: Option<S>,
    opener: Option<O>,
}

impl<S, O> Default for Wire<S, O> {
    fn default() -> Wire<S, O> {
        Wire::with_records(Records::default())
    }
}

// Without what it seals and opens with, so that no key finds its way into a log.
impl<S, O> fmt::Debug for Wire<S, O> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unread, unsent) = self.records.pending();
        out.debug_struct("Wire")
            .field("unread", &unread)
            .field("unsent", &unsent)
            .finish_non_exhaustive()
    }
}

impl<S, O> Wire<S, O> {
    /// A connection without keys, on which these records have arrived.
    pub(crate) fn with_records(records: Records) -> Wire<S, O> {
        let (sealer, opener) = (None, None);
        Wire {
            records,
            sealer,
            opener,
        }
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
        self.records.receive(bytes);
    }

    /// The bytes to send now. They are returned once.
    pub fn to_send(&mut self) -> Vec<u8> {
        self.records.take_unsent()
    }

    /// The messages that were sent and received since the last call.
    pub fn passed(&mut self) -> Vec<Passed> {
        self.records.passed()
    }

    /// The next message, if all of it has arrived.
    ///
    /// # Errors
    /// What arrived is not a record, or the record is too long, does not open, or came out of turn;
    /// or the peer has ended the connection.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator ends when there is nothing more; here more may come"
    )]
    pub fn next(&mut self) -> Result<Option<Incoming>, Abort> {
        loop {
            if let Some(message) = self.records.next_message()? {
                self.note(Direction::Received, ContentType::Handshake, message.bytes());
                return Ok(Some(Incoming::Handshake(message)));
            }
            let Some((content_type, content)) = self.next_record()? else {
                return Ok(None);
            };
            if content_type == ContentType::Handshake {
                self.records.add_part(&content);
                continue;
            }
            self.note(Direction::Received, content_type, &content);
            match content_type {
                ContentType::Alert => {
                    if let Some(incoming) = alert(&content)? {
                        return Ok(Some(incoming));
                    }
                    // Warnings count like empty records: a stream of them could go on forever.
                    self.records.count_empty_record()?;
                }
                ContentType::ChangeCipherSpec => {
                    self.records.has_content();
                    return self.change_cipher_spec(&content).map(Some);
                }
                // Passed on although it is empty: in the middle of a handshake, this is out of
                // turn, too.
                _ if content.is_empty() => {
                    self.records.count_empty_record()?;
                    return Ok(Some(Incoming::ApplicationData(content)));
                }
                _ => {
                    self.records.has_content();
                    return Ok(Some(Incoming::ApplicationData(content)));
                }
            }
        }
    }

    fn change_cipher_spec(&self, content: &[u8]) -> Result<Incoming, Abort> {
        // Records of different types may be mixed (RFC 5246 §6.2.1). But a message must not be half
        // protected.
        if self.records.is_within_message() {
            return Err(Abort::UnexpectedMessage);
        }
        match content {
            [1] => Ok(Incoming::ChangeCipherSpec),
            _ => Err(Abort::Malformed),
        }
    }

    /// The next record, opened, if all of it is there.
    fn next_record(&mut self) -> Result<Option<(ContentType, Vec<u8>)>, Abort> {
        let Some(record) = self.records.next_header()? else {
            return Ok(None);
        };
        // A client's first records may say 3.1, whatever version it speaks (RFC 5246 appendix E.1).
        if record.version >> 8 != 3 {
            return Err(Abort::UnsupportedVersion);
        }
        let limit = match self.opener {
            Some(_) => MAX_FRAGMENT + MAX_EXPANSION,
            None => MAX_FRAGMENT,
        };
        if record.length > limit {
            return Err(Abort::RecordOverflow);
        }
        // Once there are keys, a version has been agreed on, and each record must have it.
        if self.opener.is_some() && record.version != TLS_1_2 {
            return Err(Abort::UnsupportedVersion);
        }
        let Some(fragment) = self.records.take_fragment(&record) else {
            return Ok(None);
        };
        let content_type = record.content_type;
        let content = match &mut self.opener {
            Some(opener) => opener.open(content_type, &fragment)?,
            None => fragment,
        };
        // The longer limit is only for the sealed form.
        if content.len() > MAX_FRAGMENT {
            return Err(Abort::RecordOverflow);
        }
        // Only application data may be empty (RFC 5246 §6.2.1).
        if content.is_empty() && content_type != ContentType::ApplicationData {
            return Err(Abort::UnexpectedMessage);
        }
        Ok(Some((content_type, content)))
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

    /// Sends an alert: as a warning if it does not report an error, otherwise as fatal (RFC 5246
    /// §7.2).
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_alert(&mut self, alert: Alert) -> Result<(), Abort> {
        self.send(ContentType::Alert, &[alert.level(), alert.code()])
    }

    /// Sends `content` in as many records as it needs.
    fn send(&mut self, content_type: ContentType, content: &[u8]) -> Result<(), Abort> {
        for part in content.chunks(MAX_FRAGMENT) {
            match &mut self.sealer {
                Some(sealer) => {
                    let sealed = sealer.seal(content_type, part)?;
                    self.records.write(content_type, &sealed);
                }
                None => self.records.write(content_type, part),
            }
        }
        // One entry for the message, however many records it takes. No entry if it is empty.
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
        self.records
            .note(direction, content_type, content, is_protected);
    }
}

impl<S: SealRecord, O: OpenRecord> RecordLayer for Wire<S, O> {
    fn receive(&mut self, bytes: &[u8]) {
        Wire::receive(self, bytes);
    }

    fn to_send(&mut self) -> Vec<u8> {
        Wire::to_send(self)
    }

    fn passed(&mut self) -> Vec<Passed> {
        Wire::passed(self)
    }

    fn next(&mut self) -> Result<Option<Incoming>, Abort> {
        Wire::next(self)
    }

    fn send_data(&mut self, data: &[u8]) -> Result<(), Abort> {
        Wire::send_data(self, data)
    }

    fn send_alert(&mut self, alert: Alert) -> Result<(), Abort> {
        Wire::send_alert(self, alert)
    }
}

/// What an alert means: an orderly end, an error, or nothing if it is only a warning.
fn alert(content: &[u8]) -> Result<Option<Incoming>, Abort> {
    let [level, code] = content else {
        return Err(Abort::Malformed);
    };
    match (*level, Alert::from_code(*code)) {
        // RFC 5246 §7.2.1 does not say which level a close_notify has.
        (WARNING | FATAL, Some(Alert::CloseNotify)) => Ok(Some(Incoming::CloseNotify)),
        // After a warning the connection can go on (RFC 5246 §7.2.2), even after one that has no name here.
        (WARNING, _) => Ok(None),
        (FATAL, Some(alert)) => Err(Abort::Refused(alert)),
        // A fatal alert ends the connection even if it has no name here.
        (FATAL, None) => Err(Abort::Refused(Alert::HandshakeFailure)),
        _ => Err(Abort::Malformed),
    }
}
