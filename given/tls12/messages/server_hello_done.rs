//! Step 4: ServerHelloDone, which ends the server's turn.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// Step 4: the server has said all it has to say (RFC 5246 §7.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerHelloDone;

impl HandshakeMessage for ServerHelloDone {
    const TYPE: HandshakeType = HandshakeType::ServerHelloDone;

    fn read(body: &[u8]) -> Result<ServerHelloDone, Malformed> {
        Reader::new(body).finish()?;
        Ok(ServerHelloDone)
    }

    fn body(&self) -> Vec<u8> {
        vec![]
    }
}
