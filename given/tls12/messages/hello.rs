//! Steps 1 and 2: the hellos.

use super::extension::{Extension, read_extensions, write_extensions};
use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;

/// Step 1: what the client can do (RFC 5246 §7.4.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientHello {
    /// The highest version it speaks.
    pub version: u16,
    /// 32 bytes that it has never used before.
    pub random: [u8; 32],
    /// The session it would like to resume: empty here.
    pub session_id: Vec<u8>,
    /// The suites, the one it likes best first.
    pub cipher_suites: Vec<u16>,
    /// Ways to compress, of which only 0, not at all, is left.
    pub compression_methods: Vec<u8>,
    /// What else it has to say.
    pub extensions: Vec<Extension>,
}

impl HandshakeMessage for ClientHello {
    const TYPE: HandshakeType = HandshakeType::ClientHello;

    fn read(body: &[u8]) -> Result<ClientHello, Malformed> {
        let mut reader = Reader::new(body);
        let hello = ClientHello {
            version: reader.u16()?,
            random: reader.array()?,
            session_id: session_id(&mut reader)?,
            cipher_suites: reader.numbers(2)?,
            compression_methods: reader.vector(1)?.to_vec(),
            extensions: read_extensions(&mut reader)?,
        };
        reader.finish()?;
        if hello.compression_methods.is_empty() {
            return Err(Malformed);
        }
        Ok(hello)
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new()
            .u16(self.version)
            .bytes(&self.random)
            .vector(1, &self.session_id)
            .numbers(2, &self.cipher_suites)
            .vector(1, &self.compression_methods);
        write_extensions(writer, &self.extensions).finish()
    }
}

/// Step 2: what the server has chosen (RFC 5246 §7.4.1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerHello {
    /// The version of this connection.
    pub version: u16,
    /// 32 bytes that it has never used before.
    pub random: [u8; 32],
    /// A name for this session, if it can be resumed: empty here.
    pub session_id: Vec<u8>,
    /// The suite of this connection.
    pub cipher_suite: u16,
    /// 0: nothing is compressed.
    pub compression_method: u8,
    /// Its answers to the client's extensions.
    pub extensions: Vec<Extension>,
}

impl HandshakeMessage for ServerHello {
    const TYPE: HandshakeType = HandshakeType::ServerHello;

    fn read(body: &[u8]) -> Result<ServerHello, Malformed> {
        let mut reader = Reader::new(body);
        let hello = ServerHello {
            version: reader.u16()?,
            random: reader.array()?,
            session_id: session_id(&mut reader)?,
            cipher_suite: reader.u16()?,
            compression_method: reader.u8()?,
            extensions: read_extensions(&mut reader)?,
        };
        reader.finish()?;
        Ok(hello)
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new()
            .u16(self.version)
            .bytes(&self.random)
            .vector(1, &self.session_id)
            .u16(self.cipher_suite)
            .u8(self.compression_method);
        write_extensions(writer, &self.extensions).finish()
    }
}

fn session_id(reader: &mut Reader<'_>) -> Result<Vec<u8>, Malformed> {
    let id = reader.vector(1)?;
    if id.len() > 32 {
        return Err(Malformed);
    }
    Ok(id.to_vec())
}
