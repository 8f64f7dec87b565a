//! The trace of a connection: what is sent and received, message by message, so that you can watch
//! it.
//!
//! ```text
//!   TCP     127.0.0.1:50000 ── SYN ──▶  ◀── SYN, ACK ──  ── ACK ──▶ 127.0.0.1:8443
//! 1 ──▶ ClientHello, 131 bytes            sent, step 1 of the handshake
//! 2 ◀── ServerHello, 58 bytes             received, step 2
//! 7 ══▶ Finished, 16 bytes                sent under the new keys
//! ```
//!
//! An [`Entry`] is a value: the name of a message, what its fields say, and where in its bytes they
//! are. The lines above are one way to show it. The steps of a handshake and the fields of its
//! messages differ between versions: they come from [`tls12::trace::entry`](crate::tls12::trace::entry)
//! and from [`tls13::trace::entry`](crate::tls13::trace::entry).
//!
//! An entry has what anyone on the network sees. Of what is sealed, it has the handshake messages
//! and alerts, but not the application data. It never has a key or a secret: those are for the key
//! log.

mod entry;
pub(crate) mod fields;
mod text;
pub(crate) mod values;

pub use entry::{Entry, Field};
pub use text::{connected, cut_off};
