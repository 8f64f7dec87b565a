// 7.4 Negotiate, in extensions

use given::tls::{
    Abort, ClientHello, Extension, KeyShare, ServerHello, SignatureScheme, TLS_1_2, TLS_1_3,
    TLS_AES_128_GCM_SHA256, X25519,
};

/// What a server does with a hello that it accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negotiated {
    /// It goes on, with the client's share on X25519, which is this one.
    Share([u8; 32]),
    /// The client supports X25519, but has sent no share on it. The server asks for one.
    Retry,
}

/// **7.4** Makes the server's choice. The server supports one of each: TLS 1.3, the suite
/// [`TLS_AES_128_GCM_SHA256`], the group [`X25519`] and the scheme `rsa_pss_rsae_sha256`. The hello
/// has a separate list for each of them. Numbers in these lists that the server doesn't know are
/// ignored, and so are all other extensions, whatever is in them.
///
/// | what | where it is offered |
/// | --- | --- |
/// | the version | [`Extension::SupportedVersions`] |
/// | the suite | [`ClientHello::cipher_suites`] |
/// | the group | [`Extension::SupportedGroups`] |
/// | the scheme | [`Extension::SignatureAlgorithms`] |
/// | the share | [`Extension::KeyShares`] |
///
/// The field [`ClientHello::version`] never decides. It says 1.2 in every hello of TLS 1.3, because
/// many servers ended the connection when they saw a larger number there. A hello that says 1.3 in
/// this field, and has no `supported_versions`, does not offer 1.3.
///
/// In TLS 1.2, the name of the suite decides the kind of key exchange and signature (exercise 6.2).
/// Here the lists are independent. If the two sides have no group or no scheme in common, another
/// suite does not help.
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::UnsupportedVersion`] if there is no `supported_versions`, if 1.3 is not in it, or if
///   the field `version` is not 1.2 (RFC 9846 §4.2.2 and §4.3.1).
/// - [`Abort::NullCompressionRequired`] if the compression methods are anything but a single 0.
/// - [`Abort::MissingExtension`] if `signature_algorithms`, `supported_groups` or `key_share` is
///   missing (§9.2). One with an empty list counts as present. An empty `key_share` asks for a retry.
/// - [`Abort::NothingInCommon`] if the suite, the group or the scheme is not offered.
/// - [`Abort::BadKeyShare`] if a share is in a group that is not in `supported_groups`, if two
///   shares are in the same group (§4.3.8), or if the one on X25519 does not have 32 bytes. The
///   order of the shares is not checked.
pub fn negotiate13(hello: &ClientHello) -> Result<Negotiated, Abort> {
    todo!("7.4: what does the server make of {hello:?}?")
}

/// **7.4** The client's check of that choice: `chosen` must be an answer to `offered`. Returns the
/// server's share on X25519. (The caller has already checked that `chosen` is not a
/// HelloRetryRequest.)
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::UnsupportedVersion`] if there is no [`Extension::SelectedVersion`], or if the field
///   `version` is not 1.2 (RFC 9846 §4.2.3). A server that does not send the extension wants to go
///   on with an older version.
/// - [`Abort::NotOffered`] if the version that the server has selected is not 1.3, if the session
///   id is not the client's own, if the suite is not [`TLS_AES_128_GCM_SHA256`] or was not offered,
///   or if the compression method is not 0.
/// - [`Abort::UnsolicitedExtension`] if there is an extension that `offered` does not have (§4.3).
/// - [`Abort::MisplacedExtension`] if there is any extension other than `supported_versions` and
///   `key_share`, even one that was offered. The answers to others belong in messages that are
///   sealed, such as EncryptedExtensions.
/// - [`Abort::MissingExtension`] if there is no [`Extension::ServerShare`].
/// - [`Abort::BadKeyShare`] if the share is not on X25519, if it does not have 32 bytes, or if
///   `offered` has no share on X25519 (§4.3.8).
pub fn check_choice13(offered: &ClientHello, chosen: &ServerHello) -> Result<[u8; 32], Abort> {
    todo!("7.4: check that {chosen:?} is an answer to {offered:?}")
}

/// **7.4** The first two checks, which a HelloRetryRequest must pass as well (exercise 7.5): the
/// version, and the fields before the extensions.
///
/// # Errors
///
/// [`Abort::UnsupportedVersion`] and [`Abort::NotOffered`], as in [`check_choice13`].
pub(super) fn check_fields(offered: &ClientHello, chosen: &ServerHello) -> Result<(), Abort> {
    todo!("7.4: check the version and the fields of {chosen:?} against {offered:?}")
}
