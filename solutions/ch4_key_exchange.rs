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

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::num::NonZero;

use given::tls::SignatureScheme;
use subtle::ConstantTimeEq;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use crate::ch1_symmetric::{Exhausted, Receiver, Rejected, Sender};
use crate::ch2_asymmetric::mod_pow;
use crate::ch3_signatures::{
    BadSignature, KeyTooSmall, hmac_sha256, sign_pkcs1, sign_pss, verify_pkcs1, verify_pss,
};

// 4.1 Diffie–Hellman in a small group

/// A group for Diffie–Hellman: what both sides have agreed on, and everybody may know.
///
/// It is the numbers from 1 to p − 1, under multiplication modulo p.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The modulus, a prime.
    pub p: NonZero<u64>,
    /// The generator, between 1 and p − 1. The public values are its powers.
    pub g: u64,
}

/// The peer's public value is not between 2 and p − 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPublicValue;

impl fmt::Display for InvalidPublicValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the peer's public value is out of range")
    }
}

impl Error for InvalidPublicValue {}

/// **4.1** The public value that belongs to `secret`: g to the power of it, modulo p.
///
/// You may send it to anybody. In this chapter's groups it gives the secret away all the same: they
/// are small, and exercise 4.2 finds the way back. The groups in use have a p of 2048 bits or more
/// (RFC 7919), and the arithmetic is the same.
pub fn public_value(group: &Group, secret: u64) -> u64 {
    // todo!("4.1: the public value of {secret} in {group:?}")
    mod_pow(group.g, secret, group.p)
}

/// **4.1** The number that you share with the peer whose public value is `theirs`: theirs to the
/// power of your `secret`, modulo p.
///
/// ```text
/// p = 23, g = 5                5 and 23 are known to all
///
/// your secret    6             5⁶  mod 23 =  8   ──▶
///                              5¹⁵ mod 23 = 19   ◀──    their secret   15
///
/// 19⁶ mod 23 = 2                                        8¹⁵ mod 23 = 2
/// ```
///
/// # Errors
///
/// [`InvalidPublicValue`] where `theirs` is not between 2 and p − 2 (RFC 7919 §5.1; NIST SP 800-56A
/// §5.6.2.3). Nobody who means well sends such a value, and somebody in the middle may send it in the
/// name of both:
///
/// | theirs | its powers, whatever your secret |
/// | --- | --- |
/// | 0 | 0 |
/// | 1 | 1 |
/// | p − 1 | 1 or p − 1 |
/// | p and beyond | those of a smaller number: a second name for it |
///
/// Both sides would then "agree" on a number that everybody knows, and notice nothing.
///
/// Where (p − 1)/2 is a prime too, as in the groups of RFC 7919, no other values have few powers, and
/// the range is all there is to check. In other groups there are more of them, and the range is not
/// enough: that is how servers were led into small subgroups.
pub fn shared_value(group: &Group, secret: u64, theirs: u64) -> Result<u64, InvalidPublicValue> {
    // todo!("4.1: the number shared by {secret} and the peer's {theirs} in {group:?}")
    if theirs <= 1 || theirs >= group.p.get() - 1 {
        return Err(InvalidPublicValue);
    }
    Ok(mod_pow(theirs, secret, group.p))
}

// 4.2 Find the secret

/// **4.2** *An attack on small groups.* Finds an exponent x for which gˣ = `value` modulo p: the
/// discrete logarithm.
///
/// You could try every x. With a p of 40 bits that takes hours. There is a way that takes the square
/// root of it, *baby-step giant-step* (Shanks 1971), and it is a trade: with a million numbers
/// remembered, two million steps are enough instead of a million million.
///
/// Let m be a number with m² ≥ p − 1. Whatever x is, it has a quotient and a remainder by m:
///
/// ```text
/// x = i · m + j        with i and j below m
///
/// gˣ = value     so     gʲ  =  value · (g⁻ᵐ)ⁱ
///                       └┬┘    └──────┬─────┘
///          m baby steps, remembered   m giant steps, each looked up among them
/// ```
///
/// Walk the baby steps 1, g, g², … and remember at which j you saw each. Then walk from `value`
/// with giant steps, and stop where you meet your own track. g⁻ᵐ is what undoes gᵐ: by Fermat's
/// little theorem, y to the power of p − 2 undoes y, for y · y^(p−2) = y^(p−1) = 1.
///
/// You are asked for p up to 2⁴⁰. That is a table of 2²⁰ entries, and a second or so.
///
/// The table depends on the group alone. Who keeps it finds the next secret in the same group with
/// the giant steps only. Real attacks on large groups are of another kind (the number field sieve),
/// but this they have in common, and it made Logjam: nearly all of the work was for the group, and
/// millions of servers shared it. The record stands at a p of 795 bits (Boudot and others, 2019).
/// On the curve of exercise 4.3 nothing better is known than this trade, which there means 2¹²⁶
/// steps.
///
/// Returns any such exponent, not only the smallest. `None` where there is none: the powers of g
/// need not reach every number, and they never reach 0, or a number of p or more.
pub fn discrete_log(group: &Group, value: u64) -> Option<u64> {
    // todo!("4.2: find the exponent of {value} in {group:?}")
    let p = group.p.get();
    if value == 0 || value >= p {
        return None;
    }
    // Both factors may have 64 bits.
    let times = |one: u64, other: u64| {
        let product = u128::from(one) * u128::from(other) % u128::from(p);
        u64::try_from(product).expect("a remainder is below its modulus")
    };
    let m = (p - 1).isqrt() + 1;

    // Room for all of them at once, so that nothing is moved while the table grows.
    let room = usize::try_from(m).expect("a table that memory holds");
    let mut baby_steps = HashMap::with_capacity(room);
    let mut power = 1;
    for j in 0..m {
        baby_steps.insert(power, j);
        power = times(power, group.g);
    }
    // Now `power` is gᵐ, and this undoes it.
    let giant_step = mod_pow(power, p - 2, group.p);

    let mut place = value;
    for i in 0..m {
        if let Some(j) = baby_steps.get(&place) {
            return Some(i * m + j);
        }
        place = times(place, giant_step);
    }
    None
}

// 4.3 X25519

/// The secret half of an X25519 key share.
// Without `Debug`, so that no key finds its way into a log. A real one also wipes its bytes when it
// is dropped (the crate `zeroize`).
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// **4.3** A fresh secret key: 32 bytes from the system's generator.
    ///
    /// Make one for each connection, and let go of it afterwards. That is what forward secrecy rests
    /// on.
    pub fn random() -> SecretKey {
        // todo!("4.3: a secret key of 32 random bytes")
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system gives randomness");
        SecretKey(bytes)
    }

    /// The secret key with these bytes. Any 32 bytes are one.
    pub fn from_bytes(bytes: [u8; 32]) -> SecretKey {
        SecretKey(bytes)
    }

    /// The bytes, for who has to keep the key. The grader looks at them to see whether
    /// [`random`](SecretKey::random) is.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// **4.3** The share that belongs to this key: the public half, which you send to the peer.
    ///
    /// It is X25519 of this key and the *base point*, whose coordinate u is 9 (RFC 7748 §6.1):
    /// what [`public_value`] does with g, on a curve.
    pub fn share(&self) -> [u8; 32] {
        // todo!("4.3: the share of this key")
        x25519(self.0, X25519_BASEPOINT_BYTES)
    }
}

/// What both sides of an exchange know, and nobody else. Not a key yet: see [`channel_keys`].
// Without `Debug`, as `SecretKey`, and without `==`, which stops at the first byte that differs.
pub struct SharedSecret([u8; 32]);

impl SharedSecret {
    /// The bytes, to derive keys from.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The peer's share leads to a secret of zeros, whatever one's own key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LowOrderPoint;

impl fmt::Display for LowOrderPoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the peer's share is a point of low order")
    }
}

impl Error for LowOrderPoint {}

/// **4.3** The secret shared with the peer whose share is `theirs`: X25519 of your secret key
/// `mine` and that share (RFC 7748 §5 and §6.1).
///
/// ```text
/// 4.1        a number modulo p          raised to a power            mod_pow(theirs, secret)
/// X25519     a point on Curve25519      added to itself k times      x25519(mine, theirs)
///            (its coordinate u, as
///            32 bytes, the lowest first)
/// ```
///
/// Here you stand on the crate `x25519-dalek`. Its function `x25519` does three things for you that
/// others have got wrong:
///
/// - *Clamping.* Five bits of the secret key are set to fixed values before it is used: the lowest
///   three to 0, so that k is a multiple of 8, the highest to 0 and the one below it to 1. Keys that
///   differ in those bits alone are the same key.
/// - *The highest bit* of a share is ignored. A u has 255 bits.
/// - *A u of p or more* (p is 2²⁵⁵ − 19) is taken for its remainder, not refused.
///
/// # Errors
///
/// [`LowOrderPoint`] where the result is all zeros. A few points are back at the neutral one after 8
/// additions at the most, and k is a multiple of 8: so the result is 0 for every key. There are five
/// such values of u, and fourteen ways to write them. Look at the result, not for the fourteen: then
/// none is forgotten. RFC 7748 §6.1 permits this check, TLS demands it (RFC 8422 §5.11, RFC 8446
/// §7.4.2).
///
/// Compare in constant time, with [`ConstantTimeEq`]. `==` stops at the first byte that differs, so
/// its time says how many zeros your secret begins with. No property can see the difference.
pub fn shared_secret(mine: &SecretKey, theirs: &[u8; 32]) -> Result<SharedSecret, LowOrderPoint> {
    // todo!(
    //     "4.3: the secret shared by {:?} and {theirs:?}",
    //     mine.as_bytes()
    // )
    let secret = x25519(mine.0, *theirs);
    if secret.ct_eq(&[0; 32]).into() {
        return Err(LowOrderPoint);
    }
    Ok(SharedSecret(secret))
}

// 4.4 Keys from a secret

/// More output was asked for than HKDF has: 255 blocks of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyBlocks;

impl fmt::Display for TooManyBlocks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HKDF has no more than 255 blocks of output")
    }
}

impl Error for TooManyBlocks {}

/// **4.4** The first step of HKDF: makes a key of 32 bytes that look random from a secret that does
/// not (RFC 5869 §2.2, with SHA-256).
///
/// A shared secret is hard to guess, but its bits are not even. It is the coordinate of a point, and
/// of all strings of 32 bytes only one in 32 can come out. Extracting condenses what is unguessable
/// in it into a *pseudorandom key*, of which nobody else can say anything.
///
/// ```text
/// pseudorandom key = HMAC-SHA-256(key: salt, message: secret)
/// ```
///
/// The salt need not be secret, and may be empty. RFC 5869 then puts 32 zero bytes in its place.
/// Does that change anything for your [`hmac_sha256`]?
pub fn hkdf_extract(salt: &[u8], secret: &[u8]) -> [u8; 32] {
    // todo!("4.4: extract a pseudorandom key from {secret:?} with the salt {salt:?}")

    // HMAC fills its key up with zeros, so an empty salt and one of 32 zeros are the same.
    hmac_sha256(salt, secret)
}

/// **4.4** The second step of HKDF: `length` bytes of output from the pseudorandom key (RFC 5869
/// §2.3, with SHA-256).
///
/// `info` says what the output is for. Under another info there is another output, and neither says
/// anything about the other: so one secret gives as many keys as you need.
///
/// ```text
/// block 1 = HMAC(key,           info ‖ 01)
/// block 2 = HMAC(key, block 1 ‖ info ‖ 02)
/// block 3 = HMAC(key, block 2 ‖ info ‖ 03)      and so on
///
/// output  = block 1 ‖ block 2 ‖ block 3 …       cut after `length` bytes
/// ```
///
/// # Errors
///
/// [`TooManyBlocks`] where `length` is above 255 · 32: the counter is one byte, and must not wrap.
pub fn hkdf_expand(
    pseudorandom_key: &[u8; 32],
    info: &[u8],
    length: usize,
) -> Result<Vec<u8>, TooManyBlocks> {
    // todo!("4.4: expand {pseudorandom_key:?} to {length} bytes for {info:?}")
    let blocks = u8::try_from(length.div_ceil(32)).map_err(|_| TooManyBlocks)?;
    let mut output = Vec::new();
    let mut last_block: Vec<u8> = Vec::new();
    for counter in 1..=blocks {
        let message = [&last_block, info, &[counter]].concat();
        last_block = hmac_sha256(pseudorandom_key, &message).to_vec();
        output.extend_from_slice(&last_block);
    }
    output.truncate(length);
    Ok(output)
}

/// What one direction of a channel is sealed under.
// Without `Debug`, so that no key finds its way into a log.
pub struct DirectionKeys {
    /// The key for AES-128-GCM.
    pub key: [u8; 16],
    /// What the nonces are made from, exercise 1.4.
    pub iv: [u8; 12],
}

impl DirectionKeys {
    /// The end that sends in this direction, at its first record.
    pub fn sender(&self) -> Sender {
        Sender::new(self.key, self.iv)
    }

    /// The end that receives in this direction, at its first record.
    pub fn receiver(&self) -> Receiver {
        Receiver::new(self.key, self.iv)
    }
}

/// The keys of a channel between a client and a server.
pub struct ChannelKeys {
    /// For what the client sends.
    pub client: DirectionKeys,
    /// For what the server sends.
    pub server: DirectionKeys,
}

/// **4.4** The keys of a channel, from the secret that its two ends share.
///
/// Each direction has its own. Under one key for both, the two sides' first records would have the
/// same nonce (exercise 1.6), and a record could be sent back to the one who sealed it.
///
/// ```text
///                       no salt
///                          │
/// shared secret ───▶  hkdf_extract  ───▶ pseudorandom key
///                                            │
///           ┌────────────────────────────────┴────────────────┐
///           ▼                                                 ▼
///      hkdf_expand                                       hkdf_expand
///      "client" ‖ client share ‖ server share            "server" ‖ client share ‖ server share
///           │                                                 │
///           ▼                                                 ▼
///      28 bytes: key (16), then IV (12)                  28 bytes: key (16), then IV (12)
/// ```
///
/// The two words are six bytes of ASCII. The shares stand in the info so that both sides have the
/// same keys only if they have seen the same exchange: two shares can lead to one secret (one with
/// the highest bit set, for instance). RFC 7748 §6.1 advises it. TLS binds more than that, the whole
/// handshake: chapter 6.
pub fn channel_keys(
    secret: &SharedSecret,
    client_share: &[u8; 32],
    server_share: &[u8; 32],
) -> ChannelKeys {
    // todo!(
    //     "4.4: keys for both directions from {:?}, bound to {client_share:?} and {server_share:?}",
    //     secret.as_bytes()
    // )
    let pseudorandom_key = hkdf_extract(&[], secret.as_bytes());
    let direction = |name: &[u8]| {
        let info = [name, client_share, server_share].concat();
        let output =
            hkdf_expand(&pseudorandom_key, &info, 16 + 12).expect("28 bytes are one block");
        let (key, iv) = output.split_at(16);
        DirectionKeys {
            key: key.try_into().expect("split after 16 bytes"),
            iv: iv.try_into().expect("12 of 28 bytes are left"),
        }
    };
    ChannelKeys {
        client: direction(b"client"),
        server: direction(b"server"),
    }
}

// 4.5 Mallory

/// One of the two ends of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one who began.
    Client,
    /// The one who answered.
    Server,
}

/// *This attacks.* Mallory controls the network between a client and a server, and has one X25519
/// key of her own. Nothing more: she breaks no cipher, and finds no logarithm.
///
/// Her victims do all that this chapter has taught so far. Each makes a fresh key and sends its
/// share. Each refuses points of low order, computes the secret as in 4.3 and the keys as in 4.4,
/// and seals what it says as in 1.5. But neither knows whose share it has got.
///
/// ```text
/// client                          Mallory                          server
/// keeps a                         keeps m                          keeps b
///   │ ── share of a ─────────────▶ │ ── share of m ────────────────▶ │
///   │ ◀──────────── share of m ─── │ ◀────────────── share of b ──── │
///   │                              │                                 │
///   │ ═══ one channel: a and m ═══ │ ═══ another one: m and b ══════ │
///   │                              │                                 │
///   │ ── record ──▶ read           │ write ── record ──────────────▶ │
/// ```
///
/// Each victim has a secret that it shares with one other, as promised. That other is Mallory. She
/// reads what the client seals, and seals for the server what she likes: the same, something else,
/// or nothing. Neither can tell.
///
/// What helps is to bind the shares to a name, by a signature (Diffie, van Oorschot and Wiener,
/// 1992): exercise 4.6. CWE-322 is the number under which software is listed that does without.
pub struct Mallory {
    secret: SecretKey,
}

impl Mallory {
    /// Mallory, with this key.
    pub fn new(secret: SecretKey) -> Mallory {
        Mallory { secret }
    }

    /// **4.5** The share that she hands to both victims, each in the place of the other's.
    pub fn share(&self) -> [u8; 32] {
        // todo!("4.5: what both victims get in the place of the other's share")
        self.secret.share()
    }

    /// **4.5** Takes her place in the middle, once both victims have sent their shares and got hers:
    /// computes what she shares with each of them, and sets up both channels.
    ///
    /// Take care which shares each victim has seen. The keys depend on them.
    ///
    /// # Errors
    ///
    /// [`LowOrderPoint`] where one of the victims has sent such a share.
    pub fn sit_between(
        &self,
        client_share: &[u8; 32],
        server_share: &[u8; 32],
    ) -> Result<Interception, LowOrderPoint> {
        // todo!("4.5: set up a channel to the owner of {client_share:?} and of {server_share:?}")
        let mine = self.share();
        // The client has seen its own share and hers, and so has the server.
        let with_client = shared_secret(&self.secret, client_share)?;
        let with_client = channel_keys(&with_client, client_share, &mine);
        let with_server = shared_secret(&self.secret, server_share)?;
        let with_server = channel_keys(&with_server, &mine, server_share);
        Ok(Interception {
            from_client: with_client.client.receiver(),
            to_client: with_client.server.sender(),
            from_server: with_server.server.receiver(),
            to_server: with_server.client.sender(),
        })
    }
}

/// Mallory at work: two channels, of which she has the other end.
pub struct Interception {
    from_client: Receiver,
    to_client: Sender,
    from_server: Receiver,
    to_server: Sender,
}

impl Interception {
    /// **4.5** Reads what the victim `from` has sealed in `record`, in the belief that it goes to
    /// the other one.
    ///
    /// # Errors
    ///
    /// [`Rejected`] where the record is not the next one of this victim.
    pub fn read(&mut self, from: Side, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        // todo!("4.5: open {record:?}, which comes from {from:?}")
        match from {
            Side::Client => self.from_client.receive(record),
            Side::Server => self.from_server.receive(record),
        }
    }

    /// **4.5** Seals `message` for the victim `to`, who will take it for the other one's. It may be
    /// what the other has said, or not.
    ///
    /// The victims count records, as in 1.5. Mallory counts her own: so she may leave out what was
    /// said, or add to it, and no number is missing.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where the numbers of this direction are used up.
    pub fn write(&mut self, to: Side, message: &[u8]) -> Result<Vec<u8>, Exhausted> {
        // todo!("4.5: seal {message:?} for {to:?}")
        match to {
            Side::Client => self.to_client.send(message),
            Side::Server => self.to_server.send(message),
        }
    }
}

// 4.6 A signed share

/// **4.6** The bytes that a TLS 1.2 server signs in ServerKeyExchange, when its share is one of
/// X25519 (RFC 5246 §7.4.3, RFC 8422 §5.4).
///
/// ```text
/// 32 bytes        32 bytes        1    2       1    32 bytes
/// ┌───────────────┬───────────────┬────┬───────┬────┬──────────────┐
/// │ client random │ server random │ 03 │ 00 1d │ 20 │    share     │
/// └───────────────┴───────────────┴────┴───────┴────┴──────────────┘
///                                   │    │       └ length of the share
///                                   │    └ which curve: x25519 is number 29
///                                   └ a curve that is given by its number
///                                 └──────── ServerECDHParams ──────┘
/// ```
///
/// Each part is there because something can be done where it is not:
///
/// - *The share*, or Mallory puts in her own.
/// - *The randoms*, of which each side has made one for this connection alone, or Mallory sends an
///   old share with its old signature. If she ever learns the secret key of one exchange, she can be
///   this server for ever.
/// - *The curve*, or the share can be read as one of another kind. How far that goes was seen in 2012
///   (Mavrogiannopoulos and others): a client that waited for a group like that of 4.1 read the signed
///   numbers of a curve as one, and one with an easy logarithm. Nothing in the signed bytes says
///   which of the two kinds they are.
///
/// Nor do they name the cipher suite. Logjam lived on that. It asked the server for a share in a
/// group of 512 bits and handed it, honestly signed, to a client that had asked for a good one. The
/// Finished messages of chapter 6 would show it, but they are made with keys that have been broken
/// by then. In TLS 1.3 the server signs the whole handshake so far.
pub fn signed_content(
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
) -> Vec<u8> {
    // todo!("4.6: what is signed for {client_random:?}, {server_random:?} and {share:?}")
    let curve = &[0x03, 0x00, 0x1d, 0x20];
    [&client_random[..], server_random, curve, share].concat()
}

/// **4.6** Signs a key share as the server: [`signed_content`] under the long-term key of its
/// certificate, with your signatures of exercise 3.5 or 3.7, as `scheme` says.
///
/// | scheme | signature |
/// | --- | --- |
/// | [`SignatureScheme::RsaPkcs1Sha256`] | RSASSA-PKCS1-v1_5, exercise 3.5 |
/// | [`SignatureScheme::RsaPssRsaeSha256`] | RSASSA-PSS, exercise 3.7 |
///
/// Returns the signature alone.
///
/// # Errors
///
/// [`KeyTooSmall`] where the key is too small for the scheme.
pub fn sign_key_share(
    scheme: SignatureScheme,
    key: &rsa::PrivateKey,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
) -> Result<Vec<u8>, KeyTooSmall> {
    // todo!(
    //     "4.6: sign {share:?} for {client_random:?} and {server_random:?} with {key:?}, by {scheme:?}"
    // )
    let content = signed_content(client_random, server_random, share);
    match scheme {
        SignatureScheme::RsaPkcs1Sha256 => sign_pkcs1(key, &content),
        SignatureScheme::RsaPssRsaeSha256 => sign_pss(key, &content),
    }
}

/// **4.6** Checks, as the client, that `signature` is what [`sign_key_share`] has made under the
/// private half of `key`, for the two randoms of this very connection.
///
/// The client takes its own random from its own memory, never from what the server claims. Whose key
/// it is, chapter 5 finds out.
///
/// This is the check that *goto fail* skipped: the code was there, and never reached.
///
/// # Errors
///
/// [`BadSignature`] for everything else: another share, other randoms or the two of them exchanged,
/// another key, another scheme, any changed bit.
pub fn verify_key_share(
    scheme: SignatureScheme,
    key: &rsa::PublicKey,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
    share: &[u8; 32],
    signature: &[u8],
) -> Result<(), BadSignature> {
    // todo!(
    //     "4.6: check {signature:?} on {share:?} for {client_random:?} and {server_random:?} with \
    //      {key:?}, by {scheme:?}"
    // )
    let content = signed_content(client_random, server_random, share);
    match scheme {
        SignatureScheme::RsaPkcs1Sha256 => verify_pkcs1(key, &content, signature),
        SignatureScheme::RsaPssRsaeSha256 => verify_pss(key, &content, signature),
    }
}
