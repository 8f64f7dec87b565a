// 4.1 Diffie–Hellman in a small group

use std::error::Error;
use std::fmt;
use std::num::NonZero;

use crate::ch2_asymmetric::mod_pow;

/// A group for Diffie–Hellman: what both sides have agreed on, and everybody may know.
///
/// It is the numbers from 1 to p − 1, under multiplication modulo p.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The modulus, a prime.
    pub p: NonZero<u64>,
    /// The generator, between 1 and p − 1. The public values are its powers.
    pub g: u64,
}

/// The peer's public value is not between 2 and p − 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPublicValue;

impl fmt::Display for InvalidPublicValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the peer's public value is out of range")
    }
}

impl Error for InvalidPublicValue {}

/// **4.1** The public value that belongs to `secret`: g to the power of it, modulo p.
///
/// You may send it to anybody. In this chapter's groups it gives the secret away all the same: they
/// are small, and exercise 4.2 finds the way back. The groups in use have a p of 2048 bits or more
/// (RFC 7919), and the arithmetic is the same.
pub fn public_value(group: &Group, secret: u64) -> u64 {
    todo!("4.1: the public value of {secret} in {group:?}")
}

/// **4.1** The number that you share with the peer whose public value is `theirs`: theirs to the
/// power of your `secret`, modulo p.
///
/// ```text
/// p = 23, g = 5                5 and 23 are known to all
///
/// your secret    6             5⁶  mod 23 =  8   ──▶
///                              5¹⁵ mod 23 = 19   ◀──    their secret   15
///
/// 19⁶ mod 23 = 2                                        8¹⁵ mod 23 = 2
/// ```
///
/// # Errors
///
/// [`InvalidPublicValue`] where `theirs` is not between 2 and p − 2 (RFC 7919 §5.1; NIST SP 800-56A
/// §5.6.2.3). Nobody who means well sends such a value, and somebody in the middle may send it in the
/// name of both:
///
/// | theirs | its powers, whatever your secret |
/// | --- | --- |
/// | 0 | 0, or 1 if your secret is 0 |
/// | 1 | 1 |
/// | p − 1 | 1 or p − 1 |
/// | p and beyond | those of a smaller number: a second name for it |
///
/// With the first three, both sides would "agree" on a number that everybody knows or can guess, and
/// notice nothing.
///
/// Check `theirs`, not the result: with a secret of 0 it is 1, and that is not an error.
///
/// Where (p − 1)/2 is a prime too, as in the groups of RFC 7919, no other values have few powers, and
/// the range is all there is to check. In other groups there are more of them, and the range is not
/// enough: that is how servers were led into small subgroups.
pub fn shared_value(group: &Group, secret: u64, theirs: u64) -> Result<u64, InvalidPublicValue> {
    todo!("4.1: the number shared by {secret} and the peer's {theirs} in {group:?}")
}
