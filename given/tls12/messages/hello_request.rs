//! HelloRequest, with which a server asks for a hello.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// The server asks the client for a ClientHello, the first or another one (RFC 5246 §7.4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelloRequest;

impl HandshakeMessage for HelloRequest {
    const TYPE: HandshakeType = HandshakeType::HelloRequest;

    fn read(body: &[u8]) -> Result<HelloRequest, Malformed> {
        Reader::new(body).finish()?;
        Ok(HelloRequest)
    }

    fn body(&self) -> Vec<u8> {
        vec![]
    }
}
