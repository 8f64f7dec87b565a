// 7.6 Sign all of it

use given::tls::{Abort, SignatureScheme};
use given::tls13::CertificateVerify;

use crate::ch3_signatures::{KeyTooSmall, Transcript, sign_pss, verify_pss};
use crate::ch6_tls12::Sender;

/// **7.6** The bytes that are signed in a CertificateVerify (RFC 9846 §4.5.2). `transcript` is what
/// was said up to Certificate.
///
/// ```text
/// 64 bytes        33 bytes                              1    32 bytes
/// ┌───────────────┬─────────────────────────────────────┬────┬────────────────────┐
/// │ 20 20 20 … 20 │ "TLS 1.3, server CertificateVerify" │ 00 │ hash of transcript │
/// └───────────────┴─────────────────────────────────────┴────┴────────────────────┘
///   spaces          or "TLS 1.3, client …"
/// ```
///
/// # Why each part is there
///
/// - *The spaces.* What a TLS 1.2 server signs begins with 64 random bytes (exercise 4.6), and the
///   client chooses the first 32 of them. Here nobody can choose the first 64 bytes. So a signature
///   that was made for one version is not valid in the other.
/// - *The context string.* A client's signature must not pass for a server's: some owners have one
///   key for both.
/// - *The zero.* No context string contains a zero. So with a zero after it, none can be the
///   beginning of another.
/// - *The hash.* It covers everything: both hellos with the shares, the versions, the suites and
///   the groups, and the certificate itself. Compare that with what exercise 4.6 leaves out.
pub fn signed_content(sender: Sender, transcript: &Transcript) -> Vec<u8> {
    todo!("7.6: what {sender:?} signs after {transcript:?}")
}

/// **7.6** Signs the handshake so far, with the key of the certificate: your PSS (exercise 3.7)
/// over [`signed_content`], with a fresh salt for each signature. PSS hashes what it is given, so
/// the transcript's hash is hashed once more, together with the rest.
///
/// The scheme is `rsa_pss_rsae_sha256`, [`SignatureScheme::RsaPssRsaeSha256`].
///
/// # Errors
///
/// [`KeyTooSmall`] if the key is too small for the scheme.
pub fn certificate_verify(
    key: &rsa::PrivateKey,
    sender: Sender,
    transcript: &Transcript,
) -> Result<CertificateVerify, KeyTooSmall> {
    todo!("7.6: sign {transcript:?} with {key:?} as the {sender:?}")
}

/// **7.6** Checks a CertificateVerify from `sender`. `key` is the one in the certificate that came
/// before it, and `transcript` is your own, up to that certificate.
///
/// This is the proof that the certificate's owner is there, now, and takes part in this very
/// handshake. Everything before it could come from anyone.
///
/// # Errors
///
/// - [`Abort::NotOffered`] if the scheme is not `rsa_pss_rsae_sha256`. It is checked first. PKCS#1
///   v1.5 is not allowed here, even if the client has offered it: that offer is for TLS 1.2, and
///   for the signatures in certificates (RFC 9846 §4.3.3).
/// - [`Abort::BadSignature`] for everything else: a signature by another sender, over another
///   transcript, under another key, with another padding or hash, or with a salt of another length;
///   one with any bit changed; one that is empty, too long or too short.
pub fn check_certificate_verify(
    key: &rsa::PublicKey,
    sender: Sender,
    transcript: &Transcript,
    message: &CertificateVerify,
) -> Result<(), Abort> {
    todo!("7.6: has the {sender:?}, whose key is {key:?}, signed {transcript:?} in {message:?}?")
}
