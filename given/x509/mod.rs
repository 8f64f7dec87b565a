//! X.509 certificates (RFC 5280): how to read them and how to write them.
//!
//! The crate [`x509_cert`] does the work. Some of its types are used here: [`Name`], [`Extension`],
//! [`GeneralName`]. [`Certificate`] adds three things. It keeps the bytes as they were received,
//! because a signature is valid for those bytes and no others. It refuses bytes that are not a
//! certificate when they are read, not later. And its times are plain seconds.
//!
//! ```text
//! Certificate
//!   tbsCertificate          "to be signed": see ToBeSigned
//!     version                 3
//!     serialNumber            no two certificates of a CA have the same
//!     signature               how it is signed: the inner algorithm
//!     issuer                  the name of the CA
//!     validity                from, and until
//!     subject                 the name of the owner
//!     subjectPublicKeyInfo    the public key of the owner
//!     extensions              everything else, each with a flag `critical`
//!   signatureAlgorithm      how it is signed, once more: the outer algorithm
//!   signatureValue          over the bytes of tbsCertificate
//! ```

mod certificate;
mod extensions;
mod hosts;
mod malformed;
mod pem;
mod places;
mod time;
mod to_be_signed;

#[cfg(test)]
mod tests;

pub use der::oid::ObjectIdentifier;
pub use der::oid::db::rfc5280::{ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE};
pub use der::oid::db::rfc5280::{ID_CE_SUBJECT_ALT_NAME, ID_KP_SERVER_AUTH};
pub use x509_cert::ext::Extension;
pub use x509_cert::ext::pkix::name::GeneralName;
pub use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage};
pub use x509_cert::ext::pkix::{KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier};
pub use x509_cert::name::Name;
pub use x509_cert::serial_number::SerialNumber;
pub use x509_cert::{AlgorithmIdentifier, SubjectPublicKeyInfo};

pub use certificate::{Certificate, signatures_read};
pub use extensions::{extension, key_identifiers};
pub use hosts::{BadName, Request, general_name};
pub use malformed::Malformed;
pub use pem::{certificates_from_pem, private_key_from_pem};
pub(crate) use places::Places;
pub use time::{UnixTime, Validity};
pub use to_be_signed::{ToBeSigned, sha256_with_rsa};
