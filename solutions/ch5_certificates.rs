//! # Chapter 5: certificates
//!
//! In chapter 3 you checked signatures with somebody's public key. In chapter 4 a signed key share
//! kept Mallory out. In both, one question was left: how do you know whose public key that is?
//! Mallory has one too, and says that it is the bank's.
//!
//! A *certificate* answers it. It is a public key and a name, and somebody whom you trust already
//! has signed the two together. That somebody is a *certification authority*, a CA.
//!
//! ```text
//! ┌─ Certificate ────────────────────────────┐
//! │ ┌─ what is signed ─────────────────────┐ │
//! │ │ issuer       the CA's name           │ │
//! │ │ validity     from, until             │ │
//! │ │ subject      the server's name       │ │
//! │ │ public key   the server's            │ │
//! │ │ extensions   hosts, may it issue, …  │ │
//! │ └──────────────────────────────────────┘ │
//! │   signature    by the CA's private key   │
//! └──────────────────────────────────────────┘
//! ```
//!
//! Everything in it is public. Nothing is encrypted, and nothing needs to be: whoever copies it has
//! a public key, and not the private one.
//!
//! # How a certificate comes to be
//!
//! 1. The server makes a **pair of keys**. The private key never leaves it.
//! 2. It sends the CA a **request**: these are my names, this is my public key.
//! 3. The CA finds out whether the names are the requester's. A server on the web has to show
//!    something at an address that the CA picks, or in the DNS (ACME, RFC 8555). Then the CA
//!    **signs**.
//! 4. The server **keeps** the certificate beside its private key, and shows it to every client.
//!
//! You are the CA in exercise 5.1, and the attacker in 5.6.
//!
//! # How a certificate is checked
//!
//! The client has a list of CAs that it trusts, each with its public key. They are called *roots*.
//! They came with the browser or the operating system, long before this connection. A root seldom
//! signs a server's certificate itself. It signs that of an *intermediate* CA, which signs the
//! server's:
//!
//! ```text
//! root             on the client's machine
//!   │ signed
//!   ▼
//! intermediate     sent by the server
//!   │ signed
//!   ▼
//! leaf             sent by the server: its name, its public key
//! ```
//!
//! 1. Is each **signed** by the next one, up to a root? (5.2)
//! 2. Is each **valid** today? (5.3)
//! 3. Is the first one for the **host** that was asked for? (5.4)
//! 4. **May** each of the others sign certificates, and that deep? (5.5)
//!
//! All four are needed. Most of the incidents below are a client that left one of them out.
//!
//! # Where it stands in the handshake
//!
//! ```text
//! client                                               server
//!   │ ◀─────────── Certificate: leaf, intermediates ─────│
//!   │                                                    │
//! this chapter: whose key is it?                         │
//!   │                                                    │
//!   │ ◀─────────── ServerKeyExchange: signed share ──────│  chapter 4: has the server, here and
//!   │                                                    │  now, the private key that belongs to it?
//! ```
//!
//! The second half matters as much as the first. A certificate is public, so Mallory has the bank's
//! as well. What Mallory doesn't have is the key that belongs to it.
//!
//! # What is often said
//!
//! | often said | and what is so |
//! | --- | --- |
//! | The browser asks the CA whether a certificate is good. | Checking is local, with keys that were on the machine before. Nobody is asked. Revocation is the exception: whether a certificate has been called back since it was signed can't be read from it. Browsers fetch lists of those now and then (CRLs); asking about each one (OCSP) was slow, told the CA who visits what, and let everything pass when nobody answered. |
//! | Certificates are encrypted. | They are public and signed. TLS 1.3 sends them encrypted so that a listener doesn't learn the name, not because they are secret. |
//! | A certificate shows that a site is honest. | It shows whose public key this is. Fraudsters have certificates, too, for names of their own. |
//! | The server's certificate encrypts the traffic. | The key in it proves who the server is. The traffic goes under symmetric keys (chapter 1), which both sides derive afresh (chapter 4). |
//! | A self-signed certificate is worthless. | Every root is self-signed. A signature by its own key says nothing about who it is; what makes it a root is that you have put it on the list. |
//!
//! # What went wrong
//!
//! - **Switched off.** The crate `openssl` did not verify certificates unless it was told to, and
//!   could not compare host names at all, until 2016 (RUSTSEC-2016-0001, CWE-295, CWE-297).
//! - **Internet Explorer, 2002** (CVE-2002-0862). It checked signatures, dates and names. It did not
//!   check whether an issuer was a CA. Everybody with a certificate could make one for any other
//!   site: you do it in 5.6. Apple's iOS had it again in 2011 (CVE-2011-0228), and OpenSSL in 2021,
//!   where a stricter mode overwrote the result of the check (CVE-2021-3450).
//! - **Rogue CA, 2008.** Sotirov, Stevens and others had a CA sign a harmless certificate, and the
//!   signature was good for another one too: a CA certificate of their own. MD5 collides; and the CA
//!   numbered its certificates one after the other, so they knew beforehand what would be signed.
//!   Hence SHA-256, and the random serial numbers of 5.1.
//! - **The zero byte, 2009** (CVE-2009-2408). A certificate for `www.bank.example\0.evil.example`
//!   was signed for the owner of evil.example. Firefox read to the zero byte.
//! - **DigiNotar, 2011.** Somebody broke into a Dutch CA and signed hundreds of certificates, one
//!   for `*.google.com` among them. Every root can sign for every name. Browsers took DigiNotar off
//!   the list. Since then CAs write what they sign into public logs (RFC 6962), where an owner can
//!   find what should not be there.
//! - **rustls-webpki, 2023** (RUSTSEC-2023-0053). A server chooses what intermediates it sends. A
//!   few dozen that sign each other make a maze, and looking for a way through it took exponential
//!   time. Hence the budget of 5.5.
//! - **Go, 2025, and rustls-webpki, 2026** (CVE-2025-61727, RUSTSEC-2026-0099). A CA can be limited
//!   to some names. Both forgot what a wildcard stands for when they compared names with the limit.
//!
//! # Further reading
//!
//! - RFC 5280: §4 says what is in a certificate, §6 how a chain is validated
//! - RFC 9525, Service Identity in TLS: which name counts, and how it is compared
//! - Peter Gutmann, *X.509 Style Guide* (2000): what the fields were meant to be, and what became of
//!   them
//! - Georgiev and others, *The Most Dangerous Code in the World: Validating SSL Certificates in
//!   Non-Browser Software* (2012)
//! - x509-limbo, <https://x509-limbo.com>: thousands of chains, and what each library says to them

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use given::x509::{
    BasicConstraints, Certificate, ExtendedKeyUsage, GeneralName, ID_CE_BASIC_CONSTRAINTS,
    ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_CE_SUBJECT_ALT_NAME, ID_KP_SERVER_AUTH, KeyUsage,
    KeyUsages, Malformed, Name, Request, SerialNumber, SubjectAltName, ToBeSigned, UnixTime,
    Validity, extension, key_identifiers, sha256_with_rsa,
};

use crate::ch3_signatures::{KeyTooSmall, sign_pkcs1, verify_pkcs1};

// 5.1 Issue a certificate

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
    // todo!("5.1: sign {to_be_signed:?} with {key:?}")
    let signed_part = to_be_signed.to_der();
    let signature = sign_pkcs1(key, &signed_part)?;
    let certificate = Certificate::assemble(&signed_part, &to_be_signed.algorithm, &signature);
    Ok(certificate.expect("what `to_der` writes can be read"))
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
/// And these extensions. [`extension`] makes one from its content:
///
/// | extension | critical | content |
/// | --- | --- | --- |
/// | [`BasicConstraints`] | yes | it is no CA: `ca: false`, without a path length |
/// | [`KeyUsage`] | yes | `DigitalSignature`, for the key share, and `KeyEncipherment`, for RSA key transport |
/// | [`ExtendedKeyUsage`] | no | `ID_KP_SERVER_AUTH`: it is for a TLS server |
/// | [`SubjectAltName`] | no, but yes where the subject is empty (RFC 5280 §4.2.1.6) | the names that were requested |
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
pub fn issue(
    authority: &Authority,
    request: &Request,
    validity: Validity,
) -> Result<Certificate, KeyTooSmall> {
    // todo!(
    //     "5.1: issue {request:?} for {validity:?}, in the name of {:?}",
    //     authority.certificate
    // )
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).expect("the system gives randomness");
    let usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
    let no_ca = BasicConstraints {
        ca: false,
        path_len_constraint: None,
    };
    let mut extensions = vec![
        extension(true, &no_ca),
        extension(true, &KeyUsage(usages)),
        extension(false, &ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH])),
        extension(
            request.subject.is_empty(),
            &SubjectAltName(request.names.clone()),
        ),
    ];
    extensions.extend(key_identifiers(
        &request.public_key,
        authority.key.as_public_key(),
    ));
    let to_be_signed = ToBeSigned {
        serial: SerialNumber::new(&serial).expect("16 bytes are not too many"),
        algorithm: sha256_with_rsa(),
        issuer: authority.certificate.subject().clone(),
        validity,
        subject: request.subject.clone(),
        public_key: request.public_key.clone(),
        extensions,
    };
    certify(&to_be_signed, &authority.key)
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

// 5.2 Signed by

/// Why a certificate is not trusted.
///
/// Unlike [`Rejected`](crate::ch1_symmetric::Rejected), this says why. Nothing here is secret: the
/// certificates are public, and so are the rules. The user needs the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untrusted {
    /// The issuer is not there: no chain of names leads to a root.
    UnknownIssuer,
    /// The signature is not that of the issuer's key, or not of the one algorithm in use here.
    BadSignature,
    /// It is not valid yet.
    NotYetValid,
    /// It is not valid any more.
    Expired,
    /// It is for other hosts.
    WrongHost,
    /// An issuer is not a CA.
    NotACa,
    /// There are more CAs below a CA than it may have.
    PathTooLong,
    /// The key is used for something for which the certificate does not give it.
    WrongUsage,
    /// It has a critical extension that is not understood.
    UnknownExtension,
    /// A part of it can't be read.
    Malformed,
    /// It would take more signature checks than are allowed to find out.
    TooMuchWork,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Untrusted::UnknownIssuer => "its issuer is unknown",
            Untrusted::BadSignature => "its signature is not its issuer's",
            Untrusted::NotYetValid => "it is not valid yet",
            Untrusted::Expired => "it has expired",
            Untrusted::WrongHost => "it is for another host",
            Untrusted::NotACa => "it was issued by something that is no CA",
            Untrusted::PathTooLong => "it stands too deep below a CA",
            Untrusted::WrongUsage => "its key is for something else",
            Untrusted::UnknownExtension => "it has a critical extension that is unknown",
            Untrusted::Malformed => "it is malformed",
            Untrusted::TooMuchWork => "checking it takes too many signatures",
        };
        write!(out, "the certificate is not trusted: {reason}")
    }
}

impl Error for Untrusted {}

impl From<Malformed> for Untrusted {
    fn from(_: Malformed) -> Untrusted {
        Untrusted::Malformed
    }
}

/// **5.2** Checks that `certificate` was signed by `issuer`: that it names it, and that the
/// signature holds under its public key.
///
/// - The issuer's name in `certificate` is the subject of `issuer`. Compare the two with `==`. (RFC
///   5280 §7.1 has a longer rule, with upper and lower case in it. CAs copy their names, and what
///   compares bytes, as webpki does, works everywhere.)
/// - The algorithm stands in two places, and in both it is [`sha256_with_rsa`], parameters and all.
///   Only the inner one is signed. RFC 5280 §4.1.1.2 wants them equal, so that nobody changes how a
///   signature is to be read without breaking it.
/// - The signature is that of [`Certificate::signed_part`], under the public key of `issuer`. Your
///   `verify_pkcs1` of 3.5 checks it.
///
/// The name is a claim, and everybody can claim. The signature is the proof. Why the name, then? It
/// says which of all the keys to try.
///
/// # Errors
///
/// [`Untrusted::UnknownIssuer`] where the names differ, [`Untrusted::BadSignature`] where algorithm
/// or signature are not as above, [`Untrusted::Malformed`] where the issuer's public key can't be
/// read. Where several are so, any of them.
pub fn signed_by(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    // todo!("5.2: check that {certificate:?} was signed by {issuer:?}")
    if certificate.issuer() != issuer.subject() {
        return Err(Untrusted::UnknownIssuer);
    }
    let expected = sha256_with_rsa();
    if *certificate.inner_algorithm() != expected || *certificate.outer_algorithm() != expected {
        return Err(Untrusted::BadSignature);
    }
    verify_pkcs1(
        &issuer.public_key()?,
        certificate.signed_part(),
        certificate.signature(),
    )
    .map_err(|_| Untrusted::BadSignature)
}

// 5.3 Valid at

/// **5.3** Checks that `certificate` is valid at the moment `now`.
///
/// Both bounds belong to it: it is valid from the first second of notBefore through the last of
/// notAfter (RFC 5280 §4.1.2.5).
///
/// Why does a certificate expire at all? A name changes its owner, and a private key gets out. A
/// certificate can be called back, but word of that does not reach everybody. Its end does.
///
/// # Errors
///
/// [`Untrusted::NotYetValid`] before notBefore, [`Untrusted::Expired`] after notAfter. Where both
/// are so, because the two are in the wrong order, either will do.
pub fn valid_at(certificate: &Certificate, now: UnixTime) -> Result<(), Untrusted> {
    // todo!("5.3: check that {certificate:?} is valid at {now:?}")
    let Validity {
        not_before,
        not_after,
    } = certificate.validity();
    if now < not_before {
        return Err(Untrusted::NotYetValid);
    }
    if now > not_after {
        return Err(Untrusted::Expired);
    }
    Ok(())
}

// 5.4 For this host

/// **5.4** Checks that `certificate` is for `host`: the name or the IP address that the user asked
/// for, as it stands behind `https://` (RFC 9525 §6).
///
/// The names stand in the extension [`SubjectAltName`], as many as the owner has. One that matches
/// is enough.
///
/// A **DNS name** ([`GeneralName::DnsName`]) matches label by label. Labels are what stands between
/// the dots. Upper and lower case are the same in them, as in the DNS.
///
/// ```text
/// *.example.org         www.example.org      yes
///                       WWW.Example.ORG      yes
///                       example.org          no: nothing stands for the *
///                       a.b.example.org      no: a * is one label
///                       wwwexample.org       no
/// w*.example.org        www.example.org      no: a * is a whole label
/// www.*.org             www.example.org      no: a * is the first label
/// example.org           www.example.org      no: another name
/// ```
///
/// Whether you let `*.org` match `example.org` is up to you: RFC 9525 leaves it open, webpki refuses
/// it.
///
/// An **IP address** ([`GeneralName::IpAddress`]) matches byte for byte, 4 of them or 16. There are
/// no wildcards. `IpAddr` reads `host`, if it is one. An address is not a name: `192.0.2.1` is never
/// found among the DNS names, not even where one reads `192.0.2.1` or `*.0.2.1`.
///
/// The **common name** in the subject does not count. Browsers looked there once, where nothing else
/// was to be found. RFC 9525 has done away with it: a common name may be anything, a person's too.
///
/// `host` has no brackets around an IPv6 address and no dot at its end, and its letters are ASCII
/// (`xn--…` for others). It is what somebody asks for, and no pattern: with a `*` or an empty label
/// in it, as in `*.example.org` and `.example.org`, it matches nothing.
///
/// # Errors
///
/// [`Untrusted::WrongHost`] where nothing matches, or where there is nothing to match.
/// [`Untrusted::Malformed`] where the extension can't be read.
pub fn is_for(certificate: &Certificate, host: &str) -> Result<(), Untrusted> {
    // todo!("5.4: check that {certificate:?} is for {host:?}")
    let SubjectAltName(names) = certificate.extension()?.unwrap_or_default();
    let address: Option<IpAddr> = host.parse().ok();
    // Else a pattern in the certificate would match itself, and `.example.org` every wildcard.
    let is_name = !host.contains('*') && host.split('.').all(|label| !label.is_empty());
    let matches = |name: &GeneralName| match (name, address) {
        (GeneralName::DnsName(pattern), None) if is_name => {
            let pattern = pattern.as_str();
            match (pattern.strip_prefix("*."), host.split_once('.')) {
                (Some(pattern), Some((_, host))) => pattern.eq_ignore_ascii_case(host),
                _ => pattern.eq_ignore_ascii_case(host),
            }
        }
        (GeneralName::IpAddress(bytes), Some(IpAddr::V4(address))) => {
            bytes.as_bytes() == address.octets()
        }
        (GeneralName::IpAddress(bytes), Some(IpAddr::V6(address))) => {
            bytes.as_bytes() == address.octets()
        }
        _ => false,
    };
    if names.iter().any(matches) {
        Ok(())
    } else {
        Err(Untrusted::WrongHost)
    }
}

// 5.5 The chain

/// How many signatures [`verify_chain`] may check before it gives up. Webpki has the same limit.
pub const SIGNATURE_CHECKS: usize = 100;

/// **5.5** Checks that `ca` may issue certificates, with `below` other CAs between it and the leaf.
///
/// ```text
/// root ──▶ A ──▶ B ──▶ leaf          below B: none, 0.     below A: B, 1.
/// ```
///
/// - Its [`BasicConstraints`] are there, and say `ca: true`. A certificate without them is nobody's
///   issuer (RFC 5280 §4.2.1.9).
/// - Their path length, where there is one, is not less than `below`. With 0 a CA may sign leaves,
///   and no further CA.
/// - Its [`KeyUsage`], where there is one, has `KeyCertSign` (§4.2.1.3).
///
/// # Errors
///
/// [`Untrusted::NotACa`], [`Untrusted::PathTooLong`], [`Untrusted::WrongUsage`], in this order of
/// the three points, and [`Untrusted::Malformed`] where an extension can't be read. Where several
/// are so, any of them.
pub fn may_issue(ca: &Certificate, below: usize) -> Result<(), Untrusted> {
    // todo!("5.5: check that {ca:?} may issue, with {below} CAs below it")
    let constraints: BasicConstraints = ca.extension()?.ok_or(Untrusted::NotACa)?;
    if !constraints.ca {
        return Err(Untrusted::NotACa);
    }
    let longest = constraints.path_len_constraint.map(usize::from);
    if longest.is_some_and(|longest| below > longest) {
        return Err(Untrusted::PathTooLong);
    }
    let usage: Option<KeyUsage> = ca.extension()?;
    if usage.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(Untrusted::WrongUsage);
    }
    Ok(())
}

/// **5.5** Checks what must hold of every certificate on the way, whatever its place.
///
/// - It is valid at `now` ([`valid_at`]).
/// - It has no critical extension but the four that you know: [`BasicConstraints`], [`KeyUsage`],
///   [`ExtendedKeyUsage`] and [`SubjectAltName`] (RFC 5280 §4.2). The others may be ignored if they
///   are not critical.
/// - Its [`ExtendedKeyUsage`], where there is one, has `ID_KP_SERVER_AUTH` (§4.2.1.12).
///
/// # Errors
///
/// Those of [`valid_at`], [`Untrusted::UnknownExtension`], [`Untrusted::WrongUsage`], in this order
/// of the three points, and [`Untrusted::Malformed`] where an extension can't be read. Where several
/// are so, any of them.
pub fn is_sound(certificate: &Certificate, now: UnixTime) -> Result<(), Untrusted> {
    // todo!("5.5: check that {certificate:?} is valid at {now:?}, known, and for servers")
    valid_at(certificate, now)?;
    let known = [
        ID_CE_BASIC_CONSTRAINTS,
        ID_CE_KEY_USAGE,
        ID_CE_EXT_KEY_USAGE,
        ID_CE_SUBJECT_ALT_NAME,
    ];
    let mut critical = certificate.extensions().iter().filter(|one| one.critical);
    if !critical.all(|extension| known.contains(&extension.extn_id)) {
        return Err(Untrusted::UnknownExtension);
    }
    match certificate.extension()? {
        Some(ExtendedKeyUsage(purposes)) if !purposes.contains(&ID_KP_SERVER_AUTH) => {
            Err(Untrusted::WrongUsage)
        }
        _ => Ok(()),
    }
}

/// **5.5** Checks that a chain leads from the server's certificate to a root, and that the server
/// may be called `host` at the moment `now` (RFC 5280 §6.1, in short).
///
/// `chain` is what the server has sent. Its first certificate is the server's, the leaf. The others
/// are a box of intermediates, in any order: some may be of no use, some twice, and CAs may have
/// signed each other. Find a path:
///
/// ```text
/// chain = [leaf, C, A, X, B]                    roots = [R, S]
///
/// leaf ── signed by ──▶ A ── signed by ──▶ B ── signed by ──▶ R         C and X were not needed
/// ```
///
/// Such a path is good if:
///
/// 1. each certificate was signed by the next one, and the last by a root ([`signed_by`]);
/// 2. each is sound at `now` ([`is_sound`]);
/// 3. the leaf is for `host` ([`is_for`]), and its [`BasicConstraints`], if it has any, say that it
///    is no CA;
/// 4. each of the others may issue certificates ([`may_issue`]);
/// 5. no CA comes twice. Two certificates with the same subject and the same public key are the same
///    CA, whoever signed them (RFC 4158 §5.2).
///
/// A *root* is a name and a key, and nothing else of its certificate counts (RFC 5280 §6.1.1 d): it
/// is not on the path, it was signed by nobody whom you would ask, and it may be past its date.
/// (OpenSSL looks at more of it. Webpki does not.)
///
/// One good path is enough, and a dead end says nothing about the next. CAs are *cross-signed*: a
/// new one is signed by an old root, too, for clients that don't have the new root yet. So there may
/// be two certificates for one CA, and only one of them leads to your roots.
///
/// # The budget
///
/// Who sends the intermediates may be Mallory. If 30 of them fit above the leaf, 30 others above
/// each of these, and 30 above those, there are 27,000 ways up. Check signatures as you climb, not
/// at the end, and no more than [`SIGNATURE_CHECKS`] in all. Only a check of a signature counts.
/// Where the names already differ, there is none to check.
///
/// # Errors
///
/// Any reason that is true of one of the paths that you tried, or [`Untrusted::UnknownIssuer`] where
/// there was nothing to try. [`Untrusted::TooMuchWork`] where the budget is used up and no good path
/// was found so far. An empty chain is refused, too.
pub fn verify_chain(
    chain: &[Certificate],
    roots: &[Certificate],
    host: &str,
    now: UnixTime,
) -> Result<(), Untrusted> {
    // todo!("5.5: find a path from {chain:?} to {roots:?}, for {host:?} at {now:?}")
    let (leaf, intermediates) = chain.split_first().ok_or(Untrusted::UnknownIssuer)?;
    is_for(leaf, host)?;
    let constraints: Option<BasicConstraints> = leaf.extension()?;
    if constraints.is_some_and(|constraints| constraints.ca) {
        return Err(Untrusted::WrongUsage);
    }
    let is_same_ca = |one: &Certificate, other: &Certificate| {
        one.subject() == other.subject() && one.public_key_info() == other.public_key_info()
    };
    let candidates = || {
        let roots = roots.iter().map(|root| (root, true));
        roots.chain(intermediates.iter().map(|issuer| (issuer, false)))
    };

    let mut checks_left = SIGNATURE_CHECKS;
    let mut reason = Untrusted::UnknownIssuer;
    // Paths from the leaf upwards, of which all signatures hold, and all but the last certificate
    // is known to be good.
    let mut paths = vec![vec![leaf]];
    while let Some(path) = paths.pop() {
        let last = path[path.len() - 1];
        let good = match path.len() {
            1 => is_sound(last, now),
            length => is_sound(last, now).and_then(|()| may_issue(last, length - 2)),
        };
        if let Err(why) = good {
            reason = why;
            continue;
        }
        for (issuer, is_root) in candidates() {
            let comes_again = !is_root && path.iter().any(|below| is_same_ca(below, issuer));
            if comes_again || last.issuer() != issuer.subject() {
                continue;
            }
            checks_left = checks_left.checked_sub(1).ok_or(Untrusted::TooMuchWork)?;
            match signed_by(last, issuer) {
                Err(why) => reason = why,
                Ok(()) if is_root => return Ok(()),
                Ok(()) => paths.push([&path[..], &[issuer]].concat()),
            }
        }
    }
    Err(reason)
}

// 5.6 Impersonate

/// What a server keeps: its certificate, the intermediates above it, and its private key.
///
/// It has no `Debug`, so that its private key finds its way into no log.
pub struct Server {
    /// The leaf.
    pub certificate: Certificate,
    /// The way from the leaf up to a root, without the root, in order.
    pub intermediates: Vec<Certificate>,
    /// What belongs to the public key in the leaf.
    pub key: rsa::PrivateKey,
}

/// A verifier as Internet Explorer had one in 2002. It is the victim of [`impersonate`]. **Don't use
/// it for anything else.**
///
/// It checks that the leaf is for `host`, that every certificate is valid, and that each was signed
/// by the next and the last by a root. One question it does not ask.
///
/// # Errors
///
/// [`Untrusted`], where one of these is not so.
pub fn naive_verify_chain(
    chain: &[Certificate],
    roots: &[Certificate],
    host: &str,
    now: UnixTime,
) -> Result<(), Untrusted> {
    let leaf = chain.first().ok_or(Untrusted::UnknownIssuer)?;
    is_for(leaf, host)?;
    for certificate in chain {
        valid_at(certificate, now)?;
    }
    for pair in chain.windows(2) {
        signed_by(&pair[0], &pair[1])?;
    }
    let last = &chain[chain.len() - 1];
    let is_root = |root: &Certificate| signed_by(last, root).is_ok();
    if roots.iter().any(is_root) {
        Ok(())
    } else {
        Err(Untrusted::UnknownIssuer)
    }
}

/// **5.6** Makes a chain for the hosts in `request`, of which none is yours. *This attacks.*
///
/// You run a server, `mine`. You came by its certificate honestly: it is for your own host, and a CA
/// that everybody trusts has signed it. Now somebody asks for another host, and you sit in between.
/// Return a chain, leaf first, that [`naive_verify_chain`] accepts for every host in `request`, at
/// every moment of `validity` at which your own certificates are valid. The public key in its leaf is
/// that of `request`, to which you have the private key. So you can finish the handshake.
///
/// You don't have the key of a CA. You have a key that signs, and a certificate over it that leads to
/// a root. What else does a CA have?
///
/// Mike Benham published this in August 2002, and Internet Explorer and Konqueror fell for it
/// (CVE-2002-0862). Put your chain before your own [`verify_chain`]: it must refuse it, and the line
/// of [`may_issue`] that does so is the whole difference.
///
/// # Errors
///
/// [`KeyTooSmall`] as [`certify`].
pub fn impersonate(
    mine: &Server,
    request: &Request,
    validity: Validity,
) -> Result<Vec<Certificate>, KeyTooSmall> {
    // todo!(
    //     "5.6: make a chain for {request:?} and {validity:?} with {:?} and its key",
    //     mine.certificate
    // )
    let authority = Authority {
        certificate: mine.certificate.clone(),
        key: mine.key.clone(),
    };
    let mut chain = vec![
        issue(&authority, request, validity)?,
        mine.certificate.clone(),
    ];
    chain.extend(mine.intermediates.iter().cloned());
    Ok(chain)
}
