//! The reasons for which a side ends a connection early, and the alert for each.

use std::error::Error;
use std::fmt;

use super::codec::Malformed;
use super::names::Alert;

/// Why a connection was ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Abort {
    /// A message was malformed.
    Malformed,
    /// An extension is in a message twice (RFC 5246 §7.4.1.4, RFC 9846 §4.3).
    DuplicateExtension,
    /// A message came out of turn.
    UnexpectedMessage,
    /// A record was longer than the limit.
    RecordOverflow,
    /// A record did not open.
    BadRecord,
    /// The peer does not speak this version of TLS.
    UnsupportedVersion,
    /// The client does not offer to go without compression, as every client must (RFC 5246
    /// §7.4.1.2).
    NullCompressionRequired,
    /// The peer does not accept uncompressed points, which everyone must accept (RFC 8422 §5.1.2).
    UncompressedPointsRequired,
    /// The two sides have no suite, or something else that they need, in common.
    NothingInCommon,
    /// The server has chosen something that the client did not offer.
    NotOffered,
    /// The server has answered an extension that the client did not send.
    UnsolicitedExtension,
    /// An extension that the handshake can't do without is missing (RFC 9846 §9.2).
    MissingExtension,
    /// An extension is in a message in which it is not allowed (RFC 9846 §4.3).
    MisplacedExtension,
    /// A first handshake claims to continue another one (RFC 5746 §3.4).
    BadRenegotiationInfo,
    /// The server's certificate is not trusted, for this reason.
    UntrustedCertificate(Distrust),
    /// The context of a Certificate or a CertificateRequest is not what it has to be (RFC 9846
    /// §4.4.2, §4.5.1).
    BadContext,
    /// A KeyUpdate does not say whether it asks for another in return (RFC 9846 §4.7.3).
    BadKeyUpdate,
    /// The server supports a newer version than it has chosen, and the client has offered that one
    /// (RFC 9846 §4.2.3). Someone on the way has changed the hello.
    Downgrade,
    /// A HelloRetryRequest asks for something that it must not ask for, or for nothing; or the
    /// hello after it does not repeat the first one (RFC 9846 §4.2.2, §4.2.4).
    BadRetry,
    /// A signature is not valid.
    BadSignature,
    /// A key share is not valid, or results in a secret that everyone knows.
    BadKeyShare,
    /// The peer has seen a different handshake, or has different keys.
    BadFinished,
    /// All record numbers are used up.
    Exhausted,
    /// The peer has ended the connection, for this reason.
    Refused(Alert),
}

impl Abort {
    /// The alert that tells the peer. `None` if it was the peer that ended the connection.
    pub fn alert(&self) -> Option<Alert> {
        Some(match self {
            // RFC 5246 §7.2.2 says what each alert is for.
            Abort::Malformed => Alert::DecodeError,
            Abort::UnexpectedMessage => Alert::UnexpectedMessage,
            Abort::RecordOverflow => Alert::RecordOverflow,
            Abort::BadRecord => Alert::BadRecordMac,
            Abort::UnsupportedVersion => Alert::ProtocolVersion,
            // RFC 5746 §3.4 asks for this alert in the second case.
            Abort::NothingInCommon | Abort::BadRenegotiationInfo => Alert::HandshakeFailure,
            Abort::NullCompressionRequired
            | Abort::UncompressedPointsRequired
            | Abort::NotOffered
            | Abort::DuplicateExtension
            | Abort::MisplacedExtension
            | Abort::Downgrade
            | Abort::BadContext
            | Abort::BadKeyUpdate
            | Abort::BadRetry
            | Abort::BadKeyShare => Alert::IllegalParameter,
            Abort::UnsolicitedExtension => Alert::UnsupportedExtension,
            Abort::MissingExtension => Alert::MissingExtension,
            Abort::UntrustedCertificate(distrust) => distrust.alert,
            Abort::BadSignature | Abort::BadFinished => Alert::DecryptError,
            // Record numbers do not wrap (RFC 5246 §6.1), and there is no alert for having none left.
            Abort::Exhausted => Alert::InternalError,
            Abort::Refused(_) => return None,
        })
    }
}

/// Why a server's certificate is not trusted.
///
/// The server is told by an alert, and there are few of those. The user is told the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distrust {
    /// What the server is told.
    pub alert: Alert,
    /// What the user is told: which certificate it is, and what is wrong with it.
    pub why: String,
}

impl Distrust {
    /// A certificate that no alert describes any better than `BadCertificate`.
    pub fn bad_certificate(why: impl Into<String>) -> Distrust {
        Distrust {
            alert: Alert::BadCertificate,
            why: why.into(),
        }
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.why)
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
            Abort::Malformed => "a message was malformed",
            Abort::DuplicateExtension => "an extension is in a message twice",
            Abort::UnexpectedMessage => "a message came out of turn",
            Abort::RecordOverflow => "a record was too long",
            Abort::BadRecord => "a record did not open",
            Abort::UnsupportedVersion => "the peer does not speak this version of TLS",
            Abort::NullCompressionRequired => "the client does not offer to go without compression",
            Abort::UncompressedPointsRequired => "the peer does not accept uncompressed points",
            Abort::NothingInCommon => "the two sides lack something that they need in common",
            Abort::NotOffered => "the server has chosen something that was not offered",
            Abort::UnsolicitedExtension => "the server has answered an extension that was not sent",
            Abort::MissingExtension => "a required extension is missing",
            Abort::MisplacedExtension => "an extension is in a message in which it is not allowed",
            Abort::BadRenegotiationInfo => "a first handshake claims to continue another",
            Abort::UntrustedCertificate(distrust) => return write!(out, "{distrust}"),
            Abort::BadContext => "a Certificate or a CertificateRequest has the wrong context",
            Abort::BadKeyUpdate => "a KeyUpdate does not say whether it asks for one in return",
            Abort::Downgrade => {
                "the server supports a newer version than it chose: someone has changed the hello"
            }
            Abort::BadRetry => {
                "a HelloRetryRequest is not valid, or the next hello does not repeat the first"
            }
            Abort::BadSignature => "a signature is not valid",
            Abort::BadKeyShare => "the key share is not valid",
            Abort::BadFinished => "the two sides have not seen the same handshake",
            Abort::Exhausted => "all record numbers are used up",
            Abort::Refused(alert) => return write!(out, "the peer has refused: {alert:?}"),
        };
        write!(out, "{words}")
    }
}

impl Error for Abort {}
