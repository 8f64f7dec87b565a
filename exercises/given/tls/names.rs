//! Names for the numbers on the wire.

/// A way to sign in a handshake (RFC 8446 §4.2.3; in TLS 1.2 two bytes with other names, RFC 5246
/// §7.4.1.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RsaPkcs1Sha256,
    /// RSASSA-PSS with SHA-256, under a key whose certificate says rsaEncryption.
    RsaPssRsaeSha256,
}

impl SignatureScheme {
    /// The two bytes that stand for it on the wire.
    pub fn code(self) -> u16 {
        match self {
            SignatureScheme::RsaPkcs1Sha256 => 0x0401,
            SignatureScheme::RsaPssRsaeSha256 => 0x0804,
        }
    }

    /// The scheme that these two bytes stand for, if it is one of those used here.
    pub fn from_code(code: u16) -> Option<SignatureScheme> {
        [
            SignatureScheme::RsaPkcs1Sha256,
            SignatureScheme::RsaPssRsaeSha256,
        ]
        .into_iter()
        .find(|scheme| scheme.code() == code)
    }
}
