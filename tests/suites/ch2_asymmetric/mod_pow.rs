use std::num::NonZero;

use harness::{same, think_of, with};
use proptest::prelude::*;

use crate::subject::ch2_asymmetric::*;
use crate::textbook::{modulus_of, power, times};
use fixtures::strategies::{number, residue};

harness::suite! {
    exercise "2.1" {
        /// a power is the product of that many factors, modulo the modulus
        #[think = "Work it out on paper for 3 to the power of 5, modulo 7. Where does your result first differ?"]
        fn a_power_is_a_product(
            base in 0..=20_u64, exponent in prop_oneof![0..=2_u64, 0..=40_u64],
            modulus in prop_oneof![modulus(1..=9), modulus(1..=1000)]
        ) {
            let times = |product, _| product * base % modulus;
            let product = (0..exponent).fold(1 % modulus, times);
            same!(mod_pow(base, exponent, modulus), product);
        }

        /// every number to the power of 0 is 1, including 0
        #[think = "A product without factors is 1. What does yours begin with?"]
        fn the_power_of_0_is_1(base in number(64), modulus in modulus(2..=u64::MAX)) {
            same!(mod_pow(base, 0, modulus), 1);
        }

        /// an exponent of 64 bits takes at most 128 multiplications, not 2⁶⁴
        #[think = "All 64 bits of the exponent count, including the highest. Does your answer lose some of them?"]
        fn large_exponents_come_to_an_end(exponent from [LARGEST_PRIME - 1]) {
            // One multiplication for each unit of the exponent would take centuries, and the grader
            // ends it. The modulus is small: if it were not, a product that needs 128 bits would
            // fail here, too.
            let modulus = modulus_of(65537);
            with!(modulus);
            same!(mod_pow(3, exponent, modulus), power(3, exponent, modulus));
        }

        /// modulo 1 there is only the number 0
        #[think = "What is the remainder of 1 divided by 1?"]
        fn modulo_1_is_0(base in number(64), exponent in prop_oneof![Just(0), number(64)]) {
            if exponent != 0 {
                think_of!("Is the base reduced, whatever the exponent is?");
            }
            same!(mod_pow(base, exponent, modulus_of(1)), 0);
        }

        /// multiplying two powers of the same base adds their exponents
        #[think = "The product of two u64 may need 128 bits. Does yours have them, at every step?"]
        fn exponents_add(
            base in number(64), first in 0..=u64::MAX / 2, second in 0..=u64::MAX / 2,
            modulus in modulus(1..=u64::MAX)
        ) {
            let powers = [mod_pow(base, first, modulus), mod_pow(base, second, modulus)];
            let product = times(powers[0], powers[1], modulus);
            if modulus.get() <= 1 << 32 {
                think_of!("With so small a modulus no product is large. Is the exponent kept whole?");
            }
            if powers.iter().any(|power| *power >= modulus.get()) {
                think_of!("A result must be below the modulus. If you subtract the modulus instead of dividing: is once enough?");
            }
            let exponent = first + second;
            with!("product of the two powers" = product);
            same!(mod_pow(base, exponent, modulus), product);
        }

        /// nothing overflows, up to the largest numbers that a u64 holds
        #[think = "The product of two u64 may need 128 bits. Does yours have them, at every step?"]
        fn large_numbers_do_not_overflow(
            base in u64::MAX - 1000..=u64::MAX, exponent in number(64),
            modulus in modulus(u64::MAX - 1000..=u64::MAX)
        ) {
            same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
        }

        /// the power is right, whatever the sizes of the three numbers
        #[think = "Which of the three numbers is larger than your steps allow? Follow them by hand."]
        fn numbers_of_any_size(
            (base, modulus) in base_and_modulus(), exponent in number(64)
        ) {
            same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
        }

        /// the power is right at the edges: bases of 0, 1, n − 1, n, n + 1 and 2n, and moduli whose squares barely fit in a u64, or barely don't
        #[think = "Which of the three numbers is at an edge here? Do you also reduce the base before the first multiplication?"]
        fn numbers_at_the_edges((base, exponent, modulus) from edges()) {
            same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
        }

        /// the result is below the modulus, even if a product equals the modulus, or is a little more than a multiple of it
        #[think = "The result is a remainder, so it is never the modulus or more. If you subtract instead of dividing: how often, and what do you do if the modulus itself is left?"]
        fn the_result_is_below_the_modulus((base, exponent, modulus) from nearly_multiples()) {
            same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
        }

        /// modulo a prime p, every number but 0, raised to the power of p − 1, is 1 (Fermat's little theorem)
        #[think = "The modulus is the largest prime below 2⁶⁴. Which of your steps is too narrow?"]
        fn fermat_was_right(base in 1..LARGEST_PRIME) {
            same!(mod_pow(base, LARGEST_PRIME - 1, modulus_of(LARGEST_PRIME)), 1);
        }

        /// the same base and exponent give a different power modulo a different number
        #[think = "Do you keep anything from one call to the next? The modulus may be different."]
        fn each_modulus_has_its_own_power((base, exponent) from [(2, 10), (3, 5), (7, 65537)]) {
            for modulus in [7, 33, 1 << 40, 7] {
                let modulus = modulus_of(modulus);
                same!(mod_pow(base, exponent, modulus), power(base, exponent, modulus));
            }
        }
    }
}

/// The largest prime below 2⁶⁴.
const LARGEST_PRIME: u64 = 18_446_744_073_709_551_557;

/// Moduli of all widths, and a base that is often at an edge: 0, n − 1, n, n + 1, a multiple of n.
fn base_and_modulus() -> BoxedStrategy<(u64, NonZero<u64>)> {
    (number(64), residue(), any::<bool>())
        .prop_map(|(n, residue, is_below)| {
            let n = n.max(1);
            let base = if is_below {
                residue.below(n)
            } else {
                residue.about(n)
            };
            (base, modulus_of(n))
        })
        .boxed()
}

fn edges() -> Vec<(u64, u64, NonZero<u64>)> {
    let widths = [1, 8, 16, 31, 32, 33, 48, 63];
    let mut moduli = vec![
        1,
        3,
        33,
        u64::MAX,
        LARGEST_PRIME,
        4_294_967_311,
        0x1_8000_0001,
    ];
    for width in widths {
        let power = 1 << width;
        moduli.extend([power - 1, power, power + 1]);
    }
    let mut edges = Vec::new();
    for n in moduli {
        let twice = n.saturating_mul(2);
        let bases = [
            0,
            1,
            2,
            n / 2,
            n - 1,
            n,
            n.saturating_add(1),
            twice,
            u64::MAX,
        ];
        for base in bases {
            for exponent in [0, 1, 2, 3, base, n, 65537, 1 << 32, u64::MAX] {
                edges.push((base, exponent, modulus_of(n)));
            }
        }
    }
    edges
}

fn nearly_multiples() -> Vec<(u64, u64, NonZero<u64>)> {
    let mut powers = Vec::new();
    // The modulus is a power of the base. Each product of two lower powers is the modulus, or less.
    for base in [2_u64, 3, 5, 10, 255, 65_521, 65_535, 4_294_967_295] {
        for exponent in [2, 3, 4, 7] {
            if let Some(n) = base.checked_pow(exponent) {
                let exponent = u64::from(exponent);
                powers.extend(
                    [(base, exponent), (n - base, exponent), (base, exponent + 1)]
                        .map(|(base, exponent)| (base, exponent, modulus_of(n))),
                );
            }
        }
    }
    // An estimate of the quotient, as Barrett makes it or a floating-point division, is too small by 1 or
    // 2 for these squares, which are a little more than a multiple of the modulus,
    for n in [
        54,
        119,
        3_299_930_401,
        1_016_289_240_015,
        238_913_426_771_521,
        2_002_039_280_378_517,
    ] {
        powers.extend([1, 2, 4].map(|below| (n - below, 2, modulus_of(n))));
    }
    // and for the products of these bases and their squares, modulo the modulus.
    let cubes = [
        (211, 226),
        (2_861_107_576, 3_085_914_161),
        (262_651_809_707_811, 268_364_559_573_725),
        (166_245_153_766_440, 170_417_450_344_367),
        (682_254_563_535_400, 2_150_030_270_602_973),
    ];
    powers.extend(cubes.map(|(base, n)| (base, 3, modulus_of(n))));
    powers
}

pub fn modulus(range: std::ops::RangeInclusive<u64>) -> BoxedStrategy<NonZero<u64>> {
    range.prop_map(modulus_of).boxed()
}
