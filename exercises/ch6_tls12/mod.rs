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
//! Records and messages are given to you, in [`given::tls`] and [`given::tls12`]: [`Wire`] makes
//! messages of bytes and bytes of messages, and calls your exercise 6.4 for what is sealed. It judges
//! nothing. Whether a message may come now, and whether what it says can be believed, is for you to
//! say.
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
//!
//! [`Wire`]: given::tls::Wire

mod agreed;
use agreed::*;

mod read_vector;
pub use read_vector::*;

mod negotiate;
pub use negotiate::*;

mod key_derivation;
pub use key_derivation::*;

mod records;
pub use records::*;

mod premaster;
pub use premaster::*;

mod finished;
pub use finished::*;

mod client;
pub use client::*;

mod server;
pub use server::*;

mod wiretap;
pub use wiretap::*;

mod live;
pub use live::*;

mod which_key;
pub use which_key::*;
