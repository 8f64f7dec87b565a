//! The messages that only the handshake of TLS 1.3 has, or that have a different form in it (RFC
//! 9846 §4).

mod certificate;
mod certificate_request;
mod certificate_verify;
mod encrypted_extensions;
mod finished;
mod key_update;
mod new_session_ticket;

#[cfg(test)]
mod tests;

pub use certificate::{CertificateChain, CertificateEntry};
pub use certificate_request::CertificateRequest;
pub use certificate_verify::CertificateVerify;
pub use encrypted_extensions::EncryptedExtensions;
pub use finished::Finished;
pub use key_update::KeyUpdate;
pub use new_session_ticket::NewSessionTicket;
