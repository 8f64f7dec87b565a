//! The messages of the handshake (RFC 5246 §7.4): their fields, and how they are read and written.

mod certificate;
mod extension;
mod finished;
mod hello;
mod key_exchange;
mod server_hello_done;

#[cfg(test)]
mod tests;

pub use certificate::CertificateChain;
pub use extension::Extension;
pub use finished::Finished;
pub use hello::{ClientHello, ServerHello};
pub use key_exchange::{ClientKeyExchange, ServerKeyExchange};
pub use server_hello_done::ServerHelloDone;
