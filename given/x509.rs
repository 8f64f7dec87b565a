//! X.509 certificates (RFC 5280): reading them, writing them, and what stands in them.
//!
//! The work is done by the crate [`x509_cert`], whose types you meet here: [`Name`],
//! [`Extension`], [`GeneralName`]. A [`Certificate`] puts three things around it. It keeps the
//! bytes as they were received, because a signature holds for those and for no others. It refuses
//! what is not a certificate when it is read, not later. And its times are plain seconds.
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

use std::cell::Cell;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use der::asn1::{Any, BitString, Ia5String, Null, OctetString};
use der::oid::AssociatedOid;
use der::pem::LineEnding;
use der::{DateTime, Decode, DecodeOwned, Encode, Reader, Sequence, SliceReader};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey};
use sha2::{Digest, Sha256};
use x509_cert::certificate::Version;
use x509_cert::time::Time;

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

/// These bytes are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "malformed")
    }
}

impl Error for Malformed {}

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Malformed {
        Malformed
    }
}

/// A moment: how many seconds after the beginning of 1970, UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// The last moment that a certificate can name: the end of the year 9999.
    pub const LAST: UnixTime = UnixTime(253_402_300_799);

    /// The moment it is.
    pub fn now() -> UnixTime {
        // A clock before 1970 is so wrong that nothing is valid: 0 is before every certificate.
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        UnixTime(since.map_or(0, |since| since.as_secs()))
    }

    fn date_time(self) -> DateTime {
        let seconds = self.0.min(UnixTime::LAST.0);
        DateTime::from_unix_duration(Duration::from_secs(seconds)).expect("not after 9999")
    }
}

impl fmt::Debug for UnixTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.date_time())
    }
}

/// From when until when a certificate is valid. Both moments belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: UnixTime,
    /// The last second.
    pub not_after: UnixTime,
}

impl Validity {
    /// As it stands in a certificate: with two digits for the year up to 2049, with four from then
    /// on (RFC 5280 §4.1.2.5).
    fn encoded(self) -> x509_cert::time::Validity {
        let time = |moment: UnixTime| Time::from(moment.date_time());
        x509_cert::time::Validity::new(time(self.not_before), time(self.not_after))
    }
}

/// sha256WithRSAEncryption (RFC 4055 §5), the one algorithm with which certificates are signed
/// here: RSASSA-PKCS1-v1_5 with SHA-256.
pub fn sha256_with_rsa() -> AlgorithmIdentifier {
    AlgorithmIdentifier {
        oid: der::oid::db::rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
        parameters: Some(Any::from(Null)),
    }
}

/// A certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// As it was received.
    der: Vec<u8>,
    /// The part of it that is signed, as it was received.
    signed_part: Vec<u8>,
    parsed: x509_cert::Certificate,
}

thread_local! {
    static SIGNATURES_READ: Cell<u64> = const { Cell::new(0) };
}

/// How often this thread has called [`Certificate::signature`]. The grader asks: who reads no
/// signature checks none, so this bounds the work of a verifier from below.
pub fn signatures_read() -> u64 {
    SIGNATURES_READ.get()
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// [`Malformed`] where the bytes are no certificate, where anything stands behind it, or where
    /// it has an extension twice (RFC 5280 §4.2 forbids that, for which of the two would hold?).
    pub fn from_der(bytes: &[u8]) -> Result<Certificate, Malformed> {
        let parsed = x509_cert::Certificate::from_der(bytes)?;
        let signed_part = SliceReader::new(bytes)?.sequence(|fields| {
            let signed_part = fields.tlv_bytes()?;
            // The two others have been read above.
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
        let is_good = extensions.all(|extension| seen.insert(extension.extn_id))
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
    /// [`Malformed`] where the first part is not what [`ToBeSigned::to_der`] makes.
    pub fn assemble(
        signed_part: &[u8],
        algorithm: &AlgorithmIdentifier,
        signature: &[u8],
    ) -> Result<Certificate, Malformed> {
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

    /// The whole certificate as text, between `BEGIN CERTIFICATE` and `END CERTIFICATE`.
    pub fn to_pem(&self) -> String {
        der::pem::encode_string(LABEL, LineEnding::LF, &self.der).expect("it fits into memory")
    }

    /// The bytes that the signature is over: the first of the three parts, as it was received.
    pub fn signed_part(&self) -> &[u8] {
        &self.signed_part
    }

    /// How it is signed, as the part says that is signed itself.
    pub fn inner_algorithm(&self) -> &AlgorithmIdentifier {
        self.parsed.tbs_certificate().signature()
    }

    /// How it is signed, as it says beside the signature, where nothing protects it.
    pub fn outer_algorithm(&self) -> &AlgorithmIdentifier {
        self.parsed.signature_algorithm()
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        SIGNATURES_READ.set(SIGNATURES_READ.get() + 1);
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

    /// From when until when it is valid.
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
    /// [`Malformed`] where it is not an RSA key of a usual size.
    pub fn public_key(&self) -> Result<rsa::PublicKey, Malformed> {
        let info = self.public_key_info().to_der()?;
        rsa::PublicKey::from_public_key_der(&info).map_err(|_| Malformed)
    }

    /// The public key of the owner as it stands there: enough to see whether two are the same.
    pub fn public_key_info(&self) -> &SubjectPublicKeyInfo {
        self.parsed.tbs_certificate().subject_public_key_info()
    }

    /// All extensions, in the order in which they stand there.
    pub fn extensions(&self) -> &[Extension] {
        let extensions = self.parsed.tbs_certificate().extensions();
        extensions.map_or(&[], |extensions| extensions)
    }

    /// The extension of this type, or `None` where there is none:
    /// `certificate.extension::<BasicConstraints>()?`.
    ///
    /// # Errors
    /// [`Malformed`] where it is there, and can't be read.
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
        let (subject, issuer) = (self.subject(), self.issuer());
        write!(out, "Certificate({subject}, issued by {issuer})")
    }
}

/// What a CA signs: everything in a certificate but the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct ToBeSigned {
    /// The number of the certificate: `SerialNumber::new(&bytes)`.
    pub serial: SerialNumber,
    /// How it is going to be signed.
    pub algorithm: AlgorithmIdentifier,
    /// The name of the CA.
    pub issuer: Name,
    /// From when until when it is valid.
    pub validity: Validity,
    /// The name of the owner.
    pub subject: Name,
    /// The public key of the owner.
    pub public_key: rsa::PublicKey,
    /// Everything else.
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

/// The same, as the standard has it.
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
    /// The bytes to sign.
    pub fn to_der(&self) -> Vec<u8> {
        let this = self.clone();
        let key = this.public_key.to_public_key_der();
        let key = key.expect("a key fits into memory");
        let part = TbsCertificate {
            version: Version::V3,
            serial_number: this.serial,
            signature: this.algorithm,
            issuer: this.issuer,
            validity: this.validity.encoded(),
            subject: this.subject,
            subject_public_key_info: key.decode_msg().expect("it has just been encoded"),
            extensions: Some(this.extensions).filter(|extensions| !extensions.is_empty()),
        };
        part.to_der().expect("it fits into memory")
    }
}

/// An extension with this content: `extension(true, &BasicConstraints { … })`.
pub fn extension<T: AssociatedOid + Encode>(critical: bool, content: &T) -> Extension {
    let content = content.to_der().expect("it fits into memory");
    Extension {
        extn_id: T::OID,
        critical,
        extn_value: OctetString::new(content).expect("it fits into memory"),
    }
}

/// The two extensions that help a client to find the issuer among several of one name (RFC 5280
/// §4.2.1.1 and §4.2.1.2): a short hash of the owner's key and one of the issuer's.
///
/// They are a hint. What counts is whether the signature holds.
pub fn key_identifiers(owner: &rsa::PublicKey, issuer: &rsa::PublicKey) -> [Extension; 2] {
    // RFC 7093 §2, method 1: the first 160 bits of a SHA-256 of the key.
    let identifier = |key: &rsa::PublicKey| {
        let info = key.to_public_key_der().expect("a key fits into memory");
        let info: SubjectPublicKeyInfo = info.decode_msg().expect("just encoded");
        let hash = Sha256::digest(info.subject_public_key.raw_bytes());
        OctetString::new(&hash[..20]).expect("it is 20 bytes long")
    };
    [
        extension(false, &SubjectKeyIdentifier(identifier(owner))),
        extension(
            false,
            &AuthorityKeyIdentifier {
                key_identifier: Some(identifier(issuer)),
                ..AuthorityKeyIdentifier::default()
            },
        ),
    ]
}

/// This is neither a DNS name, nor one with `*` for its first label, nor an IP address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadName;

impl fmt::Display for BadName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "neither a DNS name nor an IP address")
    }
}

impl Error for BadName {}

/// What a server asks of its CA: put my names and my public key together, and sign that.
///
/// The real form of it is PKCS #10 (RFC 2986). There the server also signs its request, to show
/// that it has the private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The name of the owner.
    pub subject: Name,
    /// The DNS names and IP addresses under which it is reached.
    pub names: Vec<GeneralName>,
    /// Its public key.
    pub public_key: rsa::PublicKey,
}

impl Request {
    /// The request of the server that is reached under `hosts`.
    ///
    /// # Errors
    /// [`BadName`] where one of them is none, or where there are none. In 2009 some CAs signed
    /// `www.bank.example\0.evil.example`, and some clients took it for the part before the zero
    /// byte (CVE-2009-2408).
    pub fn new(hosts: &[&str], public_key: rsa::PublicKey) -> Result<Request, BadName> {
        let names = hosts.iter().copied().map(general_name);
        let names = names.collect::<Result<_, _>>()?;
        let first = hosts.first().ok_or(BadName)?;
        // A common name has 64 characters at most. An empty subject is allowed, too.
        let subject = if first.len() <= 64 {
            Name::from_str(&format!("CN={first}")).map_err(|_| BadName)?
        } else {
            Name::default()
        };
        Ok(Request {
            subject,
            names,
            public_key,
        })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The key has hundreds of digits, and who it belongs to is said by the rest.
        write!(out, "Request({}, {:?})", self.subject, self.names)
    }
}

/// A DNS name or an IP address, in the form in which it stands in a certificate.
///
/// # Errors
/// [`BadName`] where it is neither.
pub fn general_name(host: &str) -> Result<GeneralName, BadName> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(GeneralName::from(address));
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let labels = host.strip_prefix("*.").unwrap_or(host);
    if host.len() > 253 || !labels.split('.').all(is_label) {
        return Err(BadName);
    }
    let name = Ia5String::new(host).map_err(|_| BadName)?;
    Ok(GeneralName::DnsName(name))
}

/// What stands between `BEGIN` and `END` of a certificate.
const LABEL: &str = "CERTIFICATE";

/// The certificates in a text, in their order. What stands around and between them is passed over.
///
/// # Errors
/// [`Malformed`] where one of them is.
pub fn certificates_from_pem(text: &str) -> Result<Vec<Certificate>, Malformed> {
    let decoded = blocks(text, LABEL).map(|block| {
        let (_, bytes) = der::pem::decode_vec(block?.as_bytes()).map_err(|_| Malformed)?;
        Certificate::from_der(&bytes)
    });
    decoded.collect()
}

/// The first private key in a text, in the form PKCS #8 (`BEGIN PRIVATE KEY`).
///
/// # Errors
/// [`Malformed`] where there is none, or none for RSA.
pub fn private_key_from_pem(text: &str) -> Result<rsa::PrivateKey, Malformed> {
    let block = blocks(text, "PRIVATE KEY").next().ok_or(Malformed)??;
    rsa::PrivateKey::from_pkcs8_pem(block).map_err(|_| Malformed)
}

/// The blocks with this label, from `BEGIN` to `END`.
fn blocks<'a>(
    text: &'a str,
    label: &str,
) -> impl Iterator<Item = Result<&'a str, Malformed>> + use<'a> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    let mut rest = text;
    std::iter::from_fn(move || {
        let block = &rest[rest.find(&begin)?..];
        let Some(place) = block.find(&end) else {
            rest = "";
            return Some(Err(Malformed));
        };
        let (block, after) = block.split_at(place + end.len());
        rest = after;
        Some(Ok(block))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rsa::BoxedUint;

    use super::*;

    /// A key that nobody has the private half of.
    fn public_key() -> rsa::PublicKey {
        let modulus = BoxedUint::from_be_slice_vartime(&[0xff; 128]);
        rsa::PublicKey::new(modulus, BoxedUint::from(65537u32)).unwrap()
    }

    fn to_be_signed(from: u64, until: u64) -> ToBeSigned {
        ToBeSigned {
            serial: SerialNumber::new(&[1]).unwrap(),
            algorithm: sha256_with_rsa(),
            issuer: Name::from_str("CN=CA").unwrap(),
            validity: Validity {
                not_before: UnixTime(from),
                not_after: UnixTime(until),
            },
            subject: Name::from_str("CN=Server").unwrap(),
            public_key: public_key(),
            extensions: vec![extension(true, &KeyUsage(KeyUsages::CRLSign.into()))],
        }
    }

    fn certificate(to_be_signed: &ToBeSigned) -> Result<Certificate, Malformed> {
        Certificate::assemble(&to_be_signed.to_der(), &to_be_signed.algorithm, &[7; 128])
    }

    #[test]
    fn what_is_written_is_read() {
        let part = to_be_signed(1_000_000_000, 2_000_000_000);
        let certificate = certificate(&part).unwrap();
        assert_eq!(certificate.signed_part(), part.to_der());
        assert_eq!(certificate.signature(), [7; 128]);
        assert_eq!(certificate.serial(), &part.serial);
        assert_eq!(certificate.issuer(), &part.issuer);
        assert_eq!(certificate.subject(), &part.subject);
        assert_eq!(certificate.validity(), part.validity);
        assert_eq!(certificate.public_key(), Ok(part.public_key));
        assert_eq!(certificate.extensions(), part.extensions);
        assert_eq!(certificate.inner_algorithm(), &part.algorithm);
        assert_eq!(certificate.outer_algorithm(), &part.algorithm);
        let usage = KeyUsage(KeyUsages::CRLSign.into());
        assert_eq!(certificate.extension(), Ok(Some(usage)));
        assert_eq!(certificate.extension::<BasicConstraints>(), Ok(None));
    }

    #[test]
    fn pem_goes_there_and_back() {
        let one = certificate(&to_be_signed(1, 2)).unwrap();
        let other = certificate(&to_be_signed(3, 4)).unwrap();
        let text = format!("before\n{}between\n{}after", one.to_pem(), other.to_pem());
        assert_eq!(certificates_from_pem(&text), Ok(vec![one.clone(), other]));
        assert_eq!(certificates_from_pem("nothing"), Ok(vec![]));
        let cut = &one.to_pem()[..200];
        assert_eq!(certificates_from_pem(cut), Err(Malformed));
        let wrong = one.to_pem().replace("MII", "AAA");
        assert_eq!(certificates_from_pem(&wrong), Err(Malformed));
        assert!(private_key_from_pem(&one.to_pem()).is_err());
    }

    #[test]
    fn years_have_two_digits_until_2049_and_four_from_then_on() {
        // Tags 23 and 24: UTCTime and GeneralizedTime.
        for (moment, tag) in [(2_524_607_999, 23), (2_524_608_000, 24)] {
            let validity = to_be_signed(0, moment).validity;
            let der = validity.encoded().to_der().unwrap();
            assert_eq!(der[2 + 2 + 13], tag);
            assert_eq!(
                certificate(&to_be_signed(0, moment)).unwrap().validity(),
                validity
            );
        }
    }

    #[test]
    fn there_is_no_time_after_the_last() {
        let validity = certificate(&to_be_signed(0, u64::MAX)).unwrap().validity();
        assert_eq!(validity.not_after, UnixTime::LAST);
        assert_eq!(format!("{:?}", UnixTime::LAST), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn the_signed_part_is_what_was_received() {
        // A moment before 2050 with four digits for the year: the crate would write it with two.
        let part = to_be_signed(0, 1_800_000_000).to_der();
        let short = b"\x17\x0d270115080000Z";
        let long = b"\x18\x0f20270115080000Z";
        let place = part.windows(15).position(|window| window == short).unwrap();
        let mut part = [&part[..place], long, &part[place + 15..]].concat();
        // Two bytes more in the validity, and two in the whole. Their lengths stand before them.
        part[place - 15 - 1] += 2;
        part[3] += 2;
        let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]).unwrap();
        assert_eq!(certificate.signed_part(), part);
        assert_eq!(certificate.validity().not_after, UnixTime(1_800_000_000));
    }

    #[test]
    fn what_stands_behind_a_certificate_is_refused() {
        let certificate = certificate(&to_be_signed(1, 2)).unwrap();
        let longer = [certificate.to_der(), &[0]].concat();
        assert_eq!(Certificate::from_der(&longer), Err(Malformed));
        let shorter = &certificate.to_der()[..certificate.to_der().len() - 1];
        assert_eq!(Certificate::from_der(shorter), Err(Malformed));
    }

    #[test]
    fn an_extension_twice_is_refused() {
        let mut part = to_be_signed(1, 2);
        part.extensions.extend(part.extensions.clone());
        assert_eq!(certificate(&part), Err(Malformed));
    }

    #[test]
    fn a_key_of_no_use_is_refused() {
        let part = to_be_signed(1, 2).to_der();
        let place = part.windows(128).position(|window| window == [0xff; 128]);
        // An even modulus.
        let mut even = part.clone();
        even[place.unwrap() + 127] = 0xfe;
        // An exponent of 1, with leading zeros that DER does not allow.
        let mut padded = part;
        padded[place.unwrap() + 128 + 2..][..3].copy_from_slice(&[0, 0, 1]);
        for part in [even, padded] {
            let certificate = Certificate::assemble(&part, &sha256_with_rsa(), &[7; 128]);
            assert_eq!(certificate.and_then(|one| one.public_key()), Err(Malformed));
        }
    }

    #[test]
    fn hosts_are_names_or_addresses() {
        let long = format!("{}.example", "a".repeat(63));
        for good in [
            "localhost",
            "a-b.example.org",
            "*.example.org",
            "_x.example",
            &long,
            "xn--a",
        ] {
            assert!(
                matches!(general_name(good), Ok(GeneralName::DnsName(_))),
                "{good}"
            );
        }
        for good in ["192.0.2.1", "::1"] {
            assert!(
                matches!(general_name(good), Ok(GeneralName::IpAddress(_))),
                "{good}"
            );
        }
        let too_long = format!("{}.example", "a".repeat(64));
        let bad = [
            "",
            ".",
            "*",
            "a..b",
            "a.",
            ".a",
            "w*.a",
            "a b",
            "a\0.b",
            "bücher.example",
            "a,b",
            "CN=a",
            &too_long,
            &["a"; 128].join("."),
        ];
        for bad in bad {
            assert_eq!(general_name(bad), Err(BadName), "{bad}");
            assert_eq!(Request::new(&[bad], public_key()), Err(BadName));
        }
        assert_eq!(Request::new(&[], public_key()), Err(BadName));
    }

    #[test]
    fn a_long_name_is_no_common_name() {
        let long = format!("{}.example", "a".repeat(60));
        let request = Request::new(&[&long, "b"], public_key()).unwrap();
        assert!(request.subject.is_empty());
        let request = Request::new(&["*.b", &long], public_key()).unwrap();
        assert_eq!(request.subject.to_string(), "CN=*.b");
    }

    proptest! {
        #[test]
        fn junk_is_refused(junk in any::<Vec<u8>>(), text in ".{0,200}") {
            prop_assert_eq!(Certificate::from_der(&junk), Err(Malformed));
            prop_assert_eq!(certificates_from_pem(&text), Ok(vec![]));
            prop_assert_eq!(private_key_from_pem(&text), Err(Malformed));
        }

        #[test]
        fn a_broken_certificate_does_no_harm(changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..8)) {
            let mut der = certificate(&to_be_signed(1, 2)).unwrap().to_der().to_vec();
            for (place, byte) in changes {
                let length = der.len();
                der[place.index(length)] = byte;
            }
            if let Ok(certificate) = Certificate::from_der(&der) {
                prop_assert_eq!(certificate.to_der(), &der);
                let _ = (certificate.public_key(), certificate.validity());
                let _ = certificate.extension::<KeyUsage>();
            }
        }
    }
}
