// 1.6 The nonce used twice

use std::error::Error;
use std::fmt;

use given::attacks::gf128::Gf128;

/// A sealed message of one block (16 bytes), as captured on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured {
    /// The first 16 bytes of what [`seal`] returned.
    ///
    /// [`seal`]: super::seal
    pub ciphertext: [u8; 16],
    /// The 16 bytes after them.
    pub tag: [u8; 16],
}

/// Why nothing could be forged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeError {
    /// Both ciphertexts are the same, so their tags are too: the second tells you nothing new.
    SameCiphertext,
    /// The wanted text is longer than the 16 bytes of pad that are known.
    TooLong,
}

impl fmt::Display for ForgeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForgeError::SameCiphertext => write!(out, "both ciphertexts are the same"),
            ForgeError::TooLong => write!(out, "the text is longer than a block"),
        }
    }
}

impl Error for ForgeError {}

/// **1.6** *This exercise is an attack.* Seals `wanted` without the key, because a nonce was used
/// twice.
///
/// You have captured two messages of 16 bytes, `first` and `second`. Both were sealed under the
/// same key *and the same nonce*, without associated data. You know the text of the first, `known`.
/// Return what [`seal`] would return for `wanted` under that key and nonce, so that the victim
/// opens it. You never learn the key, and you don't need it.
///
/// # What a tag is made of
///
/// GCM is two machines side by side. One hides: it makes a pad from the key and the nonce and XORs
/// it with the message, as in 1.1. You have seen what happens when that pad is reused.
///
/// The other makes the tag. It treats whole blocks of 16 bytes as numbers: the type [`Gf128`], in
/// which addition is XOR. For a ciphertext `C` of one block it computes
///
/// ```text
/// tag  =  C·H²  +  L·H  +  M
///         └─────┬─────┘
///           GHASH(C), NIST SP 800-38D §6.4
///
/// C    the ciphertext, zero-padded to 16 bytes
/// L    the length block: how many bits of associated data there are (0), then how many bits of
///      ciphertext, each as a big-endian u64
/// H    secret: AES(key, 16 zero bytes), the same for every message under this key
/// M    secret: AES(key, nonce ‖ 1), the same for every message under this key and nonce
/// ```
///
/// (As in the lesson, the 1 is the counter, 4 bytes long. With no ciphertext at all, `C` and `L`
/// are both zero, and the tag is `M`.)
///
/// The mask `M` hides the rest like a one-time pad. Here it was used twice. Add the two tags, and
/// everything that they have in common cancels:
///
/// ```text
///    first tag   =  C₁·H²  +  L·H  +  M
///    second tag  =  C₂·H²  +  L·H  +  M
///    ──────────────────────────────────
///    sum         =  (C₁ + C₂)·H²
/// ```
///
/// In that line only `H²` is unknown. From `H²` you get `H`, from `H` you get `M`, and with both of
/// them and the pad you can seal what you like.
///
/// The square root is easier here than in school. Squaring shuffles the 2¹²⁸ values but loses none.
/// Square any value 128 times, and it is back where it began: `x^(2¹²⁸) = x`. What was it one
/// squaring before that?
///
/// This is Joux's *forbidden attack* (2006). Böck and others found 184 HTTPS servers in 2016 that
/// were vulnerable to it. RFC 5116 §5.1.1 and CWE-323 warn of it.
///
/// # Errors
///
/// [`ForgeError::TooLong`] if `wanted` has more than 16 bytes: the pad is not known that far.
/// [`ForgeError::SameCiphertext`] if the two captured ciphertexts are equal: then the sum above is
/// `0 = 0·H²`, which holds for every `H`. If both apply, either error is accepted.
///
/// [`seal`]: super::seal
pub fn forge(
    first: &Captured,
    second: &Captured,
    known: &[u8; 16],
    wanted: &[u8],
) -> Result<Vec<u8>, ForgeError> {
    // todo!("1.6: seal {wanted:?}, from {first:?} with text {known:?}, and {second:?}")
    if wanted.len() > known.len() {
        return Err(ForgeError::TooLong);
    }
    let ciphertexts = Gf128::from_bytes(first.ciphertext) + Gf128::from_bytes(second.ciphertext);
    let tags = Gf128::from_bytes(first.tag) + Gf128::from_bytes(second.tag);
    let inverse = ciphertexts.inverse().ok_or(ForgeError::SameCiphertext)?;
    let h_squared = tags * inverse;
    // x^(2¹²⁸) = x, so the square of x^(2¹²⁷) is x.
    let h = (0..127).fold(h_squared, |root, _| root * root);

    let ghash = |ciphertext: &[u8]| {
        let mut block = [0; 16];
        block[..ciphertext.len()].copy_from_slice(ciphertext);
        // As one number of 128 bits: its upper half is the length of the associated data, zero.
        let bits = 8 * ciphertext.len() as u128;
        let length = Gf128::from_bytes(bits.to_be_bytes());
        (Gf128::from_bytes(block) * h + length) * h
    };
    let mask = Gf128::from_bytes(first.tag) + ghash(&first.ciphertext);

    // The text of the second message was not needed: the pad follows from the first.
    let mut sealed = wanted.to_vec();
    for (i, byte) in sealed.iter_mut().enumerate() {
        *byte ^= first.ciphertext[i] ^ known[i];
    }
    let tag = ghash(&sealed) + mask;
    sealed.extend(tag.to_bytes());
    Ok(sealed)
}
