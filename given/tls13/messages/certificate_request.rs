//! CertificateRequest, whose form differs from that in TLS 1.2.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::messages::Extension;
use crate::tls::messages::extension::{Within, read_extensions, write_extension_list};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// The server wants to know who the client is (RFC 9846 §4.4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    /// What the client's Certificate has to repeat. In a handshake it is empty.
    pub context: Vec<u8>,
    /// What the server accepts. `signature_algorithms` must be there.
    pub extensions: Vec<Extension>,
}

impl CertificateRequest {
    /// Reads a body, and notes in `places` where its extensions are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<CertificateRequest, Malformed> {
        let context = reader.vector(1)?.rest().to_vec();
        // The length of the extensions is always there.
        if reader.is_empty() {
            return Err(Malformed);
        }
        let within = Within::CertificateRequest;
        let extensions = read_extensions(within, &mut reader, places)?;
        reader.finish()?;
        Ok(CertificateRequest {
            context,
            extensions,
        })
    }
}

impl HandshakeMessage for CertificateRequest {
    const TYPE: HandshakeType = HandshakeType::CertificateRequest;

    fn read(body: &[u8]) -> Result<CertificateRequest, Malformed> {
        CertificateRequest::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new().vector(1, &self.context);
        write_extension_list(writer, &self.extensions).finish()
    }

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![&self.extensions]
    }
}
