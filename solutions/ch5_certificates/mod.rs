//! # Chapter 5: certificates
//!
//! In chapter 3 you checked signatures with somebody's public key. In chapter 4 a signed key share
//! kept Mallory out. One question was left open in both: how do you know whose public key that is?
//! Mallory has a public key too, and says that it is the bank's.
//!
//! A *certificate* answers this question. It is a public key and a name, and somebody whom you
//! already trust has signed the two together. That somebody is a *certification authority*, a CA.
//!
//! ```text
//! ┌─ Certificate ────────────────────────────┐
//! │ ┌─ what is signed ─────────────────────┐ │
//! │ │ issuer       the CA's name           │ │
//! │ │ validity     from, until             │ │
//! │ │ subject      the server's name       │ │
//! │ │ public key   the server's            │ │
//! │ │ extensions   hosts, may it issue, …  │ │
//! │ └──────────────────────────────────────┘ │
//! │   signature    by the CA's private key   │
//! └──────────────────────────────────────────┘
//! ```
//!
//! Everything in it is public. Nothing is encrypted, and nothing needs to be: anyone who copies a
//! certificate has the public key, but not the private one.
//!
//! # What you write
//!
//! You are the CA in exercise 5.1, the client in 5.2 to 5.5 and 5.7, and the attacker in 5.6.
//!
//! - **5.1** [`certify`] and [`issue`]: sign a name and a public key, as a CA.
//! - **5.2** [`signed_by`]: check that one certificate was signed by the owner of another.
//! - **5.3** [`valid_at`]: check a certificate's dates.
//! - **5.4** [`is_for`]: check that a certificate is for the host that was asked for.
//! - **5.5** [`may_issue`], [`is_sound`] and [`verify_chain`]: check the whole chain of
//!   certificates from a server to a CA that you trust.
//! - **5.6** [`impersonate`] (attack): make a certificate that a careless client accepts, for a
//!   host that is not yours.
//! - **5.7** [`in_domain`], [`may_be_in_domain`], [`in_network`], [`permits`] and
//!   [`names_permitted`]: check that a CA may sign for the names in a certificate, and call this
//!   check from your [`verify_chain`] of 5.5.
//!
//! # How a certificate is made
//!
//! 1. The server makes a **pair of keys**. The private key never leaves it.
//! 2. It sends the CA a **request**: these are my names, this is my public key.
//! 3. The CA finds out whether the names belong to the requester. A server on the web has to
//!    publish something at an address that the CA picks, or in the DNS (RFC 8555, the protocol
//!    ACME). Then the CA **signs**.
//! 4. The server **keeps** the certificate beside its private key, and shows it to every client.
//!
//! # How a certificate is checked
//!
//! The client has a list of CAs that it trusts, each with its public key. They are called *roots*.
//! The list came with the browser or the operating system, long before this connection. A root
//! seldom signs a server's certificate itself. It signs the certificate of an *intermediate* CA,
//! which signs the server's. The server's own certificate is called the *leaf*:
//!
//! ```text
//! root             on the client's machine
//!   │ signed
//!   ▼
//! intermediate     sent by the server
//!   │ signed
//!   ▼
//! leaf             sent by the server: its name, its public key
//! ```
//!
//! The client asks five questions:
//!
//! 1. Is each certificate **signed** by the next one, up to a root? (5.2)
//! 2. Is each certificate **valid** today? (5.3)
//! 3. Is the leaf for the **host** that was asked for? (5.4)
//! 4. **May** each of the others sign certificates, and have as many CAs below it as it has here?
//!    (5.5)
//! 5. May each of them sign for the **names** in the certificates below it? Most CAs may sign for
//!    every name. The certificate of some CAs limits them to certain names: the CA of a company to
//!    the hosts of the company, that of a country to its top-level domain. These limits are called
//!    *name constraints*. They don't limit the CA's own names, but the names in every certificate
//!    below it, of servers and of other CAs, however deep. (5.7)
//!
//! All five are needed. Most of the incidents below happened because a client left one of them out
//! or got the answer wrong.
//!
//! # Where this fits in the handshake
//!
//! ```text
//! client                                               server
//!   │ ◀─────────── Certificate: leaf, intermediates ─────│
//!   │                                                    │
//! this chapter: whose key is it?                         │
//!   │                                                    │
//!   │ ◀─────────── ServerKeyExchange: signed share ──────│  chapter 4: does the server have,
//!   │                                                    │  here and now, the private key for it?
//! ```
//!
//! The second step matters as much as the first. A certificate is public, so Mallory has the bank's
//! certificate as well. What Mallory doesn't have is the private key that belongs to it.
//!
//! # What is often said
//!
//! | often said | what is true |
//! | --- | --- |
//! | The browser asks the CA whether a certificate is good. | The check is local, with keys that were already on the machine. Nobody is asked. Revocation is the exception: a certificate can't tell you whether it has been revoked since it was signed. Browsers download certificate revocation lists (CRLs) now and then. The other way was to ask the CA about each certificate, with the protocol OCSP. That was slow and told the CA who visits what, and when nobody answered, browsers accepted the certificate. |
//! | Certificates are encrypted. | They are public and signed. TLS 1.3 sends them encrypted so that a listener doesn't learn the name, not because they are secret. |
//! | A certificate shows that a site is honest. | It shows whose public key this is. Fraudsters have certificates too, for names of their own. |
//! | The server's certificate encrypts the traffic. | The server proves who it is with the private key that belongs to its certificate. The traffic is encrypted with symmetric keys (chapter 1), which both sides derive anew for each connection (chapter 4). |
//! | A self-signed certificate is worthless. | Roots are usually self-signed, too. A signature by a certificate's own key says nothing about its owner. A root is a root because it is on your list. |
//!
//! # What went wrong
//!
//! - **Switched off.** The crate `openssl` did not verify certificates unless it was told to, and
//!   could not compare host names at all, until 2016 (RUSTSEC-2016-0001, CWE-295, CWE-297).
//! - **Internet Explorer, 2002** (CVE-2002-0862). It checked signatures, dates and names. It did
//!   not check whether an issuer was a CA. So anyone with a certificate could make one for any other
//!   site, as you do in 5.6. Apple's iOS made the same mistake in 2011 (CVE-2011-0228). So did
//!   OpenSSL in 2021: a stricter mode overwrote the result of the check (CVE-2021-3450).
//! - **Rogue CA, 2008.** Sotirov, Stevens and others had a CA sign a harmless certificate. The
//!   signature was valid for a second certificate too, that of a CA of their own, because both had
//!   the same hash under MD5, an older function for which such pairs can be found. The attackers
//!   could prepare both because the CA numbered its certificates in sequence: they knew beforehand
//!   what would be signed. This is why certificates use SHA-256 today, and why serial numbers are
//!   random (5.1).
//! - **The zero byte, 2009** (CVE-2009-2408). A CA signed a certificate for a name like
//!   `www.bank.example\0.evil.example`, because the requester owned evil.example. Firefox read only
//!   the part before the zero byte.
//! - **DigiNotar, 2011.** Somebody broke into a Dutch CA and signed hundreds of certificates, one
//!   for `*.google.com` among them. Like most roots, DigiNotar's could sign for every name. Browsers
//!   took it off the list. Since then CAs submit what they sign to public logs (RFC 6962), where an
//!   owner can find certificates that should not exist.
//! - **rustls-webpki, 2023** (RUSTSEC-2023-0053). A server chooses which intermediates it sends. A
//!   few dozen that sign each other make a maze, and the search for a way through it took
//!   exponential time. This is why 5.5 has a budget of signature checks.
//! - **Go, 2025, and rustls-webpki, 2026** (CVE-2025-61727, RUSTSEC-2026-0099). A CA can be limited
//!   to some names. Both libraries compared a wildcard with such a limit, and forgot which names the
//!   wildcard can match.
//!
//! # Further reading
//!
//! - RFC 5280: §4 says what is in a certificate, §6 how a chain is validated
//! - RFC 9525, Service Identity in TLS: which name counts, and how it is compared
//! - Peter Gutmann, *X.509 Style Guide* (2000): what the fields were meant to be, and what became
//!   of them
//! - Georgiev and others, *The Most Dangerous Code in the World: Validating SSL Certificates in
//!   Non-Browser Software* (2012)
//! - x509-limbo, <https://x509-limbo.com>: thousands of chains, and what each library says about them

mod issue;
pub use issue::*;

mod signed_by;
pub use signed_by::*;

mod valid_at;
pub use valid_at::*;

mod is_for;
pub use is_for::*;

mod verify_chain;
pub use verify_chain::*;

mod impersonate;
pub use impersonate::*;

mod name_constraints;
pub use name_constraints::*;
