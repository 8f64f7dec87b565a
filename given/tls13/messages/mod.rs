//! The messages that only the handshake of TLS 1.3 has, or that have another form in it (RFC 9846
//! §4).

mod certificate_verify;
mod encrypted_extensions;
mod finished;

#[cfg(test)]
mod tests;

pub use certificate_verify::CertificateVerify;
pub use encrypted_extensions::EncryptedExtensions;
pub use finished::Finished;
