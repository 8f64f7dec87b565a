// 2.2 Make a pair of keys

use std::error::Error;
use std::fmt;
use std::num::NonZero;

/// The public exponent of every pair made here, and of nearly every RSA key in use.
///
/// It is prime, and only two of its bits are 1, so encrypting takes 16 squarings and one
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

/// A textbook RSA public key: what everyone may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// The modulus, p · q.
    pub n: NonZero<u64>,
    /// The public exponent.
    pub e: u64,
}

/// A textbook RSA private key: what only its owner knows.
///
/// This one prints its contents with `{:?}`. A real one, like [`rsa::PrivateKey`], does not.
///
/// [`rsa::PrivateKey`]: https://docs.rs/rsa/0.10/rsa/struct.PrivateKey.html
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivateKey {
    /// The modulus, p · q.
    pub n: NonZero<u64>,
    /// The private exponent.
    pub d: u64,
}

/// Why two primes don't make a pair of keys.
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
                write!(out, "p − 1 or q − 1 is a multiple of {PUBLIC_EXPONENT}")
            }
        }
    }
}

impl Error for UnsuitablePrimes {}

/// **2.2** Makes a pair of keys from two primes: n = p · q, e = [`PUBLIC_EXPONENT`], and a d for
/// which e · d ≡ 1 (mod λ(n)), with 0 < d < n (RFC 8017 §3).
///
/// λ(n) is the least common multiple of p − 1 and q − 1. You may compute with their product
/// instead, as the textbooks do. It is called φ(n), and it is a multiple of λ(n), so a d that is
/// right modulo φ(n) is right modulo λ(n), too. Both are accepted here.
///
/// # How to find d
///
/// Use *Euclid's algorithm, extended*. Euclid's algorithm begins with two numbers, here φ(n) and e.
/// It divides the first by the second and keeps the remainder, then divides the second by that
/// remainder, and so on. The last remainder that is not 0 is the greatest common divisor of the
/// two. The extended algorithm keeps a second number beside each remainder: the *factor* by which
/// you multiply e to get that remainder, modulo φ(n).
///
/// Here is the whole computation for φ(n) = 20 and e = 3, the numbers of the lesson:
///
/// ```text
/// remainder                  factor
///       20                        0                   3 · 0    ≡ 20 (mod 20)
///        3                        1                   3 · 1    ≡  3 (mod 20)
///        2  = 20 − 6 · 3         −6  = 0 − 6 · 1      3 · (−6) ≡  2 (mod 20)
///        1  =  3 − 1 · 2          7  = 1 − 1 · (−6)   3 · 7    ≡  1 (mod 20)
/// ```
///
/// Each remainder is made from the two above it, and its factor is made from their factors in the
/// same way, with the same quotient (6, then 1). The line with the remainder 1 is the one you are
/// looking for: its factor is d. If it is negative, add φ(n). If the greatest common divisor is not
/// 1, there is no such line, and no d.
///
/// # What a real key has
///
/// A real key is larger: a `u64` is factored in milliseconds. And its primes must be unpredictable.
/// In 2012, Heninger and others found many devices on the internet that shared a prime with another
/// device. Euclid's algorithm, applied to the two moduli, finds that prime, and with it the other
/// prime of each.
///
/// # Errors
///
/// - [`UnsuitablePrimes::Equal`] if p equals q. Then anyone can find p, the square root of n. And d
///   would be wrong, because λ(p · p) is p · (p − 1).
/// - [`UnsuitablePrimes::SharedFactor`] if e has a factor in common with λ(n). Since e is prime,
///   this means that p − 1 or q − 1 is a multiple of e. No d exists, and different messages would
///   give the same ciphertext.
///
/// If both are true, either error is accepted.
pub fn key_pair(p: Prime, q: Prime) -> Result<(PublicKey, PrivateKey), UnsuitablePrimes> {
    todo!("2.2: make a public and a private key from the primes {p:?} and {q:?}")
}
