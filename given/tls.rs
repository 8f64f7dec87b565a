//! What TLS 1.2 puts on the wire (RFC 5246): the names of its numbers, the forms of its messages,
//! and the records they travel in.
//!
//! ```text
//! bytes ──▶ records ──▶ messages        Wire, which opens a record where there are keys
//!                          │
//!                          ▼
//!                      the handshake    yours: chapter 6
//!                          │
//! bytes ◀── records ◀── messages        Wire, which seals
//! ```
//!
//! Nothing here decides anything. A form is read or refused; what it says is for you to judge.

mod codec;
mod connection;
mod endpoint;
pub mod key_log;
mod messages;
mod names;
pub mod trace;
mod wire;

pub use codec::{Malformed, Reader, Writer};
pub use connection::{Abort, Connection, NotOpen, Status};
pub use endpoint::{Endpoint, Progress, Session, Step};
pub use messages::{
    CertificateChain, ClientHello, ClientKeyExchange, Extension, Finished, Handshake,
    HandshakeMessage, ServerHello, ServerHelloDone, ServerKeyExchange,
};
pub use names::{Alert, CipherSuite, ContentType, HandshakeType, SignatureScheme};
pub use names::{TLS_1_2, X25519};
pub use wire::{
    Direction, Incoming, MAX_EMPTY_RECORDS, MAX_FRAGMENT, MAX_HANDSHAKE, OpenRecord, Passed,
    SealRecord, Wire,
};
