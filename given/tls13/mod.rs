//! TLS 1.3 (RFC 9846), as far as it differs from other versions: the messages of its handshake, and
//! how its records are sealed and opened.
//!
//! You write the handshake itself in chapter 7. What does not depend on the version, such as the
//! hellos, is in [`tls`](crate::tls).

mod messages;
mod protection;

pub use messages::{CertificateVerify, EncryptedExtensions, Finished};
pub use protection::{OpenRecord, SealRecord};
