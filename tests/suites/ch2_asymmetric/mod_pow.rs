use std::num::NonZero;

use harness::same;
use proptest::prelude::*;

use crate::subject::ch2_asymmetric::*;
use crate::textbook::{modulus_of, number, power, times};

harness::suite! {
    exercise "2.1" {
        /// a power is the product of that many factors, modulo the modulus
        #[think = "Work it out on paper for 3 to the power of 5, modulo 7. Where do you part ways?"]
        fn a_power_is_a_product(
            base in 0..=20_u64, exponent in 0..=40_u64, modulus in modulus(1..=1000)
        ) {
            let times = |product, _| product * base % modulus;
            let product = (0..exponent).fold(1 % modulus, times);
            same!(mod_pow(base, exponent, modulus), product);
        }

        /// everything to the power of 0 is 1, and 0 to the power of 0 too
        #[think = "A product without factors is 1. What does yours begin with?"]
        fn the_power_of_0_is_1(base in number(), modulus in modulus(2..=u64::MAX)) {
            same!(mod_pow(base, 0, modulus), 1);
        }

        /// modulo 1 there is only the number 0
        #[think = "What is the remainder of 1 divided by 1?"]
        fn modulo_1_is_0(base in number(), exponent in prop_oneof![Just(0), number()]) {
            same!(mod_pow(base, exponent, modulus_of(1)), 0);
        }

        /// an exponent of 64 bits takes at most 128 multiplications, not 2⁶⁴
        #[think = "How often must you square to get from base to base⁸? And to base¹⁶?"]
        fn large_exponents_come_to_an_end(exponent from [LARGEST_PRIME - 1]) {
            // Fermat's little theorem knows the answer. One multiplication for each of the exponent
            // would take centuries, and the grader ends it.
            same!(mod_pow(3, exponent, modulus_of(LARGEST_PRIME)), 1);
        }

        /// multiplying two powers of the same base adds their exponents
        #[think = "The product of two u64 may need 128 bits. Does yours have them, at every step?"]
        fn exponents_add(
            base in number(), first in 0..=u64::MAX / 2, second in 0..=u64::MAX / 2,
            modulus in modulus(1..=u64::MAX)
        ) {
            let product = times(
                mod_pow(base, first, modulus), mod_pow(base, second, modulus), modulus
            );
            same!(mod_pow(base, first + second, modulus), product);
        }

        /// nothing overflows, up to the largest numbers that a u64 holds
        #[think = "The product of two u64 may need 128 bits. Does yours have them, at every step?"]
        fn large_numbers_do_not_overflow(
            base in u64::MAX - 1000..=u64::MAX, exponent in number(),
            modulus in modulus(u64::MAX - 1000..=u64::MAX)
        ) {
            same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
        }

        /// modulo a prime p, the power p − 1 of every number but 0 is 1 (Fermat's little theorem)
        #[think = "The modulus is the largest prime below 2⁶⁴. Which of your steps is too narrow?"]
        fn fermat_was_right(base in 1..LARGEST_PRIME) {
            same!(mod_pow(base, LARGEST_PRIME - 1, modulus_of(LARGEST_PRIME)), 1);
        }
    }
}

/// The largest prime below 2⁶⁴.
const LARGEST_PRIME: u64 = 18_446_744_073_709_551_557;

pub fn modulus(range: std::ops::RangeInclusive<u64>) -> BoxedStrategy<NonZero<u64>> {
    range.prop_map(modulus_of).boxed()
}
