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

mod mod_pow;
pub use mod_pow::*;

mod key_pair;
pub use key_pair::*;

mod textbook_rsa;
pub use textbook_rsa::*;

mod guess;
pub use guess::*;

mod multiply_hidden;
pub use multiply_hidden::*;

mod oaep;
pub use oaep::*;

mod envelope;
pub use envelope::*;
