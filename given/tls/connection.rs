//! A connection as those see it who move its bytes: sans-IO, it takes bytes and gives bytes.

use std::error::Error;
use std::fmt;

use super::codec::Malformed;
use super::names::{Alert, CipherSuite};
use super::wire::Passed;

/// Why a connection was ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abort {
    /// A message was not of its form.
    Malformed,
    /// A message came that had no place there.
    UnexpectedMessage,
    /// A record was longer than a record may be.
    RecordOverflow,
    /// A record did not open.
    BadRecord,
    /// The peer does not speak TLS 1.2.
    UnsupportedVersion,
    /// There is nothing that both sides can do.
    NothingInCommon,
    /// The server has chosen what the client did not offer.
    NotOffered,
    /// The server has answered an extension that the client did not send.
    UnsolicitedExtension,
    /// A first handshake that continues another one (RFC 5746 §3.4).
    BadRenegotiationInfo,
    /// The server's certificate does not hold. The alert says in what way.
    UntrustedCertificate(Alert),
    /// A signature does not hold.
    BadSignature,
    /// A key share leads to a secret that everybody knows, or is none.
    BadKeyShare,
    /// The peer has seen another handshake, or has other keys.
    BadFinished,
    /// All numbers for records are used up.
    Exhausted,
    /// The peer has ended the connection, for this reason.
    Refused(Alert),
}

impl Abort {
    /// The alert that tells the peer. There is none where it is the peer who told.
    pub fn alert(self) -> Option<Alert> {
        Some(match self {
            Abort::Malformed => Alert::DecodeError,
            Abort::UnexpectedMessage => Alert::UnexpectedMessage,
            Abort::RecordOverflow => Alert::RecordOverflow,
            Abort::BadRecord => Alert::BadRecordMac,
            Abort::UnsupportedVersion => Alert::ProtocolVersion,
            Abort::NothingInCommon | Abort::BadRenegotiationInfo => Alert::HandshakeFailure,
            Abort::NotOffered | Abort::BadKeyShare => Alert::IllegalParameter,
            Abort::UnsolicitedExtension => Alert::UnsupportedExtension,
            Abort::UntrustedCertificate(alert) => alert,
            Abort::BadSignature | Abort::BadFinished => Alert::DecryptError,
            Abort::Exhausted => Alert::InternalError,
            Abort::Refused(_) => return None,
        })
    }
}

impl From<Malformed> for Abort {
    fn from(_: Malformed) -> Abort {
        Abort::Malformed
    }
}

impl fmt::Display for Abort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Abort::Malformed => "a message was not of its form",
            Abort::UnexpectedMessage => "a message came that had no place there",
            Abort::RecordOverflow => "a record was too long",
            Abort::BadRecord => "a record did not open",
            Abort::UnsupportedVersion => "the peer does not speak TLS 1.2",
            Abort::NothingInCommon => "there is nothing that both sides can do",
            Abort::NotOffered => "the server has chosen what was not offered",
            Abort::UnsolicitedExtension => "the server has answered what was not asked",
            Abort::BadRenegotiationInfo => "a first handshake claims to continue another",
            Abort::UntrustedCertificate(alert) => {
                return write!(out, "the certificate does not hold: {alert:?}");
            }
            Abort::BadSignature => "a signature does not hold",
            Abort::BadKeyShare => "the key share is none",
            Abort::BadFinished => "the two sides have not seen the same handshake",
            Abort::Exhausted => "all numbers for records are used up",
            Abort::Refused(alert) => return write!(out, "the peer has refused: {alert:?}"),
        };
        write!(out, "{words}")
    }
}

impl Error for Abort {}

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The handshake goes on. Nothing can be sent, and nothing has been received.
    Handshaking,
    /// The handshake is over, with this suite, and both sides may send.
    Open(CipherSuite),
    /// The peer has said that it sends no more.
    Closed,
    /// It was ended. What it had received before may be incomplete.
    Failed(Abort),
}

/// The connection is not open for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOpen;

impl fmt::Display for NotOpen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the connection is not open")
    }
}

impl Error for NotOpen {}

/// One end of a TLS connection. It owns no socket: whoever has one moves the bytes.
pub trait Connection {
    /// Takes bytes from the peer, however they are cut. What is wrong with them shows in
    /// [`status`](Connection::status), and in an alert that is to be sent.
    fn receive(&mut self, bytes: &[u8]);

    /// What is to be sent to the peer now, maybe nothing. What it returns once, it does not return
    /// again.
    fn to_send(&mut self) -> Vec<u8>;

    /// How far it is.
    fn status(&self) -> Status;

    /// Seals application data. It is then [`to_send`](Connection::to_send).
    ///
    /// # Errors
    /// The connection is not open.
    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen>;

    /// The application data received since the last call.
    fn received(&mut self) -> Vec<u8>;

    /// Says that no more will be sent.
    fn close(&mut self);

    /// The messages that have passed since the last call, for the trace.
    fn passed(&mut self) -> Vec<Passed>;

    /// The line of an NSS key log that lets Wireshark follow, once there are keys.
    fn key_log_line(&self) -> Option<String>;
}
