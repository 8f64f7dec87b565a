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
/// It has no `Debug`, so that its private key can't end up in a log.
pub struct Authority {
    /// Its certificate, which everybody may see.
    pub certificate: Certificate,
    /// The private key, with which it signs.
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
/// A certificate has three parts: what is signed, the signature algorithm, and the signature. The
/// first part has the names, the public key, and all the rest. [`ToBeSigned::to_der`] encodes it in
/// *DER*, the one way to write a certificate as bytes. Sign all of these bytes. If you signed only
/// the public key, the signature would be good for any name. [`Certificate::assemble`] takes the
/// three parts, and `sign_pkcs1` is yours from 3.5.
///
/// # Errors
///
/// [`KeyTooSmall`] if the key is too small, as in exercise 3.5.
pub fn certify(
    to_be_signed: &ToBeSigned,
    key: &rsa::PrivateKey,
) -> Result<Certificate, KeyTooSmall> {
    todo!("5.1: sign {to_be_signed:?} with {key:?}")
}

/// **5.1** Issues the certificate that `request` asks for, in the name of `authority`.
///
/// Somebody has already found out that the requester owns the names. Here the CA only writes and
/// signs. Fill in [`ToBeSigned`] like this:
///
/// | field | value |
/// | --- | --- |
/// | serial | 16 bytes from the system's generator, fresh each time. It must be impossible to predict what will be signed, so CAs for the web include at least 64 random bits. RFC 5280 §4.1.2.2 requires a positive number of at most 20 bytes. `SerialNumber::new` makes sure that it is positive |
/// | algorithm | [`sha256_with_rsa`] |
/// | issuer | the *subject* of the CA's own certificate: clients find the CA by this name |
/// | validity | as given |
/// | subject, public key | as requested |
///
/// Add these six extensions, and no others. [`extension`] makes one from its content:
///
/// | extension | critical | content |
/// | --- | --- | --- |
/// | [`BasicConstraints`] | yes | it is not a CA: `ca: false`, and no path length (5.5) |
/// | [`KeyUsage`] | yes | `DigitalSignature`, to sign the key share, and `KeyEncipherment`, for RSA key transport |
/// | [`ExtendedKeyUsage`] | no | `ID_KP_SERVER_AUTH`: it is for a TLS server |
/// | [`SubjectAltName`] | only if the subject is empty (RFC 5280 §4.2.1.6) | all the names that were requested, in the same order |
/// | both [`key_identifiers`] | no | of the server's key, and of the CA's |
///
/// *Critical* means that a client that does not understand the extension must refuse the
/// certificate.
///
/// Don't check whether the CA's own certificate allows it to sign. A fake CA would not check
/// either: finding out is up to the client, in 5.5.
///
/// # Errors
///
/// [`KeyTooSmall`], as in [`certify`].
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
/// Compare it with [`issue`]: here the certificate is a CA's, its key signs certificates and lists
/// of revoked ones, and subject and issuer are the same.
///
/// # Errors
///
/// [`KeyTooSmall`], as in [`certify`].
///
/// # Panics
///
/// If `name` can't be a common name (the `CN` of a subject), for example because it has a `=` in
/// it.
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
        // The CA's other certificates have long random numbers, and nobody else chose what is in
        // this one. So its number need not be random.
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
