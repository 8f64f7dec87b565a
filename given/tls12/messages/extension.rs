//! Extensions of hellos.

use crate::tls::codec::{Malformed, Reader, Writer};

/// What a hello may carry beyond its fixed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extension {
    /// `server_name`: the host that the client wants (RFC 6066 §3). A server confirms it with an
    /// empty one.
    ServerName(Option<String>),
    /// `supported_groups`: the groups for Diffie–Hellman (RFC 8422 §5.1.1).
    SupportedGroups(Vec<u16>),
    /// `ec_point_formats`: of which only 0 is left (RFC 8422 §5.1.2).
    EcPointFormats(Vec<u8>),
    /// `signature_algorithms`: how the server may sign (RFC 5246 §7.4.1.4.1).
    SignatureAlgorithms(Vec<u16>),
    /// `extended_master_secret`: bind the master secret to the handshake (RFC 7627).
    ExtendedMasterSecret,
    /// `renegotiation_info`: what handshake this one continues, empty for a first one (RFC 5746).
    RenegotiationInfo(Vec<u8>),
    /// Another one.
    Other {
        /// What stands for it on the wire.
        code: u16,
        /// What is in it.
        body: Vec<u8>,
    },
}

impl Extension {
    /// What stands for it on the wire.
    pub fn code(&self) -> u16 {
        match self {
            Extension::ServerName(_) => 0x0000,
            Extension::SupportedGroups(_) => 0x000a,
            Extension::EcPointFormats(_) => 0x000b,
            Extension::SignatureAlgorithms(_) => 0x000d,
            Extension::ExtendedMasterSecret => 0x0017,
            Extension::RenegotiationInfo(_) => 0xff01,
            Extension::Other { code, .. } => *code,
        }
    }

    pub(super) fn body(&self) -> Vec<u8> {
        let writer = Writer::new();
        match self {
            Extension::ServerName(Some(name)) => {
                let entry = Writer::new().u8(0).vector(2, name.as_bytes()).finish();
                writer.vector(2, &entry)
            }
            Extension::ServerName(None) | Extension::ExtendedMasterSecret => writer,
            Extension::SupportedGroups(groups) => writer.numbers(2, groups),
            Extension::EcPointFormats(formats) => writer.vector(1, formats),
            Extension::SignatureAlgorithms(schemes) => writer.numbers(2, schemes),
            Extension::RenegotiationInfo(verify_data) => writer.vector(1, verify_data),
            Extension::Other { body, .. } => writer.bytes(body),
        }
        .finish()
    }

    pub(super) fn read(code: u16, body: &[u8]) -> Result<Extension, Malformed> {
        let mut reader = Reader::new(body);
        let extension = match code {
            0x0000 if body.is_empty() => Extension::ServerName(None),
            0x0000 => Extension::ServerName(Some(host_name(&mut reader)?)),
            0x000a => Extension::SupportedGroups(reader.numbers(2)?),
            0x000b => Extension::EcPointFormats(reader.vector(1)?.to_vec()),
            0x000d => Extension::SignatureAlgorithms(reader.numbers(2)?),
            0x0017 => Extension::ExtendedMasterSecret,
            0xff01 => Extension::RenegotiationInfo(reader.vector(1)?.to_vec()),
            code => {
                let body = reader.take(body.len())?.to_vec();
                Extension::Other { code, body }
            }
        };
        reader.finish()?;
        Ok(extension)
    }
}

/// The list of `server_name` may hold names of several types, but only one of each, and only the
/// type of host names was ever defined.
fn host_name(reader: &mut Reader<'_>) -> Result<String, Malformed> {
    let mut list = Reader::new(reader.vector(2)?);
    if list.u8()? != 0 {
        return Err(Malformed);
    }
    let name = list.vector(2)?.to_vec();
    list.finish()?;
    String::from_utf8(name).map_err(|_| Malformed)
}

/// The extensions at the end of a hello. None at all, and there is no list either.
pub(super) fn read_extensions(reader: &mut Reader<'_>) -> Result<Vec<Extension>, Malformed> {
    if reader.is_empty() {
        return Ok(vec![]);
    }
    let mut list = Reader::new(reader.vector(2)?);
    let mut extensions: Vec<Extension> = Vec::new();
    while !list.is_empty() {
        let extension = Extension::read(list.u16()?, list.vector(2)?)?;
        // No extension may stand there twice (RFC 5246 §7.4.1.4).
        if extensions
            .iter()
            .any(|other| other.code() == extension.code())
        {
            return Err(Malformed);
        }
        extensions.push(extension);
    }
    Ok(extensions)
}

pub(super) fn write_extensions(writer: Writer, extensions: &[Extension]) -> Writer {
    if extensions.is_empty() {
        return writer;
    }
    let list = extensions.iter().fold(Writer::new(), |list, extension| {
        list.u16(extension.code()).vector(2, &extension.body())
    });
    writer.vector(2, &list.finish())
}
