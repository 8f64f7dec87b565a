//! # Chapter 7: the handshake of today
//!
//! Most connections on the web use TLS 1.3. It was published in 2018, and RFC 9846 (2026) is its
//! current text. You know all of its parts: a key exchange, a chain, a signature, a MAC of
//! everything that was said, and records that are sealed. It puts them in a different order, and
//! leaves out what chapter 6 had to warn you about.
//!
//! This is the whole handshake. Each of the two hellos carries a key share, and the keys for
//! everything else come from these shares:
//!
//! ```text
//!       client                                                     server
//!         │                                                          │
//!       1 │ ── ClientHello: a random, what I can do, my share ──────▶│
//!       2 │◀──── ServerHello: a random, what we will do, my share ── │
//!         │                                                          │
//!         │    both compute the handshake secret, and seal from here │
//!         │                                                          │
//!       3 │◀════════ EncryptedExtensions: what else was agreed ═════ │
//!       4 │◀═════════════════════════════ Certificate: who I am ════ │
//!       5 │◀══ CertificateVerify: my signature over all of this ════ │
//!       6 │◀═════════════ Finished: what I have seen of all this ═══ │
//!       6 │ ══ Finished: what I have seen of all this ══════════════▶│
//!         │                                                          │
//!         │ ◀════════════════ HTTP, sealed ════════════════════════▶ │
//!
//!         ── in plaintext      ══ encrypted
//! ```
//!
//! The server says everything in one turn, and the client answers once. That is one *round trip*
//! before the first request. TLS 1.2 needs two.
//!
//! # What you write
//!
//! - **7.1** [`expand_label()`] and [`derive_secret`]: derive a secret for one purpose, bound to
//!   what was said.
//! - **7.2** [`EarlySecret`], [`HandshakeSecret`], [`MainSecret`] and [`TrafficSecret`]: the tree
//!   of secrets, from which all keys are derived. Each secret has a type of its own, and a step
//!   down the tree consumes the secret that it starts from.
//! - **7.3** [`RecordSealer`] and [`RecordOpener`]: seal records, and open them (from step 3 on).
//! - **7.4** [`negotiate13`] and [`check_choice13`]: what the server chooses, and what the client
//!   accepts (steps 1 and 2).
//! - **7.5** [`retry_request`], [`retried`], [`second_hello`], [`check_choice_after_retry`] and
//!   [`check_second_hello`]: what happens if the client's share is missing (HelloRetryRequest).
//! - **7.6** [`signed_content`], [`certificate_verify()`] and [`check_certificate_verify`]: sign
//!   the handshake so far, and check such a signature (step 5).
//! - **7.7** [`verify_data`] and [`check_verify_data`]: a MAC of everything that was said (step 6).
//! - **7.8** [`client()`] and the steps of [`ClientStep`]: the whole handshake, as the client.
//! - **7.9** The steps of [`ServerStep`]: the whole handshake, as the server.
//! - **7.10** [`AfterHandshake`]: what comes after the handshake. The server sends *tickets*, with
//!   which a client can resume a session later, and either side can change its key.
//! - **7.11** [`client_of_both`] and [`which_version`]: one client for both versions, which never
//!   *falls back*: if a connection fails, it does not try again with an older version. [`Mallory`]
//!   (attack) exploits a client that does.
//! - **7.12** [`read_with_log()`] (attack): read a recording with a *key log*, a file of secrets
//!   that one side has written, and see that the server's private key does not help.
//! - **7.13** [`fetch`] and [`serve`]: talk to OpenSSL, curl and rustls, in either version.
//! - **7.14** [`which_secret()`]: say which secret does what, who knows it, and since which
//!   message.
//!
//! # TLS 1.2 and TLS 1.3, side by side
//!
//! | | TLS 1.2 (chapter 6) | TLS 1.3 | why |
//! | --- | --- | --- | --- |
//! | round trips before the first request | 2 | 1 | The client sends its key share at once, before it knows the server's choice. If it has guessed wrong, the server asks for another share: HelloRetryRequest. |
//! | the version | a field of the hellos | an extension, `supported_versions`. The field says 1.2 forever. | Many servers ended the connection when the field had a number that they didn't know. |
//! | key exchange | wrapped secret or ECDHE | ECDHE, or a key from an earlier connection | A server key that leaks must not open recordings. |
//! | a suite's name | `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` | `TLS_AES_128_GCM_SHA256` | Key exchange and signature are chosen in extensions of their own, so a suite is only a cipher and a hash. |
//! | ciphers | dozens, some of them broken | authenticated encryption only (AEAD), as in exercise 1.3 | Suites with a separate MAC made the MAC first, and then encrypted message and MAC. That order was attacked for 15 years. |
//! | what the server signs | both randoms and its share | the whole handshake so far | FREAK and Logjam changed fields that no signature covered. |
//! | an RSA signature in the handshake | padded with PKCS#1 v1.5 or PSS | padded with PSS | PSS has the better proof (exercise 3.7). PKCS#1 v1.5 remains in certificates. |
//! | where it signs | ServerKeyExchange, before the keys are in use | CertificateVerify, after they are | The signature is sealed, and so is the certificate. |
//! | who can see the certificate | everyone along the way | only someone who takes part in the key exchange | Everything that follows ServerHello is sealed. The name of the host is still in ClientHello, unless Encrypted Client Hello hides it (RFC 9849). |
//! | where the keys come from | one master secret, one PRF, one key block | a tree of secrets, with HKDF | Each key has one purpose. One that leaks does not reveal the others. |
//! | the randoms | part of the input of each key | only part of the transcript | The transcript contains them, and everything else. |
//! | Finished | 12 bytes, client first | 32 bytes, server first | It is an HMAC of the transcript, not truncated. |
//! | ChangeCipherSpec | turns the keys on | means nothing. It is still sent. | Equipment along the way waits for it. |
//! | the nonce of a record | 8 of its 12 bytes are sent | none of it is sent | Both sides count anyway (exercise 1.4). |
//! | the type of a record | in its header | sealed | The header no longer tells an alert from a page. |
//! | resuming a session | uses the old master secret again | uses a new secret, a PSK (see below) | A PSK that leaks does not open a recording of the old connection. If the two sides exchange fresh shares beside it, it does not open one of the new connection, either. |
//! | renegotiation, compression | yes | gone | Each led to attacks (CVE-2009-3555, CVE-2012-4929). To change a key takes one message, KeyUpdate, and no handshake (exercise 7.10). |
//!
//! ## Step by step
//!
//! The numbers on the left are the steps of TLS 1.2. Those on the right are the steps of TLS 1.3.
//!
//! ```text
//! TLS 1.2                                           TLS 1.3
//!
//! 1 ClientHello          ──────────────────────▶  1 ClientHello
//! 2 ServerHello          ──────────────────────▶  2 ServerHello
//!                        ── most extensions ───▶  3 EncryptedExtensions, sealed
//! 4 ServerKeyExchange    ── its share ─────────▶  2   in an extension of ServerHello
//!                        ── its signature ─────▶  5 CertificateVerify
//!   ServerHelloDone      ──────────────────────▶    gone: Finished ends the server's turn
//! 3 Certificate          ──────────────────────▶  4 Certificate, sealed
//! 5 ClientKeyExchange    ── the share ─────────▶  1   in an extension of ClientHello
//!                        ── the wrapped secret ▶    gone
//! 6 ChangeCipherSpec     ──────────────────────▶    still sent, but it means nothing
//! 7 Finished, client     ──────────────────────▶  6 Finished, client
//! 7 Finished, server     ──────────────────────▶  6 Finished, server: now the first of the two
//! ```
//!
//! Both shares have moved into the hellos, and everything else follows from that. After the two
//! hellos there is a shared secret, so the server can seal all that follows, including its
//! certificate. The server has nothing to wait for, so it can sign and finish in the same turn.
//!
//! # The tree of secrets
//!
//! TLS 1.2 has one master secret. TLS 1.3 has three secrets, one below the other, from which all
//! others are derived. In the picture, the three on the left are bound to no transcript, and the
//! lower two depend on the shared secret. Those on the right are bound to a transcript.
//!
//! ```text
//!                  0
//!                  │
//!   no PSK: 0 ──▶ extract = Early Secret
//!                  │
//!              "derived"
//!                  │
//! shared secret ─▶ extract = Handshake Secret
//!                  │
//!                  ├──▶ "c hs traffic", up to ServerHello ──▶ the client's handshake keys
//!                  ├──▶ "s hs traffic", up to ServerHello ──▶ the server's handshake keys
//!              "derived"
//!                  │
//!            0 ──▶ extract = Main Secret
//!                  │
//!                  ├──▶ "c ap traffic", up to the server's Finished ──▶ the client's keys
//!                  ├──▶ "s ap traffic", up to the server's Finished ──▶ the server's keys
//!                  └──▶ "exp master",   up to the server's Finished ──▶ keys for other protocols
//! ```
//!
//! An *extract* is the first step of HKDF (exercise 4.4). Its salt comes from above, and its secret
//! comes from the left. A 0 is 32 zero bytes. The four secrets with "traffic" in their labels are
//! the *traffic secrets*: one for each side in each phase, the handshake (hs) and application data
//! (ap). The keys for records are derived from them.
//!
//! RFC 9846 calls the third secret the *Main Secret*. RFC 8446 called it the Master Secret, and the
//! labels still say "master": both sides must hash the same bytes, so a label can't be renamed. The
//! *master secret* of chapter 6 is something else. It belongs to TLS 1.2. (RFC 9846 appendix D
//! calls that one the main secret, too. This workbook keeps the old name.)
//!
//! A *PSK*, a pre-shared key, is a secret that the two sides have from before, such as one from a
//! connection an hour ago. This chapter doesn't use one, and zeros take its place. The Early Secret
//! is then the same in every connection with this hash, and everyone in the world can compute it.
//! Only the key exchange makes the next one secret.
//!
//! The picture in RFC 9846 §7.1 has more secrets on the right. They are for connections that begin
//! with a PSK, or that leave one for later.
//!
//! # Which transcript goes into what
//!
//! Each message is hashed into the transcript when it is sent or received. Each value on the right
//! uses the hash of everything from the top down to its arrow:
//!
//! ```text
//! ClientHello         │
//! ServerHello         ├──▶ the two handshake traffic secrets
//! EncryptedExtensions │
//! Certificate         ├──▶ the content that CertificateVerify signs
//! CertificateVerify   ├──▶ the server's Finished
//! Finished, server    ├──▶ the two application traffic secrets, the exporter secret,
//!                     │    and the client's Finished
//! Finished, client    ├──▶ the secret for resuming, which this chapter does not use
//! ```
//!
//! Two things can make the transcript longer. After a HelloRetryRequest it begins with the hash of
//! the first ClientHello, the request and the second ClientHello (exercise 7.5). If the server asks
//! for a certificate, its CertificateRequest follows EncryptedExtensions, and the client's
//! Certificate comes before the client's Finished, which covers it (exercise 7.8).
//!
//! If anyone changes a byte of the hellos in transit, the two sides have different hashes from
//! there on. Their keys differ, and the next record does not open. If anyone changes a byte after
//! that, the record that has it does not open.
//!
//! # Which keys are in use when
//!
//! Each direction has its own keys, and they change at different times:
//!
//! ```text
//!                     the client sends with             the server sends with
//!
//! ClientHello         │ no keys                         │ no keys
//! ServerHello         │                                 │
//!                     ├─ c hs traffic ──                ├─ s hs traffic ──
//! EncryptedExtensions │                                 │
//! Certificate         │                                 │
//! CertificateVerify   │                                 │
//! Finished, server    │                                 │
//!                     │                                 ├─ s ap traffic ──
//! Finished, client    │                                 │
//!                     ├─ c ap traffic ──                │
//! HTTP                │                                 │
//! ```
//!
//! The client changes as soon as it has received ServerHello, so that even an alert is sealed.
//!
//! After its Finished, the server may send data at once, before it has received the client's
//! Finished. It does not know yet whether anyone is there to read it. The client's Finished tells
//! it that.
//!
//! # What is often said
//!
//! *TLS 1.3 is a faster TLS 1.2.* The saved round trip is what you notice. The reason for a new
//! version was what it leaves out: key exchange without forward secrecy, ciphers that don't
//! authenticate, and signatures over only part of the handshake. Researchers also worked on proofs
//! while the drafts were being written, and the authors changed the protocol when a proof failed
//! (RFC 9846 appendix F lists the proofs).
//!
//! *0-RTT is free.* With a key from an earlier connection, a client can send *early data* along
//! with its ClientHello, after zero round trips. Anyone who gets hold of that key later can read
//! this data, and anyone at all can send the same bytes again, to the same server or to another one
//! that has the key (RFC 9846 §8). Early data suits a request that does no harm however
//! often it is carried out, and nothing else. The server of this chapter ignores it.
//!
//! *Forward secrecy means that nobody can ever read a recording.* It means that the key of the
//! certificate does not help, not even later. Anyone who has the traffic secrets of a connection
//! can read it, whether they come from a key log or from the memory of either side. So can anyone
//! who has the secret half of one of its shares. Each side must make a fresh share for each
//! connection (RFC 9846 §4.3.8) and throw the secret half away. And anyone who can compute discrete
//! logarithms on the curve can read every recording that has the two shares in it. A large quantum
//! computer could. This is why browsers combine the exchange with a second one, ML-KEM, that no
//! known quantum algorithm breaks: X25519MLKEM768.
//!
//! *In TLS 1.3 everything is encrypted.* The two hellos are not. Anyone along the way can read the
//! name of the host in the ClientHello, and see how much is sent and when. (An extension, Encrypted
//! Client Hello, hides the name: RFC 9849. This chapter does not use it.)
//!
//! # What went wrong
//!
//! TLS 1.3 answers attacks on earlier versions, and it has had a few of its own:
//!
//! - **SLOTH 2016** (CVE-2015-7575): TLS 1.2 allowed signatures with MD5. A signature of one
//!   handshake is valid for every other handshake with the same MD5 hash, and finding two such
//!   handshakes was feasible. TLS 1.3 allows no signature with MD5, and no signature of a handshake
//!   with SHA-1.
//! - **POODLE 2014** (CVE-2014-3566): when a connection failed, browsers tried again with an older
//!   version. An attacker made connections fail until the version was SSL 3.0, whose padding nobody
//!   checks. In exercise 7.11, Mallory attacks a client that falls back like this.
//! - **FREAK and Logjam 2015** (CVE-2015-0204, CVE-2015-4000): somebody in the middle changed the
//!   list of suites in a hello. The server's signature in TLS 1.2 does not cover that list. In TLS
//!   1.3 it covers everything in the hellos. It can't help if somebody removes TLS 1.3 itself from
//!   the hello, so a server that supports TLS 1.3 and is asked for less marks its random: the last
//!   8 bytes are `DOWNGRD` and a number. A client that has offered 1.3 and sees the mark ends the
//!   connection (RFC 9846 §4.2.3). With ECDHE the random is signed, even in TLS 1.2, so nobody can
//!   remove the mark. With RSA key transport it is not signed (exercise 7.11).
//! - **Raccoon 2020** (CVE-2020-1968): in TLS 1.2 with Diffie–Hellman in a group of numbers,
//!   leading zeros of the shared secret are dropped. The time it then takes to derive a key reveals
//!   something about the secret. If the server uses its share in many connections, an attacker can
//!   compute the secret of a recorded one from that. In TLS 1.3 the zeros stay (RFC 9846 §7.4.1),
//!   and a share must not be used again (§4.3.8).
//! - **Selfie 2019**: two nodes with a pre-shared key may each act as client and as server. An
//!   attacker sent a node's own ClientHello back to it. The node answered itself, and mistook
//!   itself for its peer (RFC 9846 appendix F.8). A certificate, as in this chapter, prevents that.
//! - **RUSTSEC-2026-0285**: rustls accepted a message in plaintext that followed ServerHello in the
//!   same record. ServerHello turns the keys on, so a record must end with it (RFC 9846 §5.1). The
//!   message was in the transcript all the same, so nobody in the middle could add or change one
//!   and have the handshake succeed. Go had the same bug (CVE-2025-61730).
//!
//! # Further reading
//!
//! - RFC 9846, The Transport Layer Security (TLS) Protocol Version 1.3: §2 for the overview, §7.1
//!   for the tree of secrets, appendix F for what it is meant to achieve. The messages are in §4:
//!   ServerHello in §4.2.3, HelloRetryRequest in §4.2.4, CertificateVerify in §4.5.2, Finished in
//!   §4.5.3, KeyUpdate in §4.7.3; the key shares are in §4.3.8. §5.5 says how many records a key is
//!   good for, and appendix E.4 what is sent for old equipment along the way
//! - RFC 8448, Example Handshake Traces for TLS 1.3: connections with every byte and every secret,
//!   from which the vectors of the exercises come
//! - Michael Driscoll, *The Illustrated TLS 1.3 Connection*, every byte of one, explained
//! - Nir Drucker, Shay Gueron, *Selfie: reflections on TLS 1.3 with PSK* (2019)
//! - Karthikeyan Bhargavan, Gaëtan Leurent, *Transcript Collision Attacks: Breaking Authentication
//!   in TLS, IKE, and SSH* (2016): SLOTH
//! - Robert Merget and others, *Raccoon Attack: Finding and Exploiting Most-Significant-Bit-Oracles
//!   in TLS-DH(E)* (2021)
//! - Bodo Möller, Thai Duong, Krzysztof Kotowicz, *This POODLE Bites: Exploiting The SSL 3.0
//!   Fallback* (2014)
//! - Benjamin Beurdouche and others, *A Messy State of the Union: Taming the Composite State
//!   Machines of TLS* (2015): FREAK
//! - David Adrian and others, *Imperfect Forward Secrecy: How Diffie-Hellman Fails in Practice*
//!   (2015): Logjam
//! - Karthikeyan Bhargavan and others, *Downgrade Resilience in Key-Exchange Protocols* (2016): how
//!   downgrades work, and what TLS 1.3 does about them
//! - RUSTSEC-2026-0285, *TLS 1.3 handshake messages incorrectly accepted across encryption level
//!   boundaries*
//! - Benjamin Dowling, Marc Fischlin, Felix Günther, Douglas Stebila, *A Cryptographic Analysis of
//!   the TLS 1.3 Handshake Protocol* (2021)

mod expand_label;
pub use expand_label::*;

mod key_schedule;
pub use key_schedule::*;

mod records;
pub use records::*;

mod negotiate;
pub use negotiate::*;

mod retry;
pub use retry::*;

mod certificate_verify;
pub use certificate_verify::*;

mod finished;
pub use finished::*;

mod secrets;
use secrets::Secrets;

mod client;
pub use client::*;

mod server;
pub use server::*;

mod after_handshake;
pub use after_handshake::*;

mod downgrade;
pub use downgrade::*;

mod read_with_log;
pub use read_with_log::*;

mod live;
pub use live::*;

mod which_secret;
pub use which_secret::*;
