//! # Chapter 3: signatures
//!
//! Chapters 1 and 2 hide. This one proves: that a message comes from whom it says it comes from,
//! and that nobody has changed it on the way. Three tools do that work in HTTPS. They are built on
//! one another, and they prove different things.
//!
//! ```text
//!             who can make it     who can check it    what it tells
//! hash        everybody           everybody           that two messages are the same
//! MAC         who has the key     who has the key     that one of us two has made it
//! signature   the private key     everybody           who has made it
//! ```
//!
//! - A **hash** is a fingerprint: 32 bytes, however long the message. Nobody knows how to find two
//!   messages with the same SHA-256. It has no key, so who changes the message makes a new one.
//! - A **MAC**, or message authentication code, is a hash with a key in it. The tag of chapter 1
//!   was one. Here you build another, HMAC, out of a hash.
//! - A **signature** is made with the private key of a pair and checked with the public one. Many
//!   can check it, and none of them could have made it. So it convinces a judge, too, which a MAC
//!   does not: who can check a MAC can make it.
//!
//! You write a hash of a conversation, and a MAC. Then you break the signatures that textbooks
//! have, and build the two kinds that are in use. In between you meet a verifier that is a little
//! too lenient, and sign whatever you like for it, without a private key.
//!
//! # Where it stands in the handshake
//!
//! ```text
//! client                                                          server
//!   │ ── hello ──────────────────────────────────────────────────▶ │ ┐
//!   │ ◀────────────────────────────────────────────────── hello ── │ │
//!   │ ◀── certificate: a CA has signed name and public key ─────── │ │ transcript (3.1)
//!   │ ◀── signature: the server has signed its part (3.5, 3.7) ─── │ │
//!   │ ◀── Finished, both ways: a MAC of all of this (3.2, 3.3) ──▶ │ ┘
//! ```
//!
//! - The certificate carries a signature of the certification authority. You make and check such
//!   signatures in chapter 5.
//! - The server's own signature proves that it has the private key that belongs to the certificate.
//!   In TLS 1.2 it stands in ServerKeyExchange, and covers the key share and the random bytes of
//!   both hellos (RFC 5246 §7.4.3). In TLS 1.3 it is a message of its own, CertificateVerify, and
//!   covers the transcript (RFC 8446 §4.4.3). With an RSA key that one must be PSS, exercise 3.7.
//! - At the end each side sends Finished: a MAC of the transcript, under a key that only the two of
//!   them have. In TLS 1.3 it is HMAC as you write it (RFC 8446 §4.4.4), in TLS 1.2 a function made
//!   of HMAC (RFC 5246 §5 and §7.4.9). Who has changed any message before it, is noticed here.
//!
//! # What is often said
//!
//! *Signing is encrypting with the private key.* In chapter 2 you saw what is true in it. RSASP1,
//! which signs, and RSADP, which decrypts, are the same function, and RFC 8017 §5.2 says so: it has
//! two names because it has two purposes. It is a *primitive*: a number goes in, a number comes
//! out. But nobody signs or encrypts with a primitive. One uses a *scheme*, and the schemes for the
//! two have nothing in common but what is inside:
//!
//! ```text
//!                   encryption (OAEP, 2.6)            signature (PKCS#1 v1.5, PSS, 3.5, 3.7)
//! goal              nobody else can read it           nobody else can make it
//! goes in           the message itself, short         a hash of the message, which has any length
//! the padding       is there to hide                  is there to be checked, every bit of it
//! at the other end  it is taken off,                  it is compared with what it must be,
//!                   and leaves the message            and leaves yes or no
//! ```
//!
//! Whoever believes the sentence makes one of three mistakes. They leave the padding out, as it
//! seems to be there for hiding: exercise 3.4 forges such signatures with a multiplication. Or they
//! "decrypt" the signature, and look in what comes out for the hash that they expect: exercise 3.6
//! forges those, for any message. Or they use one key for both, and then a server that can be made
//! to decrypt can be made to sign, as ROBOT did in chapter 2. Ed25519 and ECDSA sign and can't
//! encrypt at all. For them the sentence has no meaning.
//!
//! *PKCS#1 v1.5 is broken.* Its encryption has been, again and again. Its signatures are another
//! scheme. Nobody knows how to forge them for a verifier that compares, and there is even a proof,
//! for hashes longer than those in use (Jager, Kakvi and May 2018). Many certificates carry them to
//! this day. What has been broken is verifiers. In its handshake TLS 1.3 asks for PSS all the same,
//! whose proof is better.
//!
//! *What is signed is secret.* A signature hides nothing. The message travels beside it.
//!
//! # What went wrong
//!
//! - **Bleichenbacher 2006.** OpenSSL found the hash in a signature and did not ask what came after
//!   it (CVE-2006-4339). So signatures could be forged for every key with e = 3, and some CAs had
//!   such keys. You do it in exercise 3.6.
//! - **BERserk 2014.** Firefox's library, NSS, read the lengths in that block so generously that
//!   garbage fitted inside (CVE-2014-1568). **python-rsa** (CVE-2016-1494) and **strongSwan**
//!   (CVE-2018-16151, CVE-2018-16152) had gaps of the same kind. strongSwan's repair was to build
//!   the block and compare, as you do in exercise 3.5.
//! - **SNMPv3 2008.** The sender chose how many bytes of an HMAC were compared. One was enough, and
//!   one in 256 guesses was right (CVE-2008-0960). See exercise 3.3.
//! - **Keyczar 2009.** Google's library compared HMACs with `==`. How long it took told an attacker
//!   how many bytes were right already. See exercise 3.3.
//! - **Flickr 2009.** Its requests were "signed" by a hash of secret and request, and could be
//!   continued by anybody (Duong and Rizzo). See exercise 3.2.
//! - **SLOTH 2016.** TLS 1.2 allowed MD5 for signatures of the transcript. Two transcripts with the
//!   same MD5 can be found, and a signature of the one holds for the other (CVE-2015-7575).
//! - **Factoring by listening, 2015.** A computer that slips once while it computes an RSA
//!   signature gives its private key away. Weimer watched servers for nine months and got hundreds
//!   of keys. See exercise 3.5.
//!
//! # Further reading
//!
//! - RFC 8017 §8 and §9, the signature schemes and their encodings
//! - RFC 2104, HMAC, in a few pages
//! - Hal Finney, *Bleichenbacher's RSA signature forgery based on implementation error* (2006), the
//!   message to a mailing list by which the world learned of it
//! - Sze Yiu Chau, *A Decade After Bleichenbacher '06, RSA Signature Forgery Still Works* (2019)

use std::error::Error;
use std::fmt;

use given::attacks::cube_root::cube_root;
use given::attacks::lenient;
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ch2_asymmetric::{PublicKey, public_operation};

// 3.1 The transcript

/// Everything that has been said so far, as one hash: SHA-256 of all the pieces, one after the
/// other.
///
/// A handshake goes back and forth, and at its end both sides make sure that they have heard the
/// same. They need not keep every message for that. A hash takes its input piece by piece, and what
/// it remembers in between never grows.
///
/// ```text
/// add "client hello"      add "server hello"      add "certificate" …
///         │                       │                       │
/// ──▶ [ state ] ────────────▶ [ state ] ────────────▶ [ state ] ──▶ …
///         │                       │                       │
///         ▼                       ▼                       ▼
///       hash()                  hash()                  hash()
/// ```
///
/// It is read while it is still being written: the server signs what has been said up to its
/// signature, and the MAC at the end covers the signature, too. TLS 1.3 defines it in RFC 8446
/// §4.4.1. It is the first thing that you build for the handshake of chapter 6.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    hasher: Sha256,
}

impl Transcript {
    /// A transcript in which nothing has been said.
    pub fn new() -> Transcript {
        Transcript::default()
    }

    /// **3.1** Adds the next piece.
    ///
    /// Where one piece ends and the next begins makes no difference: "ab" and then "c" is "a" and
    /// then "bc". A network may cut messages anywhere, and both sides must get the same hash. (What
    /// keeps two handshakes apart that way? Every message of TLS begins with its length.)
    pub fn add(&mut self, piece: &[u8]) {
        // todo!("3.1: add {piece:?} to what has been said")
        self.hasher.update(piece);
    }

    /// **3.1** The SHA-256 of everything that has been added. The transcript goes on as if nobody
    /// had looked.
    pub fn hash(&self) -> [u8; 32] {
        // todo!("3.1: the hash of what has been said so far")

        // Finishing a hash uses it up, so it is a copy that is finished.
        self.hasher.clone().finalize().into()
    }
}

// 3.2 HMAC

/// **3.2** HMAC with SHA-256 of `message` under `key` (RFC 2104). Of the crates, use nothing but
/// [`Sha256`].
///
/// A hash becomes a MAC by hashing a key along with the message. The first idea that one has is
/// SHA-256(key ‖ message), and it is wrong. A hash of this family *is* its state after the last
/// block. Who has it can go on hashing from there: from the MAC of `to=Bob` comes that of `to=Bob`,
/// some filling, and `&amount=1000000`, without the key. This is *length extension*. Flickr signed
/// its requests that way until 2009.
///
/// HMAC hashes twice, and the key goes into both:
///
/// ```text
/// block key ⊕ 36 36 … 36 ‖ message       ── SHA-256 ──▶   inner hash
/// block key ⊕ 5c 5c … 5c ‖ inner hash    ── SHA-256 ──▶   MAC, 32 bytes
/// ```
///
/// The *block key* has 64 bytes, as many as SHA-256 takes in at a time. A shorter key is filled up
/// with zeros at its end. A key of more than 64 bytes is replaced by its SHA-256 first, and that is
/// filled up.
///
/// A key may be of any length, empty too. TLS uses keys of 32 bytes with this hash.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // todo!("3.2: the HMAC of {message:?} under {key:?}")
    let mut block_key = [0; 64];
    if key.len() > block_key.len() {
        block_key[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block_key[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new()
        .chain_update(block_key.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(block_key.map(|byte| byte ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}

// 3.3 Check a MAC

/// The MAC is not that of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadMac;

impl fmt::Display for BadMac {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the MAC does not hold")
    }
}

impl Error for BadMac {}

/// **3.3** Checks that `mac` is the whole HMAC of `message` under `key`, in a time that does not
/// depend on how much of it is right.
///
/// There is only one right MAC, so you compute it and compare. How you compare matters. The `==` of
/// slices may return at the first byte that differs. Then a MAC whose first byte is right takes a
/// little longer to be refused than others, and whoever can measure that finds the first byte in
/// 256 tries, the second in 256 more, and has all 32 after some eight thousand instead of 2²⁵⁵.
/// Keyczar was found open to this in 2009.
///
/// The crate `subtle` compares without stopping: [`ConstantTimeEq`] looks at every byte, whatever
/// it has seen.
///
/// **No test here can tell the two apart.** They give the same answers, and their times differ by
/// less than a test on your machine can measure. An answer with `==` is graded as solved. What
/// finds it is reading: yours by you, now, and other people's wherever something secret is
/// compared.
///
/// # Errors
///
/// [`BadMac`] where anything differs, the length too. A MAC that is cut short is not accepted,
/// however much of it there is: who may choose to be checked on one byte guesses that byte
/// (CVE-2008-0960).
pub fn verify_mac(key: &[u8], message: &[u8], mac: &[u8]) -> Result<(), BadMac> {
    // todo!("3.3: is {mac:?} the HMAC of {message:?} under {key:?}?")

    // Slices of different lengths are not equal. That is told at once, and no secret: all MACs have
    // the same length.
    if hmac_sha256(key, message).ct_eq(mac).into() {
        Ok(())
    } else {
        Err(BadMac)
    }
}

// 3.4 Forge textbook signatures

/// A message with its textbook signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// What is signed.
    pub message: u64,
    /// What the private key has made of it. Or so it is believed.
    pub signature: u64,
}

impl Signed {
    /// Whether the signature holds: what the public key makes of it is the message.
    ///
    /// This is what someone writes who believes that signing is encrypting with the private key.
    /// "Only its owner can encrypt with it. So what the public key decrypts is from the owner."
    pub fn holds(&self, key: &PublicKey) -> bool {
        public_operation(key, self.signature) == Ok(self.message)
    }
}

/// **3.4** *An attack on textbook signatures.* Signs a message without the private key, and without
/// ever having seen a signature.
///
/// Who signs has a message, and looks for the number that the public key turns into it. For that
/// they need the private key. You may begin at the other end:
///
/// ```text
/// owner      message ────── private key ─────▶ signature
/// you        message ◀───── public key ─────── signature
/// ```
///
/// You can't choose what the message says. That is no comfort where a message may be any number: a
/// key, say, or a random value.
///
/// `signed` are the messages that the owner has signed. Return a message that is none of them, with
/// a signature for which [`Signed::holds`] under `key`. Return `None` if there is no such message
/// any more, which happens to very small keys.
///
/// The remedy is to sign a hash of the message. Now you can begin at the other end as often as you
/// like: what comes out is a number, and you would have to find a message with that hash.
pub fn forge_from_nothing(key: &PublicKey, signed: &[u64]) -> Option<Signed> {
    // todo!("3.4: sign a message that is none of {signed:?} with {key:?} alone")

    // Every signature has a message of its own, so this looks at one more than `signed` has.
    (0..key.n.get())
        .filter_map(|signature| {
            let message = public_operation(key, signature).ok()?;
            Some(Signed { message, signature })
        })
        .find(|forged| !signed.contains(&forged.message))
}

/// **3.4** *An attack on textbook signatures.* From two signed messages makes a third: the product
/// of both, modulo n, with a signature that holds.
///
/// The line is that of exercise 2.5, read for the other key:
///
/// ```text
/// (a · b)ᵈ = aᵈ · bᵈ
/// ```
///
/// Now you can choose what it says, if you find two messages whose product it is, and someone who
/// signs them: a harmless one and another harmless one.
///
/// `first` and `second` hold under `key`.
///
/// A hash alone is not the whole remedy. A hash is a short number, and among many short numbers
/// there are some with small factors only. From the signatures of enough of those, a new one can be
/// put together (Desmedt and Odlyzko 1985). Hence the padding of exercise 3.5. It fills the number
/// up to the length of the modulus, and a product of two such blocks is not a third.
pub fn forge_from_two(key: &PublicKey, first: &Signed, second: &Signed) -> Signed {
    // todo!("3.4: from {first:?} and {second:?} make a third that holds under {key:?}")
    let times = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b) % u128::from(key.n.get());
        u64::try_from(product).expect("a remainder is below its modulus")
    };
    Signed {
        message: times(first.message, second.message),
        signature: times(first.signature, second.signature),
    }
}

// 3.5 PKCS#1 v1.5 signatures

/// The key is too small: a block of its size has no room for the hash and what belongs around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTooSmall;

impl fmt::Display for KeyTooSmall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the key is too small to sign with")
    }
}

impl Error for KeyTooSmall {}

/// The signature is not one of the message under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the signature does not hold")
    }
}

impl Error for BadSignature {}

/// **3.5** The block of `length` bytes that is signed for `message`: EMSA-PKCS1-v1_5 with SHA-256
/// (RFC 8017 §9.2).
///
/// ```text
/// 1    1    8 or more    1    19             32
/// ┌────┬────┬──────────┬────┬──────────────┬───────────────────────┐
/// │ 00 │ 01 │ ff ff …  │ 00 │  DigestInfo  │ SHA-256 of the message│    `length` bytes in all
/// └────┴────┴──────────┴────┴──────────────┴───────────────────────┘
/// ```
///
/// Nothing in it is random, and nothing is left to choose. For one message and one length there is
/// one block. The zero in front makes it smaller than any modulus of that length, and the bytes
/// `ff` fill it up.
///
/// *DigestInfo* names the hash, so that the hash of a weaker function can't be passed off as a
/// SHA-256. It is the head of a structure in ASN.1, of which you need not know more than this:
///
/// ```text
/// 30 31                                      a sequence, of 0x31 bytes:
///    30 0d                                     a sequence, of 0x0d bytes:
///       06 09 60 86 48 01 65 03 04 02 01         an object identifier: SHA-256
///       05 00                                    NULL: it has no parameters
///    04 20                                     an octet string, of 0x20 bytes: the hash follows
/// ```
///
/// # Errors
///
/// [`KeyTooSmall`] where there is no room for 8 bytes of `ff`. No fewer are allowed.
pub fn encode_pkcs1(message: &[u8], length: usize) -> Result<Vec<u8>, KeyTooSmall> {
    // todo!("3.5: the block of {length} bytes that is signed for {message:?}")
    const DIGEST_INFO: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    let hash = Sha256::digest(message);
    let padding = length
        .checked_sub(3 + DIGEST_INFO.len() + hash.len())
        .filter(|padding| *padding >= 8)
        .ok_or(KeyTooSmall)?;
    Ok([&[0, 1][..], &vec![0xff; padding], &[0], &DIGEST_INFO, &hash].concat())
}

/// **3.5** Signs `message` with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 8017 §8.2.1).
///
/// Build the block of [`encode_pkcs1`], as long as the modulus. Read it as a number, apply the
/// private key, and write the result as bytes: as many as the modulus has, with zeros in front
/// where the number is short. The signature of a message is always the same one.
///
/// The crate `rsa` would do all of this in one call. Take only the arithmetic from it:
/// [`rsa::hazmat::rsa_decrypt_and_check`] is the operation with the private key. (It is named for
/// decryption. By now you know why that is all the same to it.) Give it a generator,
/// `getrandom::SysRng`, and it works on a number that nobody can know, so that its time tells
/// nothing (*blinding*). And it checks its result: a signature in which one of two halves was
/// computed wrongly gives the factors of n away to everybody who sees it (Lenstra 1996). Weimer got
/// private keys of servers that did not check.
///
/// The function takes one key, which has its public half inside. Where a caller can pass the two
/// separately, they can pass two that don't belong together, and with Ed25519 that costs the
/// private key (RUSTSEC-2022-0093).
///
/// # Errors
///
/// [`KeyTooSmall`] where the modulus has fewer than 62 bytes, and so no room for the block.
pub fn sign_pkcs1(key: &rsa::PrivateKey, message: &[u8]) -> Result<Vec<u8>, KeyTooSmall> {
    // todo!("3.5: sign {message:?} with {key:?}")
    let length = key.size();
    let block = encode_pkcs1(message, length)?;
    let number = BoxedUint::from_be_slice(&block, key.n_bits_precision())
        .expect("the block is as long as the modulus");
    // A system without randomness, or a computer that has miscalculated: better to stop than to
    // send what has come out.
    let signature = rsa::hazmat::rsa_decrypt_and_check(key, Some(&mut getrandom::SysRng), &number)
        .expect("the block is below the modulus");
    // The bytes of whole machine words, of which a modulus may leave some in front unused.
    let bytes = signature.to_be_bytes();
    Ok(bytes[bytes.len() - length..].to_vec())
}

/// **3.5** Checks that `signature` is the one that [`sign_pkcs1`] makes of `message` with the
/// private half of `key` (RFC 8017 §8.2.2).
///
/// Apply the public key to the signature: [`rsa::hazmat::rsa_encrypt`]. What comes out is a block,
/// or something else. Now it is tempting to take the block apart: skip the padding, find the hash,
/// compare it. **Don't.** You know which block it must be, every byte of it. Build that one, and
/// compare. Bleichenbacher's forgery, BERserk and those after them were possible because somebody
/// read the block instead.
///
/// Nothing is secret here. Everybody can compute both blocks, and `==` may take the time it takes.
///
/// # Errors
///
/// [`BadSignature`] wherever it is not that signature:
///
/// - It is not exactly as long as the modulus. One that has lost a zero in front is refused, too.
/// - Its number is not below n. The arithmetic would accept s + n as well as s, and then a
///   signature that has been seen could be changed into another. `rsa_encrypt` does not check this.
/// - Anything else comes out than the block of the message.
/// - The key is too small for any block.
pub fn verify_pkcs1(
    key: &rsa::PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    // todo!("3.5: is {signature:?} a signature of {message:?} under {key:?}?")
    let length = key.size();
    let expected = encode_pkcs1(message, length).map_err(|_| BadSignature)?;
    if signature.len() != length {
        return Err(BadSignature);
    }
    let number =
        BoxedUint::from_be_slice(signature, key.n_bits_precision()).map_err(|_| BadSignature)?;
    if number >= *key.n().as_ref() {
        return Err(BadSignature);
    }
    let opened = rsa::hazmat::rsa_encrypt(key, &number).map_err(|_| BadSignature)?;
    let bytes = opened.to_be_bytes();
    // A number below n has nothing but zeros before its last `length` bytes.
    if bytes[bytes.len() - length..] == expected {
        Ok(())
    } else {
        Err(BadSignature)
    }
}

// 3.6 Bleichenbacher's forgery

/// Why no signature can be forged for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeError {
    /// Its public exponent is not 3.
    Exponent,
    /// The forged block does not leave enough bytes free to make it a cube.
    KeyTooSmall,
}

impl fmt::Display for ForgeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForgeError::Exponent => write!(out, "the public exponent is not 3"),
            ForgeError::KeyTooSmall => write!(out, "the key leaves too little room"),
        }
    }
}

impl Error for ForgeError {}

/// **3.6** *An attack on a careless verifier.* Signs `message` without the private key, so that
/// [`given::attacks::lenient::accepts`] takes it, for any key with e = 3 that is large enough.
///
/// Read that verifier first; it is short. It opens the signature and reads the block as in exercise
/// 3.5 from the left: `00 01`, eight or more `ff`, `00`, DigestInfo, hash. There it stops. So this
/// is good enough for it:
///
/// ```text
/// genuine   00 01 ff ff ff ff ff ff ff ff ff … … … ff ff 00 DigestInfo hash
/// forged    00 01 ff ff ff ff ff ff ff ff 00 DigestInfo hash ?? ?? ?? … ??
///           └───────────────────── 62 bytes ──────────────┘└─── free ────┘
/// ```
///
/// To open a signature s under such a key is to compute s³ modulo n. If s³ is below n, "modulo n"
/// does nothing, and s is a cube root in the whole numbers. That root everybody can take:
/// [`cube_root`] is given. All you need is a block of the forged shape that is a cube.
///
/// Not every number is a cube. But you have freedom at the right end. Near the number s³ the next
/// cube is about 3s² away. In a key of 2048 bits, the block is about 2²⁰³³, so s is about 2⁶⁷⁸, and
/// the cubes there stand 2¹³⁵⁷ apart. Your free bytes are 194, and take 2¹⁵⁵² values. About 2¹⁹⁵
/// cubes have the shape that you need, for every message. Find one.
///
/// Daniel Bleichenbacher showed this in a talk in 2006. For a key of 3072 bits it takes a pencil,
/// and no computer. OpenSSL had that verifier, and others too (CVE-2006-4339). e = 3 is not the
/// mistake: your [`verify_pkcs1`] refuses the forgery under the same key. But with e = 65537 there
/// would have been no root to take, and one mistake would have stayed one.
///
/// # Errors
///
/// - [`ForgeError::Exponent`] where the public exponent of `key` is another.
/// - [`ForgeError::KeyTooSmall`] where the cubes stand too far apart: always at 1024 bits and
///   below, never at 1536 and above. In between it is for you to find out. What you return as
///   forged, the verifier must accept. Where the exponent is another, too, either error will do.
pub fn forge_e3(key: &rsa::PublicKey, message: &[u8]) -> Result<Vec<u8>, ForgeError> {
    // todo!("3.6: forge a signature of {message:?} that a lenient verifier takes under {key:?}")
    if *key.e_bytes() != [3] {
        return Err(ForgeError::Exponent);
    }
    // As little padding as is allowed leaves as much as possible free.
    const SHORTEST: usize = 3 + 8 + 19 + 32;
    let mut block = encode_pkcs1(message, SHORTEST).map_err(|_| ForgeError::KeyTooSmall)?;
    if key.size() < SHORTEST {
        return Err(ForgeError::KeyTooSmall);
    }
    // The root is rounded down, so the cube is a little below the block. From the largest block of
    // the shape there is room to fall.
    block.resize(key.size(), 0xff);
    let root = cube_root(&block);
    let mut signature = vec![0; key.size() - root.len()];
    signature.extend(root);
    if lenient::accepts(key, message, &signature) {
        Ok(signature)
    } else {
        Err(ForgeError::KeyTooSmall)
    }
}

// 3.7 PSS signatures

/// **3.7** Signs `message` with RSASSA-PSS (RFC 8017 §8.1.1): SHA-256 as its hash, the same in its
/// mask, and a salt of 32 bytes, fresh for each signature.
///
/// The padding of exercise 3.5 was drawn up before anybody could say why it should hold. PSS, by
/// Bellare and Rogaway (1996), came with a proof: who forges it can compute RSA roots. Its block
/// looks random nearly all over, and no two signatures are the same:
///
/// ```text
/// 00 × 8 ‖ SHA-256 of the message ‖ salt ── SHA-256 ──▶ H
///
/// ┌──────────────────────┬────┬────────┬──────────┬────┐
/// │ 00 00 … 00           │ 01 │  salt  │    H     │ bc │      one bit shorter than the modulus
/// └──────────────────────┴────┴────────┴──────────┴────┘
///   any number             1      32        32      1
///   └──── all of this XOR a mask made of H ────┘
/// ```
///
/// Who checks it takes H, makes the mask of it, finds the salt, and hashes again. So the salt need
/// not be sent. It need not be secret either. If it is random, two signatures of one message have
/// nothing to do with each other, and the proof is at its best.
///
/// This is `rsa_pss_rsae_sha256` of TLS 1.3 (RFC 8446 §4.2.3), where the salt must be as long as
/// the hash. Here you stand on the crate `rsa`.
///
/// # Errors
///
/// [`KeyTooSmall`] where the block has no room for its 66 bytes. It is one bit shorter than the
/// modulus, so the smallest modulus has 522 bits.
pub fn sign_pss(key: &rsa::PrivateKey, message: &[u8]) -> Result<Vec<u8>, KeyTooSmall> {
    // todo!("3.7: sign {message:?} with {key:?}")
    let block_length = (key.n().bit_width() - 1).div_ceil(8);
    if block_length < 1 + 32 + 32 + 1 {
        return Err(KeyTooSmall);
    }
    // As in 3.5: without randomness, or with a wrong result, it is better to stop.
    Ok(key
        .pss_sign::<Sha256>(message)
        .expect("the key is large enough"))
}

/// **3.7** Checks that `signature` is one of `message`, made by [`sign_pss`] with the private half
/// of `key` (RFC 8017 §8.1.2).
///
/// A message has many right signatures, so this can't rebuild one and compare, as exercise 3.5
/// does. It takes the mask off, and checks what is left, every bit of it: the zeros, the 01, H, the
/// bc. The length of the salt is not up to the one who signs. It is 32, and no other is accepted.
///
/// # Errors
///
/// [`BadSignature`] for everything else: another message, key, length or hash, a salt of another
/// length, a signature as in exercise 3.5, a key too small for any.
pub fn verify_pss(
    key: &rsa::PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    // todo!("3.7: is {signature:?} a signature of {message:?} under {key:?}?")
    key.pss_verify::<Sha256>(message, signature)
        .map_err(|_| BadSignature)
}
