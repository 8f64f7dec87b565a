//! The record layer (RFC 9846 §5): it turns bytes into messages, and messages into bytes.
//!
//! What is received is protected from one point on, and what is sent from another. When the keys
//! change, no message may be half received: what follows the change must be sealed with the new
//! keys.

use std::fmt;

use super::protection::{OpenRecord, SealRecord};
use crate::tls::abort::Abort;
use crate::tls::handshake::Handshake;
use crate::tls::incoming::Incoming;
use crate::tls::names::{Alert, ContentType, HandshakeType};
use crate::tls::passed::{Direction, Passed};
use crate::tls::record::{MAX_FRAGMENT, Record};
use crate::tls::records::{RecordLayer, Records};
use crate::tls12;

#[cfg(test)]
mod tests;

/// How much longer a protected record may be: for its type, its tag, and whatever else a cipher
/// adds (RFC 9846 §5.2).
const MAX_EXPANSION: usize = 256;

/// How many bytes of early data a server skips, including what protects them. A client that sends
/// more than that to a server that has not accepted any gets an alert.
pub const MAX_EARLY_DATA: usize = 1 << 16;

/// Between the first ClientHello and the peer's Finished, ChangeCipherSpecs are dropped (RFC 9846
/// §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compatibility {
    NotYet,
    On,
    Over,
}

/// The two directions of a connection: bytes to messages, messages to bytes.
///
/// `S` seals what is sent, `O` opens what is received, once there are keys.
pub struct Wire<S, O> {
    records: Records,
    sealer: Option<S>,
    opener: Option<O>,
    compatibility: Compatibility,
    /// How many more bytes of early data can be skipped.
    early_data: usize,
    /// Whether a record has been opened. Until then the peer may have no keys.
    has_opened: bool,
}

impl<S, O> Default for Wire<S, O> {
    fn default() -> Wire<S, O> {
        Wire {
            records: Records::default(),
            sealer: None,
            opener: None,
            compatibility: Compatibility::NotYet,
            early_data: 0,
            has_opened: false,
        }
    }
}

// Without what it seals and opens with, so that no key ends up in a log.
impl<S, O> fmt::Debug for Wire<S, O> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unread, unsent) = self.records.pending();
        out.debug_struct("Wire")
            .field("unread", &unread)
            .field("unsent", &unsent)
            .finish_non_exhaustive()
    }
}

impl<S: SealRecord, O: OpenRecord> Wire<S, O> {
    /// A connection on which nothing has been sent or received. It has no keys.
    pub fn new() -> Wire<S, O> {
        Wire::default()
    }

    /// Seals what is sent from now on with this sealer. The other direction does not change.
    pub fn seal_with(&mut self, sealer: S) {
        self.sealer = Some(sealer);
    }

    /// Opens what is received from now on with this opener. The other direction does not change.
    ///
    /// # Errors
    /// [`Abort::UnexpectedMessage`] if something follows the message that has changed the keys, in
    /// the same record. It was sealed with the old keys, or not at all (RFC 9846 §5.1, and
    /// RUSTSEC-2026-0285).
    pub fn open_with(&mut self, opener: O) -> Result<(), Abort> {
        if self.records.is_within_message() {
            return Err(Abort::UnexpectedMessage);
        }
        self.opener = Some(opener);
        Ok(())
    }

    /// Skips early data, up to [`MAX_EARLY_DATA`] bytes of it (RFC 9846 §4.3.10): without keys, the
    /// records of application data; with keys, those that do not open, until one does. A server
    /// calls this for a client that has offered early data.
    pub fn skip_early_data(&mut self) {
        self.early_data = MAX_EARLY_DATA;
    }

    /// Turns this into a connection of TLS 1.2, which keeps the bytes that have come. A client that
    /// offers both versions learns only from ServerHello which one it is.
    ///
    /// # Panics
    /// There are keys already.
    pub fn into_tls12<S12, O12>(self) -> tls12::Wire<S12, O12> {
        let has_no_keys = self.sealer.is_none() && self.opener.is_none();
        assert!(has_no_keys, "a version is chosen before there are keys");
        tls12::Wire::with_records(self.records)
    }

    /// Sends a handshake message.
    ///
    /// # Errors
    /// [`Abort::Exhausted`] if all record numbers are used up.
    pub fn send_handshake(&mut self, message: &Handshake) -> Result<(), Abort> {
        if message.kind() == Some(HandshakeType::ClientHello) {
            self.compatibility = Compatibility::On;
        }
        self.send(ContentType::Handshake, message.bytes())
    }

    /// Sends a ChangeCipherSpec. It changes nothing, and it is never sealed: it makes the
    /// connection look like TLS 1.2 to equipment along the way (RFC 9846 appendix E.4).
    pub fn send_change_cipher_spec(&mut self) {
        let (content_type, content) = (ContentType::ChangeCipherSpec, [1]);
        self.records.write(content_type, &content);
        self.records
            .note(Direction::Sent, content_type, &content, false);
    }

    /// Checks what can be seen from a header, and takes the record, if all of it has come.
    fn next_record(&mut self) -> Result<Option<(Record, Vec<u8>)>, Abort> {
        let Some(record) = self.records.next_header()? else {
            return Ok(None);
        };
        // Sealed records say that they are application data, whatever they are.
        let limit = match record.content_type {
            ContentType::ApplicationData => MAX_FRAGMENT + MAX_EXPANSION,
            _ => MAX_FRAGMENT,
        };
        if record.length > limit {
            return Err(Abort::RecordOverflow);
        }
        // The version in the header is ignored (RFC 9846 §5.1).
        let fragment = self.records.take_fragment(&record);
        Ok(fragment.map(|fragment| (record, fragment)))
    }

    /// Takes a ChangeCipherSpec, which means nothing.
    fn change_cipher_spec(&mut self, content: &[u8]) -> Result<(), Abort> {
        if self.compatibility != Compatibility::On || content != [1] {
            return Err(Abort::UnexpectedMessage);
        }
        let content_type = ContentType::ChangeCipherSpec;
        self.records
            .note(Direction::Received, content_type, content, false);
        Ok(())
    }

    /// What is in a record, and its true type. `None` if it is skipped.
    fn open(
        &mut self,
        record: &Record,
        fragment: Vec<u8>,
    ) -> Result<Option<(ContentType, Vec<u8>)>, Abort> {
        let is_sealed = record.content_type == ContentType::ApplicationData;
        let Some(opener) = &mut self.opener else {
            if is_sealed && self.early_data > 0 {
                return self.skip(fragment.len(), Abort::UnexpectedMessage);
            }
            return Ok(Some((record.content_type, fragment)));
        };
        if is_sealed {
            return match opener.open(record.header, &fragment) {
                Ok(opened) => {
                    (self.has_opened, self.early_data) = (true, 0);
                    Ok(Some(opened))
                }
                Err(Abort::BadRecord) => self.skip(fragment.len(), Abort::BadRecord),
                Err(abort) => Err(abort),
            };
        }
        // A peer that could not agree to our hello has no keys. It can say so only in plaintext.
        let is_alert = record.content_type == ContentType::Alert && fragment.len() == 2;
        if is_alert && !self.has_opened {
            return Ok(Some((ContentType::Alert, fragment)));
        }
        Err(Abort::UnexpectedMessage)
    }

    /// Skips a record of this length as early data, or fails with `abort` if that is too much.
    fn skip<T>(&mut self, length: usize, abort: Abort) -> Result<Option<T>, Abort> {
        match self.early_data.checked_sub(length) {
            Some(rest) if self.early_data > 0 => {
                self.early_data = rest;
                Ok(None)
            }
            _ => Err(abort),
        }
    }

    /// Takes the content of a record. `None` if it is only a part of a message, or has no effect.
    fn content(
        &mut self,
        content_type: ContentType,
        content: Vec<u8>,
    ) -> Result<Option<Incoming>, Abort> {
        // Only application data may be empty (RFC 9846 §5.4).
        if content.is_empty() && content_type != ContentType::ApplicationData {
            return Err(Abort::UnexpectedMessage);
        }
        if content_type == ContentType::Handshake {
            self.records.add_part(&content);
            return Ok(None);
        }
        // Nothing may come between the parts of a message (RFC 9846 §5.1).
        if self.records.is_within_message() {
            return Err(Abort::UnexpectedMessage);
        }
        let is_protected = self.opener.is_some();
        self.records
            .note(Direction::Received, content_type, &content, is_protected);
        match content_type {
            ContentType::Alert => {
                let incoming = alert(&content)?;
                if incoming.is_none() {
                    self.records.count_empty_record()?;
                }
                Ok(incoming)
            }
            ContentType::ApplicationData => {
                match content.is_empty() {
                    true => self.records.count_empty_record()?,
                    false => self.records.has_content(),
                }
                // Passed on even if it is empty: in the middle of a handshake, it is out of turn,
                // too.
                Ok(Some(Incoming::ApplicationData(content)))
            }
            _ => Err(Abort::UnexpectedMessage),
        }
    }

    fn handshake(&mut self, message: Handshake) -> Incoming {
        match message.kind() {
            Some(HandshakeType::ClientHello) => {
                // Early data follows a first hello, and never a second one.
                self.early_data = 0;
                self.compatibility = Compatibility::On;
            }
            // A wire that reads one direction of a recording may see no ClientHello.
            Some(HandshakeType::ServerHello) => self.compatibility = Compatibility::On,
            Some(HandshakeType::Finished) => self.compatibility = Compatibility::Over,
            _ => {}
        }
        let (content_type, is_protected) = (ContentType::Handshake, self.opener.is_some());
        self.records.note(
            Direction::Received,
            content_type,
            message.bytes(),
            is_protected,
        );
        Incoming::Handshake(message)
    }

    /// Sends `content` in as many records as it needs.
    fn send(&mut self, content_type: ContentType, content: &[u8]) -> Result<(), Abort> {
        for part in content.chunks(MAX_FRAGMENT) {
            match &mut self.sealer {
                Some(sealer) => {
                    let sealed = sealer.seal(content_type, part, 0)?;
                    self.records.write(ContentType::ApplicationData, &sealed);
                }
                None => self.records.write(content_type, part),
            }
        }
        // One entry for the message, however many records it takes; none if it takes none.
        if !content.is_empty() {
            let is_protected = self.sealer.is_some();
            self.records
                .note(Direction::Sent, content_type, content, is_protected);
        }
        Ok(())
    }
}

impl<S: SealRecord, O: OpenRecord> RecordLayer for Wire<S, O> {
    fn receive(&mut self, bytes: &[u8]) {
        self.records.receive(bytes);
    }

    fn to_send(&mut self) -> Vec<u8> {
        self.records.take_unsent()
    }

    fn passed(&mut self) -> Vec<Passed> {
        self.records.passed()
    }

    fn next(&mut self) -> Result<Option<Incoming>, Abort> {
        loop {
            if let Some(message) = self.records.next_message()? {
                return Ok(Some(self.handshake(message)));
            }
            let Some((record, fragment)) = self.next_record()? else {
                return Ok(None);
            };
            if record.content_type == ContentType::ChangeCipherSpec {
                self.change_cipher_spec(&fragment)?;
                continue;
            }
            let Some((content_type, content)) = self.open(&record, fragment)? else {
                continue;
            };
            if let Some(incoming) = self.content(content_type, content)? {
                return Ok(Some(incoming));
            }
        }
    }

    fn send_data(&mut self, data: &[u8]) -> Result<(), Abort> {
        self.send(ContentType::ApplicationData, data)
    }

    fn send_alert(&mut self, alert: Alert) -> Result<(), Abort> {
        self.send(ContentType::Alert, &[alert.level(), alert.code()])
    }
}

/// What an alert means: an orderly end, an error, or nothing. The level does not matter: all alerts
/// but two end the connection at once (RFC 9846 §6).
fn alert(content: &[u8]) -> Result<Option<Incoming>, Abort> {
    let [_, code] = content else {
        return Err(Abort::Malformed);
    };
    match Alert::from_code(*code) {
        Some(Alert::CloseNotify) => Ok(Some(Incoming::CloseNotify)),
        // A close_notify follows it (RFC 9846 §6.1).
        Some(Alert::UserCanceled) => Ok(None),
        Some(alert) => Err(Abort::Refused(alert)),
        // An alert that has no name here ends the connection all the same.
        None => Err(Abort::Refused(Alert::HandshakeFailure)),
    }
}
