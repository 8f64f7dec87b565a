// 5.1 Issue a certificate

use std::str::FromStr;

use given::x509::{
    BasicConstraints, Certificate, ExtendedKeyUsage, ID_KP_SERVER_AUTH, KeyUsage, KeyUsages, Name,
    Request, SerialNumber, SubjectAltName, ToBeSigned, Validity, extension, key_identifiers,
    sha256_with_rsa,
};

use crate::ch3_signatures::{KeyTooSmall, sign_pkcs1};

/// A CA: its certificate, and the private key that belongs to it.
///
/// It has no `Debug`, so that its private key finds its way into no log.
pub struct Authority {
    /// What everybody may see.
    pub certificate: Certificate,
    /// What it signs with.
    pub key: rsa::PrivateKey,
}

/// **5.1** Signs `to_be_signed` with `key`, and puts the certificate together.
///
/// ```text
/// to_be_signed ── to_der ──▶ bytes ──────────────────┐
///                              │                     ├──▶ Certificate
///                  key ──▶ sign_pkcs1 ──▶ signature ─┤
///                                                    │
///                    algorithm, as in to_be_signed ──┘
/// ```
///
/// What is signed are the bytes of the whole first part, from [`ToBeSigned::to_der`]: with the name,
/// the key, and all the rest. Sign the public key alone, and it is a certificate for every name.
/// [`Certificate::assemble`] takes the three parts, and `sign_pkcs1` is yours from 3.5.
///
/// # Errors
///
/// [`KeyTooSmall`] where exercise 3.5 says so.
pub fn certify(
    to_be_signed: &ToBeSigned,
    key: &rsa::PrivateKey,
) -> Result<Certificate, KeyTooSmall> {
    todo!("5.1: sign {to_be_signed:?} with {key:?}")
}

/// **5.1** Issues the certificate that `request` asks for, in the name of `authority`.
///
/// That the requester owns the names has been found out; here the CA writes and signs. Into
/// [`ToBeSigned`] goes:
///
/// | field | what |
/// | --- | --- |
/// | serial | 16 bytes from the system's generator, fresh each time. Nobody may know beforehand what will be signed (RFC 5280 §4.1.2.2 wants it positive and at most 20 bytes long, and CAs for the web put in 64 random bits at least). `SerialNumber::new` takes care of the sign |
/// | algorithm | [`sha256_with_rsa`] |
/// | issuer | the *subject* of the CA's own certificate: by this name a client finds the CA |
/// | validity, subject, public key | as given and as requested |
///
/// And these six extensions, and no others. [`extension`] makes one from its content:
///
/// | extension | critical | content |
/// | --- | --- | --- |
/// | [`BasicConstraints`] | yes | it is no CA: `ca: false`, without a path length |
/// | [`KeyUsage`] | yes | `DigitalSignature`, for the key share, and `KeyEncipherment`, for RSA key transport |
/// | [`ExtendedKeyUsage`] | no | `ID_KP_SERVER_AUTH`: it is for a TLS server |
/// | [`SubjectAltName`] | no, but yes where the subject is empty (RFC 5280 §4.2.1.6) | the names that were requested, all of them and in their order |
/// | both [`key_identifiers`] | no | of the server's key, and of the CA's |
///
/// *Critical* means: who does not understand this must refuse the certificate.
///
/// Don't look whether the CA's own certificate allows it to sign. A CA that isn't one would not
/// look either: that is for the client to find out, in 5.5.
///
/// # Errors
///
/// [`KeyTooSmall`] as [`certify`].
///
/// [`BasicConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/struct.BasicConstraints.html
/// [`KeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.KeyUsage.html
/// [`ExtendedKeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.ExtendedKeyUsage.html
/// [`SubjectAltName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.SubjectAltName.html
pub fn issue(
    authority: &Authority,
    request: &Request,
    validity: Validity,
) -> Result<Certificate, KeyTooSmall> {
    todo!(
        "5.1: issue {request:?} for {validity:?}, in the name of {:?}",
        authority.certificate
    )
}

/// Makes a root: a CA whose certificate is signed with its own key. It calls your [`certify`].
///
/// Compare it with [`issue`]: it is a CA, its key signs certificates and lists of revoked ones, and
/// subject and issuer are the same.
///
/// # Errors
///
/// [`KeyTooSmall`] as [`certify`].
///
/// # Panics
///
/// Where `name` can't be a common name, for example because it has a `=` in it.
pub fn root(
    name: &str,
    key: rsa::PrivateKey,
    validity: Validity,
) -> Result<Authority, KeyTooSmall> {
    let name = Name::from_str(&format!("CN={name}")).expect("a common name");
    let is_ca = BasicConstraints {
        ca: true,
        path_len_constraint: None,
    };
    let usages = KeyUsages::KeyCertSign | KeyUsages::CRLSign;
    let mut extensions = vec![extension(true, &is_ca), extension(true, &KeyUsage(usages))];
    extensions.extend(key_identifiers(key.as_public_key(), key.as_public_key()));
    let to_be_signed = ToBeSigned {
        // There is one certificate with this key and this number, and nobody else chose it.
        serial: SerialNumber::new(&[1]).expect("one byte is not too many"),
        algorithm: sha256_with_rsa(),
        issuer: name.clone(),
        validity,
        subject: name,
        public_key: key.as_public_key().clone(),
        extensions,
    };
    let certificate = certify(&to_be_signed, &key)?;
    Ok(Authority { certificate, key })
}
