// 5.5 The chain

use given::x509::{
    BasicConstraints, Certificate, ExtendedKeyUsage, ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE,
    ID_CE_KEY_USAGE, ID_CE_NAME_CONSTRAINTS, ID_CE_SUBJECT_ALT_NAME, ID_KP_SERVER_AUTH, KeyUsage,
    UnixTime,
};

use super::{Untrusted, is_for, signed_by, valid_at};

/// How many signatures [`verify_chain`] may check before it gives up. Webpki has the same limit.
pub const SIGNATURE_CHECKS: usize = 100;

/// **5.5** Checks that `ca` may issue certificates, with `below` other CAs between it and the leaf.
///
/// ```text
/// root ──▶ A ──▶ B ──▶ leaf          below B: 0 CAs.     below A: 1 CA, B.
/// ```
///
/// - It has [`BasicConstraints`], and they say `ca: true`. A certificate without them can't be an
///   issuer (RFC 5280 §4.2.1.9).
/// - Their *path length* says how many CAs may be below the CA. If there is one, it is not less
///   than `below`. With 0, a CA may sign leaves, but no other CA. Every CA below counts, even one
///   that names itself as its issuer. (RFC 5280 §4.2.1.9 leaves those out. Webpki counts them.)
/// - Its [`KeyUsage`], if there is one, has `KeyCertSign` (§4.2.1.3).
///
/// # Errors
///
/// [`Untrusted::NotACa`] for the first of the three points, [`Untrusted::PathTooLong`] for the
/// second, [`Untrusted::WrongUsage`] for the third, and [`Untrusted::Malformed`] if an extension
/// can't be read. If several are true, return any of them.
///
/// [`BasicConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/struct.BasicConstraints.html
/// [`KeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.KeyUsage.html
pub fn may_issue(ca: &Certificate, below: usize) -> Result<(), Untrusted> {
    todo!("5.5: check that {ca:?} may issue, with {below} CAs below it")
}

/// **5.5** Checks what must be true of every certificate below the root, whatever its position.
///
/// - It is valid at `now` ([`valid_at`]).
/// - It has no critical extension other than the five that you know: [`BasicConstraints`],
///   [`KeyUsage`], [`ExtendedKeyUsage`], [`SubjectAltName`] and [`NameConstraints`] (RFC 5280
///   §4.2). Ignore any other extension that is not critical. If it is critical, refuse the
///   certificate, however well known the extension is. Name constraints limit the names in the
///   certificates below. What they say is not checked here, but in [`verify_chain`].
/// - Its [`ExtendedKeyUsage`], if there is one, lists the purposes of the key, and
///   `ID_KP_SERVER_AUTH`, a TLS server, is among them (§4.2.1.12). A certificate with only
///   `anyExtendedKeyUsage` is refused, here as in webpki.
///
/// # Errors
///
/// Those of [`valid_at`] for the first of the three points, [`Untrusted::UnknownExtension`] for the
/// second, [`Untrusted::WrongUsage`] for the third, and [`Untrusted::Malformed`] if an extension
/// can't be read. If several are true, return any of them.
///
/// [`BasicConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/struct.BasicConstraints.html
/// [`KeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.KeyUsage.html
/// [`ExtendedKeyUsage`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.ExtendedKeyUsage.html
/// [`SubjectAltName`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/struct.SubjectAltName.html
/// [`NameConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/name/struct.NameConstraints.html
pub fn is_sound(certificate: &Certificate, now: UnixTime) -> Result<(), Untrusted> {
    todo!("5.5: check that {certificate:?} is valid at {now:?}, known, and for servers")
}

/// **5.5** Checks that a chain leads from the server's certificate to a root, and that the server's
/// certificate is for `host`, at the moment `now` (RFC 5280 §6.1, in short).
///
/// `chain` is what the server has sent. Its first certificate is the server's, the leaf. The others
/// are a set of intermediates, in any order: some may be useless, some may appear twice, and CAs
/// may have signed each other. Find a path from the leaf to one of the roots:
///
/// ```text
/// chain = [leaf, C, A, X, B]                    roots = [R, S]
///
/// leaf ── signed by ──▶ A ── signed by ──▶ B ── signed by ──▶ R         C and X were not needed
/// ```
///
/// One good path is enough, and a dead end says nothing about the other paths:
///
/// ```text
/// chain = [leaf, A, A′]                         roots = [R]
///
/// leaf ── signed by ──▶ A ── signed by ──▶ Q                    you don't trust Q: a dead end
/// leaf ── signed by ──▶ A′ ── signed by ──▶ R                   good
/// ```
///
/// A and A′ are two certificates for one CA, with the same name and the same key, so the leaf's
/// signature is valid under either. This is *cross-signing*: a new CA is signed by an old root, too,
/// for clients that don't have the new root yet. A path can also be a dead end because A has
/// expired, while A′ has not.
///
/// So climb from the leaf, and go on with another issuer if one fails. A path is good if:
///
/// 1. each certificate was signed by the next one, and the last by a root ([`signed_by`]);
/// 2. each is sound at `now` ([`is_sound`]);
/// 3. the leaf is for `host` ([`is_for`]), and its [`BasicConstraints`], if it has any, say that it
///    is not a CA (otherwise [`Untrusted::WrongUsage`]);
/// 4. each of the others may issue certificates ([`may_issue`]);
/// 5. no CA appears twice. Two certificates with the same subject and the same public key are the
///    same CA, whoever signed them (RFC 4158 §5.2);
/// 6. neither the root nor any of the CAs has [`NameConstraints`], critical or not. They limit the
///    names in all certificates below (RFC 5280 §4.2.1.10). You can't compare names with them yet,
///    so refuse the path. In 5.7 you will compare them, and then this point becomes: the root and
///    each CA permit the names in the certificates below them ([`names_permitted`]). The properties
///    of 5.5 hold before and after that change.
///
/// You don't have to check the version of a certificate. `from_der` refuses one that has extensions
/// and is not of version 3.
///
/// A *root* is a name, a key and its name constraints. Nothing else in its certificate counts (RFC
/// 5280 §6.1.1 d; RFC 5937 adds the constraints). Points 2, 4 and 5 are not about the root, its
/// signature is not checked, and it may have expired. So a server's self-signed certificate is
/// trusted if it is one of the roots, unless it says that it is a CA (point 3). Webpki does the
/// same. OpenSSL checks more.
///
/// [`BasicConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/struct.BasicConstraints.html
///
/// # The budget
///
/// Mallory may be the one who sends the intermediates. If 30 of them fit above the leaf, 30 others
/// above each of these, and 30 above those, there are 27,000 ways up. Check signatures as you climb,
/// not at the end, and no more than [`SIGNATURE_CHECKS`] in all. Only a check of a signature
/// counts. If the names already differ, there is no signature to check. Set no other limit, whether
/// on the number of certificates or on the length of a path.
///
/// # Compared with webpki
///
/// Webpki is the library with which rustls checks certificates. These are the points in which this
/// exercise differs from it, or both differ from the RFC:
///
/// | what | here | webpki | why |
/// | --- | --- | --- | --- |
/// | RSA keys | 1024 to 8192 bits | 2048 to 8192 bits | Small keys are made quickly, and these guard nothing. On the web, 2048 bits is the minimum |
/// | algorithm parameters that are absent (5.2) | refused | refused, unless a program adds a second algorithm for them | RFC 4055 §5 requires verifiers to accept both, but CAs for the web have to write the NULL |
/// | key usage of a CA | has `KeyCertSign`, if there is one | ignored | RFC 5280 §6.1.4 (n) |
/// | key usage of the leaf | ignored, also in chapter 6 | ignored | RFC 5246 §7.4.2 requires one that fits the key exchange. Servers' certificates usually allow signatures and key transport, as in 5.1 |
/// | CAs that name themselves as their issuer | count for path lengths, and are limited by constraints | the same | RFC 5280 exempts them, so that a CA can change its key. Without that exemption, every limit still holds |
/// | CAs on a path | as many as the budget allows | at most 6 | The budget bounds the work |
/// | constraints in a leaf (5.7) | limit nobody | the same | RFC 5280 allows them in CAs only |
/// | constraints without a list, or malformed ones that no name is compared with (5.7) | refused (you may accept the second kind) | ignored | RFC 5280 forbids them |
/// | names that are neither DNS names nor addresses (5.7) | not compared: refused if the constraints mention a name of the same kind | the same | RFC 5280 §4.2.1.10 allows that. Servers have no other names |
/// | serial numbers of more than 20 bytes | not read: refused | accepted | RFC 5280 §4.1.2.2 allows 20 |
/// | unique identifiers (RFC 5280 §4.1.2.8); a `minimum` of 0 that is written out; any field of 64 KiB or more | accepted | refused | None of them gives a certificate more power |
///
/// # Errors
///
/// Any reason that is true of one of the paths that you tried, or [`Untrusted::UnknownIssuer`] if
/// no path is left. But if there is only one path, and all that is wrong with it is an algorithm or
/// a key that is not supported here, say so: [`Untrusted::UnsupportedAlgorithm`].
/// [`Untrusted::TooMuchWork`] if the budget is used up and no good path has been found yet. An empty
/// chain is refused, too.
///
/// [`NameConstraints`]: https://docs.rs/x509-cert/0.3/x509_cert/ext/pkix/constraints/name/struct.NameConstraints.html
/// [`names_permitted`]: super::names_permitted
pub fn verify_chain(
    chain: &[Certificate],
    roots: &[Certificate],
    host: &str,
    now: UnixTime,
) -> Result<(), Untrusted> {
    todo!("5.5: find a path from {chain:?} to {roots:?}, for {host:?} at {now:?}")
}
