//! Step 6: Finished, which ends the handshake.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// Step 6: both sides have seen the same handshake, and have the same keys (RFC 9846 §4.5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished(
    /// The verify_data: as many bytes as the hash of the suite has.
    pub [u8; 32],
);

impl HandshakeMessage for Finished {
    const TYPE: HandshakeType = HandshakeType::Finished;

    fn read(body: &[u8]) -> Result<Finished, Malformed> {
        let mut reader = Reader::new(body);
        let message = Finished(reader.array()?);
        reader.finish()?;
        Ok(message)
    }

    fn body(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}
