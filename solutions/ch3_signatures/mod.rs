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

mod transcript;
pub use transcript::*;

mod hmac;
pub use hmac::*;

mod verify_mac;
pub use verify_mac::*;

mod forge_textbook;
pub use forge_textbook::*;

mod pkcs1;
pub use pkcs1::*;

mod forge_e3;
pub use forge_e3::*;

mod pss;
pub use pss::*;
