//! TLS 1.2 (RFC 5246), as far as it differs from other versions: the messages of its handshake, the
//! steps that consume them, the session that the handshake leads to, and its part of the trace.
//!
//! An [`Endpoint`] runs a handshake. You write the handshake itself, as a [`Step`] that receives
//! one message after the other, in chapter 6. What does not depend on the version, such as records,
//! is in [`tls`](crate::tls).

mod endpoint;
pub mod key_log;
mod messages;
mod session;
mod step;
pub mod trace;

pub use crate::tls::{ClientHello, Extension, ServerHello};
pub use endpoint::Endpoint;
pub use messages::{
    CertificateChain, CertificateRequest, ClientKeyExchange, Finished, HelloRequest,
    ServerHelloDone, ServerKeyExchange,
};
pub use session::Session;
pub use step::{Progress, Step};
