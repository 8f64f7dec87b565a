// 5.2 Signed by

use std::error::Error;
use std::fmt;

use given::x509::{BadKey, Certificate, Malformed, sha256_with_rsa};

use crate::ch3_signatures::verify_pkcs1;

/// Why a certificate is not trusted.
///
/// Unlike [`Rejected`](crate::ch1_symmetric::Rejected), this says why. Nothing here is secret: the
/// certificates are public, and so are the rules. The user needs the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untrusted {
    /// The issuer is unknown: no chain of names leads to a root.
    UnknownIssuer,
    /// The signature is not valid under the issuer's key, or the certificate names two different
    /// algorithms for it.
    BadSignature,
    /// It is signed with an algorithm other than the one supported here, or a key is of another
    /// kind. It may be genuine.
    UnsupportedAlgorithm,
    /// It is not valid yet.
    NotYetValid,
    /// It is no longer valid.
    Expired,
    /// It is for other hosts.
    WrongHost,
    /// An issuer is not a CA.
    NotACa,
    /// There are more CAs below a CA than its path length allows.
    PathTooLong,
    /// A key is used for something that its certificate does not allow.
    WrongUsage,
    /// It has a critical extension that is not understood.
    UnknownExtension,
    /// It has a name that a CA above it must not sign for.
    NotPermitted,
    /// A part of it can't be read.
    Malformed,
    /// Finding out would take more signature checks, or comparisons of names, than are allowed.
    TooMuchWork,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Untrusted::UnknownIssuer => "its issuer is unknown",
            Untrusted::BadSignature => "its signature is not its issuer's",
            Untrusted::UnsupportedAlgorithm => {
                "it needs an algorithm other than RSA with SHA-256, the only one supported here"
            }
            Untrusted::NotYetValid => "it is not valid yet",
            Untrusted::Expired => "it has expired",
            Untrusted::WrongHost => "it is for another host",
            Untrusted::NotACa => "its issuer is not a CA",
            Untrusted::PathTooLong => "there are more CAs below a CA than its path length allows",
            Untrusted::WrongUsage => "its key is not meant for this use",
            Untrusted::UnknownExtension => "it has an unknown critical extension",
            Untrusted::NotPermitted => "it has a name that a CA above it must not sign for",
            Untrusted::Malformed => "it is malformed",
            Untrusted::TooMuchWork => "checking it takes too much work",
        };
        write!(out, "the certificate is not trusted: {reason}")
    }
}

impl Error for Untrusted {}

impl From<Malformed> for Untrusted {
    fn from(_: Malformed) -> Untrusted {
        Untrusted::Malformed
    }
}

impl From<BadKey> for Untrusted {
    fn from(bad: BadKey) -> Untrusted {
        match bad {
            BadKey::Malformed => Untrusted::Malformed,
            BadKey::Unsupported => Untrusted::UnsupportedAlgorithm,
        }
    }
}

/// **5.2** Checks that `certificate` was signed by `issuer`: that `certificate` names `issuer`, and
/// that its signature is valid under the issuer's public key.
///
/// - The issuer's name in `certificate` is the subject of `issuer`. Compare the two with `==`. (RFC
///   5280 §7.1 has a longer rule, which ignores case. But CAs copy their names, so comparing bytes
///   works everywhere. Webpki, the library with which rustls checks certificates, does so too.)
/// - The signature algorithm is named in two places: in the signed part (the *inner* one), and
///   beside the signature (the *outer* one). Both are [`sha256_with_rsa`], including the
///   parameters. Only the inner one is signed. RFC 5280 §4.1.1.2 requires the two to be equal, so
///   that nobody can change how a signature is read without breaking it.
/// - The signature covers [`Certificate::signed_part`], and is valid under the public key of
///   `issuer`. Your `verify_pkcs1` of 3.5 checks it.
///
/// Nothing else counts here. You check whether `issuer` may sign, and when, in 5.3 and 5.5. Key
/// identifiers are only a hint.
///
/// The name is a claim, and anyone can make it. The signature is the proof. Then why compare the
/// names? The name says which of all the keys to try.
///
/// # Errors
///
/// - [`Untrusted::UnknownIssuer`] if the names differ.
/// - [`Untrusted::UnsupportedAlgorithm`] if both places name the same algorithm, but not
///   [`sha256_with_rsa`], or if the issuer's public key is not an RSA key. Many certificates on the
///   web are signed with ECDSA, or with RSA and SHA-384. They may be genuine: you can't tell, and
///   the user should know that.
/// - [`Untrusted::BadSignature`] if the two places differ, or if both have [`sha256_with_rsa`] and
///   the signature is not valid.
/// - [`Untrusted::Malformed`] if the issuer's public key can't be read.
///
/// If several are true, return any of them.
pub fn signed_by(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    todo!("5.2: check that {certificate:?} was signed by {issuer:?}")
}
