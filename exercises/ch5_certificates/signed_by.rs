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
    /// The issuer is not there: no chain of names leads to a root.
    UnknownIssuer,
    /// The signature is not that of the issuer's key, or it is not clear of which algorithm it is.
    BadSignature,
    /// It is signed with another algorithm than the one in use here, or a key is of another kind. It
    /// may be genuine.
    UnsupportedAlgorithm,
    /// It is not valid yet.
    NotYetValid,
    /// It is not valid any more.
    Expired,
    /// It is for other hosts.
    WrongHost,
    /// An issuer is not a CA.
    NotACa,
    /// There are more CAs below a CA than it may have.
    PathTooLong,
    /// The key is used for something for which the certificate does not give it.
    WrongUsage,
    /// It has a critical extension that is not understood.
    UnknownExtension,
    /// A CA above it may not give it one of its names.
    NotPermitted,
    /// A part of it can't be read.
    Malformed,
    /// It would take more signature checks, or comparisons of names, than are allowed to find out.
    TooMuchWork,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Untrusted::UnknownIssuer => "its issuer is unknown",
            Untrusted::BadSignature => "its signature is not its issuer's",
            Untrusted::UnsupportedAlgorithm => {
                "its signature or key is not RSA with SHA-256, the one kind supported here"
            }
            Untrusted::NotYetValid => "it is not valid yet",
            Untrusted::Expired => "it has expired",
            Untrusted::WrongHost => "it is for another host",
            Untrusted::NotACa => "it was issued by something that is no CA",
            Untrusted::PathTooLong => "it stands too deep below a CA",
            Untrusted::WrongUsage => "its key is for something else",
            Untrusted::UnknownExtension => "it has a critical extension that is unknown",
            Untrusted::NotPermitted => "it has a name that a CA above it may not give",
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

/// **5.2** Checks that `certificate` was signed by `issuer`: that it names it, and that the
/// signature holds under its public key.
///
/// - The issuer's name in `certificate` is the subject of `issuer`. Compare the two with `==`. (RFC
///   5280 §7.1 has a longer rule, with upper and lower case in it. CAs copy their names, and what
///   compares bytes, as webpki does, works everywhere.)
/// - The algorithm stands in two places, and in both it is [`sha256_with_rsa`], parameters and all.
///   Only the inner one is signed. RFC 5280 §4.1.1.2 wants them equal, so that nobody changes how a
///   signature is to be read without breaking it.
/// - The signature is that of [`Certificate::signed_part`], under the public key of `issuer`. Your
///   `verify_pkcs1` of 3.5 checks it.
///
/// Nothing else counts here. Whether `issuer` may sign, and when, is asked in 5.3 and 5.5, and key
/// identifiers are only a hint.
///
/// The name is a claim, and everybody can claim. The signature is the proof. Why the name, then? It
/// says which of all the keys to try.
///
/// # Errors
///
/// - [`Untrusted::UnknownIssuer`] if the names differ.
/// - [`Untrusted::UnsupportedAlgorithm`] if the algorithm is another one, the same in both places, or
///   if the issuer's public key is not an RSA key. Many certificates on the web are signed with ECDSA,
///   or with RSA and SHA-384. They may be genuine: you can't tell, and the user should know that.
/// - [`Untrusted::BadSignature`] if the two places differ. If both have [`sha256_with_rsa`], also if the
///   signature does not hold.
/// - [`Untrusted::Malformed`] if the issuer's public key can't be read.
///
/// If several are true, any of them.
pub fn signed_by(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    todo!("5.2: check that {certificate:?} was signed by {issuer:?}")
}
