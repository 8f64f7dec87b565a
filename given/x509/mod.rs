//! X.509 certificates (RFC 5280): how to read them and how to write them.
//!
//! The crate [x509-cert] does the work. [`Certificate`] adds three things. It keeps the bytes as they
//! were received, because a signature is valid for those bytes and no others. If bytes are not a
//! certificate, it refuses them as soon as they are read. And its times are plain seconds.
//!
//! ```text
//! Certificate
//!   tbsCertificate          "to be signed": see ToBeSigned
//!     version                 3
//!     serialNumber            unique among the certificates of a CA
//!     signature               how it is signed: the inner algorithm
//!     issuer                  the name of the CA
//!     validity                from, and until
//!     subject                 the name of the owner
//!     subjectPublicKeyInfo    the public key of the owner
//!     extensions              everything else, each with a flag `critical`
//!   signatureAlgorithm      how it is signed, once more: the outer algorithm
//!   signatureValue          over the bytes of tbsCertificate
//! ```
//!
//! These structures are encoded as bytes in *DER*. It has one way to encode each value, so that
//! everybody signs and compares the same bytes.
//!
//! # From other crates
//!
//! These types are documented where they come from, and re-exported here:
//!
//! | type | what it is |
//! | --- | --- |
//! | [`Name`] | the name of a certificate's issuer, or of its owner |
//! | [`SerialNumber`] | the number by which the CA knows it |
//! | [`SubjectPublicKeyInfo`] | a public key, with the algorithm that it is for |
//! | [`AlgorithmIdentifier`] | an algorithm, with its parameters |
//! | [`ObjectIdentifier`] | a number that names an algorithm, an extension or a purpose |
//! | [`Extension`] | an extension, still encoded |
//! | [`BasicConstraints`] | an extension: is it a CA, and how many CAs may be below it? |
//! | [`KeyUsage`], of [`KeyUsages`] | an extension: what the key may do |
//! | [`ExtendedKeyUsage`] | an extension: what the key is for, such as a TLS server |
//! | [`SubjectAltName`], of [`GeneralName`] | an extension: the hosts that it is for |
//! | [`NameConstraints`], of [`GeneralSubtree`] | an extension: the names that a CA may sign for |
//! | [`SubjectKeyIdentifier`], [`AuthorityKeyIdentifier`] | extensions: hints as to which CA's key made the signature |
//!
//! [x509-cert]: https://docs.rs/x509-cert/0.3/x509_cert/
//! [`Name`]: https://docs.rs/x509-cert/0.3/x509_cert/name/struct.Name.html
//! [`SerialNumber`]: https://docs.rs/x509-cert/0.3/x509_cert/serial_number/struct.SerialNumber.html
//! [`SubjectPublicKeyInfo`]: https://docs.rs/spki/0.8/spki/struct.SubjectPublicKeyInfo.html
//! [`AlgorithmIdentifier`]: https://docs.rs/spki/0.8/spki/struct.AlgorithmIdentifier.html
//! [`ObjectIdentifier`]: https://docs.rs/const-oid/0.10/const_oid/struct.ObjectIdentifier.html
//! [`Extension`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/struct.Extension.html
//! [`BasicConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/struct.BasicConstraints.html
//! [`KeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.KeyUsage.html
//! [`KeyUsages`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/enum.KeyUsages.html
//! [`ExtendedKeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.ExtendedKeyUsage.html
//! [`SubjectAltName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.SubjectAltName.html
//! [`GeneralName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/name/enum.GeneralName.html
//! [`NameConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/name/struct.NameConstraints.html
//! [`GeneralSubtree`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/name/struct.GeneralSubtree.html
//! [`SubjectKeyIdentifier`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.SubjectKeyIdentifier.html
//! [`AuthorityKeyIdentifier`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.AuthorityKeyIdentifier.html

mod certificate;
mod extensions;
mod hosts;
mod malformed;
mod pem;
mod places;
mod time;
mod to_be_signed;
mod words;

#[cfg(test)]
mod tests;

#[doc(no_inline)]
pub use der::oid::ObjectIdentifier;
#[doc(no_inline)]
pub use der::oid::db::rfc5280::{ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE};
#[doc(no_inline)]
pub use der::oid::db::rfc5280::{
    ID_CE_NAME_CONSTRAINTS, ID_CE_SUBJECT_ALT_NAME, ID_KP_SERVER_AUTH,
};
#[doc(no_inline)]
pub use x509_cert::ext::Extension;
#[doc(no_inline)]
pub use x509_cert::ext::pkix::constraints::name::{GeneralSubtree, NameConstraints};
#[doc(no_inline)]
pub use x509_cert::ext::pkix::name::GeneralName;
#[doc(no_inline)]
pub use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage};
#[doc(no_inline)]
pub use x509_cert::ext::pkix::{KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier};
#[doc(no_inline)]
pub use x509_cert::name::Name;
#[doc(no_inline)]
pub use x509_cert::serial_number::SerialNumber;
#[doc(no_inline)]
pub use x509_cert::{AlgorithmIdentifier, SubjectPublicKeyInfo};

pub use certificate::{Certificate, Reads};
pub use extensions::{extension, key_identifiers};
pub use hosts::{BadName, Request, general_name, is_dns_name};
pub use malformed::{BadKey, Malformed};
pub use pem::{certificates_from_pem, private_key_from_pem};
pub(crate) use places::Places;
pub use time::{UnixTime, Validity};
pub use to_be_signed::{ToBeSigned, sha256_with_rsa};
pub use words::{name_in_words, oid_in_words};
