//! # Chapter 1: one key for both
//!
//! Two people who share a secret key can hide what they send each other. The key that hides is the
//! key that finds again, so this is called *symmetric* encryption. It is fast, and every page you
//! load over HTTPS travels inside it.
//!
//! ```text
//!                 key                                     key
//!                  │                                       │
//!                  ▼                                       ▼
//!  message ────▶ seal ────▶ ciphertext and tag ────▶     open ────▶ message, or `Rejected`
//!                  ▲        (anybody may watch,            ▲
//!                  │         and change it)                │
//!      nonce, associated data                  nonce, associated data
//! ```
//!
//! Five words for this chapter:
//!
//! - The **key** is the only secret. Whoever has it can do both.
//! - The **nonce** is a *number used once*. It makes the same message look different each time. It
//!   need not be secret, but under one key it must never come again.
//! - The **ciphertext** is the message, hidden, and as long as the message.
//! - The **tag** is 16 bytes that nobody without the key can compute. It shows that nothing has
//!   been changed.
//! - The **associated data** is sent in the clear, or not at all because both sides know it. It is
//!   bound to the message by the tag.
//!
//! You begin with the simplest cipher there is, the one-time pad, and break it where it is used
//! twice. Then you call a real one, AES-128-GCM, count its nonces as TLS 1.3 does, and build a
//! channel in which nothing can be changed, repeated or left out unnoticed. At the end you break
//! AES-GCM too, where a nonce came twice: without the key you seal a message that its owner opens.
//!
//! # Where it stands in the handshake
//!
//! ```text
//! client                                                     server
//!   │                                                          │
//!   │ ── hello ──────────────────────────────────────────────▶ │
//!   │ ◀──────────────── hello, certificate, key share, … ───── │  chapters 2 to 5: with whom do
//!   │ ── key share, … ───────────────────────────────────────▶ │  I speak, and what is our key?
//!   │                                                          │
//!   │ ══ record 0 ══ record 1 ══ record 2 ═══════════════════▶ │  this chapter: everything that
//!   │ ◀═══════════════════ record 0 ══ record 1 ══ record 2 ══ │  is said after that
//! ```
//!
//! The handshake is there to give both sides the same keys, one for each direction. From then on
//! they need only what this chapter builds. Chapter 6 puts your `seal` and `open` under its
//! records.
//!
//! # What is often said
//!
//! | often said | and what is so |
//! | --- | --- |
//! | What is encrypted can't be changed. | It can, and blindly: flip a bit of a ciphertext of 1.1, and the same bit of the text flips. Hiding and protecting are two tasks; the tag does the second. |
//! | A tag is a checksum. | A checksum finds accidents, and anybody can compute a new one. A tag needs the key. WEP had a checksum (CRC-32) where it needed a tag. |
//! | AES is unbroken, so all is well. | In 1.2 and 1.6 no cipher is broken, and the messages fall. The mistake is in how it is used: a pad, a nonce, for a second time. |
//! | A nonce must be secret. | It may be known to all. It must not repeat. |
//! | A random nonce is always fine. | 12 bytes are few for that: NIST allows 2³² messages under one key with random nonces (SP 800-38D §8.3). A counter never meets itself again until it wraps. |
//! | The one-time pad can't be broken, so it is best. | It needs a fresh secret pad as long as everything you will ever say, and it protects nothing from change. |
//!
//! # What went wrong
//!
//! - **VENONA** (1943 to 1980): American codebreakers read some three thousand Soviet telegrams,
//!   most of them in part, because pages of the pads had been printed twice (1.2).
//! - **WEP** (2001): early Wi-Fi had 2²⁴ nonces, and used them again before the day was over (1.2).
//! - **aes-gcm** (RUSTSEC-2023-0096): after a wrong tag, the decrypted message stood in the
//!   caller's buffer all the same (1.3).
//! - **snow** (RUSTSEC-2024-0011): a forged message advanced the receiver's counter, so one packet
//!   of junk made it deaf (1.5).
//! - **RUSTSEC-2026-0071** and **CVE-2024-36121**: sequence numbers that wrapped, and with them the
//!   nonces (1.5).
//! - **184 HTTPS servers** (Böck and others, 2016) repeated their GCM nonces, so anybody who
//!   listened could forge their pages (1.6). **KRACK** (2017) made Wi-Fi devices start their nonces
//!   afresh under the same key.
//!
//! # Further reading
//!
//! - RFC 5116, the interface of [`seal`] and [`open`]: four inputs, one output, one error.
//! - RFC 8446 §5, the record protocol of TLS 1.3.
//! - NIST SP 800-38D, GCM itself. §8 is about nonces alone.
//! - Boneh and Shoup, *A Graduate Course in Applied Cryptography*, chapters 2 and 9:
//!   <https://toc.cryptobook.us>

mod one_time_pad;
pub use one_time_pad::*;

mod two_time_pad;
pub use two_time_pad::*;

mod seal;
pub use seal::*;

mod record_nonce;
pub use record_nonce::*;

mod channel;
pub use channel::*;

mod forge;
pub use forge::*;
