//! Groups with a safe prime as the modulus, and powers in them.

use std::num::NonZero;

use proptest::prelude::*;
use proptest::sample::select;

use crate::subject::ch4_key_exchange::*;
use fixtures::strategies::{number, residue};

/// For some lengths in bits, the largest prime p for which (p − 1)/2 is also prime.
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

/// For 2, 3, … 64 bits: how far the largest prime is below the next power of two.
const BELOW: [u8; 63] = [
    1, 1, 3, 1, 3, 1, 5, 3, 3, 9, 3, 1, 3, 19, 15, 1, 5, 1, 3, 9, 3, 15, 3, 39, 5, 39, 57, 3, 35,
    1, 5, 9, 41, 31, 5, 25, 45, 7, 87, 21, 11, 57, 17, 55, 21, 115, 59, 81, 27, 129, 47, 111, 33,
    55, 5, 13, 27, 55, 93, 1, 57, 25, 59,
];

/// For 2, 3, … 64 bits: how far the smallest prime is above the power of two before it.
const ABOVE: [u8; 63] = [
    0, 1, 3, 1, 5, 3, 3, 1, 9, 7, 5, 3, 17, 27, 3, 1, 29, 3, 21, 7, 17, 15, 9, 43, 35, 15, 29, 3,
    11, 3, 11, 15, 17, 25, 53, 31, 9, 7, 23, 15, 27, 15, 29, 7, 59, 15, 5, 21, 69, 55, 21, 21, 5,
    159, 3, 81, 9, 69, 131, 33, 15, 135, 29,
];

/// The largest or the smallest prime with as many bits as the number, but at least two.
fn prime_like(number: u64) -> u64 {
    let bits = (u64::BITS - number.leading_zeros()).max(2);
    let place = bits as usize - 2;
    if number % 2 == 1 {
        (u64::MAX >> (64 - bits)) - u64::from(BELOW[place]) + 1
    } else {
        (1 << (bits - 1)) + u64::from(ABOVE[place])
    }
}

/// A group whose modulus has up to `widest` bits, with any generator. Every width occurs in every
/// run. Generators of 1 and p − 1 are as likely as others, and the powers of g need not reach
/// everything.
pub fn any_group(widest: u32) -> BoxedStrategy<Group> {
    (number(widest), residue())
        .prop_map(|(like, generator)| {
            let p = prime_like(like);
            group_of(p, 1 + generator.below(p - 1))
        })
        .boxed()
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

/// g to the power of the exponent that was found.
pub fn raised(group: &Group, found: Option<u64>) -> Option<u64> {
    found.map(|exponent| power(group.g, exponent, group.p))
}
