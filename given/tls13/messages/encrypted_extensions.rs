//! Step 3: EncryptedExtensions.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::messages::Extension;
use crate::tls::messages::extension::{Within, read_extensions, write_extension_list};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 3: the answers to extensions that nobody but the client needs to see (RFC 9846 §4.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptedExtensions(
    /// The answers.
    pub Vec<Extension>,
);

impl EncryptedExtensions {
    /// Reads a body, and notes in `places` where its extensions are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<EncryptedExtensions, Malformed> {
        // Unlike in a hello, the length of the list must be there: `extensions<0..2^16-1>`.
        if reader.is_empty() {
            return Err(Malformed);
        }
        let within = Within::EncryptedExtensions;
        let extensions = read_extensions(within, &mut reader, places)?;
        reader.finish()?;
        // Only a client's `server_name` has a name in it (RFC 6066 §3).
        let has_name = |one: &Extension| matches!(one, Extension::ServerName(Some(_)));
        if extensions.iter().any(has_name) {
            return Err(Malformed);
        }
        Ok(EncryptedExtensions(extensions))
    }
}

impl HandshakeMessage for EncryptedExtensions {
    const TYPE: HandshakeType = HandshakeType::EncryptedExtensions;

    fn read(body: &[u8]) -> Result<EncryptedExtensions, Malformed> {
        EncryptedExtensions::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        write_extension_list(Writer::new(), &self.0).finish()
    }

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![&self.0]
    }
}
