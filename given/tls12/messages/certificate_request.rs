//! Step 4: CertificateRequest, with which a server asks who the client is.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 4, if the server wants to know who the client is (RFC 5246 §7.4.4). To a client that has no
/// certificate, it does not matter what exactly the server asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    /// The types of certificates that the server accepts. 1 is one with an RSA key.
    pub certificate_types: Vec<u8>,
    /// The signature schemes with which the client may sign.
    pub schemes: Vec<u16>,
    /// The names of the CAs that the server trusts, in DER. If there are none, any CA will do.
    pub authorities: Vec<Vec<u8>>,
}

impl CertificateRequest {
    /// Reads a body, and notes in `places` where its fields are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<CertificateRequest, Malformed> {
        let types = places
            .note("certificate types", reader.vector(1)?)
            .rest()
            .to_vec();
        let schemes = places
            .note("signature schemes", reader.vector(2)?)
            .numbers()?;
        let mut list = places.note("authorities", reader.vector(2)?);
        reader.finish()?;
        let mut authorities = Vec::new();
        while !list.is_empty() {
            authorities.push(list.vector(2)?.rest().to_vec());
        }
        // `certificate_types<1..2^8-1>` and `DistinguishedName<1..2^16-1>`.
        if types.is_empty() || authorities.iter().any(Vec::is_empty) {
            return Err(Malformed);
        }
        Ok(CertificateRequest {
            certificate_types: types,
            schemes,
            authorities,
        })
    }
}

impl HandshakeMessage for CertificateRequest {
    const TYPE: HandshakeType = HandshakeType::CertificateRequest;

    fn read(body: &[u8]) -> Result<CertificateRequest, Malformed> {
        CertificateRequest::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        let list = self
            .authorities
            .iter()
            .fold(Writer::new(), |list, name| list.vector(2, name));
        Writer::new()
            .vector(1, &self.certificate_types)
            .numbers(2, &self.schemes)
            .vector(2, &list.finish())
            .finish()
    }
}
