//! # Chapter 1: one key for both
//!
//! Two people who share a secret key can hide what they send each other. The same key hides a
//! message and recovers it, so this is called *symmetric* encryption. It is fast, and every page
//! that you load over HTTPS travels inside it.
//!
//! ```text
//!                 key                                     key
//!                  │                                       │
//!                  ▼                                       ▼
//!  message ────▶ seal ────▶ ciphertext and tag ────▶     open ────▶ message, or `Rejected`
//!                  ▲        (anyone can watch it           ▲
//!                  │         and change it)                │
//!      nonce, associated data                  nonce, associated data
//! ```
//!
//! To *seal* a message is to hide it and protect it from change. To *open* it is to check that
//! nothing has been changed, and to recover the message. Five terms name what goes in and what
//! comes out:
//!
//! - The **key** is the only secret. Anyone who has it can both seal and open.
//! - The **nonce** is a *number used once*. It makes the same message look different each time. It
//!   need not be secret, but it must never be used twice under the same key.
//! - The **ciphertext** is the hidden message. It is as long as the message.
//! - The **tag** is 16 bytes that nobody can compute without the key. It shows that nothing has
//!   been changed.
//! - The **associated data** is not hidden. It is sent unencrypted, or not sent at all because both
//!   sides know it. The tag binds it to the message.
//!
//! # What you write
//!
//! You begin with the simplest cipher there is, and break it when it is used twice. Then you call a
//! real cipher, and build a channel from it as TLS does. TLS is the protocol under HTTPS. It splits
//! what each side sends into *records* and seals each one. At the end you break the real cipher
//! too, when its nonce is used twice.
//!
//! - **1.1** [`one_time_pad`]: hide a text by XORing it with a *pad*, random bytes that only the
//!   two of you know.
//! - **1.2** [`two_time_pad`] (attack): read a text whose pad was used before.
//! - **1.3** [`seal`] and [`open`]: hide a message and protect it from change, with the cipher
//!   AES-128-GCM.
//! - **1.4** [`record_nonce`]: make a nonce for each record from its number, as TLS 1.3 does.
//! - **1.5** [`Sender`] and [`Receiver`]: a channel in which no record can be changed, repeated,
//!   reordered or skipped unnoticed.
//! - **1.6** [`forge`] (attack): seal a message without the key, so that the key's owner opens it.
//!   This works as soon as AES-GCM has used a nonce twice.
//!
//! # From the one-time pad to AES-GCM
//!
//! The one-time pad hides a text perfectly, but its pad is a burden. It must be random, secret, and
//! as long as everything that you will ever say. AES-GCM computes the pad instead, from a short
//! key.
//!
//! *AES* is a function that turns 16 bytes into 16 other bytes, under a key. Nobody without the key
//! can distinguish its output from random bytes. In AES-128 the key is 16 bytes long.
//!
//! *GCM* makes a pad out of AES. It appends a 4-byte counter to the 12-byte nonce, and AES turns
//! these 16 bytes into 16 bytes of pad. The next value of the counter gives the next 16 bytes, and
//! so on. The rest is exercise 1.1: GCM XORs the message with the pad. (‖ means concatenation, and
//! ⊕ is XOR.)
//!
//! ```text
//!            AES(key, nonce ‖ 2)   AES(key, nonce ‖ 3)   AES(key, nonce ‖ 4)   …
//!                     │                     │                     │
//!                     ▼                     ▼                     ▼
//! pad             16 bytes              16 bytes              16 bytes         …
//!            ⊕
//! message      bytes 0 to 15         bytes 16 to 31        bytes 32 to 47      …
//!            =
//! ciphertext   bytes 0 to 15         bytes 16 to 31        bytes 32 to 47      …
//! ```
//!
//! The pad depends on the key and the nonce, and on nothing else. A new nonce gives a new pad,
//! which is why one key can hide many messages. The same nonce gives the same pad again, and then
//! the attack of exercise 1.2 works on AES-GCM as well.
//!
//! A pad hides a message, but does not protect it from change. That is what the tag is for. GCM
//! computes it from the ciphertext and the associated data, and hides the result under 16 more
//! bytes of pad, those for the counter value 1. That is why the message begins at 2. Exercise 1.6
//! shows how a tag is made.
//!
//! # Where this fits in the handshake
//!
//! A connection begins with a *handshake*, the messages in which the two sides agree on keys. This
//! chapter is about what comes after it. (In the picture, a *key share* is what each side
//! contributes to the keys, and the *certificate* says who the server is: chapters 4 and 5.)
//!
//! ```text
//! client                                                     server
//!   │                                                          │
//!   │ ── hello ──────────────────────────────────────────────▶ │
//!   │ ◀──────────────── hello, certificate, key share, … ───── │  chapters 2 to 5: who is this,
//!   │ ── key share, … ───────────────────────────────────────▶ │  and what is our key?
//!   │                                                          │
//!   │ ══ record 0 ══ record 1 ══ record 2 ═══════════════════▶ │  this chapter: everything that
//!   │ ◀═══════════════════ record 0 ══ record 1 ══ record 2 ══ │  is sent after that
//! ```
//!
//! The handshake gives both sides the same keys, one for each direction. From then on they need
//! only what this chapter builds. Chapter 6 protects its records with your `seal` and `open`.
//!
//! # What is often said
//!
//! | often said | what is true |
//! | --- | --- |
//! | What is encrypted can't be changed. | It can, even by someone who can't read it: flip a bit of a ciphertext from 1.1, and the same bit of the text flips. Hiding a message and protecting it are two tasks. The tag does the second. |
//! | A tag is a checksum. | A checksum detects accidents, and anyone can compute a new one. A tag needs the key. WEP, the encryption of early Wi-Fi, had a checksum (CRC-32) where it needed a tag. |
//! | AES is unbroken, so all is well. | In 1.2 and 1.6 you break no cipher, and still read one message and forge another. The mistake is in how the cipher is used: a pad, or a nonce, is used a second time. |
//! | A nonce must be secret. | Anybody may know it. It must not repeat. |
//! | A random nonce is always fine. | 12 bytes leave too little room for chance: NIST allows no more than 2³² messages under one key with random nonces (SP 800-38D §8.3). A counter does not repeat until it wraps. |
//! | The one-time pad can't be broken, so it is the best cipher. | It needs a new secret pad as long as everything you will ever say, and it protects nothing from change. |
//!
//! # What went wrong
//!
//! - **VENONA** (1943 to 1980): American codebreakers read some three thousand Soviet telegrams,
//!   most of them in part, because pages of the pads had been printed twice (1.2).
//! - **WEP** (2001): early Wi-Fi had 2²⁴ nonces, and used them again before the day was over (1.2).
//! - **aes-gcm** (RUSTSEC-2023-0096): even if the tag was wrong, the decrypted message was left in
//!   the caller's buffer (1.3).
//! - **snow** (RUSTSEC-2024-0011): a forged message advanced the receiver's counter, so after one
//!   packet of junk, the receiver refused everything that followed (1.5).
//! - **hpke-rs** (RUSTSEC-2026-0071) and **a Netty codec** (CVE-2024-36121): sequence numbers
//!   wrapped, and the nonces repeated with them (1.5).
//! - **184 HTTPS servers** (Böck and others, 2016) repeated their GCM nonces, so anyone who
//!   listened could forge their pages (1.6). **KRACK** (2017) made Wi-Fi devices restart their
//!   nonces under the same key.
//!
//! # Further reading
//!
//! - RFC 5116, the interface of [`seal`] and [`open`]: four inputs, one output, one error.
//! - RFC 9846 §5, the record protocol of TLS 1.3.
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
