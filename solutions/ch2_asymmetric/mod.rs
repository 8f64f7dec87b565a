//! # Chapter 2: a pair of keys
//!
//! In chapter 1 both sides held the same key. How did it get to the other side? A pair of keys
//! solves this problem. Two keys are made together, and what one of them does, only the other can
//! undo. You publish one, the *public key*, and keep the other, the *private key*. Now anyone can
//! encrypt a message for you, and nobody but you can decrypt it, not even the person who encrypted
//! it. (How others know that the public key is yours is a question for chapter 5.)
//!
//! ```text
//!             public key                        private key
//!             (everyone has it)                 (you alone have it)
//!                 │                                 │
//! message ───▶ encrypt ───▶ ciphertext ───▶ decrypt ───▶ message
//! ```
//!
//! Because the two keys differ, this is called *asymmetric* encryption. RSA (1977, by Rivest,
//! Shamir and Adleman) is the oldest such system still in use, and all it takes is multiplication
//! and remainders.
//!
//! # What you write
//!
//! You write RSA twice. The first time it is the RSA of the textbooks, on numbers that fit in a
//! `u64`, and you break it. The second time it is RSA as it is used in practice, with keys of
//! thousands of bits, and with *padding*: extra bytes, some of them random, that are put around a
//! message before it is encrypted.
//!
//! - **2.1** [`mod_pow`]: raise a number to a power *modulo* another number, which means to take
//!   the remainder after division by it. All of RSA is this one function.
//! - **2.2** [`key_pair`]: make a public and a private key from two primes.
//! - **2.3** [`public_operation`] and [`private_operation`]: textbook RSA, in both directions.
//! - **2.4** [`guess`] (attack): find out which of a few messages someone has encrypted.
//! - **2.5** [`multiply_hidden`] (attack): change an encrypted number that you can't read.
//! - **2.6** [`longest_message`], [`encrypt`] and [`decrypt`]: RSA with a padding called OAEP
//!   (optimal asymmetric encryption padding), which stops both attacks.
//! - **2.7** [`seal_to`] and [`open_with`]: encrypt a message of any length with a fresh AES key,
//!   and that key with RSA.
//!
//! # Why it works
//!
//! One example runs through all the steps: the primes p = 3 and q = 11, and the message m = 5.
//!
//! **What ≡ means.** Two numbers are *congruent modulo n* if they leave the same remainder when you
//! divide them by n. This is written with the sign ≡. For example, 125 ≡ 26 (mod 33), because 125
//! is 3 · 33 + 26.
//!
//! **Powers go around in a cycle.** Look at the powers of 5 modulo 11. Each is 5 times the one
//! before, minus a multiple of 11:
//!
//! ```text
//! exponent            1   2   3   4   5   6   7   8   9  10  11  12 …
//! power of 5, mod 11  5   3   4   9   1   5   3   4   9   1   5   3 …
//! ```
//!
//! After 5 steps you are back at 5, and the cycle begins again.
//!
//! **q − 1 steps always lead back.** Modulo a prime q, the powers of every number go around in a
//! cycle. Some cycles are longer than others: modulo 11, the cycle of 2 has 10 steps, and the cycle
//! of 10 has two. But q − 1 = 10 steps lead back on every cycle. They go around the cycle of 5
//! twice. This is Fermat's little theorem, and it holds for every prime. (Multiples of the prime
//! are at 0 and stay there.)
//!
//! **So some exponents change nothing.** You start at exponent 1, which is the number itself.
//! Exponent 11 is 10 steps further, so you are back at the number. So are 21, 31 and all the others
//! that are 1 more than a multiple of 10. In the table, exponent 11 gives 5 again.
//!
//! **Two primes make two cycles.** Now take both primes, and their product n = p · q = 33. Modulo
//! 33, a number is on two cycles at once, one for 3 and one for 11:
//!
//! ```text
//! exponent            1   2   3   4   5   6   7   8   9  10  11  12 …
//! power of 5, mod 3   2   1   2   1   2   1   2   1   2   1   2   1 …
//! power of 5, mod 11  5   3   4   9   1   5   3   4   9   1   5   3 …
//! power of 5, mod 33  5  25  26  31  23  16  14   4  20   1   5  25 …
//! ```
//!
//! **Back on both cycles means back modulo n.** If a power of 5 is congruent to 5 modulo 3 and also
//! modulo 11, their difference is a multiple of 3 and of 11. Then it is a multiple of 33, too,
//! because 3 and 11 are different primes. So the power is congruent to 5 modulo 33.
//!
//! **How many steps that takes.** On the first cycle, every multiple of p − 1 = 2 steps leads back;
//! on the second, every multiple of q − 1 = 10. The smallest number that is a multiple of both is
//! called λ(n). Here λ(33) = 10. So an exponent that is 1 more than a multiple of λ(n) changes
//! nothing modulo n, whatever the number.
//!
//! **Split such an exponent in two.** The exponent 21 is 1 + 2 · 10, and it is also 3 · 7. Call one
//! factor e and the other d: e = 3, d = 7. What makes them a pair is that e · d ≡ 1 (mod λ(n)).
//!
//! **Go there with one, and come back with the other.** Raise m to the power of e, and you are
//! somewhere on the cycle: in the table, exponent 3 gives 26. That is the ciphertext. Raise 26 to
//! the power of d. In all, you have raised m to the power of e · d = 21, and an exponent of 21
//! changes nothing. You are back at m:
//!
//! ```text
//! p = 3, q = 11      n = 33, λ(n) = 10 (a multiple of 2 and of 10)
//! e = 3, d = 7       3 · 7 = 21 ≡ 1 (mod 10)
//! m = 5              5³ = 125 ≡ 26 (mod 33)      26⁷ ≡ 5 (mod 33)
//! ```
//!
//! **Who can do what.** The public key is (n, e), and the private key is (n, d). If you know p and
//! q, you can compute d in a microsecond, as you do in exercise 2.2. If you know only n, you have
//! to find p and q first, and for a large n nobody knows a quick way. A number of 829 bits
//! (RSA-250) was factored in 2020. That would have kept one processor core busy for thousands of
//! years, or thousands of cores for one year. Today's keys have 2048 bits or more.
//!
//! # Where this fits in the handshake
//!
//! Up to TLS 1.2, a client can use the public key in the server's certificate to send a secret. It
//! generates a *premaster secret* of 48 bytes, 46 of them random, encrypts it to that key, and
//! sends it in a message called ClientKeyExchange (RFC 5246 §7.4.7.1).
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
//! This is *RSA key transport*. TLS 1.3 has dropped it (RFC 9846 §1.3). Its padding, an older one
//! called PKCS#1 v1.5, was attacked again and again. And one private key opens every recorded
//! session whose secret was encrypted to it: in chapter 6 you read such a session. In TLS 1.3 a
//! server's RSA key signs, and does nothing else.
//!
//! Files and messages are still encrypted in this way, with better padding: a fresh symmetric key
//! for the content, and RSA for that key. This is *hybrid encryption*, and you build it in exercise
//! 2.7.
//!
//! # What it costs
//!
//! The picture shows the time to encrypt or decrypt a message, on one core of an AMD EPYC. Both
//! scales are logarithmic: each horizontal grid line is ten times the one below. The dotted line is
//! at 16 KiB, which is as much as a TLS record holds. (In the repository, the picture is
//! `benches/speed.svg`.)
//!
//! <div style="max-width: 100%; overflow-x: auto">
#![doc = include_str!("../../benches/speed.svg")]
//! </div>
//!
//! - **RSA alone** would have to cut a message into blocks of 190 bytes. Decrypting a whole record
//!   this way would take about a tenth of a second. AES-128-GCM takes a few microseconds.
//! - **Hybrid encryption** costs one RSA operation, however long the message is, and AES for the
//!   rest. Up to 64 KiB, the line *hybrid open* is flat: next to the RSA operation, the message
//!   costs nothing that you can see.
//! - Encrypting is faster than decrypting, because the public exponent is small and the private one
//!   is not.
//!
//! `cargo bench` measures this on your machine.
//!
//! # What is often said
//!
//! *Asymmetric encryption is safer, but slower.* The two kinds do different jobs. A pair of keys
//! determines who can open a message. It hides the message no better than AES does. Per byte it is
//! thousands of times slower, as the picture shows, and one RSA ciphertext with a key of 2048 bits
//! holds 190 bytes. So RSA carries a key, and AES carries the rest.
//!
//! *The client generates the symmetric key and sends it.* With RSA key transport it sends the
//! premaster secret, and both sides derive the keys from that. With the key exchange of chapter 4,
//! and so in all of TLS 1.3, nothing secret is sent at all.
//!
//! *Signing is encrypting with the private key.* Exercise 2.3 shows you where this comes from: the
//! arithmetic is the same. But a scheme is more than its arithmetic. Encryption and signatures have
//! different goals, so they pad differently, and chapter 3 shows what happens to a signature
//! without its own padding. Newer signature algorithms, such as Ed25519, can't encrypt at all.
//!
//! # What went wrong
//!
//! - **Bleichenbacher 1998.** Some TLS servers treat good and bad PKCS#1 v1.5 padding differently:
//!   they send a different error message, or take longer. Such a server decrypts for anyone who
//!   asks often enough: about a million times, in 1998.
//! - **ROBOT 2017.** Nineteen years later, many large sites still revealed the difference. The
//!   researchers who found this had facebook.com sign a message for them.
//! - **Manger 2001.** OAEP, from 1994, was designed to resist attacks of this kind. But a decoder
//!   that reports a bad first byte differently from other failures gives the message away after
//!   about a thousand questions. The one in Bouncy Castle failed early on some ciphertexts
//!   (CVE-2020-26939). That is why `decrypt` in exercise 2.6 has only one error.
//! - **Marvin 2023.** The time that arithmetic with big numbers takes can be measured over a
//!   network. The crate `rsa` was among the libraries affected (RUSTSEC-2023-0071). You use version
//!   0.10 here. Since that version its arithmetic is written to take the same time whatever the
//!   secret, the input of its private operations is blinded (multiplied by something random first),
//!   and PKCS#1 v1.5 is behind a feature that is off by default.
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
