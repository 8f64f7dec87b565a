//! The part of a certificate that is signed, as you write it.

use std::fmt;

use der::asn1::{Any, Null};
use der::{Encode, Sequence};
use rsa::pkcs8::EncodePublicKey;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::time::Validity;

/// sha256WithRSAEncryption (RFC 4055 §5), which is RSASSA-PKCS1-v1_5 with SHA-256. It is the only
/// signature algorithm used for certificates here.
pub fn sha256_with_rsa() -> AlgorithmIdentifier {
    AlgorithmIdentifier {
        oid: der::oid::db::rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
        // RFC 4055 §5 requires NULL here. Leaving it out is not allowed.
        parameters: Some(Any::from(Null)),
    }
}

/// What a CA signs: everything in a certificate except the outer algorithm and the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct ToBeSigned {
    /// The number of the certificate: `SerialNumber::new(&bytes)`.
    pub serial: SerialNumber,
    /// How it will be signed.
    pub algorithm: AlgorithmIdentifier,
    /// The name of the CA.
    pub issuer: Name,
    /// The period in which it is valid.
    pub validity: Validity,
    /// The name of the owner.
    pub subject: Name,
    /// The public key of the owner.
    pub public_key: rsa::PublicKey,
    /// Everything else, in order.
    pub extensions: Vec<Extension>,
}

impl fmt::Debug for ToBeSigned {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ToBeSigned {
            serial,
            issuer,
            subject,
            ..
        } = self;
        write!(out, "ToBeSigned({subject}, issued by {issuer} as {serial}")?;
        let Validity {
            not_before,
            not_after,
        } = self.validity;
        write!(out, ", from {not_before:?} until {not_after:?}")?;
        for extension in &self.extensions {
            write!(out, ", {}", extension.extn_id)?;
        }
        write!(out, ")")
    }
}

/// The same fields, as the standard defines them.
#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", default = "Default::default")]
    version: Version,
    serial_number: SerialNumber,
    signature: AlgorithmIdentifier,
    issuer: Name,
    validity: x509_cert::time::Validity,
    subject: Name,
    subject_public_key_info: SubjectPublicKeyInfo,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<Vec<Extension>>,
}

impl ToBeSigned {
    /// The bytes to sign, in DER.
    pub fn to_der(&self) -> Vec<u8> {
        let this = self.clone();
        let key = this.public_key.to_public_key_der();
        let key = key.expect("a key fits into memory");
        let part = TbsCertificate {
            // A certificate with extensions is of version 3 (RFC 5280 §4.1.2.1).
            version: Version::V3,
            serial_number: this.serial,
            signature: this.algorithm,
            issuer: this.issuer,
            validity: this.validity.encoded(),
            subject: this.subject,
            subject_public_key_info: key.decode_msg().expect("it has just been encoded"),
            // The list must not be empty: `SEQUENCE SIZE (1..MAX)` (RFC 5280 §4.1).
            extensions: Some(this.extensions).filter(|extensions| !extensions.is_empty()),
        };
        part.to_der().expect("it fits into memory")
    }
}
