//! What is TLS 1.2's own (RFC 5246): its messages, its handshake step by step, and what is left of it.
//!
//! What it shares with other versions is in [`tls`](crate::tls).

mod endpoint;
pub mod key_log;
mod messages;
mod session;
mod step;
pub mod trace;

pub use endpoint::Endpoint;
pub use messages::{
    CertificateChain, ClientHello, ClientKeyExchange, Extension, Finished, ServerHello,
    ServerHelloDone, ServerKeyExchange,
};
pub use session::Session;
pub use step::{Progress, Step};
