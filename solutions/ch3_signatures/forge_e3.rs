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
    /// The forged block leaves too few bytes free to make it a cube.
    KeyTooSmall,
}

impl fmt::Display for ForgeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForgeError::Exponent => write!(out, "the public exponent is not 3"),
            ForgeError::KeyTooSmall => write!(out, "the key leaves too little room for a forgery"),
        }
    }
}

impl Error for ForgeError {}

/// **3.6** *This exercise is an attack.* Forges a signature of `message`, without the private key,
/// that [`given::attacks::lenient::accepts`] accepts. It works for any key with e = 3 that is large
/// enough.
///
/// Read that verifier first; it is short. It applies the public key to the signature, and reads the
/// block of exercise 3.5 from left to right: `00 01`, eight or more `ff`, `00`, DigestInfo, hash.
/// There it stops. So this is good enough for it:
///
/// ```text
/// genuine   00 01 ff ff ff ff ff ff ff ff ff … … … ff ff 00 DigestInfo hash
/// forged    00 01 ff ff ff ff ff ff ff ff 00 DigestInfo hash ?? ?? ?? … ??
///           └───────────────────── 62 bytes ──────────────┘└─── free ────┘
/// ```
///
/// With e = 3, the public key turns a signature s into s³ modulo n. If s³ is below n, "modulo n"
/// does nothing, and s is a cube root in the whole numbers. Anyone can take that root:
/// [`cube_root`] is given. All you need is a block of the forged shape that is a cube.
///
/// Not every number is a cube. But you are free to choose the bytes at the end. Near the number s³
/// the next cube is about 3s² away. For a key of 2048 bits, the block is about 2²⁰³³, so s is about
/// 2⁶⁷⁸, and the cubes there are about 2¹³⁵⁷ apart. You have 194 free bytes, which can take 2¹⁵⁵²
/// values. So about 2¹⁹⁵ cubes have the shape that you need, for every message. Find one.
///
/// Daniel Bleichenbacher showed this in a talk in 2006. For a key of 3072 bits, pencil and paper
/// are enough. OpenSSL verified signatures in this way, and so did other libraries (CVE-2006-4339).
/// e = 3 is not the mistake: your [`verify_pkcs1`] refuses the forgery under the same key. But with
/// e = 65537 there would have been no root to take, and the mistake would have done no harm by
/// itself.
///
/// # Errors
///
/// - [`ForgeError::Exponent`] if the public exponent of `key` is not 3.
/// - [`ForgeError::KeyTooSmall`] if the cubes are too far apart: always at 1024 bits and below,
///   never at 1536 and above. In between, this error is always allowed, but the verifier must accept
///   whatever you return as forged.
///
/// If both hold, either error will do.
///
/// [`verify_pkcs1`]: super::verify_pkcs1
pub fn forge_e3(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, ForgeError> {
    // todo!("3.6: sign {message:?} so that the lenient verifier accepts it under {key:?}")
    if *key.e_bytes() != [3] {
        return Err(ForgeError::Exponent);
    }
    // The least padding that is allowed leaves the most bytes free.
    const SHORTEST: usize = 3 + 8 + 19 + 32;
    let mut block = encode_pkcs1(message, SHORTEST).map_err(|_| ForgeError::KeyTooSmall)?;
    if key.size() < SHORTEST {
        return Err(ForgeError::KeyTooSmall);
    }
    // The root is rounded down, so the cube is a little below the block. If the block is the
    // largest of its shape, the cube can be lower and still have that shape.
    block.resize(key.size(), 0xff);
    let root = cube_root(&block);
    let mut signature = vec![0; key.size() - root.len()];
    signature.extend(root);
    if lenient::accepts(key, message, &signature) {
        Ok(signature)
    } else {
        Err(ForgeError::KeyTooSmall)
    }
}
