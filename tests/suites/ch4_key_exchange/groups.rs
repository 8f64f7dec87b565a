//! Groups with a safe prime as the modulus, and powers in them.

use std::num::NonZero;

use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch4_key_exchange::*;

/// For some lengths in bits, the largest prime p for which (p − 1)/2 is a prime too.
pub const SAFE_PRIMES: [u64; 28] = [
    5,
    7,
    11,
    23,
    59,
    107,
    227,
    503,
    1019,
    2039,
    4079,
    8147,
    16_223,
    32_603,
    65_267,
    1_048_343,
    16_776_899,
    268_435_019,
    2_147_483_579,
    4_294_967_087,
    8_589_934_583,
    1_099_511_627_339,
    281_474_976_705_359,
    72_057_594_037_925_687,
    1_152_921_504_606_843_299,
    4_611_686_018_427_377_339,
    9_223_372_036_854_771_239,
    18_446_744_073_709_550_147,
];

/// Any `u64`, small ones and large ones alike.
pub fn number() -> BoxedStrategy<u64> {
    let any_length = (0..64_u32).prop_flat_map(|spare| 0..=u64::MAX >> spare);
    any_length.boxed()
}

pub fn modulus_of(number: u64) -> NonZero<u64> {
    NonZero::new(number).expect("a modulus is not 0")
}

pub fn group_of(p: u64, g: u64) -> Group {
    Group {
        p: modulus_of(p),
        g,
    }
}

/// The grader's own power, from the highest bit down.
pub fn power(base: u64, exponent: u64, modulus: NonZero<u64>) -> u64 {
    let modulus = u128::from(modulus.get());
    let base = u128::from(base);
    let power = (0..64).rev().fold(1 % modulus, |power, bit| {
        let square = power * power % modulus;
        if exponent >> bit & 1 == 1 {
            square * (base % modulus) % modulus
        } else {
            square
        }
    });
    u64::try_from(power).expect("a remainder is below its modulus")
}

/// A group of any size in which only 1 and p − 1 have few powers.
pub fn group() -> BoxedStrategy<Group> {
    select(&SAFE_PRIMES[..])
        .prop_flat_map(|p| (2..=p - 2).prop_map(move |g| group_of(p, g)))
        .boxed()
}

pub fn is_prime(number: u64) -> bool {
    number > 1 && !(2..=number.isqrt()).any(|divisor| number.is_multiple_of(divisor))
}

/// What is found, put to the test.
pub fn raised(group: &Group, found: Option<u64>) -> Option<u64> {
    found.map(|exponent| power(group.g, exponent, group.p))
}
