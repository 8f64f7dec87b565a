//! Runs a [`Connection`](crate::tls::Connection) over a socket.
//!
//! ```text
//! you ── send, receive ──▶ Tunnel ── Connection ── records ──▶ TcpStream ──▶ peer
//!                            │
//!                            └──▶ the trace, the key log
//! ```
//!
//! A peer can do what it likes with a socket: send bytes in pieces of any size, send none forever,
//! or never stop. So there is a limit on every wait, and on how much is accepted.
//!
//! Anyone on the network can also end the connection, because the FIN of TCP is not protected. That
//! is why TLS has an end of its own, the alert close_notify (RFC 5246 §7.2.1). If a socket ends
//! without one, the error is [`Error::Truncated`], and a line in the trace says so. The data that
//! arrived before that is the peer's. Whether it is complete, only the data itself can tell.

mod error;
mod pipe;
mod setup;
mod tunnel;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use pipe::connect;
pub use setup::{KEY_LOG_VARIABLE, Limits, Setup};
pub use tunnel::Tunnel;
