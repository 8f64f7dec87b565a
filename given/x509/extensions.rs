//! Writing the extensions of a certificate.

use der::Encode;
use der::asn1::OctetString;
use der::oid::AssociatedOid;
use rsa::pkcs8::EncodePublicKey;
use sha2::{Digest, Sha256};
use x509_cert::SubjectPublicKeyInfo;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};

/// An extension with this content: `extension(true, &BasicConstraints { … })`.
pub fn extension<T: AssociatedOid + Encode>(critical: bool, content: &T) -> Extension {
    let content = content.to_der().expect("it fits into memory");
    Extension {
        extn_id: T::OID,
        critical,
        extn_value: OctetString::new(content).expect("it fits into memory"),
    }
}

/// The two extensions that help a client find the issuer among several with the same name (RFC 5280
/// §4.2.1.1 and §4.2.1.2): a short hash of the owner's key, and one of the issuer's.
///
/// They are a hint. What counts is whether the signature is valid.
pub fn key_identifiers(owner: &rsa::PublicKey, issuer: &rsa::PublicKey) -> [Extension; 2] {
    // RFC 7093 §2, method 1: the first 160 bits of the SHA-256 hash of the key.
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
