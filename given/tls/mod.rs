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

pub(crate) mod abort;
pub(crate) mod codec;
pub(crate) mod connection;
pub(crate) mod handshake;
pub(crate) mod incoming;
pub(crate) mod names;
pub(crate) mod passed;
pub(crate) mod places;
pub(crate) mod protection;
mod record;
pub mod trace;
pub(crate) mod wire;

pub use abort::Abort;
pub use codec::{Malformed, Writer};
pub use connection::{Connection, NotOpen, Status};
pub use handshake::{Handshake, HandshakeMessage};
pub use incoming::Incoming;
pub use names::{Alert, CipherSuite, ContentType, HandshakeType, SignatureScheme};
pub use names::{TLS_1_2, X25519};
pub use passed::{Direction, Passed};
pub use protection::{OpenRecord, SealRecord};
pub use record::MAX_FRAGMENT;
pub use wire::{MAX_EMPTY_RECORDS, MAX_HANDSHAKE, Wire};
