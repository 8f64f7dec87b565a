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
//! is why TLS has an end of its own, the alert close_notify (RFC 5246 §7.2.1). A socket that ends
//! without one is [`Error::Truncated`], and the trace has a line about it. The data that came before
//! is the peer's. Only what was carried in the tunnel can say whether it is all.

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
