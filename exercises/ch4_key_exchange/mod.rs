//! # Chapter 4: key exchange
//!
//! Two people who have never met need a secret, and everything that they say to each other can be
//! heard. In 1976 Whitfield Diffie and Martin Hellman showed how they can get one. Each makes up a
//! secret number and keeps it. Each computes another number from it and sends that one: the *key
//! share*. Then each computes a third number from their own secret and the other's share, and it is
//! the same for both. Nobody who has heard only the shares can compute it.
//!
//! ```text
//! client                            everybody hears             server
//!
//! keeps a                                                       keeps b
//! sends the share  gᵃ  ────────────▶   gᵃ and gᵇ   ◀─────────── sends the share  gᵇ
//! computes (gᵇ)ᵃ = gᵃᵇ              but can't find gᵃᵇ          computes (gᵃ)ᵇ = gᵃᵇ
//! ```
//!
//! At first, g is a number, and all powers are taken modulo a prime p. Everybody knows both.
//! Together they determine the *group* in which the exchange takes place.
//!
//! The exchange works because it does not matter in which order you raise a number to two powers.
//! It hides the secrets because the way back, from g and gᵃ to a, is hard. This exponent a is
//! called the *discrete logarithm* of gᵃ. This chapter is about how hard it is to find, and about
//! what the exchange does not protect you from.
//!
//! # What you write
//!
//! You write the exchange twice, as you did with RSA: first with numbers that fit in a `u64`, then
//! as TLS uses it today. Then you attack it from the middle, and stop the attack with a signature.
//!
//! - **4.1** [`public_value`] and [`shared_value`]: Diffie–Hellman in a small group.
//! - **4.2** [`discrete_log`] (attack): find the secret number behind a share in such a group.
//! - **4.3** [`SecretKey`] and [`shared_secret`]: X25519, the exchange that most TLS connections
//!   use today. It works with points on a *curve* (see below), and no shortcut to the logarithm is
//!   known there.
//! - **4.4** [`hkdf_extract`], [`hkdf_expand`] and [`channel_keys`]: derive keys from a shared
//!   secret, which is not a key yet. The function for this is called HKDF.
//! - **4.5** [`Mallory`] and [`Interception`] (attack): be *Mallory*, the attacker in the middle.
//!   Two people follow every rule that you have learned by then, and Mallory still reads and
//!   changes every word.
//! - **4.6** [`signed_content`], [`sign_key_share`] and [`verify_key_share`]: sign a key share,
//!   which stops Mallory.
//!
//! # From numbers to points
//!
//! X25519 is the exchange of 4.1 in another group, one that is made of points instead of numbers.
//! You don't add any points yourself. But from 4.3 on you meet these words:
//!
//! - A **curve** is the set of all points (u, v) that satisfy an equation. For *Curve25519* the
//!   equation is v² ≡ u³ + 486662 · u² + u (mod p). Here p is the prime 2²⁵⁵ − 19, and u and v are
//!   numbers from 0 to p − 1. X25519 needs only the coordinate **u** of a point. A share is a u,
//!   written as 32 bytes.
//! - Points can be **added**. A formula gives the coordinates of the sum, which is a point on the
//!   curve, too. In 4.1 you multiply two numbers; here you add two points.
//! - The **neutral point** is the zero of this addition: adding it changes nothing. It belongs to
//!   the curve as well, although it has no coordinates.
//! - In 4.1 you raise g to a power. Here you add up **k** copies of a point. The number k comes
//!   from your secret key. The point that takes the place of g is called the *base point*.
//!   Everybody uses the same one, whose u is 9.
//! - The **order** of a point is the smallest number of copies that add up to the neutral point.
//!   The order of the base point is about 2²⁵². A few points have a **low order**: 1, 2, 4 or 8.
//!   However many copies of such a point you add up, you get one of a few points. In 4.1, the
//!   numbers 1 and p − 1 are like that: 1 has only one power, and p − 1 has only two.
//!
//! # Where this fits in the handshake
//!
//! In TLS 1.2 the server sends its share in ServerKeyExchange, signed, and the client answers with
//! its own in ClientKeyExchange (RFC 8422 §5.4 and §5.7).
//!
//! ```text
//! client                                                  server
//!   │ ── ClientHello: client random ──────────────────────▶ │
//!   │ ◀────────────────────── ServerHello: server random ── │
//!   │ ◀───────────────────────── Certificate: public key ── │  chapter 5
//!   │ ◀── ServerKeyExchange: share, signature over both ─── │  4.3 and 4.6
//!   │     randoms and the share                             │
//!   │ ── ClientKeyExchange: share ────────────────────────▶ │  4.3
//!   │                                                       │
//!   │  both sides: shared secret, then keys                 │  4.3, 6.3
//! ```
//!
//! The *randoms* are 32 random bytes from each side, which make every handshake different. TLS 1.2
//! derives its keys with a function of its own, which you write in exercise 6.3. TLS 1.3 uses HKDF,
//! which you write in 4.4.
//!
//! In TLS 1.3 the shares go first. The client sends its share in ClientHello, and the server's
//! comes back in ServerHello, both in an extension called `key_share` (RFC 9846 §4.3.8). Everything
//! after that is already encrypted. The server's signature comes later, in CertificateVerify, and
//! covers every message up to it.
//!
//! # Forward secrecy
//!
//! In this exchange, the server's long-term key, the one in its certificate, signs and does nothing
//! else. The secret keys of the exchange are made for one connection and thrown away after it.
//! Suppose somebody records the connection, and steals the server's long-term key years later. They
//! can then sign as the server, but they can't read anything that was recorded. This is *forward
//! secrecy*. RSA key transport (chapter 2) does not provide it. That is why TLS 1.3 no longer has
//! RSA key transport.
//!
//! # What is often said
//!
//! | often said | what is true |
//! | --- | --- |
//! | The client generates the symmetric key and sends it. | Nothing secret is sent. Two shares are sent in plaintext, and each side computes the keys for itself. In TLS 1.3 there is no other way, unless both sides share a key from before. |
//! | A key exchange keeps the man in the middle out. | It keeps out those who only listen. An attacker who can change what is sent makes one exchange with each side (4.5). Only a signature, or something else that both sides trust, reveals this (4.6). |
//! | The shared secret is the key. | It is a number with structure: its 256 bits are not uniformly distributed. And there is only one of it. You derive keys from it, one for each purpose (4.4). |
//! | With X25519 any 32 bytes are a valid share, so there is nothing to check. | Some shares lead to a secret of zeros, whatever your own key is. TLS requires you to refuse such a secret (RFC 9846 §7.4.2). |
//! | Forward secrecy protects forever. | It protects you from the theft of a long-term key later on, as long as the keys of the exchange are really thrown away. It does not protect you from an advance in mathematics. A large quantum computer could compute the secret keys from the shares. To prepare for that day, browsers have, since 2024, sent a second share along with the one for X25519. It is for ML-KEM, a key exchange that is designed to resist such computers. |
//!
//! # What went wrong
//!
//! - **Logjam** (2015, CVE-2015-4000): servers still offered groups of 512 bits, a relic of the
//!   1990s, when US law limited the export of strong cryptography. After a week of computation for
//!   one group, any connection that used this group could be broken in about a minute. Most of
//!   those servers used the same group (4.2). The signature did not prevent this, because it does
//!   not cover the *cipher suite*, the set of algorithms that the connection uses (4.6).
//! - **socat** (2016, CVE-2016-2217): the 1024-bit modulus in its source code was not a prime.
//!   Nobody could say where it had come from. Your functions are given p, and don't check it.
//! - **Small subgroups** (Valenta and others, 2017): many servers did not check the share that they
//!   received. An attacker could trick such a server into computing in a group so small that its
//!   secret was revealed (4.1).
//! - **sodiumoxide** (RUSTSEC-2017-0001) and **hpke-rs-rust-crypto** (RUSTSEC-2026-0072): their
//!   X25519 accepted a secret of zeros (4.3).
//! - **goto fail** (2014, CVE-2014-1266): Apple's TLS skipped the check of the signature over the
//!   share. A duplicated line jumped past it (4.6).
//! - **Keys kept too long** (Springall, Durumeric and Halderman, 2016): many servers used one share
//!   for hours or days. The forward secrecy of every connection in that time depended on that
//!   share's secret key.
//!
//! # Further reading
//!
//! - Whitfield Diffie and Martin Hellman, *New Directions in Cryptography* (1976): the eleven pages
//!   with which it all began.
//! - RFC 7748, *Elliptic Curves for Security*: X25519, with code and test vectors.
//! - Adrian and others, *Imperfect Forward Secrecy: How Diffie-Hellman Fails in Practice* (2015):
//!   <https://weakdh.org>
//! - Boneh and Shoup, *A Graduate Course in Applied Cryptography*, chapters 10 and 21:
//!   <https://toc.cryptobook.us>

mod diffie_hellman;
pub use diffie_hellman::*;

mod discrete_log;
pub use discrete_log::*;

mod x25519;
pub use x25519::*;

mod hkdf;
pub use hkdf::*;

mod mallory;
pub use mallory::*;

mod signed_share;
pub use signed_share::*;
