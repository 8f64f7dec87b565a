//! What all versions of TLS share: the wire format, the record layer, the hellos, the names of the
//! numbers on the wire, the reasons to end a connection, and the trace. What belongs to one version
//! has a module of its own: [`tls12`](crate::tls12), [`tls13`](crate::tls13).
//!
//! ```text
//! bytes ──▶ records ──▶ messages        Wire, which opens the records once there are keys
//!                          │
//!                          ▼
//!                      the handshake    yours: chapter 6
//!                          │
//! bytes ◀── records ◀── messages        Wire, which seals them
//! ```
//!
//! Nothing in here judges what it reads. A message can be read, or it is refused as malformed.
//! Whether it may come now, and whether what it says can be believed, is for your handshake to
//! decide.

pub(crate) mod abort;
pub(crate) mod codec;
pub(crate) mod connection;
pub(crate) mod handshake;
pub(crate) mod incoming;
pub(crate) mod messages;
pub(crate) mod names;
pub(crate) mod passed;
pub(crate) mod places;
pub(crate) mod protection;
mod record;
pub mod trace;
pub(crate) mod wire;

pub use abort::{Abort, Distrust};
pub use codec::{Malformed, Writer};
pub use connection::{Connection, NotOpen, Status};
pub use handshake::{Handshake, HandshakeMessage};
pub use incoming::Incoming;
pub use messages::{ClientHello, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello};
pub use names::{Alert, CipherSuite, ContentType, HandshakeType, SignatureScheme};
pub use names::{TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519};
pub use passed::{Direction, Passed};
pub use protection::{OpenRecord, SealRecord};
pub use record::MAX_FRAGMENT;
pub use wire::{MAX_EMPTY_RECORDS, MAX_HANDSHAKE, Wire};
