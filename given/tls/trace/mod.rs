//! A connection, written down so that you can watch it: what has passed, message by message.
//!
//! ```text
//!   TCP     127.0.0.1:50000 ── SYN ──▶  ◀── SYN, ACK ──  ── ACK ──▶ 127.0.0.1:8443
//! 1 ──▶ ClientHello, 131 bytes            sent, step 1 of the handshake
//! 2 ◀── ServerHello, 58 bytes             received, step 2
//! 7 ══▶ Finished, 16 bytes                sent under the new keys
//! ```
//!
//! An [`Entry`] is a value: what a message is called, what its fields say, and where in its bytes
//! they are. The lines above are one way to show it, and the only one here. Which steps there are
//! and what the fields mean is for each version to say: see
//! [`tls12::trace::entry`](crate::tls12::trace::entry).
//!
//! An entry has what everyone on the way sees, and of what was sealed only messages of the
//! handshake and alerts. It has no key and no secret: those are for
//! [`key_log`](crate::tls12::key_log).

mod entry;
mod text;
pub(crate) mod values;

pub use entry::{Entry, Field};
pub use text::connected;
