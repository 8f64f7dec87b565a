//! # Chapter 2: a pair of keys
//!
//! In chapter 1 both sides held the same key. How did it get to the other side? A pair of keys
//! answers that. Two keys are made together, and what the one does, only the other undoes. You
//! publish the one and keep the other. Now anybody can hide something for you, and nobody but you
//! can find it again: not even the one who hid it. (How others know that the key is yours is a
//! question for chapter 5.)
//!
//! ```text
//!             public key                        private key
//!             (everybody has it)                (you alone have it)
//!                 │                                 │
//! message ───▶ encrypt ───▶ ciphertext ───▶ decrypt ───▶ message
//! ```
//!
//! RSA (1977, by Rivest, Shamir and Adleman) is the oldest such pair still in use, and all it takes
//! is multiplication and remainders. You write it twice in this chapter. First as the textbooks
//! have it, on numbers that fit in a `u64`: that one you break. Then as it is used, with padding
//! and keys of thousands of bits.
//!
//! # Why it works
//!
//! Modulo 11, look at the powers of 4: each is 4 times the one before, less a multiple of 11.
//!
//! ```text
//! exponent      1   2   3   4   5   6   7   8   9  10  11  12 …
//! power of 4    4   5   9   3   1   4   5   9   3   1   4   5 …
//! ```
//!
//! They run in a circle. Modulo a prime p the powers of every number do, and p − 1 steps always end
//! where they began (Fermat's little theorem; the circle of 4 is shorter, and 10 steps go round it
//! twice). Multiples of p stay at 0. So an exponent that is 1 more than a multiple of p − 1 changes
//! nothing.
//!
//! Take two primes, and n = p · q. A number modulo n is on two circles at once, one for p and one
//! for q. It is back when it is back on both, because what p and q both divide, n divides. That
//! happens after every number of steps that is a multiple of p − 1 and of q − 1. The smallest is
//! called λ(n), and an exponent that is 1 more than a multiple of λ(n) changes nothing modulo n.
//!
//! Now split such an exponent in two: e · d = 1 + a multiple of λ(n), which is written e · d ≡ 1
//! (mod λ(n)). Raise m to the power of e, and you are somewhere on the circle. Raise that to the
//! power of d, and you have gone e · d steps: you are back at m.
//!
//! ```text
//! p = 3, q = 11      n = 33, λ(n) = 10 (a multiple of 2 and of 10)
//! e = 3, d = 7       3 · 7 = 21 = 1 + 2 · 10
//! m = 4              4³ = 64 = 31 (mod 33)      31⁷ = 4 (mod 33)
//! ```
//!
//! The public key is (n, e), the private key (n, d). Who knows p and q computes d in a microsecond;
//! you do, in exercise 2.2. Who knows n alone has to find p and q first, and for a large n nobody
//! knows a quick way. A number of 829 bits (RSA-250) was taken apart in 2020, and it kept a
//! processor core busy for thousands of years, or thousands of them for one. The keys of today have
//! 2048 bits or more.
//!
//! # Where it stands in the handshake
//!
//! Up to TLS 1.2 a client could make up 48 bytes, the *premaster secret*, encrypt them to the
//! public key in the server's certificate, and send them in ClientKeyExchange (RFC 5246 §7.4.7.1).
//!
//! ```text
//! client                                               server
//!   │ ◀──────────── Certificate: public key ─────────────│
//!   │                                                    │
//!   │ ── ClientKeyExchange: encrypted premaster secret ─▶│ the private key opens it
//!   │                                                    │
//! record keys from the premaster secret               the same keys
//! and the two hellos' random bytes
//! ```
//!
//! This is *RSA key transport*. TLS 1.3 has dropped it (RFC 8446 §1.2). Its padding, PKCS#1 v1.5,
//! was attacked again and again. And one private key opens every session that was ever recorded:
//! you read one with it in chapter 6. In TLS 1.3 a server's RSA key signs, and does nothing else.
//!
//! Files and messages are still encrypted in this way, with better padding: a fresh symmetric key
//! for the content, RSA for that key. You build it in exercise 2.7.
//!
//! # What is often said
//!
//! *Asymmetric encryption is safer, but slower.* The two do different jobs. A pair of keys settles
//! who can open something; it hides no better than AES does. Per byte it is thousands of times
//! slower, which `cargo bench` measures, and one RSA ciphertext with a key of 2048 bits holds 190
//! bytes. So RSA carries a key, and AES carries the rest.
//!
//! *The client generates the symmetric key and sends it.* With RSA key transport it sends the
//! premaster secret, from which both sides derive the keys. With the key exchange of chapter 4, and
//! so in all of TLS 1.3, nothing secret is sent at all.
//!
//! *Signing is encrypting with the private key.* You see in exercise 2.3 where that comes from: the
//! arithmetic is the same. A scheme is more than its arithmetic. Encryption and signature pad
//! differently, because they have different goals, and chapter 3 shows what becomes of a signature
//! without its own padding. Newer signature algorithms, such as Ed25519, can't encrypt at all.
//!
//! # What went wrong
//!
//! - **Bleichenbacher 1998.** A TLS server that tells bad PKCS#1 v1.5 padding from good, by another
//!   alert or by taking longer, decrypts for anyone who asks often enough: a million times, then.
//! - **ROBOT 2017.** Nineteen years later, many large sites still told. Its finders had
//!   facebook.com sign a message for them.
//! - **Manger 2001.** OAEP was made to stop this. A decoder that reports a bad first byte apart
//!   from other failures gives the message away after about a thousand questions. Bouncy Castle's
//!   failed early on some ciphertexts (CVE-2020-26939). Hence the one error of exercise 2.6.
//! - **Marvin 2023.** The time that big-number arithmetic takes can be measured over a network. The
//!   crate `rsa` was among those affected (RUSTSEC-2023-0071). Since version 0.10, which you use
//!   here, its arithmetic is written to take the same time whatever the secret, its private
//!   operations are blinded (multiplied by something random first), and PKCS#1 v1.5 must be asked
//!   for by name.
//!
//! # Further reading
//!
//! - RFC 8017, PKCS #1: RSA Cryptography Specifications, version 2.2
//! - Dan Boneh, *Twenty Years of Attacks on the RSA Cryptosystem* (1999): what padding is for, and
//!   what else can go wrong, in a few pages
//! - Hanno Böck, Juraj Somorovsky and Craig Young, *Return Of Bleichenbacher's Oracle Threat*
//!   (2018)

use std::error::Error;
use std::fmt;
use std::num::NonZero;

use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

use crate::ch1_symmetric::Rejected;

// 2.1 Powers, modulo

/// **2.1** Raises `base` to the power of `exponent`, modulo `modulus`: the remainder of base · base
/// · … · base divided by the modulus.
///
/// All of RSA is this one function. The exponent may be as large as 2⁶⁴ − 1, so counting up to it
/// would take centuries. Square instead: each square doubles the exponent.
///
/// ```text
/// exponent 13 = 1101 in binary, so base¹³ = base⁸ · base⁴ · base¹
///
/// bit of 13, lowest first      1       0       1       1
/// power                        base    base²   base⁴   base⁸     each the square of the last
/// in the product               yes     no      yes     yes
/// ```
///
/// Reduce after every step, and nothing grows. The product of two `u64` needs 128 bits, though.
///
/// Everything to the power of 0 is 1, 0 too. Modulo 1 there is only the number 0. Modulo 0 there is
/// nothing, so the type of `modulus` leaves it out.
///
/// Real private keys need more care than this. A multiplication for every 1 in the exponent takes
/// time, and who measures it learns the exponent (Kocher 1996). The crate `rsa` does the same work
/// for every bit.
pub fn mod_pow(base: u64, exponent: u64, modulus: NonZero<u64>) -> u64 {
    todo!("2.1: raise {base} to the power of {exponent}, modulo {modulus}")
}

// 2.2 Make a pair of keys

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
    todo!("2.2: make a public and a private key from the primes {p:?} and {q:?}")
}

// 2.3 Textbook RSA

/// The value is not below the modulus of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the value is not below the modulus")
    }
}

impl Error for OutOfRange {}

/// **2.3** What everybody can do: value to the power of e, modulo n.
///
/// **This is unsafe on its own, whatever the size of the key.** It has no randomness, so who can
/// guess a message can check the guess (exercise 2.4). And it keeps products, so a hidden number
/// can be changed by who can't see it (exercise 2.5). Nothing that is sound does this alone.
/// Everything that is called RSA has it inside.
///
/// The standard has it under two names: RSAEP, to encrypt (RFC 8017 §5.1.1), and RSAVP1, to check a
/// signature (§5.2.2). Compare the two sections: they are the same function.
///
/// # Errors
///
/// [`OutOfRange`] where `value` is n or more. Modulo n, it could not be told from a smaller one.
pub fn public_operation(key: &PublicKey, value: u64) -> Result<u64, OutOfRange> {
    todo!("2.3: apply the public key {key:?} to {value}")
}

/// **2.3** What only the owner of the private key can do: value to the power of d, modulo n.
///
/// Two names again: RSADP, to decrypt (RFC 8017 §5.1.2), and RSASP1, to sign (§5.2.1).
///
/// ```text
/// encrypt, decrypt     m ── public ──▶ c ── private ──▶ m     anybody hides, one finds
/// sign, check          m ── private ─▶ s ── public ───▶ m     one makes, anybody checks
/// ```
///
/// It works in both orders, because mᵉᵈ = mᵈᵉ. That is all the truth there is in "signing is
/// encrypting with the private key". Chapter 3 shows why a signature needs more.
///
/// # Errors
///
/// [`OutOfRange`] where `value` is n or more.
pub fn private_operation(key: &PrivateKey, value: u64) -> Result<u64, OutOfRange> {
    todo!("2.3: apply the private key {key:?} to {value}")
}

// 2.4 Guess what was sent

/// **2.4** *An attack on textbook RSA.* Finds which of `candidates` was encrypted, with the public
/// key alone.
///
/// Somebody votes, bids or names a city, and encrypts it as in exercise 2.3. You don't have the
/// private key, and you don't need it: there are few things that can have been meant, and you can
/// encrypt each of them yourself.
///
/// ```text
/// seen on the wire        c
/// your own encryptions    c₁   c₂   c₃   …       which one is it?
/// ```
///
/// Returns `None` where it was none of them. A candidate of n or more can't have been encrypted, so
/// it is not the answer even where its remainder is.
///
/// Encryption that answers twice with the same ciphertext can't keep a secret that is easy to
/// guess, and most are. The padding of exercise 2.6 mixes in 32 random bytes.
pub fn guess(key: &PublicKey, ciphertext: u64, candidates: &[u64]) -> Option<u64> {
    todo!("2.4: find which of {candidates:?} is {ciphertext} when encrypted to {key:?}")
}

// 2.5 Change what you can't see

/// **2.5** *An attack on textbook RSA.* Changes the number m inside `ciphertext` to factor · m,
/// modulo n, with the public key alone.
///
/// Your rival's bid goes by, encrypted as in exercise 2.3. You can't read it. You double it all the
/// same, and pass it on. The key to this is one line of school arithmetic:
///
/// ```text
/// (a · b)ᵉ = aᵉ · bᵉ
/// ```
///
/// Encryption that hides does not protect from change, as in chapter 1. There the tag was the
/// answer. Here it is padding that holds so much structure that a product of two padded messages is
/// not a third: exercise 2.6. Chapter 3 forges signatures with the same line.
///
/// # Errors
///
/// [`OutOfRange`] where `ciphertext` or `factor` is n or more.
pub fn multiply_hidden(key: &PublicKey, ciphertext: u64, factor: u64) -> Result<u64, OutOfRange> {
    todo!("2.5: multiply what is inside {ciphertext} by {factor}, with {key:?}")
}

// 2.6 RSA-OAEP

/// The message has more bytes than the key can encrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the message is too long for this key")
    }
}

impl Error for TooLong {}

/// **2.6** How many bytes [`encrypt`] can take under `key`, or `None` where the key is too small
/// for any message, even the empty one.
///
/// OAEP fills a number as long as the modulus, of k bytes. Two hashes and two single bytes of it
/// are its own (RFC 8017 §7.1.1); with SHA-256 a hash has 32.
///
/// ```text
/// 1      32           32         any     1     the rest
/// ┌────┬────────────┬──────────┬───────┬────┬─────────────┐
/// │ 00 │    seed    │ hash of  │ 00 …  │ 01 │   message   │     k bytes in all
/// │    │  (random)  │ the label│       │    │             │
/// └────┴────────────┴──────────┴───────┴────┴─────────────┘
///       the seed then masks all that follows it, and that in turn masks the seed
/// ```
///
/// The modulus of a key need not be a whole number of bytes long. Its k is rounded up.
pub fn longest_message(key: &rsa::PublicKey) -> Option<usize> {
    todo!("2.6: how many bytes can be encrypted to {key:?}")
}

/// **2.6** Encrypts `message` to `key` with RSAES-OAEP (RFC 8017 §7.1.1): SHA-256 as its hash, the
/// same in its mask, and the empty label.
///
/// The result is as long as the modulus of the key, and each call gives another: the seed is fresh
/// from the system's generator. Here you stand on the crate `rsa`, as you should in your own work.
///
/// # Errors
///
/// [`TooLong`] where `message` is longer than [`longest_message`].
pub fn encrypt(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, TooLong> {
    todo!("2.6: encrypt {message:?} to {key:?}")
}

/// **2.6** Decrypts what [`encrypt`] has made for the public half of `key` (RFC 8017 §7.1.2).
///
/// # Errors
///
/// [`Rejected`], and never anything else, wherever there is no such message: another key, a changed
/// bit, another length, a number that is not below n. The crate tells you more than that. Keep it
/// to yourself, in logs and timing as well: with two kinds of failure, Manger's attack reads any
/// message by asking about variations of it, as you made them in exercise 2.5.
pub fn decrypt(key: &rsa::PrivateKey, ciphertext: &[u8]) -> Result<Vec<u8>, Rejected> {
    todo!("2.6: decrypt {ciphertext:?} with {key:?}")
}

// 2.7 Sealed envelopes

/// A message of any length, sealed to the owner of an RSA key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The AES key of this envelope, encrypted as in exercise 2.6.
    pub wrapped_key: Vec<u8>,
    /// The message, sealed under that AES key as in exercise 1.3.
    pub sealed: Vec<u8>,
}

/// **2.7** Seals `message` to `key`, with a fresh AES key that is wrapped by RSA: hybrid
/// encryption.
///
/// ```text
/// system's generator ──▶ AES key ──┬──▶ encrypt (2.6) ──▶ wrapped key ──┐
///                                  │                         │          │
///                                  │                  associated data   ├──▶ envelope
///                                  ▼                         ▼          │
/// message ─────────────────────▶ seal (1.3) ◀────────────────┘          │
///                                  └───────────────────▶ sealed ────────┘
/// ```
///
/// - The AES key is 16 bytes from the system's generator, new for every envelope.
/// - The nonce is 12 zero bytes. A nonce must not be used twice under one key, and this key is used
///   once: any nonce will do. The file encryption tool age does the same.
/// - The wrapped key is the associated data. That binds the two parts together: RSA alone would let
///   anybody lay another wrapping of the same key beside your message, and the envelope would be a
///   different one with the same content.
///
/// An envelope does not say who sealed it. Everybody has the public key. For that, see chapter 3.
///
/// # Errors
///
/// [`TooLong`] where even an AES key is too long for the RSA key. The message never is.
pub fn seal_to(key: &rsa::PublicKey, message: &[u8]) -> Result<Envelope, TooLong> {
    todo!("2.7: seal {message:?} under a fresh AES key, and wrap that to {key:?}")
}

/// **2.7** Opens an envelope that [`seal_to`] has sealed to the public half of `key`.
///
/// # Errors
///
/// [`Rejected`] where anything of it is not as it was sealed: the wrapped key, what is in it (which
/// anybody can choose, so it may not be 16 bytes long), or the sealed message.
pub fn open_with(key: &rsa::PrivateKey, envelope: &Envelope) -> Result<Vec<u8>, Rejected> {
    todo!("2.7: unwrap the AES key of {envelope:?} with {key:?}, and open the message")
}
