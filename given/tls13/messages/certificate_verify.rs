//! Step 5: CertificateVerify.

use std::fmt;

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// Step 5: the server's signature over the handshake so far (RFC 9846 §4.5.2).
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateVerify {
    /// How it is signed. The client must have offered it.
    pub scheme: u16,
    /// The signature.
    pub signature: Vec<u8>,
}

/// The number of the scheme is in hex, as in the lessons.
impl fmt::Debug for CertificateVerify {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CertificateVerify { scheme, signature } = self;
        write!(
            out,
            "CertificateVerify {{ scheme: {scheme:#06x}, signature: {signature:?} }}"
        )
    }
}

impl HandshakeMessage for CertificateVerify {
    const TYPE: HandshakeType = HandshakeType::CertificateVerify;

    fn read(body: &[u8]) -> Result<CertificateVerify, Malformed> {
        let mut reader = Reader::new(body);
        let message = CertificateVerify {
            scheme: reader.u16()?,
            signature: reader.vector(2)?.rest().to_vec(),
        };
        reader.finish()?;
        Ok(message)
    }

    fn body(&self) -> Vec<u8> {
        Writer::new()
            .u16(self.scheme)
            .vector(2, &self.signature)
            .finish()
    }
}
