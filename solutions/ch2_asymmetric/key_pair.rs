// 2.2 Make a pair of keys

use std::error::Error;
use std::fmt;
use std::num::NonZero;

/// The public exponent of every pair made here, and of nearly every RSA key in use.
///
/// It is prime and has two bits that are 1, so that encrypting takes 16 squarings and one
/// multiplication.
pub const PUBLIC_EXPONENT: u64 = 65537;

/// A prime number below 2³².
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prime(u32);

impl Prime {
    /// `number`, if it is prime. For a number this small it is quick enough to try every divisor.
    pub fn new(number: u32) -> Option<Prime> {
        let divides = |divisor| number.is_multiple_of(divisor);
        let is_prime = number > 1 && !(2..=number.isqrt()).any(divides);
        is_prime.then_some(Prime(number))
    }

    /// The number.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

/// A textbook RSA public key: what everybody may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// The modulus, p · q.
    pub n: NonZero<u64>,
    /// The public exponent.
    pub e: u64,
}

/// A textbook RSA private key: what only its owner knows.
///
/// This one shows itself when you print it. A real one, like [`rsa::PrivateKey`], does not.
///
/// [`rsa::PrivateKey`]: https://docs.rs/rsa/0.10/rsa/struct.PrivateKey.html
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivateKey {
    /// The modulus, p · q.
    pub n: NonZero<u64>,
    /// The private exponent.
    pub d: u64,
}

/// Why two primes make no pair of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsuitablePrimes {
    /// They are the same prime.
    Equal,
    /// p − 1 or q − 1 is a multiple of the public exponent.
    SharedFactor,
}

impl fmt::Display for UnsuitablePrimes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnsuitablePrimes::Equal => write!(out, "the two primes are the same"),
            UnsuitablePrimes::SharedFactor => {
                write!(out, "a prime less one is a multiple of {PUBLIC_EXPONENT}")
            }
        }
    }
}

impl Error for UnsuitablePrimes {}

/// **2.2** Makes a pair of keys from two primes: n = p · q, e = [`PUBLIC_EXPONENT`], and a d for
/// which e · d ≡ 1 (mod λ(n)), where 0 < d < n (RFC 8017 §3).
///
/// λ(n) is the least common multiple of p − 1 and q − 1. The textbooks take their product instead,
/// called φ(n). It is a multiple of λ(n), so every d that they find will do, and either is right
/// here.
///
/// Finding d is the work of Euclid's algorithm, extended. The plain one finds the greatest common
/// divisor of two numbers by dividing on and on; the extended one keeps account of how each
/// remainder is made from the two. At the end it has, for φ(n) and e,
///
/// ```text
/// e · d + φ(n) · t = gcd(e, φ(n))
/// ```
///
/// If that is 1, you have your d: modulo φ(n), the second term is 0. It may come out negative. Then
/// it wants another φ(n) on top.
///
/// What such a key lacks to be a real one: size, for a `u64` is taken apart in milliseconds; and
/// primes that nobody can guess. In 2012 Heninger and others found many devices on the internet
/// that shared a prime with another device, and Euclid's algorithm gave them both primes of both.
///
/// # Errors
///
/// - [`UnsuitablePrimes::Equal`] where p is q: everybody can take a square root, and the circle has
///   another length, for λ(p · p) is p · (p − 1).
/// - [`UnsuitablePrimes::SharedFactor`] where e has a factor in common with λ(n): no d exists, and
///   different messages would give the same ciphertext. Where both are so, either will do.
pub fn key_pair(p: Prime, q: Prime) -> Result<(PublicKey, PrivateKey), UnsuitablePrimes> {
    // todo!("2.2: make a public and a private key from the primes {p:?} and {q:?}")
    if p == q {
        return Err(UnsuitablePrimes::Equal);
    }
    let n = NonZero::new(p.get() * q.get()).expect("primes are not 0");
    let phi = i128::from((p.get() - 1) * (q.get() - 1));
    // Every remainder is e · factor, plus a multiple of φ that need not be known. The factors are
    // signed, and may be as large as φ, which needs all 64 bits.
    let (mut remainder, mut next_remainder) = (phi, i128::from(PUBLIC_EXPONENT));
    let (mut factor, mut next_factor) = (0, 1);
    while next_remainder != 0 {
        let quotient = remainder / next_remainder;
        (remainder, next_remainder) = (next_remainder, remainder - quotient * next_remainder);
        (factor, next_factor) = (next_factor, factor - quotient * next_factor);
    }
    if remainder != 1 {
        return Err(UnsuitablePrimes::SharedFactor);
    }
    let d = u64::try_from(factor.rem_euclid(phi)).expect("a remainder is below φ, and φ below 2⁶⁴");
    let public = PublicKey {
        n,
        e: PUBLIC_EXPONENT,
    };
    Ok((public, PrivateKey { n, d }))
}
