//! Textbook RSA on numbers of 64 bits, without the learner's code.

use std::num::NonZero;

use proptest::prelude::*;

use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use fixtures::strategies::number;

/// The number as a modulus. It must not be 0.
pub fn modulus_of(number: u64) -> NonZero<u64> {
    NonZero::new(number).expect("a modulus is not 0")
}

/// The product, modulo the modulus.
pub fn times(first: u64, second: u64, modulus: NonZero<u64>) -> u64 {
    let product = u128::from(first) * u128::from(second) % u128::from(modulus.get());
    u64::try_from(product).expect("a remainder is below its modulus")
}

/// The grader's own power, from the highest bit down.
pub fn power(base: u64, exponent: u64, modulus: NonZero<u64>) -> u64 {
    (0..64).rev().fold(1 % modulus, |power, bit| {
        let square = times(power, power, modulus);
        if exponent >> bit & 1 == 1 {
            times(square, base, modulus)
        } else {
            square
        }
    })
}

/// The Miller–Rabin test, which is exact below 2³² with these three bases.
pub fn is_prime(number: u32) -> bool {
    if number < 64 {
        return number > 1 && (2..number).all(|divisor| !number.is_multiple_of(divisor));
    }
    if number.is_multiple_of(2) {
        return false;
    }
    let (less_one, modulus) = (u64::from(number) - 1, modulus_of(number.into()));
    let twos = less_one.trailing_zeros();
    [2, 7, 61].into_iter().all(|base| {
        let root = power(base, less_one >> twos, modulus);
        let mut squares = (0..twos).scan(root, |square, _| {
            let this = *square;
            *square = times(this, this, modulus);
            Some(this)
        });
        root == 1 || squares.any(|square| square == less_one)
    })
}

/// A prime of any size below 2³².
pub fn prime() -> BoxedStrategy<u32> {
    let of_size = |bits| 1_u32 << (bits - 1)..=u32::MAX >> (32 - bits);
    let at_or_below = |start| (2..=start).rev().find(|&number| is_prime(number));
    (2..=32_u32)
        .prop_flat_map(of_size)
        .prop_map(move |start| at_or_below(start).expect("2 is prime"))
        .boxed()
}

/// A public key, and a message below its modulus.
pub fn public_and_message() -> BoxedStrategy<(PublicKey, u64)> {
    let parts = keys_and_message();
    parts
        .prop_map(|(public, _, message)| (public, message))
        .boxed()
}

/// A public key, and the private one.
pub fn keys() -> BoxedStrategy<(PublicKey, PrivateKey)> {
    let parts = keys_and_message();
    parts
        .prop_map(|(public, private, _)| (public, private))
        .boxed()
}

/// Keys of all sizes and with all kinds of exponents, made without the learner's code, and a
/// message below their modulus.
pub fn keys_and_message() -> BoxedStrategy<(PublicKey, PrivateKey, u64)> {
    let exponent = prop_oneof![Just(65537), 3..100_000_u64];
    let different = (prime(), prime()).prop_filter("two primes", |(p, q)| p != q);
    (different, exponent, number(64))
        .prop_map(|((p, q), exponent, message)| {
            let n = modulus_of(u64::from(p) * u64::from(q));
            let phi = u64::from(p - 1) * u64::from(q - 1);
            let inverses = (exponent | 1..).step_by(2).map(|e| (e, inverse(e, phi)));
            let (e, d) = inverses
                .filter_map(|(e, d)| Some((e, d?)))
                .next()
                .expect("some odd number has no factor in common with φ");
            (PublicKey { n, e }, PrivateKey { n, d }, message % n)
        })
        .boxed()
}

/// The inverse of `number` modulo `modulus`, if there is one, by the extended Euclidean algorithm.
pub fn inverse(number: u64, modulus: u64) -> Option<u64> {
    fn bezout(a: i128, b: i128) -> (i128, i128) {
        if b == 0 {
            return (1, 0);
        }
        let (s, t) = bezout(b, a % b);
        (t, s - a / b * t)
    }
    let (number, modulus) = (i128::from(number), i128::from(modulus));
    let inverse = bezout(number, modulus).0.rem_euclid(modulus);
    let holds = number * inverse % modulus == 1;
    holds.then(|| u64::try_from(inverse).expect("a remainder is below its modulus"))
}
