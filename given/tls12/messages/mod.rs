//! The messages of the handshake (RFC 5246 §7.4): their fields, and how they are read and written.

mod certificate;
mod certificate_request;
mod extension;
mod finished;
mod hello;
mod hello_request;
mod key_exchange;
mod server_hello_done;

#[cfg(test)]
mod tests;

pub use certificate::CertificateChain;
pub use certificate_request::CertificateRequest;
pub use extension::Extension;
pub use finished::Finished;
pub use hello::{ClientHello, ServerHello};
pub use hello_request::HelloRequest;
pub use key_exchange::{ClientKeyExchange, ServerKeyExchange};
pub use server_hello_done::ServerHelloDone;
