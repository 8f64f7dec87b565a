//! Arithmetic in GF(2¹²⁸), the field in which GCM computes its tags.
//!
//! A *field* is a set of values that you can add, subtract, multiply and divide, and in which the
//! rules you know from school hold. This one has 2¹²⁸ values, one for each block of 16 bytes.
//!
//! Read a block as a polynomial whose 128 coefficients are its bits, each 0 or 1:
//!
//! - To **add** two of them is to XOR them. So `a + a` is zero, and minus is the same as plus.
//! - To **multiply** them is to multiply the polynomials and to keep the remainder after dividing
//!   by x¹²⁸ + x⁷ + x² + x + 1. Every value but zero has an **inverse**, so you can divide.
//! - To **square** is `a * a`. It loses nothing: no two values have the same square.
//!
//! The order of the bits is that of NIST SP 800-38D §6.3, where the *first* bit of a block, the
//! highest of its first byte, is the coefficient of x⁰. One is therefore `80 00 … 00`.
//!
//! Nothing here runs in constant time: it is for attacks, in which the secret is someone else's.

use std::fmt;
use std::ops::{Add, Mul};

/// A value of the field: a block of 16 bytes that you can calculate with.
///
/// ```
/// use given::attacks::gf128::Gf128;
///
/// let a = Gf128::from_bytes(*b"a block of GHASH");
/// let b = Gf128::from_bytes(*b"another block of");
/// assert_eq!(a + a, Gf128::ZERO);
/// assert_eq!((a + b) * a, a * a + b * a);
/// assert_eq!(a.inverse().map(|inverse| a * inverse), Some(Gf128::ONE));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gf128(u128);

impl Gf128 {
    /// Adding it changes nothing.
    pub const ZERO: Gf128 = Gf128(0);

    /// Multiplying by it changes nothing.
    pub const ONE: Gf128 = Gf128(1 << 127);

    /// The value that a block represents.
    pub const fn from_bytes(block: [u8; 16]) -> Gf128 {
        Gf128(u128::from_be_bytes(block))
    }

    /// The block that represents this value.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The value whose product with this one is [`ONE`](Gf128::ONE). Zero has none.
    ///
    /// To divide by a value is to multiply by its inverse.
    pub fn inverse(self) -> Option<Gf128> {
        if self == Gf128::ZERO {
            return None;
        }
        // The values other than zero form a group of order 2¹²⁸ − 1, so the inverse is the power
        // 2¹²⁸ − 2 = 2 + 4 + 8 + … + 2¹²⁷.
        let mut square = self;
        let mut inverse = Gf128::ONE;
        for _ in 1..128 {
            square = square * square;
            inverse = inverse * square;
        }
        Some(inverse)
    }

    /// The product with x: all coefficients move up by one, and x¹²⁸ is x⁷ + x² + x + 1.
    const fn times_x(self) -> Gf128 {
        // 1 + x + x² + x⁷. The first bit is x⁰, so what moves out at the other end was x¹²⁷.
        const REMAINDER: u128 = 0b1110_0001 << 120;
        let carry = self.0 & 1;
        Gf128((self.0 >> 1) ^ (carry * REMAINDER))
    }
}

impl Add for Gf128 {
    type Output = Gf128;

    #[expect(
        clippy::suspicious_arithmetic_impl,
        reason = "in this field to add is to XOR"
    )]
    fn add(self, other: Gf128) -> Gf128 {
        Gf128(self.0 ^ other.0)
    }
}

impl Mul for Gf128 {
    type Output = Gf128;

    /// Algorithm 1 of NIST SP 800-38D: the sum of `other` times each power of x in `self`.
    fn mul(self, other: Gf128) -> Gf128 {
        let mut product = Gf128::ZERO;
        let mut shifted = other;
        for power in 0..128 {
            // The coefficient of x to this power: the bits count from the front.
            if self.0 << power >> 127 == 1 {
                product = product + shifted;
            }
            shifted = shifted.times_x();
        }
        product
    }
}

impl fmt::Debug for Gf128 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Gf128({:032x})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use ghash::GHash;
    use ghash::universal_hash::UniversalHash;
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Gf128> {
        any::<[u8; 16]>().prop_map(Gf128::from_bytes)
    }

    /// The product as the crate `ghash` computes it: GHASH of a single block.
    fn ghash_of_one_block(key: Gf128, block: Gf128) -> Gf128 {
        let mut ghash = GHash::new(&key.to_bytes().into());
        ghash.update(&[block.to_bytes().into()]);
        Gf128::from_bytes(ghash.finalize().into())
    }

    proptest! {
        #[test]
        fn products_are_those_of_ghash(a in value(), b in value()) {
            prop_assert_eq!(a * b, ghash_of_one_block(a, b));
        }

        #[test]
        fn it_is_a_commutative_ring(a in value(), b in value(), c in value()) {
            prop_assert_eq!(a + b, b + a);
            prop_assert_eq!((a + b) + c, a + (b + c));
            prop_assert_eq!(a + Gf128::ZERO, a);
            prop_assert_eq!(a + a, Gf128::ZERO);
            prop_assert_eq!(a * b, b * a);
            prop_assert_eq!((a * b) * c, a * (b * c));
            prop_assert_eq!(a * Gf128::ONE, a);
            prop_assert_eq!(a * (b + c), a * b + a * c);
        }

        #[test]
        fn every_value_but_zero_has_an_inverse(a in value()) {
            prop_assume!(a != Gf128::ZERO);
            prop_assert_eq!(a.inverse().map(|inverse| a * inverse), Some(Gf128::ONE));
        }

        #[test]
        fn blocks_and_values_are_the_same_thing(block: [u8; 16]) {
            prop_assert_eq!(Gf128::from_bytes(block).to_bytes(), block);
        }
    }

    #[test]
    fn every_single_bit_multiplies_as_in_ghash() {
        for (i, j) in (0..128).flat_map(|i| (0..128).map(move |j| (i, j))) {
            let (a, b) = (Gf128(1 << i), Gf128(1 << j));
            assert_eq!(a * b, ghash_of_one_block(a, b), "{a:?} * {b:?}");
        }
    }

    #[test]
    fn zero_has_no_inverse() {
        assert_eq!(Gf128::ZERO.inverse(), None);
        assert_eq!(Gf128::ONE.inverse(), Some(Gf128::ONE));
    }

    /// Test case 2 of McGrew and Viega's specification of GCM: one block, no associated data.
    #[test]
    fn the_first_product_of_a_published_tag() {
        let h = Gf128::from_bytes(0x66e94bd4ef8a2c3b884cfa59ca342b2e_u128.to_be_bytes());
        let ciphertext = Gf128::from_bytes(0x0388dace60b6a392f328c2b971b2fe78_u128.to_be_bytes());
        let length = Gf128::from_bytes(128_u128.to_be_bytes());
        let ghash = 0xf38cbb1ad69223dcc3457ae5b6b0f885_u128.to_be_bytes();
        assert_eq!(
            (ciphertext * h + length) * h,
            Gf128::from_bytes(ghash),
            "the tag is this + E(K, J0)"
        );
    }
}
