//! # Chapter 6: the handshake
//!
//! You have all the parts: ciphers that seal, keys that two strangers agree on, signatures, and
//! certificates that say whose they are. A protocol puts them in order. This one is TLS 1.2 (RFC
//! 5246). Your browser has spoken it for years, and still speaks it to servers that don't have 1.3.
//! You write both ends of it, byte for byte as the standard defines them, so that OpenSSL, curl and
//! your browser answer.
//!
//! A handshake has two purposes:
//!
//! - **Authentication**: is this the server that I asked for?
//! - **Negotiation**: how will we encrypt? The two sides choose a *cipher suite*, a set of
//!   algorithms, and agree on fresh keys for it.
//!
//! Your client and server support two suites, which differ in how the sides agree on a secret. With
//! *ECDHE* each side sends a key share, as in chapter 4: Diffie–Hellman on an elliptic curve, with
//! shares that are made for one connection. With the older suite, the client makes up a secret and
//! sends it *wrapped*: encrypted under the server's public key. That is the RSA key transport of
//! chapter 2.
//!
//! ```text
//!       client                                                     server
//!         │                                                          │
//!       1 │ ── ClientHello: a random, what I can do ────────────────▶│
//!       2 │◀────────────── ServerHello: a random, what we will do ── │
//!       3 │◀───────────────────────────── Certificate: who I am ──── │
//!       4 │◀── ServerKeyExchange: my key share, signed (ECDHE only) ─│
//!       4 │◀──────────────────────── ServerHelloDone: your turn ──── │
//!       5 │ ── ClientKeyExchange: my share, or a wrapped secret ────▶│
//!       6 │ ── ChangeCipherSpec: sealed from here on ───────────────▶│
//!       7 │ ══ Finished: a MAC of everything so far ════════════════▶│
//!       6 │◀──────────────────────────────── ChangeCipherSpec ────── │
//!       7 │◀═════════════ Finished: a MAC of everything so far ═════ │
//!         │                                                          │
//!         │ ◀════════════════ HTTP, sealed ════════════════════════▶ │
//! ```
//!
//! Negotiation takes place in steps 1 and 2 (the suite), and in 4 and 5 (the keys). Authentication
//! takes place in steps 3 and 4. The older suite has no signature, so its authentication takes
//! place in steps 3, 5 and 7. Finished, in step 7, confirms everything.
//!
//! Beneath all this is TCP, which has a handshake of its own: SYN, SYN-ACK, ACK. TCP delivers bytes
//! to the other side in order. It does not know who the other side is, or who is listening.
//!
//! # What you write
//!
//! - **6.1** [`read_vector`], [`only_vector`], [`heartbeat_response`] and [`certificate_list`]:
//!   read lengths that the peer has written. Every *vector*, such as the list in Certificate (step
//!   3), is a length followed by that many bytes.
//! - **6.2** [`negotiate`] and [`check_choice`]: what the server chooses, and what the client
//!   accepts (steps 1 and 2).
//! - **6.3** [`prf`], [`master_secret`], [`extended_master_secret`] and [`key_block`]: make keys
//!   from the secret (after step 5).
//! - **6.4** [`RecordSealer`] and [`RecordOpener`]: seal records, and open them (from step 7 on).
//! - **6.5** [`wrap_premaster`] and [`unwrap_premaster`]: wrap a secret under an RSA key, and
//!   unwrap it (step 5, with the older suite).
//! - **6.6** [`verify_data`]: a MAC of everything that was said (step 7).
//! - **6.7** [`client()`] and the steps of [`ClientStep`]: the client. It uses what you have
//!   written up to here, goes through the steps in order, and checks every message.
//! - **6.8** the steps of [`ServerStep`]: the server. It is the same handshake, from the other
//!   side.
//! - **6.9** [`wiretap`] (attack): read a recorded session with a server key that has leaked.
//! - **6.10** [`fetch`] and [`serve`]: talk to OpenSSL and curl.
//! - **6.11** [`which_key`]: say which key does what.
//!
//! You have already written steps 3 and 4: exercises 5.5 and 4.6.
//!
//! There is more to TLS 1.2 than this. Sessions can be resumed, clients can show certificates, a
//! second handshake can take place inside a connection (*renegotiation*), and there are hundreds of
//! suites. You need none of that to fetch a page, and most of it has caused some trouble.
//!
//! # A suite's name, taken apart
//!
//! The name of a suite lists its algorithms, and each part decides something. Exercise 6.2 chooses
//! between two suites. This is the newer one, number 0xC02F on the wire:
//!
//! ```text
//! TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
//! ─┬─ ──┬── ─┬─      ─────┬───── ──┬───
//!  │    │    │            │        └ hash
//!  │    │    │            └ cipher and mode
//!  │    │    └ signature
//!  │    └ key exchange
//!  └ protocol
//! ```
//!
//! | part | what it decides | where it is used |
//! | --- | --- | --- |
//! | `TLS` | The protocol. | everywhere |
//! | `ECDHE` | The key exchange: Diffie–Hellman on an elliptic curve. The last E means *ephemeral*: the shares are made for one connection. The name does not say which curve: the client offers some in the extension `supported_groups`, and the server chooses one. Here it is X25519. | steps 4 and 5: each side sends its share |
//! | `RSA` | The signature: the server has an RSA key and signs its share with it. The name does not say with which padding and hash: the client offers some in the extension `signature_algorithms`, and the server chooses. | step 3: the certificate has an RSA key; step 4: the signature |
//! | `AES_128_GCM` | The cipher, AES with a key of 128 bits, and its mode, GCM: how records are sealed. | from step 7 on: Finished, then HTTP |
//! | `SHA256` | The hash. The function that derives keys is built on it, and the transcript is hashed with it. (It is not the hash of the signature, and records don't need one: GCM has its own tag.) | after step 5: the keys; step 7: Finished |
//!
//! The older suite, number 0x009C, has one word fewer:
//!
//! ```text
//! TLS_RSA_WITH_AES_128_GCM_SHA256
//! ─┬─ ─┬─      ─────┬───── ──┬───
//!  │   │            │        └ hash
//!  │   │            └ cipher and mode
//!  │   └ key exchange (there is no signature)
//!  └ protocol
//! ```
//!
//! | part | what it decides | where it is used |
//! | --- | --- | --- |
//! | `TLS` | The protocol. | everywhere |
//! | `RSA` | The key exchange: the client wraps a secret under the RSA key in the certificate. The server signs nothing, so there is no ServerKeyExchange. Only the key's owner can unwrap the secret and go on, and that is the authentication. | step 3: the certificate has an RSA key; step 5: the wrapped secret; step 7: the server's Finished is the proof |
//! | `AES_128_GCM` | The cipher and its mode, as above. | from step 7 on |
//! | `SHA256` | The hash, as above. | after step 5, and step 7 |
//!
//! What comes before `WITH` is about the handshake: how the sides agree on a secret, and how the
//! server proves who it is. What comes after it is used once there is a secret: to derive the keys,
//! to compute Finished, and to seal records. The names of TLS 1.3 have only this second part, as in
//! TLS_AES_128_GCM_SHA256. There, key exchange and signature are negotiated separately, in
//! extensions.
//!
//! The exercises call the two suites ECDHE and TLS_RSA for short.
//!
//! # What each step is for
//!
//! 1. **ClientHello** offers versions, suites, groups and signature algorithms. Its 32 random bytes
//!    make this handshake differ from every other, so that nothing recorded from another one can be
//!    replayed in it.
//! 2. **ServerHello** chooses from what was offered, and adds 32 random bytes for the same reason.
//! 3. **Certificate** is a chain like those that you checked in exercise 5.5. It is public, and
//!    proves nothing yet: anybody can send a copy.
//! 4. **ServerKeyExchange** is a key share, signed together with both randoms (exercise 4.6). This
//!    proves that the certificate's owner is there, now. **ServerHelloDone** ends the server's
//!    turn. Some servers send a **CertificateRequest** before it, to ask for the client's
//!    certificate. Your client has none, and says so in step 5 with an empty **Certificate**.
//! 5. **ClientKeyExchange** is the client's share. With the older suite it is a secret instead,
//!    wrapped under the certificate's key. Only the owner can go on from there, and that is the
//!    proof.
//! 6. **ChangeCipherSpec** says that the sender seals its records from the next one on. It is not a
//!    handshake message, and not in the transcript.
//! 7. **Finished** is a MAC over the transcript so far, made with the new secret. It is the first
//!    message that is sealed. If anyone has changed a byte on the way, even in the first hello, the
//!    receiver finds out here.
//!
//! # Messages travel in records
//!
//! A message starts with its type and its length. So does a record. The two are independent: one
//! record may hold three messages, and one message may need three records. What is sealed is the
//! record.
//!
//! ```text
//! record     16 │ 03 03 │ 00 35 │ 02 00 00 31 03 03 …         0x16: it carries handshake messages
//!            type version length  fragment
//!
//! message                         02 │ 00 00 31 │ 03 03 …      0x02: a ServerHello
//!                                 type length     body
//! ```
//!
//! RFC 5246 defines four types of records. They carry handshake messages, ChangeCipherSpec,
//! application data (here, HTTP), and alerts. With an *alert* one side tells the other that
//! something is wrong, or that it is done. A fatal alert ends the connection at once. The alert
//! *close_notify* ends it properly: its sender has nothing more to say.
//!
//! Records and messages are given to you, in [`given::tls`] and [`given::tls12`]. [`Wire`] turns
//! messages into bytes and bytes into messages, and calls your answer to 6.4 to seal and open
//! records. It does not judge messages. You decide whether a message may come now, and whether to
//! believe what it says.
//!
//! These are the functions of [`given`] that exercises 6.7 to 6.9 need:
//!
//! | to | call |
//! | --- | --- |
//! | take a message of a given type, and its bytes for the transcript | [`Incoming::message`], which gives both; [`Handshake::bytes`] |
//! | take a Certificate, which your own code reads (6.1) | [`Incoming::handshake`]; then [`Handshake::kind`] and [`Handshake::body`] |
//! | take a ChangeCipherSpec | [`Incoming::change_cipher_spec`] |
//! | make a message | [`HandshakeMessage::handshake`]; for Certificate, [`CertificateChain::handshake`] |
//! | write a vector, as in ClientKeyExchange | [`Writer::vector`], and say how many bytes the length has; [`Writer::finish`] |
//! | send a message, or a ChangeCipherSpec | [`Wire::send_handshake`], [`Wire::send_change_cipher_spec`] |
//! | seal what is sent from now on, open what is received | [`Wire::seal_with`], [`Wire::open_with`] |
//! | get the next message of a recording (6.9) | [`Wire::receive`], [`Wire::next`] |
//! | turn a suite or a scheme into its number, and back | [`CipherSuite::code`] and [`CipherSuite::from_code`]; likewise for [`SignatureScheme`] |
//! | read a certificate, write it, and get its key | [`Certificate::from_der`], [`Certificate::to_der`], [`Certificate::public_key`] |
//! | begin a connection | [`Endpoint::new`] |
//!
//! # From secret to keys
//!
//! The secret that the two sides agree on is called the *premaster secret*. All keys are derived
//! from it. The function for this is called the *PRF*, for *pseudorandom function*. From a secret,
//! a label and a seed it makes as many bytes as you need. The labels are in quotes here:
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
//! An *IV* is the part of each nonce that is not sent. `verify_data` is the content of a Finished.
//!
//! # What is often said
//!
//! *The client generates the symmetric key and sends it.* With the suite TLS_RSA it sends a
//! premaster secret, from which both sides derive the keys. With ECDHE nothing secret is sent.
//!
//! *HTTPS uses asymmetric encryption.* With ECDHE nothing is encrypted with the certificate's key:
//! it signs. In TLS 1.3 that key can do nothing else. For TLS 1.2 the suites that do encrypt with
//! it are deprecated (RFC 10015, 2026). You write one of them because it takes a session without
//! forward secrecy to see what forward secrecy is worth.
//!
//! *The handshake is encrypted.* In TLS 1.2 all of it except Finished is sent in plaintext. You can
//! read it, host name and certificate included, in the *trace*: the list of messages that the
//! programs of exercise 6.10 print. TLS 1.3 seals everything that follows ServerHello.
//!
//! # What went wrong
//!
//! - **Heartbleed 2014** (CVE-2014-0160): OpenSSL believed a length that the peer had sent, and
//!   answered with up to 64 KiB of whatever was in memory after the message. Exercise 6.1.
//! - **goto fail 2014** (CVE-2014-1266): in Apple's TLS, a duplicated line jumped over the check of
//!   the signature in ServerKeyExchange. Exercise 6.7.
//! - **Early CCS 2014** (CVE-2014-0224): OpenSSL accepted a ChangeCipherSpec before there were
//!   keys, and then derived the keys from an empty master secret. That is why your client and your
//!   server have a step for each message that they wait for.
//! - **Bleichenbacher 1998, ROBOT 2017, Marvin 2023**: some servers reveal whether a wrapped secret
//!   was padded correctly, by an alert or by the time they take. Such a server decrypts for anyone
//!   who asks. Exercise 6.5 is about this, although its grader can't measure the time. It is also
//!   why TLS 1.3 has no RSA key transport.
//! - **Triple Handshake 2014**: somebody in the middle could give two sessions the same master
//!   secret, and then splice them together. The extended master secret (RFC 7627) prevents this.
//!   Exercise 6.3.
//! - **FREAK and Logjam 2015** (CVE-2015-0204, CVE-2015-4000): clients went on with keys so weak
//!   that an attacker could break them in time. The clients had not asked for such keys. Somebody in
//!   the middle had, in their name. Exercise 6.2.
//!
//! # Further reading
//!
//! - RFC 5246, The Transport Layer Security (TLS) Protocol Version 1.2; RFC 5288 and RFC 5289 for
//!   its suites with AES-GCM; RFC 8422 for elliptic curves; RFC 7627; RFC 5746
//! - RFC 9325, Recommendations for Secure Use of TLS: which of this to use today
//! - RFC 9846, The Transport Layer Security (TLS) Protocol Version 1.3: read its appendix F.1 for
//!   what a handshake has to achieve
//! - Michael Driscoll, *The Illustrated TLS 1.2 Connection*, every byte of one, explained
//! - Benjamin Beurdouche and others, *A Messy State of the Union: Taming the Composite State
//!   Machines of TLS* (2015): what happened to implementations that accepted messages out of order
//!
//! [`Wire`]: given::tls::Wire
//! [`Wire::send_handshake`]: given::tls::Wire::send_handshake
//! [`Wire::send_change_cipher_spec`]: given::tls::Wire::send_change_cipher_spec
//! [`Wire::seal_with`]: given::tls::Wire::seal_with
//! [`Wire::open_with`]: given::tls::Wire::open_with
//! [`Wire::receive`]: given::tls::Wire::receive
//! [`Wire::next`]: given::tls::Wire::next
//! [`Incoming::message`]: given::tls::Incoming::message
//! [`Incoming::handshake`]: given::tls::Incoming::handshake
//! [`Incoming::change_cipher_spec`]: given::tls::Incoming::change_cipher_spec
//! [`Handshake::bytes`]: given::tls::Handshake::bytes
//! [`Handshake::kind`]: given::tls::Handshake::kind
//! [`Handshake::body`]: given::tls::Handshake::body
//! [`HandshakeMessage::handshake`]: given::tls::HandshakeMessage::handshake
//! [`CertificateChain::handshake`]: given::tls12::CertificateChain::handshake
//! [`Writer::vector`]: given::tls::Writer::vector
//! [`Writer::finish`]: given::tls::Writer::finish
//! [`CipherSuite::code`]: given::tls::CipherSuite::code
//! [`CipherSuite::from_code`]: given::tls::CipherSuite::from_code
//! [`SignatureScheme`]: given::tls::SignatureScheme
//! [`Certificate::from_der`]: given::x509::Certificate::from_der
//! [`Certificate::to_der`]: given::x509::Certificate::to_der
//! [`Certificate::public_key`]: given::x509::Certificate::public_key
//! [`Endpoint::new`]: given::tls12::Endpoint::new

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

mod distrust;
pub use distrust::*;

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
