//! Why a connection was ended before its time.

use std::error::Error;
use std::fmt;

use super::codec::Malformed;
use super::names::Alert;

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
