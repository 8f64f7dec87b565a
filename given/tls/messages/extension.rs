//! The extensions of a message: what it says beyond its fixed fields.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::places::Places;

/// A share of a key exchange (RFC 9846 §4.3.8).
#[derive(Clone, PartialEq, Eq)]
pub struct KeyShare {
    /// The number of the group.
    pub group: u16,
    /// The share. With X25519 it has 32 bytes.
    pub share: Vec<u8>,
}

/// The number of the group is in hex, as in the lessons.
impl fmt::Debug for KeyShare {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let KeyShare { group, share } = self;
        write!(out, "KeyShare {{ group: {group:#06x}, share: {share:?} }}")
    }
}

impl KeyShare {
    fn write(&self, writer: Writer) -> Writer {
        writer.u16(self.group).vector(2, &self.share)
    }

    fn read(reader: &mut Reader<'_>) -> Result<KeyShare, Malformed> {
        let group = reader.u16()?;
        let share = reader.vector(2)?.rest().to_vec();
        // `key_exchange<1..2^16-1>` (RFC 9846 §4.3.8).
        if share.is_empty() {
            return Err(Malformed);
        }
        Ok(KeyShare { group, share })
    }
}

/// The messages that have extensions. The same extension can have a different form in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    ClientHello,
    ServerHello,
    HelloRetryRequest,
    EncryptedExtensions,
    Certificate,
    CertificateRequest,
    NewSessionTicket,
}

/// What a message may carry beyond its fixed fields.
#[derive(Clone, PartialEq, Eq)]
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
    /// `supported_versions` of a client: the versions that it speaks (RFC 9846 §4.3.1).
    SupportedVersions(Vec<u16>),
    /// `supported_versions` of a server: the version that it has chosen.
    SelectedVersion(u16),
    /// `cookie`: what a HelloRetryRequest has the client send back (RFC 9846 §4.3.2).
    Cookie(Vec<u8>),
    /// `key_share` of a client: a share for each of some groups, or none (RFC 9846 §4.3.8).
    KeyShares(Vec<KeyShare>),
    /// `key_share` of a ServerHello: the server's own share.
    ServerShare(KeyShare),
    /// `key_share` of a HelloRetryRequest: the group in which the server wants a share.
    WantedGroup(u16),
    /// Any other extension.
    Other {
        /// Its number on the wire.
        code: u16,
        /// Its content.
        body: Vec<u8>,
    },
}

/// Codes are in hex, as in the lessons.
impl fmt::Debug for Extension {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes = |codes: &[u16]| {
            let codes: Vec<String> = codes.iter().map(|code| format!("{code:#06x}")).collect();
            codes.join(", ")
        };
        match self {
            Extension::ServerName(name) => write!(out, "ServerName({name:?})"),
            Extension::SupportedGroups(groups) => {
                write!(out, "SupportedGroups([{}])", codes(groups))
            }
            Extension::EcPointFormats(formats) => write!(out, "EcPointFormats({formats:?})"),
            Extension::SignatureAlgorithms(schemes) => {
                write!(out, "SignatureAlgorithms([{}])", codes(schemes))
            }
            Extension::ExtendedMasterSecret => write!(out, "ExtendedMasterSecret"),
            Extension::RenegotiationInfo(data) => write!(out, "RenegotiationInfo({data:?})"),
            Extension::SupportedVersions(versions) => {
                write!(out, "SupportedVersions([{}])", codes(versions))
            }
            Extension::SelectedVersion(version) => write!(out, "SelectedVersion({version:#06x})"),
            Extension::Cookie(cookie) => write!(out, "Cookie({cookie:?})"),
            Extension::KeyShares(shares) => write!(out, "KeyShares({shares:?})"),
            Extension::ServerShare(share) => write!(out, "ServerShare({share:?})"),
            Extension::WantedGroup(group) => write!(out, "WantedGroup({group:#06x})"),
            Extension::Other { code, body } => {
                write!(out, "Other {{ code: {code:#06x}, body: {body:?} }}")
            }
        }
    }
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
            Extension::SupportedVersions(_) | Extension::SelectedVersion(_) => 0x002b,
            Extension::Cookie(_) => 0x002c,
            Extension::KeyShares(_) | Extension::ServerShare(_) | Extension::WantedGroup(_) => {
                0x0033
            }
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
            Extension::SupportedVersions(versions) => writer.numbers(1, versions),
            Extension::Cookie(cookie) => writer.vector(2, cookie),
            Extension::KeyShares(shares) => {
                let write = |list, share: &KeyShare| share.write(list);
                let list = shares.iter().fold(Writer::new(), write);
                writer.vector(2, &list.finish())
            }
            Extension::ServerShare(share) => share.write(writer),
            Extension::SelectedVersion(number) | Extension::WantedGroup(number) => {
                writer.u16(*number)
            }
            Extension::Other { body, .. } => writer.bytes(body),
        }
        .finish()
    }

    /// Reads the content of an extension in this message. Also returns where its value is, without
    /// the lengths before it.
    pub(super) fn read(
        within: Within,
        code: u16,
        body: Reader<'_>,
    ) -> Result<(Extension, Range<usize>), Malformed> {
        let mut reader = body;
        let (extension, content) = match code {
            0x002b | 0x002c | 0x0033 => return read_of_tls13(within, code, body),
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
                // At least one: `ec_point_format_list<1..2^8-1>` (RFC 8422 §5.1.2).
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
            code => return Ok(other(code, body)),
        };
        reader.finish()?;
        Ok((extension, content.range()))
    }
}

/// An extension that has no meaning here.
fn other(code: u16, body: Reader<'_>) -> (Extension, Range<usize>) {
    let (bytes, range) = (body.rest().to_vec(), body.range());
    (Extension::Other { code, body: bytes }, range)
}

/// The extensions that came with TLS 1.3. Their form depends on the message.
fn read_of_tls13(
    within: Within,
    code: u16,
    body: Reader<'_>,
) -> Result<(Extension, Range<usize>), Malformed> {
    use Within::{ClientHello, HelloRetryRequest, ServerHello};
    let mut reader = body;
    let (extension, content) = match (code, within) {
        (0x002b, ClientHello) => {
            let versions = reader.vector(1)?;
            (Extension::SupportedVersions(versions.numbers()?), versions)
        }
        (0x002b, ServerHello | HelloRetryRequest) => {
            (Extension::SelectedVersion(reader.u16()?), body)
        }
        (0x002c, ClientHello | HelloRetryRequest) => {
            let cookie = reader.vector(2)?;
            // `cookie<1..2^16-1>` (RFC 9846 §4.3.2).
            if cookie.is_empty() {
                return Err(Malformed);
            }
            (Extension::Cookie(cookie.rest().to_vec()), cookie)
        }
        (0x0033, ClientHello) => {
            let list = reader.vector(2)?;
            let (mut rest, mut shares) = (list, Vec::new());
            // There may be none: the client then asks for a HelloRetryRequest (RFC 9846 §4.3.8).
            while !rest.is_empty() {
                shares.push(KeyShare::read(&mut rest)?);
            }
            (Extension::KeyShares(shares), list)
        }
        (0x0033, ServerHello) => (Extension::ServerShare(KeyShare::read(&mut reader)?), body),
        (0x0033, HelloRetryRequest) => (Extension::WantedGroup(reader.u16()?), body),
        // It has no place in this message. Whether that is an error is for the handshake to decide.
        _ => return Ok(other(code, body)),
    };
    reader.finish()?;
    Ok((extension, content.range()))
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

/// The extensions at the end of a message. If it has none, the list is missing, too.
///
/// The place of an extension without a value is its type and its length.
pub(crate) fn read_extensions(
    within: Within,
    reader: &mut Reader<'_>,
    places: &mut Places,
) -> Result<Vec<Extension>, Malformed> {
    if reader.is_empty() {
        return Ok(vec![]);
    }
    let mut list = reader.vector(2)?;
    let mut extensions: Vec<Extension> = Vec::new();
    while !list.is_empty() {
        let start = list.range().start;
        let code = list.u16()?;
        let (extension, content) = Extension::read(within, code, list.vector(2)?)?;
        extensions.push(extension);
        places.note_extension(match content.is_empty() {
            true => start..list.range().start,
            false => content,
        });
    }
    Ok(extensions)
}

/// Writes the extensions at the end of a hello. If there are none, the list is missing, too.
pub(crate) fn write_extensions(writer: Writer, extensions: &[Extension]) -> Writer {
    match extensions {
        [] => writer,
        _ => write_extension_list(writer, extensions),
    }
}

/// Writes a list of extensions, which may be empty.
pub(crate) fn write_extension_list(writer: Writer, extensions: &[Extension]) -> Writer {
    let list = extensions.iter().fold(Writer::new(), |list, extension| {
        list.u16(extension.code()).vector(2, &extension.body())
    });
    writer.vector(2, &list.finish())
}

/// Whether an extension appears twice among these (RFC 5246 §7.4.1.4, RFC 9846 §4.3).
pub(crate) fn has_duplicate(extensions: &[Extension]) -> bool {
    // A set, because there may be 16,383 of them.
    let mut seen = BTreeSet::new();
    !extensions.iter().all(|one| seen.insert(one.code()))
}
