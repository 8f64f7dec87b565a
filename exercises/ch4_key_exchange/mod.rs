//! # Chapter 4: key exchange
//!
//! Two people who have never met need a secret, and everything that they say to each other can be
//! heard. In 1976 Whitfield Diffie and Martin Hellman showed how they get it. Each makes up a number
//! and keeps it. Each computes another number from it and sends that one: the *key share*. From your
//! own number and the other's share both of you compute the same third number, and nobody who has
//! heard the shares can.
//!
//! ```text
//! client                            everybody hears             server
//!
//! keeps a                                                       keeps b
//! sends the share  gᵃ  ────────────▶   gᵃ and gᵇ   ◀─────────── sends the share  gᵇ
//! computes (gᵇ)ᵃ = gᵃᵇ              and can't find gᵃᵇ          computes (gᵃ)ᵇ = gᵃᵇ
//! ```
//!
//! It works because it does not matter in which order you raise a number to two powers. It hides
//! because the way back is hard: from g and gᵃ to a. That is the *discrete logarithm*, and this
//! chapter is about how hard it is, and about what it does not protect from.
//!
//! You write the exchange twice, as you did with RSA. First in a group of numbers that fit in a
//! `u64` (4.1), where you then find the logarithm (4.2). Then with X25519 (4.3), which is what TLS
//! uses today: there a share is a point on a curve, and no shortcut is known. A shared secret is not
//! a key yet, so you derive keys from it (4.4). Then you sit down between two people who do
//! everything right so far, and read and change every word (4.5). A signature stops you (4.6).
//!
//! # Where it stands in the handshake
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
//!   │  both sides: shared secret, then keys                 │  4.3, 4.4
//! ```
//!
//! In TLS 1.3 the shares go first. The client sends its own in ClientHello, the server's comes back
//! in ServerHello, both in an extension called `key_share` (RFC 8446 §4.2.8). All that follows is
//! encrypted already. The server's signature comes later, in CertificateVerify, and covers every
//! message up to it.
//!
//! # Forward secrecy
//!
//! Here the server's long-term key, the one in its certificate, signs, and does nothing else. The
//! secret keys of the exchange are made for one connection and thrown away after it. Somebody who
//! records the connection and steals the server's key years later can then sign as the server, and
//! read nothing of what was recorded. This is *forward secrecy*. RSA key transport (chapter 2) does
//! not have it, and that is why TLS 1.3 dropped it.
//!
//! # What is often said
//!
//! | often said | and what is so |
//! | --- | --- |
//! | The client generates the symmetric key and sends it. | Nothing secret is sent. Two shares are, in the clear, and each side computes the keys for itself. In TLS 1.3 there is no other way, unless both sides share a key from before. |
//! | A key exchange keeps the man in the middle out. | It keeps out those who listen. Who can change what is sent makes one exchange with either side (4.5). Only a signature, or something else that both trust, tells them (4.6). |
//! | The shared secret is the key. | It is a number with structure, not 256 even bits, and one number for everything. Keys are derived from it, one for each purpose (4.4). |
//! | With X25519 every 32 bytes are a good share, so nothing need be checked. | Some shares lead to a secret of zeros, whatever your own key is. TLS must refuse it (RFC 8446 §7.4.2). |
//! | Forward secrecy protects for ever. | It protects from a long-term key that is stolen later, as long as the keys of the exchange are really thrown away. It does not protect from an advance in mathematics: a large quantum computer would find the secret keys from the shares. Against that day, browsers have sent a share for ML-KEM beside the one of X25519 since 2024. |
//!
//! # What went wrong
//!
//! - **Logjam** (2015, CVE-2015-4000): servers still offered groups of 512 bits, a relic of export
//!   laws. A week of computing for a group, and each connection in it fell in about a minute. Most of
//!   those servers used the same group (4.2). The signature did not stop it, because it does not say
//!   for which cipher suite it was made (4.6).
//! - **socat** (2016, CVE-2016-2217): the modulus in its source, of 1024 bits, was not a prime.
//!   Nobody could say where it had come from.
//! - **Small subgroups** (Valenta and others, 2017): many servers did not look at the share that they
//!   got, and could be led into a group so small that their secret showed (4.1).
//! - **sodiumoxide** (RUSTSEC-2017-0001) and **hpke-rs-rust-crypto** (RUSTSEC-2026-0072): X25519
//!   whose secret may be all zeros (4.3).
//! - **goto fail** (2014, CVE-2014-1266): Apple's TLS skipped the check of the signature over the
//!   share. A line that stood there twice jumped past it (4.6).
//! - **Keys kept too long** (Springall, Durumeric and Halderman, 2016): many servers used one share
//!   for hours or days, and the forward secrecy of all that time hung on it.
//!
//! # Further reading
//!
//! - Whitfield Diffie and Martin Hellman, *New Directions in Cryptography* (1976): the eleven pages
//!   with which it began.
//! - RFC 7748, *Elliptic Curves for Security*: X25519, with code and vectors.
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
