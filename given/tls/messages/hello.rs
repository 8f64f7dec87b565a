//! The first two messages: ClientHello and ServerHello. They have the same form in TLS 1.2 and TLS
//! 1.3. What TLS 1.3 adds is in extensions.

use super::extension::{Extension, Within, read_extensions, write_extensions};
use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 1: what the client can do (RFC 5246 §7.4.1.2, RFC 9846 §4.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientHello {
    /// The highest version it speaks. A client of TLS 1.3 says 1.2 here, and the rest in
    /// `supported_versions`.
    pub version: u16,
    /// 32 random bytes, fresh for each connection.
    pub random: [u8; 32],
    /// The session it would like to resume. TLS 1.3 resumes in another way: if a client of TLS 1.3
    /// fills this field, it does so to look like one of TLS 1.2 (RFC 9846 appendix E.4).
    pub session_id: Vec<u8>,
    /// The suites it offers, in order of preference.
    pub cipher_suites: Vec<u16>,
    /// Compression methods. The only one still in use is 0: none.
    pub compression_methods: Vec<u8>,
    /// What it says beyond these fields.
    pub extensions: Vec<Extension>,
}

impl ClientHello {
    /// Reads a body, and notes in `places` where its fields are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<ClientHello, Malformed> {
        let hello = ClientHello {
            version: places.note("version", reader.take(2)?).u16()?,
            random: places.note("random", reader.take(32)?).array()?,
            session_id: session_id(places.note("session", reader.vector(1)?))?,
            cipher_suites: places.note("suites", reader.vector(2)?).numbers()?,
            compression_methods: reader.vector(1)?.rest().to_vec(),
            extensions: read_extensions(Within::ClientHello, &mut reader, places)?,
        };
        reader.finish()?;
        // At least one: `compression_methods<1..2^8-1>` (RFC 5246 §7.4.1.2).
        if hello.compression_methods.is_empty() {
            return Err(Malformed);
        }
        // Only a server's `server_name` is empty (RFC 6066 §3).
        if hello.extensions.contains(&Extension::ServerName(None)) {
            return Err(Malformed);
        }
        Ok(hello)
    }
}

impl HandshakeMessage for ClientHello {
    const TYPE: HandshakeType = HandshakeType::ClientHello;

    fn read(body: &[u8]) -> Result<ClientHello, Malformed> {
        ClientHello::read_from(Reader::new(body), &mut Places::default())
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

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![&self.extensions]
    }
}

/// The random of a ServerHello that is a HelloRetryRequest: the SHA-256 of that name (RFC 9846
/// §4.2.3).
pub const HELLO_RETRY_REQUEST: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// Step 2: what the server has chosen (RFC 5246 §7.4.1.3, RFC 9846 §4.2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerHello {
    /// The version of this connection. A server of TLS 1.3 says 1.2 here, and the rest in
    /// `supported_versions`.
    pub version: u16,
    /// 32 random bytes, fresh for each connection.
    pub random: [u8; 32],
    /// A name for this session, if it can be resumed. In TLS 1.3 it is a copy of the client's.
    pub session_id: Vec<u8>,
    /// The suite of this connection.
    pub cipher_suite: u16,
    /// 0: nothing is compressed.
    pub compression_method: u8,
    /// Its answers to the client's extensions.
    pub extensions: Vec<Extension>,
}

impl ServerHello {
    /// Whether it is a HelloRetryRequest, which has the form of a ServerHello and one fixed random.
    pub fn is_retry(&self) -> bool {
        self.random == HELLO_RETRY_REQUEST
    }

    /// Reads a body, and notes in `places` where its fields are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<ServerHello, Malformed> {
        let version = places.note("version", reader.take(2)?).u16()?;
        let random = places.note("random", reader.take(32)?).array()?;
        let within = match random {
            HELLO_RETRY_REQUEST => Within::HelloRetryRequest,
            _ => Within::ServerHello,
        };
        let hello = ServerHello {
            version,
            random,
            session_id: session_id(places.note("session", reader.vector(1)?))?,
            cipher_suite: places.note("suite", reader.take(2)?).u16()?,
            compression_method: reader.u8()?,
            extensions: read_extensions(within, &mut reader, places)?,
        };
        reader.finish()?;
        Ok(hello)
    }
}

impl HandshakeMessage for ServerHello {
    const TYPE: HandshakeType = HandshakeType::ServerHello;

    fn read(body: &[u8]) -> Result<ServerHello, Malformed> {
        ServerHello::read_from(Reader::new(body), &mut Places::default())
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

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![&self.extensions]
    }
}

fn session_id(id: Reader<'_>) -> Result<Vec<u8>, Malformed> {
    let id = id.rest();
    // `SessionID<0..32>` (RFC 5246 §7.4.1.2).
    if id.len() > 32 {
        return Err(Malformed);
    }
    Ok(id.to_vec())
}
