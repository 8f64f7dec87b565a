//! The parts of TLS 1.3 (RFC 9846) that differ from other versions: its record layer, the messages
//! of its handshake, the secrets for its key log, and its part of the trace.
//!
//! You write the handshake itself in chapter 7, as a [`Step`](crate::tls::Step) that receives one
//! message after another. What does not depend on the version, such as the hellos, is in
//! [`tls`](crate::tls).

mod messages;
mod protection;
mod session;
pub mod trace;
mod wire;

pub use messages::{
    CertificateChain, CertificateEntry, CertificateRequest, CertificateVerify, EncryptedExtensions,
    Finished, KeyUpdate, NewSessionTicket,
};
pub use protection::{OpenRecord, SealRecord};
pub use session::Session;
pub use wire::{MAX_EARLY_DATA, Wire};
