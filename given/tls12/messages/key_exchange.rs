//! Steps 4 and 5: the messages from which both sides get the keys.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 4, with ECDHE: the server's key share, signed (RFC 8422 §5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerKeyExchange {
    /// The named group. The client must have offered it.
    pub group: u16,
    /// The key share. With X25519 it has 32 bytes.
    pub share: Vec<u8>,
    /// The signature scheme. The client must have offered it.
    pub scheme: u16,
    /// The signature over both randoms, the group and the share.
    pub signature: Vec<u8>,
}

/// A group is given by its number (RFC 8422 §5.4). The other ways are no longer in use.
const NAMED_CURVE: u8 = 3;

impl ServerKeyExchange {
    /// Reads a body, and notes in `places` where its fields are.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<ServerKeyExchange, Malformed> {
        if reader.u8()? != NAMED_CURVE {
            return Err(Malformed);
        }
        let message = ServerKeyExchange {
            group: places.note("group", reader.take(2)?).u16()?,
            share: places.note("key share", reader.vector(1)?).rest().to_vec(),
            scheme: places.note("signed with", reader.take(2)?).u16()?,
            signature: places.note("signature", reader.vector(2)?).rest().to_vec(),
        };
        reader.finish()?;
        Ok(message)
    }
}

impl HandshakeMessage for ServerKeyExchange {
    const TYPE: HandshakeType = HandshakeType::ServerKeyExchange;

    fn read(body: &[u8]) -> Result<ServerKeyExchange, Malformed> {
        ServerKeyExchange::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        Writer::new()
            .u8(NAMED_CURVE)
            .u16(self.group)
            .vector(1, &self.share)
            .u16(self.scheme)
            .vector(2, &self.signature)
            .finish()
    }
}

/// Step 5 (RFC 5246 §7.4.7). Its content depends on the suite. Reading that is exercise 6.8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKeyExchange(
    /// A vector. With RSA it holds the wrapped premaster secret, and its length takes 2 bytes. With
    /// ECDHE it holds the client's key share, and its length takes 1 byte.
    pub Vec<u8>,
);

impl HandshakeMessage for ClientKeyExchange {
    const TYPE: HandshakeType = HandshakeType::ClientKeyExchange;

    fn read(body: &[u8]) -> Result<ClientKeyExchange, Malformed> {
        Ok(ClientKeyExchange(body.to_vec()))
    }

    fn body(&self) -> Vec<u8> {
        self.0.clone()
    }
}
