//! The reasons for which a side ends a connection before it is over, and the alert for each.

use std::error::Error;
use std::fmt;

use super::codec::Malformed;
use super::names::Alert;

/// Why a connection was ended before it was over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Abort {
    /// A message was malformed.
    Malformed,
    /// An extension is in a message twice (RFC 5246 §7.4.1.4, RFC 9846 §4.3).
    DuplicateExtension,
    /// A message came out of turn.
    UnexpectedMessage,
    /// A record was longer than a record may be.
    RecordOverflow,
    /// A record did not open.
    BadRecord,
    /// The peer does not speak this version of TLS.
    UnsupportedVersion,
    /// The client does not offer to go without compression, as every client must (RFC 5246
    /// §7.4.1.2).
    NullCompressionRequired,
    /// The peer takes points in other formats only, and not uncompressed, as everyone must (RFC 8422
    /// §5.1.2).
    UncompressedPointsRequired,
    /// The two sides have no suite, or something else that they need, in common.
    NothingInCommon,
    /// The server has chosen what the client did not offer.
    NotOffered,
    /// The server has answered an extension that the client did not send.
    UnsolicitedExtension,
    /// An extension that the handshake can't do without is missing (RFC 9846 §9.2).
    MissingExtension,
    /// An extension is in a message in which it has no place (RFC 9846 §4.3).
    MisplacedExtension,
    /// A first handshake claims to continue another one (RFC 5746 §3.4).
    BadRenegotiationInfo,
    /// The server's certificate is not trusted, for this reason.
    UntrustedCertificate(Distrust),
    /// The context of a Certificate or a CertificateRequest is another than it has to be (RFC 9846
    /// §4.4.2, §4.5.1).
    BadContext,
    /// A KeyUpdate neither asks for one back nor says that it does not (RFC 9846 §4.7.3).
    BadKeyUpdate,
    /// The server knows a newer version than it has chosen, and the client has offered that (RFC 9846
    /// §4.2.3). Someone on the way has changed the hello.
    Downgrade,
    /// A HelloRetryRequest asks for what it must not ask for, or for nothing; or the hello after it is
    /// not the first one again (RFC 9846 §4.2.2, §4.2.4).
    BadRetry,
    /// A signature is not valid.
    BadSignature,
    /// A key share is not valid, or leads to a secret that everyone knows.
    BadKeyShare,
    /// The peer has seen another handshake, or has other keys.
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
            // For the second, RFC 5746 §3.4 asks for this one.
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
/// The server is told an alert, and there are few of those. The user is told the reason.
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
            Abort::Malformed => "a message was not of its form",
            Abort::DuplicateExtension => "an extension is in a message twice",
            Abort::UnexpectedMessage => "a message came that had no place there",
            Abort::RecordOverflow => "a record was too long",
            Abort::BadRecord => "a record did not open",
            Abort::UnsupportedVersion => "the peer does not speak this version of TLS",
            Abort::NullCompressionRequired => "the client insists on compression",
            Abort::UncompressedPointsRequired => "the peer does not take uncompressed points",
            Abort::NothingInCommon => "there is nothing that both sides can do",
            Abort::NotOffered => "the server has chosen what was not offered",
            Abort::UnsolicitedExtension => "the server has answered what was not asked",
            Abort::MissingExtension => "an extension that is needed is missing",
            Abort::MisplacedExtension => "an extension is in a message in which it has no place",
            Abort::BadRenegotiationInfo => "a first handshake claims to continue another",
            Abort::UntrustedCertificate(distrust) => return write!(out, "{distrust}"),
            Abort::BadContext => "a certificate answers another request, or none",
            Abort::BadKeyUpdate => "a KeyUpdate neither asks for one nor does not",
            Abort::Downgrade => {
                "the server can do better, and was not asked: someone has changed the hello"
            }
            Abort::BadRetry => "a hello was asked for again that must not be, or is not the same",
            Abort::BadSignature => "a signature does not hold",
            Abort::BadKeyShare => "the key share is not valid",
            Abort::BadFinished => "the two sides have not seen the same handshake",
            Abort::Exhausted => "all numbers for records are used up",
            Abort::Refused(alert) => return write!(out, "the peer has refused: {alert:?}"),
        };
        write!(out, "{words}")
    }
}

impl Error for Abort {}
