//! # Chapter 3: signatures
//!
//! Chapters 1 and 2 hide messages. This one proves where a message comes from, and that nobody has
//! changed it on the way. Three tools do that work in HTTPS. They build on each other, and they
//! prove different things.
//!
//! ```text
//!             who can make it          who can check it     what it tells you
//! hash        everybody                everybody            that two messages are the same
//! MAC         anyone with the key      anyone with the key  that one of the two of you made it
//! signature   the private key's owner  everybody            who made it
//! ```
//!
//! - A **hash** is a fingerprint of a message. It is short, however long the message is. The one
//!   that you use here, SHA-256, is 32 bytes long, and nobody knows how to find two messages with
//!   the same hash. A hash has no key, so anyone who changes the message can make a new one.
//! - A **MAC**, or message authentication code, is like a hash with a key in it: only those who
//!   have the key can make it or check it. The tag of chapter 1 was one. Here you build another,
//!   HMAC, out of a hash.
//! - A **signature** is made with the private key of a pair and checked with the public one. Many
//!   people can check it, and none of them could have made it. So it convinces a judge, too. A MAC
//!   does not: anyone who can check a MAC can also make it.
//!
//! # What you write
//!
//! You hash a conversation, and build a MAC. Then you break textbook signatures, and build the two
//! kinds of RSA signatures that are in use. Between those two, you meet a verifier that is a little
//! too lenient, and forge a signature that it accepts, on any message you like, without a private
//! key. At the end you come back to hashes, and see what happens if a plain hash of the key and the
//! message takes the place of HMAC.
//!
//! - **3.1** [`Transcript`]: hash the *transcript* piece by piece. It is everything that the client
//!   and the server have said.
//! - **3.2** [`hmac_sha256`]: build HMAC out of SHA-256.
//! - **3.3** [`verify_mac`]: compare a MAC without revealing how much of it is right.
//! - **3.4** [`forge_from_nothing`] and [`forge_from_two`] (attack): forge signatures made with the
//!   textbook RSA of chapter 2.
//! - **3.5** [`encode_pkcs1`], [`sign_pkcs1`] and [`verify_pkcs1`]: sign with PKCS#1 v1.5, which
//!   has a padding of its own for signatures.
//! - **3.6** [`forge_e3`] (attack): forge a PKCS#1 v1.5 signature that a careless verifier accepts,
//!   under a large enough key whose public exponent e is 3.
//! - **3.7** [`sign_pss`] and [`verify_pss`]: sign with PSS (probabilistic signature scheme), the
//!   newer padding, which has a random part.
//! - **3.8** [`sha256_padding`] and [`extend`] (attack): append to a message, and compute its new
//!   MAC without the key. This works if the MAC is a hash of the key and the message.
//!
//! # Where this fits in the handshake
//!
//! All three tools appear in the handshake. The first signature is by a *certification authority*,
//! or CA, which vouches that a public key belongs to a name.
//!
//! ```text
//! client                                                          server
//!   │ ── hello ──────────────────────────────────────────────────▶ │ ┐
//!   │ ◀────────────────────────────────────────────────── hello ── │ │
//!   │ ◀── certificate: name and public key, signed by a CA ─────── │ │ transcript (3.1)
//!   │ ◀── signature: the server has signed its part (3.5, 3.7) ─── │ │
//!   │ ◀── Finished, both ways: a MAC of all of this (3.2, 3.3) ──▶ │ ┘
//! ```
//!
//! - The certificate carries the signature of a CA. You make and check such signatures in chapter
//!   5.
//! - The server's own signature proves that it has the private key that belongs to the certificate.
//!   In TLS 1.2, with the key exchange of chapter 4, this signature is part of a message called
//!   ServerKeyExchange. It covers the server's share of the key exchange and the random bytes of
//!   both hellos (RFC 5246 §7.4.3). With the RSA key transport of chapter 2 there is no such
//!   signature. In TLS 1.3 the server's signature is a message of its own, CertificateVerify, and
//!   covers the transcript (RFC 9846 §4.5.2). If the server has an RSA key, it must be a PSS
//!   signature (exercise 3.7).
//! - At the end each side sends Finished: a MAC of the transcript, under a key that only these two
//!   sides have. In TLS 1.3 the MAC is HMAC as you write it (RFC 9846 §4.5.3). In TLS 1.2 it is a
//!   function built from HMAC (RFC 5246 §5 and §7.4.9). If anyone has changed an earlier message,
//!   the two sides have different transcripts, and the first of them to check a Finished refuses
//!   it.
//!
//! # What is often said
//!
//! *Signing is encrypting with the private key.* In chapter 2 you saw what is true about it. RFC
//! 8017 calls the two operations RSASP1, which signs, and RSADP, which decrypts. They are the same
//! function. §5.2 says so, and says why there are two names: they serve different purposes. The
//! function is a *primitive*: a number goes in, and a number comes out. But nobody signs or encrypts
//! with a primitive alone. What people use is a *scheme*, and the schemes for signing and for
//! encrypting have only the primitive in common:
//!
//! ```text
//!                   encryption (OAEP, 2.6)            signature (PKCS#1 v1.5, 3.5; PSS, 3.7)
//! goal              nobody else can read it           nobody else can make it
//! what goes in      the message, which is short       a hash of a message of any length
//! the padding       is there to hide                  is there to be checked, every bit of it
//! at the other end  the padding is taken off,         the padding is checked,
//!                   and the message is left           and the answer is yes or no
//! ```
//!
//! People who believe the sentence tend to make one of three mistakes:
//!
//! - They leave the padding out, because it seems to be there for hiding. Exercise 3.4 forges such
//!   signatures with a multiplication.
//! - They "decrypt" the signature, and look in the result for the hash that they expect. Exercise
//!   3.6 forges signatures that pass such a check, for any message.
//! - They use one key for both purposes. Then a server that can be made to decrypt can also be made
//!   to sign, as in the ROBOT attack of chapter 2.
//!
//! Ed25519 and ECDSA, two other signature algorithms, can't encrypt at all. For them the sentence
//! makes no sense.
//!
//! *PKCS#1 v1.5 is broken.* Its encryption has been broken again and again. Its signatures are a
//! different scheme. Nobody knows how to forge them for a verifier that compares the whole block.
//! There is even a proof that this is as hard as breaking RSA, for hashes longer than those in use
//! (Jager, Kakvi and May 2018). Many certificates carry such signatures to this day. What has been
//! broken is verifiers. Even so, TLS 1.3 requires RSA keys to sign its handshake with PSS, because
//! PSS has the better proof.
//!
//! *What is signed is secret.* A signature hides nothing. The message travels beside it.
//!
//! # What went wrong
//!
//! - **Bleichenbacher 2006.** OpenSSL found the hash in a signature and did not check what came
//!   after it (CVE-2006-4339). So signatures could be forged for every large enough key with e = 3,
//!   and some CAs had such keys. You forge one in exercise 3.6.
//! - **BERserk 2014.** A PKCS#1 v1.5 signature contains a block with lengths in it. NSS, the
//!   library in Firefox, read those lengths so leniently that garbage fit inside (CVE-2014-1568).
//!   **python-rsa** (CVE-2016-1494) and **strongSwan** (CVE-2018-16151, CVE-2018-16152) had gaps of
//!   the same kind. strongSwan's fix was to build the block and compare, as you do in exercise 3.5.
//! - **SNMPv3 2008.** The sender chose how many bytes of an HMAC were compared. One byte was
//!   enough, and one in 256 guesses was right (CVE-2008-0960). See exercise 3.3.
//! - **Keyczar 2009.** Google's library compared HMACs with `==`. The time this took told an
//!   attacker how many bytes were already right. See exercise 3.3.
//! - **Flickr 2009.** Its requests were "signed" with a hash of a secret and the request. Anybody
//!   could append to such a request and compute the new hash, without the secret (Duong and Rizzo).
//!   You do it in exercise 3.8.
//! - **SLOTH 2016.** TLS 1.2 allowed MD5, an older hash, in the signature by which a client proves
//!   who it is. That signature covers the transcript. An attacker can compute two transcripts with
//!   the same MD5, and a signature of one of them is valid for the other (CVE-2015-7575). Your
//!   client signs nothing. It checks what a server has signed, and refuses MD5 there (6.7, 7.6).
//! - **Factoring by listening, 2015.** A computer that makes one mistake while it computes an RSA
//!   signature can give its private key away to anyone who sees the signature. Florian Weimer
//!   connected to servers for nine months and got hundreds of keys. See exercise 3.5.
//!
//! # Further reading
//!
//! - RFC 8017 §8 and §9, the signature schemes and their encodings
//! - RFC 2104, HMAC, in a few pages
//! - Hal Finney, *Bleichenbacher's RSA signature forgery based on implementation error* (2006), the
//!   mailing-list post that made it public
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

mod extend;
pub use extend::*;
