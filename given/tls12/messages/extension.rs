//! The extensions of a hello: what it says beyond its fixed fields.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::places::Places;

/// What a hello may carry beyond its fixed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extension {
    /// `server_name`: the host that the client wants (RFC 6066 §3). A server that has used it
    /// answers with an empty one, which is `None`.
    ServerName(Option<String>),
    /// `supported_groups`: the groups for Diffie–Hellman (RFC 8422 §5.1.1).
    SupportedGroups(Vec<u16>),
    /// `ec_point_formats`: the only one still in use is 0 (RFC 8422 §5.1.2).
    EcPointFormats(Vec<u8>),
    /// `signature_algorithms`: how the server may sign (RFC 5246 §7.4.1.4.1).
    SignatureAlgorithms(Vec<u16>),
    /// `extended_master_secret`: bind the master secret to the handshake (RFC 7627).
    ExtendedMasterSecret,
    /// `renegotiation_info`: the handshake that this one continues. Empty for a first one (RFC
    /// 5746).
    RenegotiationInfo(Vec<u8>),
    /// Any other.
    Other {
        /// Its number on the wire.
        code: u16,
        /// Its content.
        body: Vec<u8>,
    },
}

impl Extension {
    /// Its number on the wire.
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

    /// Reads the content of an extension. Also returns where its value is, without the lengths in
    /// front.
    pub(super) fn read(
        code: u16,
        body: Reader<'_>,
    ) -> Result<(Extension, Range<usize>), Malformed> {
        let mut reader = body;
        let (extension, content) = match code {
            0x0000 if body.is_empty() => (Extension::ServerName(None), body),
            0x0000 => {
                let name = host_name(&mut reader)?;
                let text = String::from_utf8(name.rest().to_vec()).map_err(|_| Malformed)?;
                (Extension::ServerName(Some(text)), name)
            }
            0x000a => {
                let groups = reader.vector(2)?;
                (Extension::SupportedGroups(groups.numbers()?), groups)
            }
            0x000b => {
                let formats = reader.vector(1)?;
                // One at least: `ec_point_format_list<1..2^8-1>` (RFC 8422 §5.1.2).
                if formats.is_empty() {
                    return Err(Malformed);
                }
                (Extension::EcPointFormats(formats.rest().to_vec()), formats)
            }
            0x000d => {
                let schemes = reader.vector(2)?;
                (Extension::SignatureAlgorithms(schemes.numbers()?), schemes)
            }
            // It has no content (RFC 7627 §5.1). If there is some, `finish` below refuses it.
            0x0017 => (Extension::ExtendedMasterSecret, body),
            0xff01 => {
                let data = reader.vector(1)?;
                (Extension::RenegotiationInfo(data.rest().to_vec()), data)
            }
            code => {
                let content = reader.take(body.rest().len())?;
                let body = content.rest().to_vec();
                (Extension::Other { code, body }, content)
            }
        };
        reader.finish()?;
        Ok((extension, content.range()))
    }
}

/// The list in `server_name` can hold one name of each type, and host names are the only type that
/// was ever defined.
fn host_name<'a>(reader: &mut Reader<'a>) -> Result<Reader<'a>, Malformed> {
    let mut list = reader.vector(2)?;
    if list.u8()? != 0 {
        return Err(Malformed);
    }
    let name = list.vector(2)?;
    list.finish()?;
    // `HostName<1..2^16-1>` (RFC 6066 §3).
    if name.is_empty() {
        return Err(Malformed);
    }
    Ok(name)
}

/// The extensions at the end of a hello. If it has none, the list is missing, too.
///
/// The place of an extension without a value is its type and its length.
pub(super) fn read_extensions(
    reader: &mut Reader<'_>,
    places: &mut Places,
) -> Result<Vec<Extension>, Malformed> {
    if reader.is_empty() {
        return Ok(vec![]);
    }
    let mut list = reader.vector(2)?;
    let mut extensions: Vec<Extension> = Vec::new();
    // A set, because there may be 16,383 of them.
    let mut seen = BTreeSet::new();
    while !list.is_empty() {
        let start = list.range().start;
        let code = list.u16()?;
        let (extension, content) = Extension::read(code, list.vector(2)?)?;
        // An extension must not appear twice (RFC 5246 §7.4.1.4).
        if !seen.insert(code) {
            return Err(Malformed);
        }
        extensions.push(extension);
        places.note_extension(match content.is_empty() {
            true => start..list.range().start,
            false => content,
        });
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
