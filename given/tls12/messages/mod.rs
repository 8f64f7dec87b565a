//! The messages that only the handshake of TLS 1.2 has (RFC 5246 §7.4): their fields, and how they
//! are read and written. The hellos are in [`tls`](crate::tls).

mod certificate;
mod certificate_request;
mod finished;
mod hello_request;
mod key_exchange;
mod server_hello_done;

#[cfg(test)]
mod tests;

pub use certificate::CertificateChain;
pub use certificate_request::CertificateRequest;
pub use finished::Finished;
pub use hello_request::HelloRequest;
pub use key_exchange::{ClientKeyExchange, ServerKeyExchange};
pub use server_hello_done::ServerHelloDone;
