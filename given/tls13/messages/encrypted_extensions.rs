//! Step 3: EncryptedExtensions.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::messages::Extension;
use crate::tls::messages::extension::{Within, read_extensions, write_extensions};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 3: the server's answers to those extensions that nobody else needs to see (RFC 9846 §4.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptedExtensions(
    /// The answers.
    pub Vec<Extension>,
);

impl HandshakeMessage for EncryptedExtensions {
    const TYPE: HandshakeType = HandshakeType::EncryptedExtensions;

    fn read(body: &[u8]) -> Result<EncryptedExtensions, Malformed> {
        let mut reader = Reader::new(body);
        // Unlike in a hello, the length of the list must be there: `extensions<0..2^16-1>`.
        if reader.is_empty() {
            return Err(Malformed);
        }
        let within = Within::EncryptedExtensions;
        let extensions = read_extensions(within, &mut reader, &mut Places::default())?;
        reader.finish()?;
        Ok(EncryptedExtensions(extensions))
    }

    fn body(&self) -> Vec<u8> {
        match &self.0[..] {
            [] => Writer::new().vector(2, &[]).finish(),
            extensions => write_extensions(Writer::new(), extensions).finish(),
        }
    }
}
