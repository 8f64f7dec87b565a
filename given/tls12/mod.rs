//! TLS 1.2 (RFC 5246), to the extent that it differs from other versions: its record layer, the
//! messages of its handshake, the steps that consume them, the session that the handshake results
//! in, and its part of the trace.
//!
//! An [`Endpoint`] runs a handshake. You write the handshake itself, as a [`Step`] that receives
//! one message after another, in chapter 6. What does not depend on the version, such as the
//! hellos, is in [`tls`](crate::tls).

mod messages;
mod protection;
mod session;
mod step;
pub mod trace;
mod wire;

#[doc(no_inline)]
pub use crate::tls::endpoint::Endpoint;
#[doc(no_inline)]
pub use crate::tls::messages::{ClientHello, Extension, ServerHello};
pub use messages::{
    CertificateChain, CertificateRequest, ClientKeyExchange, Finished, HelloRequest,
    ServerHelloDone, ServerKeyExchange,
};
pub use protection::{OpenRecord, SealRecord};
pub use session::Session;
pub use step::{Progress, Step};
pub use wire::Wire;
