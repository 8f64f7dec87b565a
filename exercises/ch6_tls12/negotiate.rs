// 6.2 Negotiate

use given::tls::{Abort, CipherSuite, SignatureScheme, TLS_1_2, X25519};
use given::tls12::{ClientHello, Extension, ServerHello};

/// What a server has chosen: a suite, and what goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// TLS_RSA_WITH_AES_128_GCM_SHA256.
    Rsa,
    /// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 with X25519. The key share is signed with this scheme.
    EcdheRsa(SignatureScheme),
}

impl Choice {
    /// The suite.
    pub fn suite(self) -> CipherSuite {
        match self {
            Choice::Rsa => CipherSuite::RsaAes128GcmSha256,
            Choice::EcdheRsa(_) => CipherSuite::EcdheRsaAes128GcmSha256,
        }
    }
}

/// **6.2** The server's choice: the first suite in `preferences`, the server's own order, that the
/// client has offered and that can be used.
///
/// The lesson takes the names of the two suites apart: what each word decides, and in which step it
/// is used ([*A suite's name, taken apart*](super#a-suites-name-taken-apart)).
///
/// - The client must speak TLS 1.2 or newer. A client that speaks 1.3 says 1.2 in the field
///   `version`, and lists what it really speaks in an extension that a server of TLS 1.2 does not
///   know (RFC 9846 §4.2.2).
/// - It must offer compression method 0, which is no compression. How well a text compresses gives
///   some of it away (CRIME, CVE-2012-4929).
/// - If it sends `ec_point_formats`, format 0 must be in the list (RFC 8422 §5.1.2). A point on a
///   curve can be sent in full or in a shorter form, *compressed*, which has nothing to do with the
///   method above. Format 0 is *uncompressed*. X25519 has no other format, and the list is checked
///   all the same, whichever suite is chosen.
/// - If it sends `renegotiation_info`, that must be empty, because this is a first handshake (RFC
///   5746 §3.6). *Renegotiation* is a second handshake inside a connection. Before this extension
///   existed, an attacker could begin a connection, say something, and have a victim's handshake
///   continue it (CVE-2009-3555).
/// - The suite with ECDHE can be used only if the client's `supported_groups` has X25519, and its
///   `signature_algorithms` has PSS or PKCS#1 v1.5, the two of [`SignatureScheme`]. If it has both,
///   take PSS. If X25519 or both schemes are missing, the other suite may still be possible.
///
/// Ignore what you don't know. Clients offer what they like, and some of them offer numbers that
/// mean nothing, to find the servers that fail on them (GREASE, RFC 8701).
///
/// # Errors
///
/// In this order: [`Abort::UnsupportedVersion`], [`Abort::NullCompressionRequired`],
/// [`Abort::UncompressedPointsRequired`], [`Abort::BadRenegotiationInfo`], and
/// [`Abort::NothingInCommon`] if no suite is left.
pub fn negotiate(hello: &ClientHello, preferences: &[CipherSuite]) -> Result<Choice, Abort> {
    todo!("6.2: choose one of {preferences:?} for {hello:?}")
}

/// **6.2** The client's check of that choice: `chosen` must be an answer to `offered`.
///
/// Without it, somebody in the middle chooses: an older version, a weaker suite. That is a
/// *downgrade*. Finished would reveal it in the end, unless the keys are so weak by then that
/// Finished can be forged as well, as in FREAK and Logjam (2015).
///
/// Returns the suite.
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::UnsupportedVersion`] if the version is not 1.2.
/// - [`Abort::NotOffered`] if the suite was not offered or is not a [`CipherSuite`], or if the
///   compression method is not 0.
/// - [`Abort::UnsolicitedExtension`] if there is an extension that `offered` does not have (RFC
///   5246 §7.4.1.4). A server may answer the client's extensions, and must not send any others.
/// - [`Abort::UncompressedPointsRequired`] if there is `ec_point_formats` without format 0 (RFC 8422
///   §5.2), whichever suite was chosen.
/// - [`Abort::BadRenegotiationInfo`] if `renegotiation_info` is not empty (RFC 5746 §3.4).
pub fn check_choice(offered: &ClientHello, chosen: &ServerHello) -> Result<CipherSuite, Abort> {
    todo!("6.2: check that {chosen:?} is an answer to {offered:?}")
}
