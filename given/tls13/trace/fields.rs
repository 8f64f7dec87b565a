//! The fields of the messages of TLS 1.3, for a human to read.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::Handshake;
use crate::tls::names::HandshakeType;
use crate::tls::trace::Field;
use crate::tls::trace::fields::{Fields, certificate};
use crate::tls::trace::values::{counted, hex, schemes};
use crate::tls13::messages::{CertificateRequest, EncryptedExtensions};

/// The fields of a message, and whether it could not be read to its end.
pub(super) fn of(message: &Handshake) -> (Vec<Field>, bool) {
    let mut fields = Fields::default();
    let is_malformed = add_message(&mut fields, message).is_err();
    (fields.fields, is_malformed)
}

/// Adds the fields of a handshake message.
fn add_message(fields: &mut Fields, message: &Handshake) -> Result<(), Malformed> {
    if fields.add_hello(message)? {
        return Ok(());
    }
    let mut body = message.reader();
    match message.kind() {
        Some(HandshakeType::EncryptedExtensions) => {
            let EncryptedExtensions(extensions) =
                EncryptedExtensions::read_from(body, &mut fields.places)?;
            fields.add_extensions(&extensions);
        }
        Some(HandshakeType::CertificateRequest) => {
            let request = CertificateRequest::read_from(body, &mut fields.places)?;
            fields.add_extensions(&request.extensions);
        }
        Some(HandshakeType::Certificate) => add_chain(fields, body)?,
        Some(HandshakeType::CertificateVerify) => {
            let scheme = body.take(2)?;
            let signature = body.vector(2)?;
            add(fields, "signed with", scheme, |mut scheme| {
                Ok(schemes(&[scheme.u16()?]))
            })?;
            add(fields, "signature", signature, |all| Ok(hex(all.rest())))?;
            body.finish()?;
        }
        Some(HandshakeType::Finished) => {
            let verify_data = body.take(32)?;
            add(fields, "verify_data", verify_data, |all| {
                Ok(hex(all.rest()))
            })?;
            body.finish()?;
        }
        Some(HandshakeType::NewSessionTicket) => {
            let lifetime = body.take(4)?;
            add(fields, "lifetime", lifetime, |mut lifetime| {
                let seconds = u32::from_be_bytes(lifetime.array()?);
                Ok(counted(
                    usize::try_from(seconds).unwrap_or(usize::MAX),
                    "second",
                ))
            })?;
        }
        Some(HandshakeType::KeyUpdate) => {
            let request = body.take(1)?;
            add(fields, "request_update", request, |mut request| {
                Ok(match request.u8()? {
                    0 => "0 (update_not_requested)".to_owned(),
                    1 => "1 (update_requested)".to_owned(),
                    other => other.to_string(),
                })
            })?;
            body.finish()?;
        }
        // The others are not used here, and have no fields in the trace.
        _ => {}
    }
    Ok(())
}

/// Adds the field that `show` makes from these bytes.
fn add(
    fields: &mut Fields,
    name: &str,
    bytes: Reader<'_>,
    show: impl FnOnce(Reader<'_>) -> Result<String, Malformed>,
) -> Result<(), Malformed> {
    let range = bytes.range();
    fields.fields.push(Field::new(name, show(bytes)?, range));
    Ok(())
}

/// Adds the certificates of a chain, without their extensions.
fn add_chain(fields: &mut Fields, mut body: Reader<'_>) -> Result<(), Malformed> {
    body.vector(1)?;
    let mut list = body.vector(3)?;
    body.finish()?;
    if list.is_empty() {
        let none = Field::new("certificates", "none", list.range());
        fields.fields.push(none);
    }
    while !list.is_empty() {
        fields.fields.push(certificate(list.vector(3)?));
        list.vector(2)?;
    }
    Ok(())
}
