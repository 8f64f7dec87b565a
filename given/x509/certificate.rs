//! Certificates, as you read them: their fields, and the bytes that were signed.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

use der::asn1::{Any, BitString};
use der::oid::AssociatedOid;
use der::oid::db::rfc5912::RSA_ENCRYPTION;
use der::{Decode, DecodeOwned, Encode, Reader, SliceReader};
use rsa::pkcs8::DecodePublicKey;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;
use x509_cert::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::malformed::{BadKey, Malformed};
use super::time::{UnixTime, Validity};

/// A certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The whole certificate, as it was received.
    der: Vec<u8>,
    /// The part of it that is signed, as it was received.
    signed_part: Vec<u8>,
    parsed: x509_cert::Certificate,
}

/// How often a thread has called [`Certificate::signature`] and [`Certificate::public_key`]. This is
/// for the grader: to check a signature, a verifier reads both, so this shows how much work it has
/// done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reads {
    /// Calls of [`Certificate::signature`].
    pub signatures: usize,
    /// Calls of [`Certificate::public_key`].
    pub public_keys: usize,
}

impl Reads {
    /// Those of this thread up to now.
    pub fn so_far() -> Reads {
        READS.get()
    }

    fn add(signatures: usize, public_keys: usize) {
        let before = READS.get();
        READS.set(Reads {
            signatures: before.signatures + signatures,
            public_keys: before.public_keys + public_keys,
        });
    }
}

thread_local! {
    static READS: Cell<Reads> = const { Cell::new(Reads { signatures: 0, public_keys: 0 }) };
}

impl Certificate {
    /// Reads a certificate in DER, the encoding of certificates as bytes.
    ///
    /// # Errors
    /// [`Malformed`] if the bytes are not a certificate, if anything follows it, or if it has an
    /// extension twice. RFC 5280 §4.2 forbids that: which of the two would count? A certificate is
    /// also malformed if it has extensions and is not of version 3 (§4.1.2.9): software that knows
    /// only the older versions would not see them.
    pub fn from_der(bytes: &[u8]) -> Result<Certificate, Malformed> {
        let parsed = x509_cert::Certificate::from_der(bytes)?;
        let signed_part = SliceReader::new(bytes)?.sequence(|fields| {
            let signed_part = fields.tlv_bytes()?;
            // The other two have been read above.
            fields.drain(fields.remaining_len())?;
            Ok::<_, der::Error>(signed_part.to_vec())
        })?;
        let certificate = Certificate {
            der: bytes.to_vec(),
            signed_part,
            parsed,
        };
        let mut seen = BTreeSet::new();
        let mut extensions = certificate.extensions().iter();
        // `raw_bytes` does not say how many bits are unused. If some were, different certificates
        // would appear to have the same signature.
        let version = certificate.parsed.tbs_certificate().version();
        let is_good = extensions.all(|extension| seen.insert(extension.extn_id))
            && (version == Version::V3 || seen.is_empty())
            && !certificate.parsed.signature().has_unused_bits();
        if is_good {
            Ok(certificate)
        } else {
            Err(Malformed)
        }
    }

    /// Puts a certificate together from its three parts: the bytes that were signed, how, and the
    /// signature.
    ///
    /// # Errors
    /// [`Malformed`] if the first part is not what
    /// [`ToBeSigned::to_der`](super::ToBeSigned::to_der) makes.
    pub fn assemble(
        signed_part: &[u8],
        algorithm: &AlgorithmIdentifier,
        signature: &[u8],
    ) -> Result<Certificate, Malformed> {
        // The signed part goes in as it is. If it were decoded and encoded again, its bytes could
        // differ from those that were signed.
        let parts = [
            signed_part.to_vec(),
            algorithm.to_der()?,
            BitString::from_bytes(signature)?.to_der()?,
        ];
        let certificate = Any::new(der::Tag::Sequence, parts.concat())?;
        Certificate::from_der(&certificate.to_der()?)
    }

    /// The whole certificate in DER, as it was received.
    pub fn to_der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes that the signature covers: the first of the three parts, as it was received.
    pub fn signed_part(&self) -> &[u8] {
        &self.signed_part
    }

    /// The signature algorithm that the signed part names.
    pub fn inner_algorithm(&self) -> &AlgorithmIdentifier {
        self.parsed.tbs_certificate().signature()
    }

    /// The signature algorithm that is named beside the signature, where nothing protects it.
    pub fn outer_algorithm(&self) -> &AlgorithmIdentifier {
        self.parsed.signature_algorithm()
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        Reads::add(1, 0);
        self.parsed.signature().raw_bytes()
    }

    /// The number by which its CA knows it.
    pub fn serial(&self) -> &SerialNumber {
        self.parsed.tbs_certificate().serial_number()
    }

    /// The name of the CA.
    pub fn issuer(&self) -> &Name {
        self.parsed.tbs_certificate().issuer()
    }

    /// The name of the owner.
    pub fn subject(&self) -> &Name {
        self.parsed.tbs_certificate().subject()
    }

    /// The period in which it is valid.
    pub fn validity(&self) -> Validity {
        let validity = self.parsed.tbs_certificate().validity();
        let moment = |time: Time| UnixTime(time.to_unix_duration().as_secs());
        Validity {
            not_before: moment(validity.not_before),
            not_after: moment(validity.not_after),
        }
    }

    /// The public key of the owner.
    ///
    /// # Errors
    /// [`BadKey::Unsupported`] if it is not an RSA key, [`BadKey::Malformed`] if it is one and
    /// can't be read, or does not have a common size.
    pub fn public_key(&self) -> Result<rsa::PublicKey, BadKey> {
        Reads::add(0, 1);
        let info = self.public_key_info();
        if info.algorithm.oid != RSA_ENCRYPTION {
            return Err(BadKey::Unsupported);
        }
        let info = info.to_der().map_err(|_| BadKey::Malformed)?;
        rsa::PublicKey::from_public_key_der(&info).map_err(|_| BadKey::Malformed)
    }

    /// The public key of the owner, still encoded. Use it to see whether two keys are the same.
    pub fn public_key_info(&self) -> &SubjectPublicKeyInfo {
        self.parsed.tbs_certificate().subject_public_key_info()
    }

    /// All extensions, in the order of the certificate.
    pub fn extensions(&self) -> &[Extension] {
        let extensions = self.parsed.tbs_certificate().extensions();
        extensions.map_or(&[], |extensions| extensions)
    }

    /// The extension of this type, or `None` if there is none:
    /// `certificate.extension::<BasicConstraints>()?`.
    ///
    /// # Errors
    /// [`Malformed`] if it is there and can't be read.
    pub fn extension<T: AssociatedOid + DecodeOwned<Error = der::Error>>(
        &self,
    ) -> Result<Option<T>, Malformed> {
        let mut extensions = self.extensions().iter();
        let Some(found) = extensions.find(|extension| extension.extn_id == T::OID) else {
            return Ok(None);
        };
        Ok(Some(T::from_der(found.extn_value.as_bytes())?))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({})", self.in_short())
    }
}
