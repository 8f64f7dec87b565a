// 4.6 A signed share

use given::tls::SignatureScheme;

use crate::ch3_signatures::{
    BadSignature, KeyTooSmall, sign_pkcs1, sign_pss, verify_pkcs1, verify_pss,
};

/// **4.6** The bytes that a TLS 1.2 server signs in ServerKeyExchange, if its share is an X25519
/// share (RFC 5246 §7.4.3, RFC 8422 §5.4).
///
/// ```text
/// 32 bytes        32 bytes        1    2       1    32 bytes
/// ┌───────────────┬───────────────┬────┬───────┬────┬──────────────┐
/// │ client random │ server random │ 03 │ 00 1d │ 20 │    share     │
/// └───────────────┴───────────────┴────┴───────┴────┴──────────────┘
///                                   │    │       └ length of the share
///                                   │    └ which curve: x25519 is number 29
///                                   └ a curve that is given by its number
///                                 └──────── ServerECDHParams ──────┘
/// ```
///
/// The two randoms come from the hellos, the last part is the server's key share, and the four
/// bytes between them are always the same here.
///
/// # Why each part is signed
///
/// - *The share.* If it were not signed, Mallory could put in her own.
/// - *The randoms.* Each side makes a fresh one for each connection. If they were not signed,
///   Mallory could send an old share with its old signature. If she ever learned the secret key of
///   one exchange, she could impersonate this server forever.
/// - *The curve.* If it were not signed, the share could be read as a share on another curve.
///
/// # What is not signed
///
/// The bytes don't say *that there is a curve*. In another kind of exchange, with numbers as in
/// exercise 4.1, the server signs a p, a g and a share in place of the curve and the share on it.
/// In 2012, Mavrogiannopoulos and others showed what follows from that. A server signs a share on a
/// curve that it describes in full, number by number. The attacker passes the signed bytes to a
/// client that expects a p and a g. The client reads the numbers of the curve as a p, a g and a
/// share. In some of the groups that it gets in this way, logarithms are easy to find.
///
/// The bytes don't name *the cipher suite* either. Logjam (2015) exploited that. The attacker asked
/// the server for a share in a group of 512 bits, and passed it, with the server's genuine
/// signature, to a client that had asked for a good group. The Finished messages of chapter 6 would
/// reveal this, but they are made with keys that are broken by then.
///
/// In TLS 1.3 the server signs the whole handshake up to its signature.
pub fn signed_content(
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
) -> Vec<u8> {
    todo!("4.6: what is signed for {client_random:?}, {server_random:?} and {share:?}")
}

/// **4.6** Signs a key share, as the server does: signs [`signed_content`] with the long-term key
/// that belongs to its certificate. Use your function from exercise 3.5 or 3.7, whichever `scheme`
/// names.
///
/// | scheme | signature |
/// | --- | --- |
/// | [`SignatureScheme::RsaPkcs1Sha256`] | RSASSA-PKCS1-v1_5, exercise 3.5 |
/// | [`SignatureScheme::RsaPssRsaeSha256`] | RSASSA-PSS, exercise 3.7 |
///
/// Returns only the signature.
///
/// # Errors
///
/// [`KeyTooSmall`] if the key is too small for the scheme.
pub fn sign_key_share(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
) -> Result<Vec<u8>, KeyTooSmall> {
    todo!(
        "4.6: sign {share:?} for {client_random:?} and {server_random:?} with {key:?} ({scheme:?})"
    )
}

/// **4.6** Checks, as the client, that `signature` was made by [`sign_key_share`] with the private
/// key that belongs to `key`, for this share and the two randoms of this connection.
///
/// The client takes its own random from its own memory, never from what the server claims. In
/// chapter 5 you find out whose key it is.
///
/// This is the check that *goto fail* skipped: the code was there, but it was never reached.
///
/// # Errors
///
/// [`BadSignature`] for everything else: another share, other randoms or the same two swapped,
/// another key, another scheme or hash, any changed bit, any added or missing byte. An empty
/// signature is refused, too.
pub fn verify_key_share(
    scheme: SignatureScheme,
    key: &rsa::PublicKey,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
    signature: &[u8],
) -> Result<(), BadSignature> {
    todo!(
        "4.6: check {signature:?} on {share:?} for {client_random:?} and {server_random:?} with \
         {key:?} ({scheme:?})"
    )
}
