//! The fields of the messages of TLS 1.2, for a human to read.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::Handshake;
use crate::tls::names::HandshakeType;
use crate::tls::trace::Field;
use crate::tls::trace::fields::{Fields, certificate};
use crate::tls::trace::values::{counted, groups, hex, schemes};
use crate::tls12::messages::{CertificateRequest, Finished, ServerKeyExchange};

/// The fields of a message, and whether it could not be read to its end.
pub(super) fn of(message: &Handshake) -> (Vec<Field>, bool) {
    let mut fields = Fields::default();
    let is_malformed = fields.add_message(message).is_err();
    (fields.fields, is_malformed)
}

impl Fields {
    /// Adds the fields of a handshake message.
    fn add_message(&mut self, message: &Handshake) -> Result<(), Malformed> {
        if self.add_hello(message)? {
            return Ok(());
        }
        let body = message.reader();
        match message.kind() {
            Some(HandshakeType::Certificate) => self.add_chain(body)?,
            Some(HandshakeType::ServerKeyExchange) => {
                let exchange = ServerKeyExchange::read_from(body, &mut self.places)?;
                self.add("group", groups(&[exchange.group]));
                self.add("key share", hex(&exchange.share));
                self.add("signed with", schemes(&[exchange.scheme]));
                self.add("signature", hex(&exchange.signature));
            }
            Some(HandshakeType::CertificateRequest) => {
                let request = CertificateRequest::read_from(body, &mut self.places)?;
                self.add("certificate types", hex(&request.certificate_types));
                self.add("signature schemes", schemes(&request.schemes));
                self.add("authorities", authorities(&request.authorities));
            }
            Some(HandshakeType::HelloRequest | HandshakeType::ServerHelloDone) => body.finish()?,
            Some(HandshakeType::ClientKeyExchange) => self.add_client_key_exchange(body)?,
            Some(HandshakeType::Finished) => {
                let Finished(verify_data) = Finished::read_from(body, &mut self.places)?;
                self.add("verify_data", hex(&verify_data));
            }
            // The others are not used here, and have no fields in the trace.
            _ => {}
        }
        Ok(())
    }

    /// Adds the certificates of a chain.
    fn add_chain(&mut self, mut body: Reader<'_>) -> Result<(), Malformed> {
        let mut list = body.vector(3)?;
        body.finish()?;
        if list.is_empty() {
            self.fields
                .push(Field::new("certificates", "none", list.range()));
        }
        while !list.is_empty() {
            self.fields.push(certificate(list.vector(3)?));
        }
        Ok(())
    }

    /// Adds a key share, whose length has 1 byte, or a wrapped secret, whose length has 2. No real
    /// message could be both.
    fn add_client_key_exchange(&mut self, body: Reader<'_>) -> Result<(), Malformed> {
        let only_vector = |length_bytes| {
            let mut reader = body;
            let content = reader.vector(length_bytes)?;
            reader.finish().map(|()| content)
        };
        let (name, content) = match only_vector(1) {
            Ok(share) => ("key share", share),
            Err(Malformed) => ("wrapped secret", only_vector(2)?),
        };
        self.fields
            .push(Field::new(name, hex(content.rest()), content.range()));
        Ok(())
    }
}

/// How many CAs a server trusts, if it says so.
fn authorities(names: &[Vec<u8>]) -> String {
    match names.len() {
        0 => "any CA".to_owned(),
        number => counted(number, "CA"),
    }
}
