// 4.1 Diffie–Hellman in a small group

use std::error::Error;
use std::fmt;
use std::num::NonZero;

use crate::ch2_asymmetric::mod_pow;

/// A group for Diffie–Hellman: the parameters that both sides have agreed on. They are public.
///
/// The group is made of the numbers from 1 to p − 1, under multiplication modulo p.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The modulus, a prime.
    pub p: NonZero<u64>,
    /// The generator, between 1 and p − 1. Its powers are the *public values*, which the lesson
    /// calls shares.
    pub g: u64,
}

/// The public value of the *peer*, the other side of the exchange, is not between 2 and p − 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPublicValue;

impl fmt::Display for InvalidPublicValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the peer's public value is out of range")
    }
}

impl Error for InvalidPublicValue {}

/// **4.1** The public value that belongs to `secret`: g to the power of `secret`, modulo p.
///
/// You may send it to anybody. The groups used in practice have a p of 2048 bits or more (RFC
/// 7919), and the arithmetic is the same. But this chapter's groups are too small to protect the
/// secret: in exercise 4.2 you compute it from the public value.
pub fn public_value(group: &Group, secret: u64) -> u64 {
    todo!("4.1: the public value of {secret} in {group:?}")
}

/// **4.1** The number that you share with the peer whose public value is `theirs`: `theirs` to the
/// power of your `secret`, modulo p.
///
/// ```text
/// p = 23, g = 5                everybody knows 23 and 5
///
/// your secret    6             5⁶  mod 23 =  8   ──▶
///                              5¹⁵ mod 23 = 19   ◀──    their secret   15
///
/// 19⁶ mod 23 = 2                                        8¹⁵ mod 23 = 2
/// ```
///
/// # Errors
///
/// [`InvalidPublicValue`] if `theirs` is not between 2 and p − 2 (RFC 7919 §5.1; NIST SP 800-56A
/// §5.6.2.3). An honest peer does not choose a secret that leads to such a value. But an attacker
/// in the middle may send one to each side in the name of the other:
///
/// | theirs | its powers |
/// | --- | --- |
/// | 0 | 0, or 1 if your secret is 0 |
/// | 1 | 1 |
/// | p − 1 | 1 or p − 1 |
/// | p or more | those of its remainder modulo p: it is a second name for that number |
///
/// With the first three, both sides would "agree" on a number that everybody knows or can guess,
/// and notice nothing.
///
/// Check `theirs`, not the result: with a secret of 0 the result is 1, and that is not an error.
///
/// If (p − 1)/2 is also prime, as in the groups of RFC 7919, no other values have few powers, and
/// the range is all that you need to check. In other groups more values have few powers, and
/// checking the range is not enough. The few powers of such a value are a group of their own, a
/// *small subgroup*, and servers were tricked into computing in one.
pub fn shared_value(group: &Group, secret: u64, theirs: u64) -> Result<u64, InvalidPublicValue> {
    todo!("4.1: the number shared by {secret} and the peer's {theirs} in {group:?}")
}
