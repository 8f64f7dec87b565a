//! Step 7: the end of the handshake.

use crate::tls::codec::Malformed;
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// Step 7: both have seen the same handshake, and have the same keys (RFC 5246 §7.4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished(
    /// Made of the master secret and the transcript.
    pub [u8; 12],
);

impl HandshakeMessage for Finished {
    const TYPE: HandshakeType = HandshakeType::Finished;

    fn read(body: &[u8]) -> Result<Finished, Malformed> {
        body.try_into().map(Finished).map_err(|_| Malformed)
    }

    fn body(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}
