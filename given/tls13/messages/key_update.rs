//! KeyUpdate, with which either side changes its keys after the handshake.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// The sender seals with its next key from here on (RFC 9846 §4.7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUpdate {
    /// 0 if that is all, 1 if the peer is asked to change its key as well. Nothing else is allowed.
    pub request_update: u8,
}

impl HandshakeMessage for KeyUpdate {
    const TYPE: HandshakeType = HandshakeType::KeyUpdate;

    fn read(body: &[u8]) -> Result<KeyUpdate, Malformed> {
        let mut reader = Reader::new(body);
        let request_update = reader.u8()?;
        reader.finish()?;
        Ok(KeyUpdate { request_update })
    }

    fn body(&self) -> Vec<u8> {
        Writer::new().u8(self.request_update).finish()
    }
}
