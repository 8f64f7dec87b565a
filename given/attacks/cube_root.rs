//! The cube root of a large number, for exercise 3.6.
//!
//! Modulo n, nobody knows how to take roots without the factors of n. In the whole numbers it is
//! easy, with Newton's method. Start with a number x that is too large. The average of x, x again,
//! and number / x² is a better one. Repeat until it gets no smaller. Each step doubles the number
//! of correct digits, more or less.
//!
//! Nothing here runs in constant time: it is for an attack, and there is no secret in it.

use crypto_bigint::{BoxedUint, Limb, NonZero};

/// The largest number whose cube is at most `number`.
///
/// Both are bytes, most significant first. The root has a third as many, rounded up.
///
/// ```
/// use given::attacks::cube_root::cube_root;
///
/// assert_eq!(cube_root(&[0, 0, 27]), [3]);
/// assert_eq!(cube_root(&[0, 0, 63]), [3]);
/// assert_eq!(cube_root(&[0xff, 0xff, 0xff, 0xff]), [0x06, 0x59]);
/// ```
pub fn cube_root(number: &[u8]) -> Vec<u8> {
    let length = number.len().div_ceil(3);
    // Wide enough for the first square, which may be above the number.
    let width = u32::try_from(8 * (number.len() + 2)).expect("numbers here are short");
    let number = BoxedUint::from_be_slice(number, width).expect("it fits");
    // 2 to the power of a third of the bits, rounded up, is above the root. Newton's method comes
    // down from there.
    let above = BoxedUint::one_with_precision(width);
    let mut root = above.shl(number.bit_width_vartime().div_ceil(3));
    let three = NonZero::new(Limb::from(3_u8)).expect("3 is not 0");
    // Zero has no square to divide by. If the root gets there, it is the root.
    while let Some(square) = NonZero::new(root.wrapping_square()).into_option() {
        let rest = number.wrapping_div_vartime(&square);
        let sum = rest.wrapping_add(&root).wrapping_add(&root);
        let (next, _) = sum.div_rem_limb(three);
        if next >= root {
            break;
        }
        root = next;
    }
    // These are whole machine words: the bytes before the root are zero.
    let bytes = root.to_be_bytes();
    bytes[bytes.len() - length..].to_vec()
}

#[cfg(test)]
mod tests {
    use crypto_bigint::{ConcatenatingMul, ConcatenatingSquare};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_root_is_the_largest_whose_cube_is_not_above(number: u128) {
            let root = cube_root(&number.to_be_bytes());
            let root = root.iter().fold(0_u128, |root, byte| root << 8 | u128::from(*byte));
            prop_assert!(root.pow(3) <= number);
            prop_assert!((root + 1).checked_pow(3).is_none_or(|cube| cube > number));
        }

        #[test]
        fn the_root_of_a_cube_comes_back(
            root in prop::collection::vec(any::<u8>(), 0..=180), spare in 0..=2_usize
        ) {
            let number = BoxedUint::from_be_slice_vartime(&root);
            let cube = number.concatenating_square().concatenating_mul(&number).to_be_bytes();
            let length = 3 * root.len();
            let mut bytes = vec![0; spare];
            bytes.extend(&cube[cube.len() - length..]);
            let mut expected = vec![0; bytes.len().div_ceil(3) - root.len()];
            expected.extend(root);
            prop_assert_eq!(cube_root(&bytes), expected);
        }
    }

    #[test]
    fn the_largest_number_has_a_root() {
        let root = cube_root(&[0xff; 768]);
        assert_eq!(root, [0xff; 256]);
    }

    #[test]
    fn the_root_of_no_bytes_is_empty() {
        assert_eq!(cube_root(&[]), [0; 0]);
    }
}
