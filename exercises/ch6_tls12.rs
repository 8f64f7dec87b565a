//! # Chapter 6: the handshake
//!
//! You have all the parts: ciphers that seal, keys that two strangers agree on, signatures, and
//! certificates that say whose they are. A protocol puts them in order. This one is TLS 1.2 (RFC
//! 5246), which your browser has spoken for years and still speaks where 1.3 is not to be had. You
//! write both ends of it, byte for byte as the standard has them, so that OpenSSL, curl and your
//! browser answer.
//!
//! ```text
//!       client                                                     server
//!         │                                                          │
//!       1 │ ── ClientHello: a random, what I can do ────────────────▶│
//!       2 │◀────────────── ServerHello: a random, what we will do ── │
//!       3 │◀───────────────────────────── Certificate: who I am ──── │
//!       4 │◀── ServerKeyExchange: my key share, signed (ECDHE only) ─│
//!         │◀──────────────────────── ServerHelloDone: your turn ──── │
//!       5 │ ── ClientKeyExchange: my share, or a wrapped secret ────▶│
//!       6 │ ── ChangeCipherSpec: sealed from here on ───────────────▶│
//!       7 │ ══ Finished: what I have seen of all this ══════════════▶│
//!       6 │◀──────────────────────────────── ChangeCipherSpec ────── │
//!       7 │◀═════════════════ Finished: what I have seen of it ═════ │
//!         │                                                          │
//!         │ ◀════════════════ HTTP, sealed ════════════════════════▶ │
//! ```
//!
//! Beneath all this is TCP, which has a handshake of its own: SYN, SYN and ACK, ACK. It brings
//! bytes to the other side in order. Who the other side is, and who reads along, it does not know.
//!
//! # What each step is for
//!
//! 1. **ClientHello** offers: versions, suites, groups, ways to sign. Its 32 random bytes make
//!    this handshake differ from every other, so that no recording of another one fits in.
//! 2. **ServerHello** chooses from what was offered, and adds 32 random bytes for the same reason.
//! 3. **Certificate** is a chain, as you checked it in exercise 5.5. It is public, and proves
//!    nothing yet: anybody can send a copy.
//! 4. **ServerKeyExchange** is a key share, signed together with both randoms (exercise 4.6). This
//!    proves that the certificate's owner is there, now. **ServerHelloDone** ends the server's
//!    turn.
//! 5. **ClientKeyExchange** is the client's share. With the older suite it is a secret instead,
//!    wrapped under the certificate's key: only the owner can go on from there, which is the proof.
//! 6. **ChangeCipherSpec** says that the sender seals its records from the next one on. It is no
//!    message of the handshake, and not in the transcript.
//! 7. **Finished** is a MAC over the whole transcript, under the new keys. Whoever has changed a
//!    byte on the way, even of the first hello, is found out here.
//!
//! # Messages travel in records
//!
//! A message has its type and its length before it. A record has, too. The two don't care for each
//! other: one record may hold three messages, and one message may need three records. What is
//! sealed is the record.
//!
//! ```text
//! record     16 │ 03 03 │ 00 35 │ 02 00 00 31 03 03 …         16: a record of the handshake
//!            type  1.2     length  fragment
//!
//! message                         02 │ 00 00 31 │ 03 03 …      02: a ServerHello
//!                                 type  length     body
//! ```
//!
//! Records and messages are given to you, in [`given::tls`]: [`Wire`] makes messages of bytes and
//! bytes of messages, and calls your exercise 6.4 for what is sealed. It judges nothing. Whether a
//! message may come now, and whether what it says can be believed, is for you to say.
//!
//! # What you write
//!
//! ```text
//! 6.1    read lengths that the peer has written      Certificate, and wherever there is a vector
//! 6.2    what to choose, and what to accept          steps 1 and 2
//! 6.3    keys from a secret                          after step 5
//! 6.4    seal records, and open them                 from step 7 on
//! 6.5    a secret wrapped under an RSA key           step 5, with the older suite
//! 6.6    a MAC of all that was said                  step 7
//! 6.7    the client: all of it, in order, checked    what you have written up to here, used
//! 6.8    the server: the same, from the other side
//! 6.9    a wiretap: what a leaked key opens
//! 6.10   OpenSSL and curl at the other end
//! 6.11   which key does what
//! ```
//!
//! Steps 3 and 4 you have written already: exercises 5.5 and 4.6.
//!
//! There is more to TLS 1.2 than this. Sessions can be resumed, clients can show certificates, a
//! handshake can begin anew in the middle of a connection, and there are hundreds of suites. Nothing
//! of that is needed to fetch a page, and most of it has been the cause of some trouble.
//!
//! # From secret to keys
//!
//! ```text
//! RSA: 48 bytes, wrapped ───┐
//!                           ├─▶ premaster secret
//! ECDHE: X25519, 32 bytes ──┘         │
//!                                     ▼  PRF: "extended master secret", hash of the transcript
//!                               master secret, 48 bytes
//!                                     │
//!                 ┌───────────────────┼─────────────────────┐
//!                 ▼ "key expansion"   ▼ "client finished"   ▼ "server finished"
//!           the key block         verify_data            verify_data
//!           client's key and IV
//!           server's key and IV
//! ```
//!
//! # What is often said
//!
//! *The client generates the symmetric key and sends it.* With the suite TLS_RSA it sends a
//! premaster secret, from which both derive the keys. With ECDHE nothing secret is sent.
//!
//! *HTTPS uses asymmetric encryption.* With ECDHE nothing is encrypted with the certificate's key:
//! it signs. In TLS 1.3 there is no other way, and for TLS 1.2 the suites that do encrypt with it
//! are deprecated (RFC 10015, 2026). You write one of them, because you can't see what forward
//! secrecy is without a session that has none.
//!
//! *The handshake is encrypted.* In TLS 1.2 all of it but Finished is in the clear: you watch it
//! pass in the trace of exercise 6.10, host name and certificate included. TLS 1.3 seals all that
//! follows ServerHello.
//!
//! # What went wrong
//!
//! - **Heartbleed 2014** (CVE-2014-0160): OpenSSL believed a length that the peer had sent, and
//!   answered with up to 64 KiB of whatever stood in memory behind it. Exercise 6.1.
//! - **goto fail 2014** (CVE-2014-1266): a line that stood there twice jumped over the check of the
//!   ServerKeyExchange's signature in Apple's TLS. Exercise 6.7.
//! - **Early CCS 2014** (CVE-2014-0224): OpenSSL took a ChangeCipherSpec before there were keys,
//!   and then sealed with keys made from nothing. Hence a state for each thing that is waited for.
//! - **Bleichenbacher 1998, ROBOT 2017, Marvin 2023**: servers that let on whether a wrapped
//!   secret was well padded, by an alert or by the time it took, decrypt for whoever asks.
//!   Exercise 6.5, and why TLS 1.3 has no RSA key transport.
//! - **Triple Handshake 2014**: two sessions with the same master secret could be joined into one
//!   by somebody in the middle. The extended master secret (RFC 7627) is the answer. Exercise 6.3.
//! - **FREAK and Logjam 2015** (CVE-2015-0204, CVE-2015-4000): clients went on with keys so weak
//!   that they could be broken in time. They had not asked for such keys. Somebody in the middle
//!   had, in their name. Exercise 6.2.
//!
//! # Further reading
//!
//! - RFC 5246, The Transport Layer Security (TLS) Protocol Version 1.2; RFC 5288 and RFC 5289 for
//!   its suites with AES-GCM; RFC 8422 for elliptic curves; RFC 7627; RFC 5746
//! - RFC 9325, Recommendations for Secure Use of TLS: which of all that to use today
//! - RFC 8446, Version 1.3: read its appendix E.1 for what a handshake is to achieve
//! - Michael Driscoll, *The Illustrated TLS 1.2 Connection*, every byte of one, explained
//! - Benjamin Beurdouche and others, *A Messy State of the Union: Taming the Composite State
//!   Machines of TLS* (2015): what became of those who took messages out of order

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::Arc;

use given::http::{self, Request, Response};
use given::net::{self, Setup, Tunnel};
use given::tls::{
    Abort, Alert, CipherSuite, ContentType, HandshakeMessage, HandshakeType, Incoming, Malformed,
    OpenRecord, SealRecord, SignatureScheme, TLS_1_2, Wire, Writer, X25519,
};
use given::tls12::{
    CertificateChain, ClientHello, ClientKeyExchange, Endpoint, Extension, Finished, Progress,
    ServerHello, ServerHelloDone, ServerKeyExchange, Session, Step,
};
use given::x509::{Certificate, UnixTime};
use subtle::{ConditionallySelectable, ConstantTimeEq};

use crate::ch1_symmetric::{open, seal};
use crate::ch2_asymmetric::TooLong;
use crate::ch3_signatures::{Transcript, hmac_sha256};
use crate::ch4_key_exchange::{
    SecretKey, SharedSecret, shared_secret, sign_key_share, verify_key_share,
};
use crate::ch5_certificates::{Untrusted, verify_chain};

// 6.1 Lengths that may lie

/// **6.1** Reads a vector: bytes with their number in front of them (RFC 5246 §4.3). Most of what
/// TLS sends is made of these.
///
/// ```text
/// input   00 03 │ 61 62 63 │ 64 65          length_bytes = 2
///         length   content   the rest: what `input` is afterwards
/// ```
///
/// The length is a number of `length_bytes` bytes, 1 to 3, the most significant first. The peer has
/// written it, and the peer may lie: a length is a claim about what follows, until you have seen
/// that so much is there.
///
/// # Errors
///
/// [`Malformed`] where `input` ends before the vector does. `input` is then what it was before.
pub fn read_vector<'a>(input: &mut &'a [u8], length_bytes: usize) -> Result<&'a [u8], Malformed> {
    todo!("6.1: read a vector with {length_bytes} bytes of length from the front of {input:?}")
}

/// **6.1** Reads a `body` that is one vector and nothing else. Returns its content.
///
/// What stands behind the end of a message is looked at by nobody. Forgers keep their garbage
/// there, as you did in exercise 3.6.
///
/// # Errors
///
/// [`Malformed`] where the vector is not all there, and where something follows it.
pub fn only_vector(body: &[u8], length_bytes: usize) -> Result<&[u8], Malformed> {
    todo!("6.1: read {body:?} as one vector with {length_bytes} bytes of length")
}

/// **6.1** Answers a heartbeat (RFC 6520 §4): *are you still there? Then say "bird", 4 letters.*
///
/// ```text
/// request    01 │ 00 04 │ b i r d │ 16 bytes of padding, or more
/// response   02 │ 00 04 │ b i r d │ 16 bytes of padding
/// ```
///
/// The padding may be anything. Here it is zeros. (The whole message must not have more than 2¹⁴
/// bytes. Records see to that, so there is no limit here but what 2 bytes of length can say.)
///
/// Up to 2014 OpenSSL took the length from the request, and copied as many bytes from where the
/// payload began. *Say "bird", 65,535 letters*, and it sent the bird, and behind it what happened
/// to stand in memory: passwords, cookies, private keys. It was called Heartbleed. Safe Rust does
/// not read beyond the end of a slice. It panics, and a server that anybody can make panic is down.
///
/// # Errors
///
/// [`Malformed`] where the type is not 1, the payload is not all there, or fewer than 16 bytes of
/// padding follow it. TLS then says nothing at all (RFC 6520 §4).
pub fn heartbeat_response(request: &[u8]) -> Result<Vec<u8>, Malformed> {
    todo!("6.1: answer the heartbeat {request:?} with its own payload")
}

/// **6.1** Reads the body of a Certificate message (RFC 5246 §7.4.2): a vector of vectors, each a
/// certificate in DER, and each length in 3 bytes. The server's own comes first.
///
/// ```text
/// 00 00 0b │ 00 00 03 │ 30 01 00 │ 00 00 02 │ 30 00
/// all        first                 second
/// ```
///
/// # Errors
///
/// [`Malformed`] where something is missing, where bytes are left over at the end of the list or of
/// the body, where a certificate is empty, or the whole list is.
pub fn certificate_list(body: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    todo!("6.1: read the list of certificates in {body:?}")
}

// 6.2 Negotiate

/// What a server has chosen: a suite, and what goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// TLS_RSA_WITH_AES_128_GCM_SHA256.
    Rsa,
    /// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 with X25519, the key share signed in this way.
    EcdheRsa(SignatureScheme),
}

impl Choice {
    /// The suite.
    pub fn suite(self) -> CipherSuite {
        match self {
            Choice::Rsa => CipherSuite::RsaAes128GcmSha256,
            Choice::EcdheRsa(_) => CipherSuite::EcdheRsaAes128GcmSha256,
        }
    }
}

/// **6.2** The server's choice: the first suite in `preferences`, the server's own order, that the
/// client has offered and can be used.
///
/// - The client must speak TLS 1.2 or newer. A client that speaks 1.3 says 1.2 in this field, and
///   the rest in an extension that a server of 1.2 does not know (RFC 8446 §4.1.2).
/// - It must offer not to compress: method 0. How well a text is compressed gives some of it away
///   (CRIME, CVE-2012-4929).
/// - If it sends `renegotiation_info`, that must be empty, for this is a first handshake (RFC 5746
///   §3.6). Without it, an attacker could begin a connection, say something, and have a victim's
///   handshake continue it (CVE-2009-3555).
/// - The suite with ECDHE can be used only if the client's `supported_groups` has X25519, and its
///   `signature_algorithms` one of the two schemes. Where it has both, take PSS. Where it lacks
///   one, the other suite may still do.
///
/// What you don't know, you ignore. Clients offer what they like, and some of them offer numbers
/// that stand for nothing, to find the servers that stumble over them (GREASE, RFC 8701).
///
/// # Errors
///
/// In this order: [`Abort::UnsupportedVersion`], [`Abort::BadRenegotiationInfo`], and
/// [`Abort::NothingInCommon`] where no suite is left or compression is wanted.
pub fn negotiate(hello: &ClientHello, preferences: &[CipherSuite]) -> Result<Choice, Abort> {
    todo!("6.2: choose one of {preferences:?} for {hello:?}")
}

/// **6.2** The client's check of that choice: `chosen` must be an answer to `offered`.
///
/// Without it, whoever stands between the two chooses: an older version, a weaker suite. That is a
/// *downgrade*. Finished would tell in the end, unless the keys are so weak by then that Finished
/// can be forged as well, as in FREAK and Logjam (2015).
///
/// Returns the suite.
///
/// # Errors
///
/// In this order:
///
/// - [`Abort::UnsupportedVersion`] where the version is not 1.2.
/// - [`Abort::NotOffered`] where the suite was not offered or is none of [`CipherSuite`], or the
///   compression method is not 0.
/// - [`Abort::UnsolicitedExtension`] where there is an extension that `offered` does not have (RFC
///   5246 §7.4.1.4). A server may only answer.
/// - [`Abort::BadRenegotiationInfo`] where `renegotiation_info` is not empty (RFC 5746 §3.4).
pub fn check_choice(offered: &ClientHello, chosen: &ServerHello) -> Result<CipherSuite, Abort> {
    todo!("6.2: check that {chosen:?} is an answer to {offered:?}")
}

// 6.3 From the secret to the keys

/// What both sides have after ClientKeyExchange, and nobody else: 48 bytes that the client made up,
/// or the 32 bytes of X25519.
#[derive(Clone)]
pub struct PremasterSecret(Vec<u8>);

// The secrets don't show themselves, so that none finds its way into a log.
impl fmt::Debug for PremasterSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PremasterSecret(…)")
    }
}

impl PremasterSecret {
    /// These bytes.
    pub fn new(bytes: &[u8]) -> PremasterSecret {
        PremasterSecret(bytes.to_vec())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<SharedSecret> for PremasterSecret {
    fn from(secret: SharedSecret) -> PremasterSecret {
        PremasterSecret::new(secret.as_bytes())
    }
}

/// What all the keys of a connection are made of.
#[derive(Clone)]
pub struct MasterSecret([u8; 48]);

impl fmt::Debug for MasterSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MasterSecret(…)")
    }
}

impl MasterSecret {
    /// These bytes.
    pub fn new(bytes: [u8; 48]) -> MasterSecret {
        MasterSecret(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 48] {
        &self.0
    }
}

/// Says of a key that the client seals with it, and the server opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientWrites;

/// Says of a key that the server seals with it, and the client opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerWrites;

/// The key and IV for one direction. Those of the two directions are of different types, so that
/// the one can't stand where the other belongs.
#[derive(Clone)]
pub struct WriteKey<Side> {
    key: [u8; 16],
    iv: [u8; 4],
    side: PhantomData<Side>,
}

impl<Side> WriteKey<Side> {
    /// This key and this IV: the part of each nonce that is not sent.
    pub fn new(key: [u8; 16], iv: [u8; 4]) -> WriteKey<Side> {
        WriteKey {
            key,
            iv,
            side: PhantomData,
        }
    }

    /// The key and the IV.
    pub fn parts(&self) -> ([u8; 16], [u8; 4]) {
        (self.key, self.iv)
    }
}

/// **6.3** The pseudorandom function of TLS 1.2: as many bytes as you like, from a secret, a label
/// and a seed (RFC 5246 §5). You have HMAC from exercise 3.2.
///
/// ```text
/// seed of P_hash = label + seed                    A(0) = that seed
/// A(1) = HMAC(secret, A(0))      HMAC(secret, A(1) + label + seed)  ─▶ bytes  0 to 31
/// A(2) = HMAC(secret, A(1))      HMAC(secret, A(2) + label + seed)  ─▶ bytes 32 to 63
/// …
/// ```
///
/// Here + sets bytes behind bytes. The label is ASCII, without a length or an end. The last 32
/// bytes are cut to what is wanted.
///
/// HKDF of exercise 4.4 is the better tool for the same job. It came two years later (RFC 5869),
/// and TLS 1.3 uses it.
pub fn prf(secret: &[u8], label: &str, seed: &[u8], length: usize) -> Vec<u8> {
    todo!("6.3: {length} bytes of P_SHA256 from {secret:?}, {label:?} and {seed:?}")
}

/// **6.3** The master secret as RFC 5246 §8.1 has it: 48 bytes from the premaster secret, under the
/// label "master secret", with the client's random and then the server's as the seed.
///
/// Used only with peers that don't know the next one.
pub fn master_secret(
    premaster: &PremasterSecret,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
) -> MasterSecret {
    todo!("6.3: 48 bytes from {premaster:?}, {client_random:?} and {server_random:?}")
}

/// **6.3** The extended master secret (RFC 7627 §4): the label is "extended master secret", and the
/// seed is the hash of the transcript from ClientHello to ClientKeyExchange.
///
/// The randoms alone did not bind the secret to the server's certificate. Somebody in the middle
/// could have two handshakes come to the same master secret, and pass for the client in one of
/// them: the Triple Handshake attack (2014). The transcript has everything in it.
pub fn extended_master_secret(
    premaster: &PremasterSecret,
    session_hash: &[u8; 32],
) -> MasterSecret {
    todo!("6.3: 48 bytes from {premaster:?} and {session_hash:?}")
}

/// **6.3** The keys of both directions, from the key block (RFC 5246 §6.3, RFC 5288 §3): as many
/// bytes as are needed, from the master secret, under the label "key expansion". The seed is the
/// server's random and then the client's: the other way round than above.
///
/// ```text
/// 16 bytes        16 bytes        4 bytes     4 bytes
/// client's key    server's key    client's IV server's IV
/// ```
pub fn key_block(
    master: &MasterSecret,
    client_random: &[u8; 32],
    server_random: &[u8; 32],
) -> (WriteKey<ClientWrites>, WriteKey<ServerWrites>) {
    todo!("6.3: the keys from {master:?}, {server_random:?} and {client_random:?}")
}

// 6.4 Protect the records

/// Seals the records of one direction. It counts them.
pub struct RecordSealer<Side> {
    key: WriteKey<Side>,
    /// The number of the next record.
    sequence: u64,
}

impl<Side> RecordSealer<Side> {
    /// The first record has the number 0.
    pub fn new(key: WriteKey<Side>) -> RecordSealer<Side> {
        RecordSealer::starting_at(key, 0)
    }

    /// As [`new`](RecordSealer::new), but the next record has the number `sequence`.
    pub fn starting_at(key: WriteKey<Side>, sequence: u64) -> RecordSealer<Side> {
        RecordSealer { key, sequence }
    }
}

impl<Side> SealRecord for RecordSealer<Side> {
    /// **6.4** Seals `plaintext`, 2¹⁴ bytes at the most, as the next record of this type, with
    /// AES-128-GCM (RFC 5246 §6.2.3.3, RFC 5288 §3).
    ///
    /// ```text
    /// nonce            IV, 4 bytes │ explicit nonce, 8 bytes
    /// associated data  number, 8 bytes │ type, 1 byte │ 03 03 │ length of the plaintext, 2 bytes
    ///
    /// fragment         explicit nonce, 8 bytes │ ciphertext │ tag, 16 bytes
    /// ```
    ///
    /// The explicit nonce is for the sender to choose, as long as it never repeats: exercise 1.6
    /// shows what a nonce costs that does. Take the number of the record. (TLS 1.3 has both sides
    /// count, and sends nothing: exercise 1.4.)
    ///
    /// The number is bound but not sent. A record that comes twice, or in another place, does not
    /// open, because the receiver has counted on. The type is bound too: no alert can be passed off
    /// as data.
    ///
    /// # Errors
    ///
    /// [`Abort::Exhausted`] where the next number is `u64::MAX`, as in exercise 1.5.
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        todo!("6.4: seal {plaintext:?}, of the type {content_type:?}, under the next number")
    }
}

/// Opens the records of one direction. It counts them.
pub struct RecordOpener<Side> {
    key: WriteKey<Side>,
    /// The number of the record that it waits for.
    sequence: u64,
}

impl<Side> RecordOpener<Side> {
    /// It waits for the record with the number 0.
    pub fn new(key: WriteKey<Side>) -> RecordOpener<Side> {
        RecordOpener::starting_at(key, 0)
    }

    /// As [`new`](RecordOpener::new), but it waits for the record with the number `sequence`.
    pub fn starting_at(key: WriteKey<Side>, sequence: u64) -> RecordOpener<Side> {
        RecordOpener { key, sequence }
    }
}

impl<Side> OpenRecord for RecordOpener<Side> {
    /// **6.4** Opens the fragment of a record of this type, if it is the next one.
    ///
    /// The explicit nonce stands in it. A peer need not count as you do: take it as it comes. What
    /// you take from your own count is the number in the associated data.
    ///
    /// # Errors
    ///
    /// [`Abort::BadRecord`] where it was not sealed like this: changed, replayed, out of its turn,
    /// of another type, shorter than an explicit nonce and a tag, or so long that its length does
    /// not fit in 2 bytes. Under the number `u64::MAX` there is none, as in exercise 1.5. The
    /// connection ends with it.
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        todo!("6.4: open {fragment:?}, of the type {content_type:?}, under the next number")
    }
}

/// IV and explicit nonce, the one behind the other.
fn record_nonce(iv: &[u8; 4], explicit: &[u8; 8]) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..4].copy_from_slice(iv);
    nonce[4..].copy_from_slice(explicit);
    nonce
}

/// What a record binds beside its content.
fn associated_data(sequence: u64, content_type: ContentType, length: u16) -> [u8; 13] {
    let mut header = [0; 13];
    header[..8].copy_from_slice(&sequence.to_be_bytes());
    header[8] = content_type.code();
    header[9..11].copy_from_slice(&TLS_1_2.to_be_bytes());
    header[11..].copy_from_slice(&length.to_be_bytes());
    header
}

// 6.5 Wrap a secret, and tell nothing

/// **6.5** The client's side of RSA key transport (RFC 5246 §7.4.7.1): a fresh premaster secret,
/// and that secret encrypted to the server's key with RSAES-PKCS1-v1_5.
///
/// ```text
/// premaster secret   the version that was offered, 2 bytes │ random, 46 bytes
///
/// what is encrypted  00 02 │ 8 random bytes or more, none 0 │ 00 │ premaster secret
/// (RFC 8017 §7.2.1)        as many as fill the modulus
/// ```
///
/// `offered` is the version in your ClientHello, not the one that was chosen. It is how the server
/// notices that somebody has changed your hello to an older version.
///
/// **This padding has been under attack since 1998.** It is here because TLS 1.2 has it. In your own
/// work, use exercise 2.6.
///
/// # Errors
///
/// [`TooLong`] where the key is too small for 48 bytes and the 11 that the padding needs.
pub fn wrap_premaster(
    key: &rsa::PublicKey,
    offered: u16,
) -> Result<(PremasterSecret, Vec<u8>), TooLong> {
    todo!("6.5: a fresh premaster secret for the version {offered:#06x}, wrapped to {key:?}")
}

/// **6.5** The server's side: the premaster secret in `wrapped`, or random bytes where there is
/// none (RFC 5246 §7.4.7.1).
///
/// There is no error, on purpose. *Bad padding*, *wrong version*, *not 48 bytes*, *not as long as
/// the modulus*: whoever is told which, or only that it was one of them, can find out what is
/// inside any ciphertext by sending variations of it. Bleichenbacher needed about a million, in
/// 1998. Klíma, Pokorný and Rosa needed nothing but the version, in 2003. ROBOT found servers that
/// still told, in 2017; some by an alert, some by the lack of one. Marvin measured how long they
/// took to answer, in 2023.
///
/// So nothing is told. Draw 48 random bytes *before* you decrypt, and go on with them where what
/// you decrypt is not a premaster secret for the version `offered` in the ClientHello. The
/// handshake then fails as it does for a client that has guessed: the client's Finished does not
/// open. (The RFC has two recipes. This is the second, in which a wrong version is one more bad
/// padding.) To pick one of two secrets without a branch, see
/// [`ConditionallySelectable`].
///
/// The crate helps: since version 0.10, its decryption gives a made-up message for bad padding, of
/// any length, and always the same for the same ciphertext. You can't tell it from a message that
/// somebody has sent, and need not. What the crate reports as an error (a wrong length, say) you
/// keep to yourself.
///
/// The properties see what you answer. They don't see how long you take for it: that is for you to
/// read in your code. Where does it branch, or look something up, by what was in the ciphertext?
///
/// All that care for one function is why TLS 1.3 dropped RSA key transport. That it has no forward
/// secrecy either is exercise 6.9.
pub fn unwrap_premaster(key: &rsa::PrivateKey, offered: u16, wrapped: &[u8]) -> PremasterSecret {
    todo!("6.5: the secret in {wrapped:?} for {key:?} and {offered:#06x}, or random bytes")
}

// 6.6 Finished

/// Who has sent a Finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// **6.6** What is in a Finished: 12 bytes from the master secret and the hash of all messages of
/// the handshake so far (RFC 5246 §7.4.9). The label is "client finished" or "server finished".
///
/// ```text
/// client's    ClientHello … ClientKeyExchange
/// server's    ClientHello … ClientKeyExchange, the client's Finished
/// ```
///
/// The transcript is given as it is before this Finished. A Finished is not in itself, but in the
/// next one. ChangeCipherSpec is in neither: it is no message of the handshake.
///
/// Different labels keep anybody from sending a Finished back to where it came from.
pub fn verify_data(master: &MasterSecret, sender: Sender, transcript: &Transcript) -> [u8; 12] {
    todo!("6.6: the Finished of {sender:?} from {master:?} and {transcript:?}")
}

// 6.7 The client

/// What a client has to know.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The host it wants, by name or by address, as it stands in the URL.
    pub host: String,
    /// The CAs it trusts.
    pub roots: Vec<Certificate>,
    /// What time it is.
    pub now: UnixTime,
    /// The suites it offers, the one it likes best first.
    pub suites: Vec<CipherSuite>,
}

/// What the two hellos have settled.
struct Agreed {
    suite: CipherSuite,
    /// The version in the ClientHello.
    offered: u16,
    client_random: [u8; 32],
    server_random: [u8; 32],
    /// Whether both know the extended master secret.
    is_extended: bool,
}

impl Agreed {
    /// The master secret that follows from the premaster secret and the messages up to
    /// ClientKeyExchange.
    fn master_secret(&self, premaster: &PremasterSecret, transcript: &Transcript) -> MasterSecret {
        if self.is_extended {
            extended_master_secret(premaster, &transcript.hash())
        } else {
            master_secret(premaster, &self.client_random, &self.server_random)
        }
    }

    fn session(&self, master: &MasterSecret) -> Session {
        Session {
            suite: self.suite,
            client_random: self.client_random,
            master_secret: *master.as_bytes(),
        }
    }
}

/// What a client waits for. Each step knows one message, is consumed by it, and leads to the next;
/// what has no step here can't happen.
///
/// ```text
/// ServerHello ─▶ Certificate ─▶ ServerKeyExchange ─▶ ServerHelloDone ─▶ ChangeCipherSpec ─▶ Finished
///                           └──── RSA: not sent ────▶
/// ```
pub enum ClientStep {
    /// Step 2.
    ServerHello(ExpectServerHello),
    /// Step 3.
    Certificate(ExpectCertificate),
    /// Step 4, with ECDHE.
    ServerKeyExchange(ExpectServerKeyExchange),
    /// Step 4.
    ServerHelloDone(ExpectServerHelloDone),
    /// Step 6, the server's.
    ChangeCipherSpec(ExpectServerChangeCipherSpec),
    /// Step 7, the server's.
    Finished(ExpectServerFinished),
}

impl Step for ClientStep {
    type Sealer = RecordSealer<ClientWrites>;
    type Opener = RecordOpener<ServerWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<ClientStep>, Abort> {
        let next = match self {
            ClientStep::ServerHello(step) => ClientStep::Certificate(step.receive(incoming)?),
            ClientStep::Certificate(step) => step.receive(incoming)?,
            ClientStep::ServerKeyExchange(step) => {
                ClientStep::ServerHelloDone(step.receive(incoming)?)
            }
            ClientStep::ServerHelloDone(step) => {
                ClientStep::ChangeCipherSpec(step.receive(incoming, wire)?)
            }
            ClientStep::ChangeCipherSpec(step) => {
                ClientStep::Finished(step.receive(incoming, wire)?)
            }
            ClientStep::Finished(step) => return step.receive(incoming).map(Progress::Open),
        };
        Ok(Progress::Next(next))
    }
}

/// **6.7** The client, from its first word on: a connection whose ClientHello is to be sent, and
/// which waits for a ServerHello.
///
/// It takes bytes and gives bytes; who moves them is not its business. [`Endpoint`] cuts them into
/// records and messages, hands each to the step that waits, and sends the alert of the [`Abort`]
/// that a step returns. What is left for you is the handshake: in each step, *is this what I wait
/// for, does it hold, what follows?*
///
/// The ClientHello says version 1.2, a fresh random, no session, the suites of `config` in their
/// order, no compression, and the extensions below. All 32 bytes of the random are random: RFC 5246
/// wants the time in the first four, which nobody needs, and which tells a machine from the others.
///
/// - `server_name` with the host, unless that is an IP address (RFC 6066 §3): a server with many
///   names has to know which certificate to show
/// - `supported_groups`: X25519
/// - `ec_point_formats`: 0, uncompressed. X25519 has no other, but older servers want to see it
/// - `signature_algorithms`: PSS, PKCS#1
/// - `extended_master_secret`, and an empty `renegotiation_info`
pub fn client(config: ClientConfig) -> Endpoint<ClientStep> {
    todo!("6.7: send a ClientHello for {config:?}, and wait for a ServerHello")
}

/// The client has sent its hello.
pub struct ExpectServerHello {
    config: ClientConfig,
    hello: ClientHello,
    transcript: Transcript,
}

impl ExpectServerHello {
    /// **6.7** Takes a ServerHello that answers ours (exercise 6.2). Both sides use the extended
    /// master secret if its extension is in both hellos.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectCertificate, Abort> {
        todo!("6.7: take {incoming:?} for a ServerHello, check and remember what it says")
    }
}

/// The client knows what was chosen.
pub struct ExpectCertificate {
    config: ClientConfig,
    agreed: Agreed,
    transcript: Transcript,
}

impl ExpectCertificate {
    /// **6.7** Takes a chain that leads from the host to a root that is trusted (exercises 6.1 and
    /// 5.5), and the key in its first certificate. With ECDHE the server's key share comes next,
    /// with RSA nothing more is needed.
    ///
    /// A certificate that is no certificate is `UntrustedCertificate(Alert::BadCertificate)`; one
    /// that does not hold has the alert of [`alert_for`].
    pub fn receive(self, incoming: Incoming) -> Result<ClientStep, Abort> {
        todo!("6.7: take {incoming:?} for a chain, check it, and take the server's key from it")
    }
}

/// The alert that says what is wrong with a chain (RFC 5246 §7.2.2).
pub fn alert_for(untrusted: Untrusted) -> Alert {
    match untrusted {
        Untrusted::UnknownIssuer => Alert::UnknownCa,
        Untrusted::Expired | Untrusted::NotYetValid => Alert::CertificateExpired,
        _ => Alert::BadCertificate,
    }
}

/// The client knows who the server says it is. With ECDHE it waits for the proof.
pub struct ExpectServerKeyExchange {
    agreed: Agreed,
    key: rsa::PublicKey,
    transcript: Transcript,
}

impl ExpectServerKeyExchange {
    /// **6.7** Takes a key share that the certificate's owner has signed for this handshake
    /// (exercise 4.6), in a group and a scheme that we have offered.
    ///
    /// This is the line that "goto fail" jumped over: the certificate was checked with care, and
    /// then anybody's key share was taken.
    ///
    /// # Errors
    ///
    /// [`Abort::NotOffered`] for another group or scheme, [`Abort::BadKeyShare`] for a share that
    /// is not 32 bytes long, [`Abort::BadSignature`].
    pub fn receive(self, incoming: Incoming) -> Result<ExpectServerHelloDone, Abort> {
        todo!("6.7: take {incoming:?} for a key share, and check its signature")
    }
}

/// What the server has given for the exchange of keys.
enum ServerExchange {
    /// The certificate's key, to wrap a secret to.
    Rsa(rsa::PublicKey),
    /// A key share, signed with the certificate's key.
    Share([u8; 32]),
}

/// The client has all it needs, and waits for its turn.
pub struct ExpectServerHelloDone {
    agreed: Agreed,
    exchange: ServerExchange,
    transcript: Transcript,
}

impl ExpectServerHelloDone {
    /// **6.7** Takes the server's last word, and answers with ClientKeyExchange, ChangeCipherSpec
    /// and Finished.
    ///
    /// ClientKeyExchange is a vector: with RSA the wrapped secret, 2 bytes of length before it
    /// (exercise 6.5); with ECDHE the client's share, 1 byte of length before it (exercise 4.3).
    /// With it the transcript of the extended master secret ends, and there are keys. What is sent
    /// after ChangeCipherSpec is sealed.
    ///
    /// # Errors
    ///
    /// [`Abort::BadKeyShare`] for a share of low order, and
    /// `UntrustedCertificate(Alert::BadCertificate)` where the key is too small to wrap anything.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ExpectServerChangeCipherSpec, Abort> {
        todo!("6.7: take {incoming:?} for a ServerHelloDone, and send steps 5 to 7 to {wire:?}")
    }
}

/// The client has said all it has to say.
pub struct ExpectServerChangeCipherSpec {
    agreed: Agreed,
    master: MasterSecret,
    opener: RecordOpener<ServerWrites>,
    transcript: Transcript,
}

impl ExpectServerChangeCipherSpec {
    /// **6.7** From here on, what comes must open.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ClientWrites>, RecordOpener<ServerWrites>>,
    ) -> Result<ExpectServerFinished, Abort> {
        todo!("6.7: take {incoming:?} for a ChangeCipherSpec, and have {wire:?} open what follows")
    }
}

/// The client waits for the proof that the server has seen the same handshake.
pub struct ExpectServerFinished {
    agreed: Agreed,
    master: MasterSecret,
    transcript: Transcript,
}

impl ExpectServerFinished {
    /// **6.7** Takes the server's Finished (exercise 6.6), compared in constant time. Then the
    /// connection is open.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`].
    pub fn receive(self, incoming: Incoming) -> Result<Session, Abort> {
        todo!("6.7: take {incoming:?} for a Finished, and check it")
    }
}

// 6.8 The server

/// What a server has to know.
pub struct ServerConfig {
    /// Its certificate, and those between it and the root.
    pub chain: Vec<Certificate>,
    /// The key that the first certificate is for.
    pub key: rsa::PrivateKey,
    /// The suites it takes, the one it likes best first.
    pub suites: Vec<CipherSuite>,
}

/// What a server waits for.
///
/// ```text
/// ClientHello ─▶ ClientKeyExchange ─▶ ChangeCipherSpec ─▶ Finished
/// ```
pub enum ServerStep {
    /// Step 1.
    ClientHello(ExpectClientHello),
    /// Step 5.
    ClientKeyExchange(ExpectClientKeyExchange),
    /// Step 6, the client's.
    ChangeCipherSpec(ExpectClientChangeCipherSpec),
    /// Step 7, the client's.
    Finished(ExpectClientFinished),
}

impl Step for ServerStep {
    type Sealer = RecordSealer<ServerWrites>;
    type Opener = RecordOpener<ClientWrites>;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<ServerStep>, Abort> {
        let next = match self {
            ServerStep::ClientHello(step) => {
                ServerStep::ClientKeyExchange(step.receive(incoming, wire)?)
            }
            ServerStep::ClientKeyExchange(step) => {
                ServerStep::ChangeCipherSpec(step.receive(incoming)?)
            }
            ServerStep::ChangeCipherSpec(step) => {
                ServerStep::Finished(step.receive(incoming, wire)?)
            }
            ServerStep::Finished(step) => return step.receive(incoming, wire).map(Progress::Open),
        };
        Ok(Progress::Next(next))
    }
}

/// The server, which waits for a ClientHello. There is nothing to write here.
pub fn server(config: Arc<ServerConfig>) -> Endpoint<ServerStep> {
    let first = ExpectClientHello { config };
    Endpoint::new(ServerStep::ClientHello(first), Wire::new())
}

/// The server has been connected to.
pub struct ExpectClientHello {
    config: Arc<ServerConfig>,
}

/// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 §3.3): in a list of suites, it says the same as an
/// empty `renegotiation_info`, to servers that stumble over extensions.
const EMPTY_RENEGOTIATION_INFO: u16 = 0x00ff;

impl ExpectClientHello {
    /// **6.8** Takes a ClientHello, chooses (exercise 6.2), and answers with ServerHello,
    /// Certificate, with ECDHE a ServerKeyExchange (exercise 4.6), and ServerHelloDone.
    ///
    /// The ServerHello says version 1.2, a fresh random, no session, the suite, no compression. It
    /// has `renegotiation_info`, empty, where the client has sent that or
    /// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 §3.6), and `extended_master_secret` where the
    /// client has sent that (RFC 7627 §5.2). Both sides then use it.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ExpectClientKeyExchange, Abort> {
        todo!("6.8: take {incoming:?} for a ClientHello, choose, and send steps 2 to 4 to {wire:?}")
    }
}

/// The answers to those extensions of the client that this server knows.
fn answers_to(hello: &ClientHello) -> Vec<Extension> {
    let mut answers = Vec::new();
    let renegotiation_info = Extension::RenegotiationInfo(vec![]);
    if hello.extensions.contains(&renegotiation_info)
        || hello.cipher_suites.contains(&EMPTY_RENEGOTIATION_INFO)
    {
        answers.push(renegotiation_info);
    }
    if hello.extensions.contains(&Extension::ExtendedMasterSecret) {
        answers.push(Extension::ExtendedMasterSecret);
    }
    answers
}

/// The share of `secret`, signed with `key` for this handshake.
fn signed_share(
    key: &rsa::PrivateKey,
    scheme: SignatureScheme,
    agreed: &Agreed,
    secret: &SecretKey,
) -> Result<ServerKeyExchange, Abort> {
    let share = secret.share();
    let (client, server) = (&agreed.client_random, &agreed.server_random);
    // A key that is too small to sign with can serve nobody.
    let signature =
        sign_key_share(scheme, key, client, server, &share).map_err(|_| Abort::NothingInCommon)?;
    Ok(ServerKeyExchange {
        group: X25519,
        share: share.to_vec(),
        scheme: scheme.code(),
        signature,
    })
}

/// What the server needs to get at the premaster secret.
enum ServerSecret {
    /// The key that its certificate is for.
    Certificate,
    /// The secret half of its key share, which is gone after this handshake.
    Share(SecretKey),
}

/// The server has said what it has to say, and waits for the client's part of the secret.
pub struct ExpectClientKeyExchange {
    config: Arc<ServerConfig>,
    agreed: Agreed,
    secret: ServerSecret,
    transcript: Transcript,
}

impl ExpectClientKeyExchange {
    /// **6.8** Takes the client's part of the secret: a vector, with nothing behind it. With RSA it
    /// has 2 bytes of length, and whatever is in it leads on (exercise 6.5); with ECDHE it has 1
    /// byte of length.
    ///
    /// # Errors
    ///
    /// [`Abort::Malformed`] where it is not such a vector; [`Abort::BadKeyShare`] for a share that
    /// is not 32 bytes long, or of low order.
    pub fn receive(self, incoming: Incoming) -> Result<ExpectClientChangeCipherSpec, Abort> {
        todo!("6.8: take {incoming:?} for a ClientKeyExchange, and derive the keys")
    }
}

/// The server has keys.
pub struct ExpectClientChangeCipherSpec {
    agreed: Agreed,
    master: MasterSecret,
    opener: RecordOpener<ClientWrites>,
    sealer: RecordSealer<ServerWrites>,
    transcript: Transcript,
}

impl ExpectClientChangeCipherSpec {
    /// **6.8** From here on, what comes must open.
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<ExpectClientFinished, Abort> {
        todo!("6.8: take {incoming:?} for a ChangeCipherSpec, and have {wire:?} open what follows")
    }
}

/// The server waits for the proof that the client has seen the same handshake.
pub struct ExpectClientFinished {
    agreed: Agreed,
    master: MasterSecret,
    sealer: RecordSealer<ServerWrites>,
    transcript: Transcript,
}

impl ExpectClientFinished {
    /// **6.8** Takes the client's Finished, compared in constant time, and answers with
    /// ChangeCipherSpec and its own. Then the connection is open.
    ///
    /// # Errors
    ///
    /// [`Abort::BadFinished`].
    pub fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<RecordSealer<ServerWrites>, RecordOpener<ClientWrites>>,
    ) -> Result<Session, Abort> {
        todo!("6.8: take {incoming:?} for a Finished, check it, and send steps 6 and 7 to {wire:?}")
    }
}

// 6.9 The wiretap

/// A connection as somebody has recorded it who sat between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// All bytes that the client has sent.
    pub from_client: Vec<u8>,
    /// All bytes that the server has sent.
    pub from_server: Vec<u8>,
}

/// What the two have said to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The application data that the client has sent.
    pub from_client: Vec<u8>,
    /// The application data that the server has sent.
    pub from_server: Vec<u8>,
}

/// Why a recording can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// The keys came from Diffie–Hellman. The server's key only signed.
    ForwardSecret,
    /// It is no handshake, or the key is another one.
    Broken(Abort),
}

impl From<Abort> for Unreadable {
    fn from(abort: Abort) -> Unreadable {
        Unreadable::Broken(abort)
    }
}

impl From<Malformed> for Unreadable {
    fn from(malformed: Malformed) -> Unreadable {
        Unreadable::Broken(malformed.into())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::ForwardSecret => write!(out, "the key share's secret is gone"),
            Unreadable::Broken(abort) => write!(out, "not a handshake under this key: {abort}"),
        }
    }
}

impl Error for Unreadable {}

/// **6.9** Reads a recorded session with the server's private key. *This attacks.*
///
/// You have kept a recording for years. Now the key has leaked: a backup was lost, a court has
/// ordered it, Heartbleed has shown it. With RSA key transport that is all you need. The client's
/// secret is in the recording, wrapped under this key, and everything else follows from it and from
/// what was sent in the clear.
///
/// ```text
///                        private key
///                             │
/// ClientKeyExchange ─────▶ unwrap ─▶ premaster ─▶ master ─▶ the keys of both directions
///                                                   ▲
/// all messages up to it ────────────────────────────┘
/// ```
///
/// You sit where both of them sit. A [`Wire`] each takes what the client and the server have sent,
/// and gives it back message by message; after each ChangeCipherSpec it needs an opener.
///
/// With ECDHE the recording has two key shares and a signature. The secrets behind the shares were
/// thrown away after the handshake, and the private key opens nothing: *forward secrecy*.
///
/// # Errors
///
/// [`Unreadable::ForwardSecret`] where the suite is the one with ECDHE. [`Unreadable::Broken`]
/// where the recording is not a whole handshake, or does not open. Both directions end with a
/// close_notify, or where the recording does.
pub fn wiretap(recording: &Recording, key: &rsa::PrivateKey) -> Result<Conversation, Unreadable> {
    todo!("6.9: read {recording:?} with {key:?}")
}

/// What comes next. A recording that ends here is none of a handshake.
fn next<S: SealRecord, O: OpenRecord>(wire: &mut Wire<S, O>) -> Result<Incoming, Abort> {
    wire.next()?.ok_or(Abort::Malformed)
}

/// The application data in one direction, from ChangeCipherSpec to the end.
fn data_after_finished<S: SealRecord, O: OpenRecord>(
    wire: &mut Wire<S, O>,
    opener: O,
) -> Result<Vec<u8>, Abort> {
    next(wire)?.change_cipher_spec()?;
    wire.open_with(opener);
    next(wire)?.message::<Finished>()?;
    let mut data = Vec::new();
    while let Some(Incoming::ApplicationData(more)) = wire.next()? {
        data.extend(more);
    }
    Ok(data)
}

// 6.10 Talk to real peers

/// Why no page came through.
#[derive(Debug)]
pub enum Interrupted {
    /// The connection did not carry it to the end.
    Tunnel(net::Error),
    /// What came was not HTTP.
    Http(http::Error),
}

impl From<net::Error> for Interrupted {
    fn from(error: net::Error) -> Interrupted {
        Interrupted::Tunnel(error)
    }
}

impl From<http::Error> for Interrupted {
    fn from(error: http::Error) -> Interrupted {
        Interrupted::Http(error)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Interrupted::Tunnel(error) => write!(out, "{error}"),
            Interrupted::Http(error) => write!(out, "{error}"),
        }
    }
}

impl Error for Interrupted {}

/// **6.10** Fetches the page at `path` from the server at `address`, as a browser does.
///
/// Your client is complete, and has never seen a socket. Here it gets one. [`Tunnel`] stands
/// between the two: it moves the bytes, gives up where the limits of `setup` say so, and writes the
/// trace. What you write is what a browser does with it:
///
/// ```text
/// connect ─▶ handshake ─▶ send the request ─▶ receive, until that was all ─▶ close
/// ```
///
/// The request is [`http::get`], for the host in `config` and the port in `address`. What you
/// received, [`Response::read`] takes apart.
///
/// Two things are easily got wrong. *Bytes come in pieces*: one call of [`Tunnel::receive`] gives
/// what happens to be there, not what the peer has sent in one call. And *the end must be
/// authentic*. TCP's end is not protected: somebody on the way can let your page through up to a
/// record of their choice, and then end the connection in the server's name. What came is genuine,
/// every record opens, and the last line is missing. So TLS has an end of its own, the alert
/// close_notify (RFC 5246 §7.2.1), and a page without it is no page. This is the *truncation
/// attack*; SSL 2.0 had nothing against it.
///
/// # Errors
///
/// [`Interrupted::Tunnel`] where the connection did not come to its proper end, whatever has come
/// before; [`Interrupted::Http`] where `path` can't be asked for, or what came is no answer.
pub fn fetch(
    address: SocketAddr,
    config: ClientConfig,
    path: &str,
    setup: Setup<'_>,
) -> Result<Response, Interrupted> {
    todo!("6.10: fetch {path:?} from {address} with {config:?} and {setup:?}")
}

/// **6.10** Serves one client, which has connected through `socket`: reads its request, and answers
/// with a page.
///
/// [`Request::read`] tells whether what has come is a whole request already. A client that ends
/// before it has asked gets no page. The page is yours to write, as [`http::page`] takes it, with
/// one thing in it: the name of the suite that it came under (see [`Tunnel::suite`], and
/// [`CipherSuite`] with `{}`). Then [`Tunnel::close`] says that this was all.
///
/// With this, `cargo run --example serve` is a web server. Point OpenSSL, curl and your browser at
/// it, and your own `cargo run --example fetch`.
///
/// # Errors
///
/// [`Interrupted`], as in [`fetch`].
pub fn serve(
    socket: TcpStream,
    config: Arc<ServerConfig>,
    setup: Setup<'_>,
) -> Result<(), Interrupted> {
    todo!(
        "6.10: serve a page through {socket:?} with {:?} and {setup:?}",
        config.suites
    )
}

// 6.11 Which key is it?

/// What is done with a key, in and around a handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// The CA signs the server's certificate.
    CaSignsCertificate,
    /// The client checks the signature in it.
    ClientChecksCertificate,
    /// TLS_RSA: the client encrypts the premaster secret.
    ClientWrapsPremaster,
    /// TLS_RSA: the server decrypts it.
    ServerUnwrapsPremaster,
    /// ECDHE: the server signs its key share.
    ServerSignsShare,
    /// ECDHE: the client checks that signature.
    ClientChecksShare,
    /// The client seals its records.
    ClientSealsRecords,
    /// The server opens the client's records.
    ServerOpensRecords,
    /// The server seals its records.
    ServerSealsRecords,
    /// The client opens the server's records.
    ClientOpensRecords,
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 10] = [
        Task::CaSignsCertificate,
        Task::ClientChecksCertificate,
        Task::ClientWrapsPremaster,
        Task::ServerUnwrapsPremaster,
        Task::ServerSignsShare,
        Task::ClientChecksShare,
        Task::ClientSealsRecords,
        Task::ServerOpensRecords,
        Task::ServerSealsRecords,
        Task::ClientOpensRecords,
    ];
}

/// A key of the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One of a pair, which only its owner has.
    Private(Owner),
    /// The other of the pair, which everybody has.
    Public(Owner),
    /// A symmetric key, which client and server have: the one that this side seals with.
    Shared(Sender),
}

/// Whose pair of keys it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The CA that has issued the certificate.
    Ca,
    /// The server whose certificate it is.
    Server,
}

/// **6.11** Which key is used for `task`?
///
/// You have used each of them by now. Whoever can answer this for every step knows what HTTPS does.
/// A client has no pair of its own here: the web asks it for a password instead.
pub fn which_key(task: Task) -> Key {
    todo!("6.11: say which key {task:?} needs")
}
