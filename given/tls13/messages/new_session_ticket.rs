//! NewSessionTicket, which a server can send after the handshake.

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::messages::Extension;
use crate::tls::messages::extension::{Within, read_extensions, write_extension_list};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// A ticket with which a later connection can begin (RFC 9846 §4.7.1). No connection here does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSessionTicket {
    /// For how many seconds it can be used.
    pub lifetime: u32,
    /// What is added to its age when it is used, so that nobody along the way sees the age.
    pub age_add: u32,
    /// What makes the secret of this ticket differ from those of the connection's other tickets.
    pub nonce: Vec<u8>,
    /// The ticket.
    pub ticket: Vec<u8>,
    /// What else the server says about it.
    pub extensions: Vec<Extension>,
}

impl HandshakeMessage for NewSessionTicket {
    const TYPE: HandshakeType = HandshakeType::NewSessionTicket;

    fn read(body: &[u8]) -> Result<NewSessionTicket, Malformed> {
        let mut reader = Reader::new(body);
        let (lifetime, age_add) = (reader.array()?, reader.array()?);
        let nonce = reader.vector(1)?.rest().to_vec();
        let ticket = reader.vector(2)?.rest().to_vec();
        // `ticket<1..2^16-1>`, and the length of the extensions is always there.
        if ticket.is_empty() || reader.is_empty() {
            return Err(Malformed);
        }
        let within = Within::NewSessionTicket;
        let extensions = read_extensions(within, &mut reader, &mut Places::default())?;
        reader.finish()?;
        Ok(NewSessionTicket {
            lifetime: u32::from_be_bytes(lifetime),
            age_add: u32::from_be_bytes(age_add),
            nonce,
            ticket,
            extensions,
        })
    }

    fn body(&self) -> Vec<u8> {
        let writer = Writer::new()
            .bytes(&self.lifetime.to_be_bytes())
            .bytes(&self.age_add.to_be_bytes())
            .vector(1, &self.nonce)
            .vector(2, &self.ticket);
        write_extension_list(writer, &self.extensions).finish()
    }

    fn extension_blocks(&self) -> Vec<&[Extension]> {
        vec![&self.extensions]
    }
}
