//! Steps 3 and 5: the Certificate message.

use crate::tls::codec::Writer;
use crate::tls::handshake::Handshake;
use crate::tls::names::HandshakeType;

/// Step 3: who the server is (RFC 5246 §7.4.2). In step 5, a client that was asked who it is answers
/// with one of its own (§7.4.6). It is empty if the client has no certificate to show.
///
/// It has no reader here: reading it is exercise 6.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateChain(
    /// The certificates in DER: the sender's first, then for each certificate that of its issuer.
    pub Vec<Vec<u8>>,
);

impl CertificateChain {
    /// The whole message.
    pub fn handshake(&self) -> Handshake {
        let list = self.0.iter().fold(Writer::new(), |list, certificate| {
            list.vector(3, certificate)
        });
        let body = Writer::new().vector(3, &list.finish()).finish();
        Handshake::new(HandshakeType::Certificate, &body)
    }
}
