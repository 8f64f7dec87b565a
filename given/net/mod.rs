//! A [`Connection`](crate::tls::Connection) over a socket: who has both moves the bytes between them.
//!
//! ```text
//! you ── send, receive ──▶ Tunnel ── Connection ── records ──▶ TcpStream ──▶ peer
//!                            │
//!                            └──▶ the trace, the key log
//! ```
//!
//! A socket does what the peer likes: it gives bytes in pieces of any size, or none for ever, or
//! without end. So everything here has a time and a size at which it is given up.
//!
//! It also ends when anybody on the way wants it to end: the FIN of TCP is not protected. That is
//! why TLS has an end of its own, the alert close_notify (RFC 5246 §7.2.1). A socket that ends
//! before it came is [`Error::Truncated`].

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
