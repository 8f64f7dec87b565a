// 3.6 Bleichenbacher's forgery

use std::error::Error;
use std::fmt;

use given::attacks::cube_root::cube_root;
use given::attacks::lenient;
use rsa::traits::PublicKeyParts;

use super::encode_pkcs1;

/// Why no signature can be forged for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeError {
    /// Its public exponent is not 3.
    Exponent,
    /// The forged block does not leave enough bytes free to make it a cube.
    KeyTooSmall,
}

impl fmt::Display for ForgeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForgeError::Exponent => write!(out, "the public exponent is not 3"),
            ForgeError::KeyTooSmall => write!(out, "the key leaves too little room"),
        }
    }
}

impl Error for ForgeError {}

/// **3.6** *An attack on a careless verifier.* Signs `message` without the private key, so that
/// [`given::attacks::lenient::accepts`] takes it, for any key with e = 3 that is large enough.
///
/// Read that verifier first; it is short. It opens the signature and reads the block as in exercise
/// 3.5 from the left: `00 01`, eight or more `ff`, `00`, DigestInfo, hash. There it stops. So this
/// is good enough for it:
///
/// ```text
/// genuine   00 01 ff ff ff ff ff ff ff ff ff … … … ff ff 00 DigestInfo hash
/// forged    00 01 ff ff ff ff ff ff ff ff 00 DigestInfo hash ?? ?? ?? … ??
///           └───────────────────── 62 bytes ──────────────┘└─── free ────┘
/// ```
///
/// To open a signature s under such a key is to compute s³ modulo n. If s³ is below n, "modulo n"
/// does nothing, and s is a cube root in the whole numbers. That root everybody can take:
/// [`cube_root`] is given. All you need is a block of the forged shape that is a cube.
///
/// Not every number is a cube. But you have freedom at the right end. Near the number s³ the next
/// cube is about 3s² away. In a key of 2048 bits, the block is about 2²⁰³³, so s is about 2⁶⁷⁸, and
/// the cubes there stand 2¹³⁵⁷ apart. Your free bytes are 194, and take 2¹⁵⁵² values. About 2¹⁹⁵
/// cubes have the shape that you need, for every message. Find one.
///
/// Daniel Bleichenbacher showed this in a talk in 2006. For a key of 3072 bits it takes a pencil,
/// and no computer. OpenSSL had that verifier, and others too (CVE-2006-4339). e = 3 is not the
/// mistake: your [`verify_pkcs1`] refuses the forgery under the same key. But with e = 65537 there
/// would have been no root to take, and one mistake would have stayed one.
///
/// # Errors
///
/// - [`ForgeError::Exponent`] where the public exponent of `key` is another.
/// - [`ForgeError::KeyTooSmall`] where the cubes stand too far apart: always at 1024 bits and
///   below, never at 1536 and above. In between it is for you to find out. What you return as
///   forged, the verifier must accept. Where the exponent is another, too, either error will do.
///
/// [`verify_pkcs1`]: super::verify_pkcs1
pub fn forge_e3(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, ForgeError> {
    todo!("3.6: forge a signature of {message:?} that a lenient verifier takes under {key:?}")
}
