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

use std::error::Error;
use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes128Gcm, KeyInit};
use given::attacks::gf128::Gf128;

// 1.1 The one-time pad

/// The pad has fewer bytes than the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PadTooShort;

impl fmt::Display for PadTooShort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the pad is shorter than the text")
    }
}

impl Error for PadTooShort {}

/// **1.1** Hides `text` under `pad`, or finds it again: XOR, byte by byte.
///
/// ```text
/// text    68 65 6c 6c 6f      text    0 1 0 1
/// pad     2b 7e 15 16 28      pad     0 0 1 1
///         ──────────────              ───────
/// result  43 1b 79 7a 47      result  0 1 1 0
/// ```
///
/// Whoever sees the result and not the pad learns how long the text is, and nothing else: for every
/// text of that length there is a pad that gives this result.
///
/// The result is as long as the text. A pad may be longer than that: what is left of it waits for
/// the next text. What is used up is thrown away; exercise 1.2 shows why.
///
/// # Errors
///
/// [`PadTooShort`] where the pad ends before the text does. Starting again at the front of the pad
/// would use those bytes twice.
pub fn one_time_pad(pad: &[u8], text: &[u8]) -> Result<Vec<u8>, PadTooShort> {
    // todo!("1.1: XOR each byte of {text:?} with the byte of {pad:?} in the same place")

    // `zip` would stop at the end of the pad and leave the rest of the text out.
    if pad.len() < text.len() {
        return Err(PadTooShort);
    }
    Ok(text.iter().zip(pad).map(|(text, pad)| text ^ pad).collect())
}

// 1.2 The pad used twice

/// **1.2** Reads a text that was hidden under a pad which had been used before. *This attacks.*
///
/// You have intercepted two ciphertexts, `first` and `second`. Both were hidden under the same
/// pad, from its front. You don't have the pad. But of the first text you know how it begins: it is
/// a form letter, a greeting, the header of a file. That is `known`.
///
/// ```text
///          first  = first text  ⊕ pad
///          second = second text ⊕ pad
/// first ⊕ second = first text  ⊕ second text        the pad has gone
/// ```
///
/// Returns the second text as far as it follows from these three: as many bytes as the shortest of
/// them has.
///
/// In practice `known` is guessed, a word at a time: where the guess is right, the other text
/// becomes readable. So the VENONA telegrams were read, and so could early Wi-Fi traffic be.
pub fn two_time_pad(first: &[u8], second: &[u8], known: &[u8]) -> Vec<u8> {
    // todo!("1.2: find the text under {second:?}, from {first:?} and its text {known:?}")

    // The pad as far as it is known. Whatever else was hidden under it can be read as well.
    let pad = first.iter().zip(known).map(|(first, known)| first ^ known);
    second
        .iter()
        .zip(pad)
        .map(|(byte, pad)| byte ^ pad)
        .collect()
}

// 1.3 Seal and open

/// The one error of everything that opens: it was not sealed like this.
///
/// It says no more on purpose. Whoever learns *why* a forgery was refused can make the next one
/// better; chapter 2 shows such an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected;

impl fmt::Display for Rejected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "rejected")
    }
}

impl Error for Rejected {}

/// **1.3** Encrypts `message` and binds it to `associated_data`, with AES-128-GCM (RFC 5116 §5.1).
///
/// ```text
/// message           h  e  l  l  o
///                   │  │  │  │  │
/// sealed           c0 c1 c2 c3 c4 │ t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 ta tb tc td te tf
///                  ciphertext       tag
/// ```
///
/// Returns the ciphertext, as long as the message, followed by the 16-byte tag. The nonce and the
/// associated data are not in it: they are what both sides know anyway. In TLS the associated data
/// is the header of the record, which has to be readable and must not be changed.
///
/// The caller promises never to use `nonce` twice under the same `key`. Exercise 1.6 shows what
/// breaking that promise costs.
pub fn seal(key: &[u8; 16], nonce: &[u8; 12], associated_data: &[u8], message: &[u8]) -> Vec<u8> {
    // todo!("1.3: seal {message:?} under {key:?} and {nonce:?}, binding {associated_data:?}")
    let payload = Payload {
        msg: message,
        aad: associated_data,
    };
    let sealed = Aes128Gcm::new(key.into()).encrypt(nonce.into(), payload);
    sealed.expect("AES-GCM takes messages up to 64 GiB")
}

/// **1.3** Opens what [`seal`] has sealed under the same key, nonce and associated data.
///
/// # Errors
///
/// [`Rejected`] where anything is not as it was sealed, or where `sealed` is too short to end in a
/// tag. Nothing of the message is returned then, not even a part that might be genuine.
pub fn open(
    key: &[u8; 16],
    nonce: &[u8; 12],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Rejected> {
    // todo!("1.3: open {sealed:?} under {key:?} and {nonce:?}, with {associated_data:?}")
    let payload = Payload {
        msg: sealed,
        aad: associated_data,
    };
    // The crate computes the tag anew, compares all of it in constant time, and decrypts only then.
    Aes128Gcm::new(key.into())
        .decrypt(nonce.into(), payload)
        .map_err(|_| Rejected)
}

// 1.4 A nonce for each record

/// **1.4** The nonce of the record numbered `sequence`, as TLS 1.3 makes it (RFC 8446 §5.3).
///
/// Every record of a connection needs its own nonce. Both sides count the records anyway, so the
/// number need not be sent. The handshake gives each direction an initialization vector, `iv`, and
/// the number is XORed onto its end, big-endian:
///
/// ```text
/// iv         cf 78 2b 88 dd 83 54 9a ad f1 e9 84
/// sequence               00 00 00 00 00 00 00 02
/// nonce      cf 78 2b 88 dd 83 54 9a ad f1 e9 86
/// ```
///
/// That is the nonce of the last record which the server sends in RFC 8448 §3. (TLS 1.2 sends a
/// part of each nonce along, RFC 5288 §3. Chapter 6 does it that way.)
///
/// Why not the number alone? Then record 0 of every connection in the world would have the same
/// nonce, and an attacker who collects them could try a guessed key on all of them at once.
pub fn record_nonce(iv: &[u8; 12], sequence: u64) -> [u8; 12] {
    // todo!("1.4: XOR the number {sequence} onto the end of {iv:?}")
    let mut nonce = *iv;
    for (nonce, sequence) in nonce[4..].iter_mut().zip(sequence.to_be_bytes()) {
        *nonce ^= sequence;
    }
    nonce
}

// 1.5 A channel that counts

/// The sender has used up its numbers. A fresh key is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "all sequence numbers have been used")
    }
}

impl Error for Exhausted {}

/// The sending end of a channel: one direction of a connection.
///
/// [`seal`] protects a message from change. A list of messages can be attacked in other ways: one
/// is sent again, one left out, two change places. Each of them is genuine, and their sequence is
/// not. So both ends count, and what has another number than the receiver expects will not open:
///
/// ```text
/// sender                      network                     receiver
/// sequence                                                sequence
///    0   "pay Eve 1"   ──▶   record   ──▶                    0   opens
///    1   "bye"         ──▶   the first record again  ──▶     1   Rejected: 1 is not its number
///    2                       the second record  ──▶          1   opens
/// ```
///
/// The number itself never travels: it is in the nonce, [`record_nonce`].
// Without `Debug`, so that no key finds its way into a log.
pub struct Sender {
    key: [u8; 16],
    iv: [u8; 12],
    /// The number of the next record.
    sequence: u64,
}

impl Sender {
    /// The end that sends under `key`. Its first record has the number 0.
    pub fn new(key: [u8; 16], iv: [u8; 12]) -> Sender {
        Sender::starting_at(key, iv, 0)
    }

    /// As [`new`](Sender::new), but the next record has the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Sender {
        Sender { key, iv, sequence }
    }

    /// **1.5** Seals `message` as the next record: under this channel's key and the nonce of its
    /// number, without associated data. (TLS binds the record's header; here there is none.)
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where the next number is `u64::MAX`. That one is never used, so the count can't
    /// wrap to 0 and bring every nonce back. It stays so: a sender that is exhausted seals nothing
    /// ever again.
    pub fn send(&mut self, message: &[u8]) -> Result<Vec<u8>, Exhausted> {
        // todo!("1.5: seal {message:?} under the next number, and count")
        let next = self.sequence.checked_add(1).ok_or(Exhausted)?;
        let nonce = record_nonce(&self.iv, self.sequence);
        self.sequence = next;
        Ok(seal(&self.key, &nonce, &[], message))
    }
}

/// The receiving end of a channel. See [`Sender`].
// Without `Debug`, so that no key finds its way into a log.
pub struct Receiver {
    key: [u8; 16],
    iv: [u8; 12],
    /// The number of the record it waits for.
    sequence: u64,
}

impl Receiver {
    /// The end that receives under `key`. It waits for the record with the number 0.
    pub fn new(key: [u8; 16], iv: [u8; 12]) -> Receiver {
        Receiver::starting_at(key, iv, 0)
    }

    /// As [`new`](Receiver::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: [u8; 16], iv: [u8; 12], sequence: u64) -> Receiver {
        Receiver { key, iv, sequence }
    }

    /// **1.5** Opens `record` if it is the one that this end waits for, and waits for the next.
    ///
    /// # Errors
    ///
    /// [`Rejected`] for everything else: a record that was changed, comes again or comes too early.
    /// This end then waits for the same record as before. If junk could make it count, one packet
    /// from anybody would end the conversation.
    ///
    /// Where it waits for `u64::MAX`, it rejects everything: no sender uses that number.
    // TLS goes further and ends the connection at the first bad record (RFC 8446 §5.2). It may:
    // TCP delivers everything in order, so no honest network brings one. Chapter 6 does so too.
    pub fn receive(&mut self, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        // todo!("1.5: open {record:?} under the next number, and count if it opens")
        let next = self.sequence.checked_add(1).ok_or(Rejected)?;
        let nonce = record_nonce(&self.iv, self.sequence);
        let message = open(&self.key, &nonce, &[], record)?;
        self.sequence = next;
        Ok(message)
    }
}

// 1.6 The nonce used twice

/// A sealed message of one block, as a wiretap has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured {
    /// The first 16 bytes of what [`seal`] returned.
    pub ciphertext: [u8; 16],
    /// The 16 bytes after them.
    pub tag: [u8; 16],
}

/// Why nothing could be forged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeError {
    /// Both ciphertexts are the same, so their tags are too: the second says nothing new.
    SameCiphertext,
    /// The wanted text is longer than the pad that is known: 16 bytes.
    TooLong,
}

impl fmt::Display for ForgeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForgeError::SameCiphertext => write!(out, "both ciphertexts are the same"),
            ForgeError::TooLong => write!(out, "the text is longer than a block"),
        }
    }
}

impl Error for ForgeError {}

/// **1.6** Seals `wanted` without the key, because a nonce was used twice. *This attacks.*
///
/// You have captured two messages of 16 bytes, `first` and `second`. Both were sealed under the
/// same key *and the same nonce*, without associated data. You know the text of the first, `known`.
/// Return what [`seal`] would return for `wanted` under that key and nonce, so that the victim
/// opens it. You never learn the key, and you don't need it.
///
/// # What a tag is made of
///
/// GCM is two machines side by side. One hides: it makes a pad from key and nonce and XORs it onto
/// the message, as in 1.1. You have met what happens when that pad comes again.
///
/// The other makes the tag. It reckons with whole blocks of 16 bytes as if they were numbers: the
/// type [`Gf128`], in which to add is to XOR. For a ciphertext `C` of one block it computes
///
/// ```text
/// tag  =  C·H²  +  L·H  +  M
///         └─────┬─────┘
///           GHASH(C), NIST SP 800-38D §6.4
///
/// C    the ciphertext, filled up with zeros to 16 bytes
/// L    the length block: how many bits of associated data there are (0), then how many bits of
///      ciphertext, each as a big-endian u64
/// H    secret: AES(key, 0), the same for every message under this key
/// M    secret: AES(key, nonce ‖ 00000001), the same for every message under this key and nonce
/// ```
///
/// (With no ciphertext at all, `C` and `L` are both zero, and the tag is `M`.)
///
/// The mask `M` hides the rest like a one-time pad. And here it has been used twice. Add the two
/// tags, and everything that both have in common is gone:
///
/// ```text
///    first tag   =  C₁·H²  +  L·H  +  M
///    second tag  =  C₂·H²  +  L·H  +  M
///    ──────────────────────────────────
///    sum         =  (C₁ + C₂)·H²
/// ```
///
/// In that line only `H²` is unknown. From `H²` you get `H`, from `H` you get `M`, and with both of
/// them and the pad you can seal what you like.
///
/// The square root is easier here than in school. Squaring mixes the 2¹²⁸ values but loses none.
/// Square any value 128 times, and it is back where it began: `x^(2¹²⁸) = x`. What was it one
/// squaring before that?
///
/// This is Joux's *forbidden attack* (2006). Böck and others found 184 HTTPS servers in 2016 that
/// were open to it. RFC 5116 §5.1.1 and CWE-323 warn of it.
///
/// # Errors
///
/// [`ForgeError::TooLong`] where `wanted` has more than 16 bytes: the pad is not known so far.
/// [`ForgeError::SameCiphertext`] where the two captured ciphertexts are equal: then the sum above
/// is `0 = 0·H²`, which holds for every `H`. Where both are so, either will do.
pub fn forge(
    first: &Captured,
    second: &Captured,
    known: &[u8; 16],
    wanted: &[u8],
) -> Result<Vec<u8>, ForgeError> {
    // todo!("1.6: seal {wanted:?}, from {first:?} with text {known:?}, and {second:?}")
    if wanted.len() > known.len() {
        return Err(ForgeError::TooLong);
    }
    let ciphertexts = Gf128::from_bytes(first.ciphertext) + Gf128::from_bytes(second.ciphertext);
    let tags = Gf128::from_bytes(first.tag) + Gf128::from_bytes(second.tag);
    let inverse = ciphertexts.inverse().ok_or(ForgeError::SameCiphertext)?;
    let h_squared = tags * inverse;
    // x^(2¹²⁸) = x, so the square of x^(2¹²⁷) is x.
    let h = (0..127).fold(h_squared, |root, _| root * root);

    let ghash = |ciphertext: &[u8]| {
        let mut block = [0; 16];
        block[..ciphertext.len()].copy_from_slice(ciphertext);
        // As one number of 128 bits: its upper half is the length of the associated data, zero.
        let bits = 8 * ciphertext.len() as u128;
        let length = Gf128::from_bytes(bits.to_be_bytes());
        (Gf128::from_bytes(block) * h + length) * h
    };
    let mask = Gf128::from_bytes(first.tag) + ghash(&first.ciphertext);

    // The text of the second message was not needed: the pad follows from the first.
    let mut sealed = wanted.to_vec();
    for (i, byte) in sealed.iter_mut().enumerate() {
        *byte ^= first.ciphertext[i] ^ known[i];
    }
    let tag = ghash(&sealed) + mask;
    sealed.extend(tag.to_bytes());
    Ok(sealed)
}
