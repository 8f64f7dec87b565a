//! Step 4: Certificate, whose form differs from that in TLS 1.2.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::messages::Extension;
use crate::tls::messages::extension::{Within, read_extensions, write_extension_list};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 4: who the sender is (RFC 9846 §4.5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateChain {
    /// The context of the CertificateRequest that this answers. In a server's Certificate it is
    /// empty.
    pub context: Vec<u8>,
    /// The certificates, the sender's own first. A client that has none sends none.
    pub entries: Vec<CertificateEntry>,
}

/// A certificate of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateEntry {
    /// The certificate, in DER.
    pub certificate: Vec<u8>,
    /// What the sender says about it: answers to extensions of the hello.
    pub extensions: Vec<Extension>,
}

impl CertificateChain {
    /// Reads a body, and notes in `places` where its extensions are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<CertificateChain, Malformed> {
        let context = reader.vector(1)?.rest().to_vec();
        let mut list = reader.vector(3)?;
        reader.finish()?;
        let mut entries = Vec::new();
        while !list.is_empty() {
            let certificate = list.vector(3)?.rest().to_vec();
            // `cert_data<1..2^24-1>`, and the length of the extensions is always there.
            if certificate.is_empty() || list.is_empty() {
                return Err(Malformed);
            }
            let extensions = read_extensions(Within::Certificate, &mut list, places)?;
            entries.push(CertificateEntry {
                certificate,
                extensions,
            });
        }
        Ok(CertificateChain { context, entries })
    }
}

impl HandshakeMessage for CertificateChain {
    const TYPE: HandshakeType = HandshakeType::Certificate;

    fn read(body: &[u8]) -> Result<CertificateChain, Malformed> {
        CertificateChain::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        let list = self.entries.iter().fold(Writer::new(), |list, entry| {
            write_extension_list(list.vector(3, &entry.certificate), &entry.extensions)
        });
        Writer::new()
            .vector(1, &self.context)
            .vector(3, &list.finish())
            .finish()
    }

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        let blocks = self.entries.iter().map(|entry| &entry.extensions[..]);
        blocks.collect()
    }
}
