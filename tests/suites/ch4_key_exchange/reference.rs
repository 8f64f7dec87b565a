//! Shares, keys and signatures, computed without the learner's code.

use given::tls::SignatureScheme;
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use crate::subject::ch4_key_exchange::*;
use fixtures::keys;

pub fn share_of(secret: [u8; 32]) -> [u8; 32] {
    x25519(secret, X25519_BASEPOINT_BYTES)
}

/// What the crate `hkdf` expands.
pub fn expanded(key: &[u8; 32], info: &[u8], length: usize) -> Vec<u8> {
    let mut output = vec![0; length];
    Hkdf::<Sha256>::from_prk(key)
        .expect("32 bytes are enough")
        .expand(info, &mut output)
        .expect("no more than 255 blocks");
    output
}

/// Key and IV in one, as something that can be shown and compared.
pub fn joined(keys: &DirectionKeys) -> [u8; 28] {
    let joined = [&keys.key[..], &keys.iv].concat();
    joined.try_into().expect("16 and 12 bytes")
}

/// What the crate `rsa` signs.
pub fn reference_signature(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    content: &[u8],
) -> Vec<u8> {
    keys::sign(key, scheme, content)
}

/// Whether the crate `rsa` accepts a signature.
pub fn holds(
    scheme: SignatureScheme,
    key: &rsa::PublicKey,
    content: &[u8],
    signature: &[u8],
) -> bool {
    let verified = match scheme {
        SignatureScheme::RsaPkcs1Sha256 => key.pkcs1v15_verify::<Sha256>(content, signature),
        SignatureScheme::RsaPssRsaeSha256 => key.pss_verify::<Sha256>(content, signature),
    };
    verified.is_ok()
}
