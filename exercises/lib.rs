//! # HTTPS on one page
//!
//! You type `https://` and a name, and a page arrives. Nobody along the way has read it or changed
//! it. In this workbook you write everything that makes this true, from the XOR of two bytes to a
//! handshake that curl and your browser answer.
//!
//! # Three layers
//!
//! ```text
//! ┌──────┐
//! │ HTTP │  what you ask for, and the answer    GET /inbox
//! ├──────┤
//! │ TLS  │  who is there, and how to encrypt    this workbook
//! ├──────┤
//! │ TCP  │  bytes arrive, in order              anyone on the way can read and change them
//! └──────┘
//! ```
//!
//! HTTPS is HTTP inside TLS. HTTP stays as it is and does not know that it is encrypted. TCP carries
//! the bytes and does not know what they mean. Everything secret happens in between.
//!
//! SSL is the old name of TLS. People still say "SSL certificate", but no version of SSL is allowed
//! anymore:
//!
//! | version | year | specified in | today |
//! | --- | --- | --- | --- |
//! | SSL 2.0 | 1995 | | gone: prohibited by RFC 6176 (2011) |
//! | SSL 3.0 | 1996 | RFC 6101 | gone: deprecated by RFC 7568 (2015) |
//! | TLS 1.0 | 1999 | RFC 2246 | gone: deprecated by RFC 8996 (2021) |
//! | TLS 1.1 | 2006 | RFC 4346 | gone: deprecated by RFC 8996 (2021) |
//! | TLS 1.2 | 2008 | RFC 5246 | in use: you write it in chapter 6 |
//! | TLS 1.3 | 2018 | RFC 8446, now RFC 9846 | in use: browsers prefer it |
//!
//! # What the handshake is for
//!
//! Before the first byte of HTTP, client and server exchange a few messages: the *handshake*. It
//! answers two questions.
//!
//! - **Authentication: is this the server that I asked for?** The server sends a certificate, in which
//!   a certification authority vouches for its name and its public key. Then it proves that it has
//!   the private key: with TLS 1.3 and most of TLS 1.2, by signing.
//! - **Negotiation: how will we encrypt?** The client offers versions of TLS and sets of
//!   algorithms, and the server chooses. Then both compute the same secret keys, although everyone
//!   on the way can read what they send.
//!
//! At the end of the handshake, each side sends a *MAC* of every message so far: a short value that
//! only someone with the secret keys can compute. If anyone changed a message on the way, the two
//! sides find out now, before any data is sent.
//!
//! # Why two kinds of keys
//!
//! | | symmetric | asymmetric |
//! | --- | --- | --- |
//! | keys | one key, which both sides have | a pair: one is public, the other private |
//! | examples | AES-GCM, HMAC | RSA, X25519 |
//! | strength | fast: gigabytes per second | needs no shared secret to begin with |
//! | weakness | how do both sides get the key? | slow: about a thousand RSA signatures per second |
//! | its job in TLS | every byte of data | once, in the handshake: to agree on keys and to sign |
//!
//! Each has what the other lacks, so TLS uses both. With pairs of keys, the handshake finds out who is
//! there and agrees on a secret. From that secret come the symmetric keys, which do the rest.
//! `cargo bench` measures the difference on your machine.
//!
//! # The handshake
//!
//! This is TLS 1.2, which you write in chapter 6. TCP (blue) connects first. Then TLS (yellow) goes
//! through seven steps. On the right is the chapter or the exercise in which you write each. Exercises
//! 6.7 and 6.8 put them in order: the client and the server.
//!
#![doc = include_str!("../exercises/handshake.svg")]
//!
//! <details><summary>The same picture as text</summary>
//!
//! ```text
//!      client                                                    server
//!        │                                                         │
//! TCP    │ ── SYN ───────────────────────────────────────────────▶ │
//!        │ ◀───────────────────────────────────────── SYN, ACK ─── │
//!        │ ── ACK ───────────────────────────────────────────────▶ │
//!        │                                                         │
//! TLS  1 │ ── ClientHello: what I offer, a random number ────────▶ │  6.2
//!      2 │ ◀────────── ServerHello: what I choose, another one ─── │  6.2
//!      3 │ ◀─────────────────────────── Certificate: who I am ──── │  chapter 5
//!      4 │ ◀──── ServerKeyExchange: my key share, and I sign it ── │  4.6, chapter 3
//!        │ ◀─────────────────────────── ServerHelloDone ────────── │  6.8
//!      5 │ ── ClientKeyExchange: my key share ───────────────────▶ │  4.3, 6.5
//!        │                                                         │
//!        │    both compute the same keys                           │  6.3
//!        │                                                         │
//!      6 │ ── ChangeCipherSpec: encrypted from here on ──────────▶ │  6.7
//!      7 │ ══ Finished: a MAC of all messages ═══════════════════▶ │  6.6, chapter 3
//!      6 │ ◀──────────────────────────── ChangeCipherSpec ──────── │  6.8
//!      7 │ ◀════════════ Finished: a MAC of all messages ═════════ │  6.6, chapter 3
//!        │                                                         │
//! HTTP   │ ◀═══════════════ GET /inbox, 200 OK, … ═══════════════▶ │  6.4, chapter 1
//!
//!        ── in plaintext      ══ encrypted
//! ```
//!
//! </details>
//!
//! The negotiation results in a *cipher suite*, a set of algorithms. Its name lists what you build:
//!
//! ```text
//! TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
//!     └─┬─┘ └┬┘      └────┬────┘ └─┬──┘
//!       │    │            │        hash for keys and Finished    chapter 3, 6.3, 6.6
//!       │    │            encryption of the data                 chapter 1, 6.4
//!       │    the server's signature, with its certificate's key  chapters 2, 3, 5
//!       key exchange                                             chapter 4
//! ```
//!
//! TLS 1.3 keeps the ideas and moves the messages: [chapter 7](ch7_tls13) has its parts. Both key
//! shares travel in the hellos, so the handshake takes one round trip instead of two. Everything
//! after ServerHello is encrypted. RSA key transport, in which the client encrypts a secret for the
//! server in step 5, is gone.
//!
//! The hellos also carry a **session id**. It was made to skip work. A client that came back within
//! hours sent the id of its last session. If the server still had the secret of that session, both
//! sides went straight from the hellos to ChangeCipherSpec, without a certificate and without a key
//! exchange. Session tickets (RFC 5077) later did the same without using memory on the server. In
//! TLS 1.3 a *pre-shared key* does it. A client of TLS 1.3 still fills the field, with random bytes, and
//! the server sends them back, so that old equipment along the way sees what it expects. In this
//! workbook nothing is resumed: the field is empty in chapter 6, and random in chapter 7.
//!
//! # The chapters
//!
//! Each builds on the ones before. Its page is the lesson, and lists its exercises in order. In the
//! folder `exercises/`, each exercise is a file.
//!
//! <!-- syllabus -->
//! | chapter | exercises | points |
//! | --- | ---: | ---: |
//! | [1 One key for both](ch1_symmetric) | 6 | 11 |
//! | [2 A pair of keys](ch2_asymmetric) | 7 | 13 |
//! | [3 Signatures](ch3_signatures) | 8 | 17 |
//! | [4 Key exchange](ch4_key_exchange) | 6 | 13 |
//! | [5 Certificates](ch5_certificates) | 7 | 16 |
//! | [6 The handshake](ch6_tls12) | 11 | 26 |
//! | [7 The handshake of today](ch7_tls13) | 14 | 33 |
//! | all | 59 | 129 |
//! <!-- /syllabus -->
//!
//! A word you don't know? The [`glossary`] says what it means and which exercise introduces it. What
//! you are given, and need not write, is in the crate [`given`].

pub mod ch1_symmetric;
pub mod ch2_asymmetric;
pub mod ch3_signatures;
pub mod ch4_key_exchange;
pub mod ch5_certificates;
pub mod ch6_tls12;
pub mod ch7_tls13;
pub mod glossary;
