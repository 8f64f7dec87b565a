//! The fields of handshake messages, for a human to read.

use super::Field;
use super::values::{extension_name, groups, hex, printable, schemes, suites, version, versions};
use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::Handshake;
use crate::tls::messages::{ClientHello, Extension, KeyShare, ServerHello};
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;
use crate::x509::{self, Certificate};

/// The fields of a message, and the places that were noted when it was read.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) fields: Vec<Field>,
    pub(crate) places: Places,
}

impl Fields {
    /// Adds a field, which has been noted under this name.
    pub(crate) fn add(&mut self, name: &'static str, value: String) {
        let range = self.places.of(name);
        self.fields.push(Field::new(name, value, range));
    }

    /// Adds the fields of a hello. Returns whether the message is one.
    pub(crate) fn add_hello(&mut self, message: &Handshake) -> Result<bool, Malformed> {
        let body = message.reader();
        match message.kind() {
            Some(HandshakeType::ClientHello) => {
                let hello = ClientHello::read_from(body, &mut self.places)?;
                self.add_beginning(hello.version, &hello.random, &hello.session_id);
                self.add("suites", suites(&hello.cipher_suites));
                self.add_extensions(&hello.extensions);
            }
            Some(HandshakeType::ServerHello) => {
                let hello = ServerHello::read_from(body, &mut self.places)?;
                self.add_beginning(hello.version, &hello.random, &hello.session_id);
                self.add("suite", suites(&[hello.cipher_suite]));
                self.add_extensions(&hello.extensions);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Adds the fields that both hellos begin with.
    fn add_beginning(&mut self, number: u16, random: &[u8], session_id: &[u8]) {
        self.add("version", version(number));
        self.add("random", hex(random));
        if !session_id.is_empty() {
            self.add("session", hex(session_id));
        }
    }

    /// Adds extensions, whose places have been noted.
    pub(crate) fn add_extensions(&mut self, extensions: &[Extension]) {
        let places = self.places.extensions().to_vec();
        for (extension, range) in extensions.iter().zip(places) {
            self.fields.push(Field {
                name: extension_name(extension.code()),
                value: meaning(extension),
                range,
                parts: vec![],
            });
        }
    }
}

/// What an extension says, if it has a meaning here.
fn meaning(extension: &Extension) -> Option<String> {
    Some(match extension {
        Extension::ServerName(Some(host)) => printable(host),
        Extension::ServerName(None) => "taken".to_owned(),
        Extension::SupportedGroups(offered) => groups(offered),
        Extension::EcPointFormats(formats) => hex(formats),
        Extension::SignatureAlgorithms(offered) => schemes(offered),
        Extension::ExtendedMasterSecret => "yes".to_owned(),
        Extension::RenegotiationInfo(verify_data) if verify_data.is_empty() => {
            "a first handshake".to_owned()
        }
        Extension::RenegotiationInfo(verify_data) => hex(verify_data),
        Extension::SupportedVersions(offered) => versions(offered),
        Extension::SelectedVersion(chosen) => version(*chosen),
        Extension::Cookie(cookie) => hex(cookie),
        Extension::KeyShares(shares) => {
            let offered: Vec<u16> = shares.iter().map(|share| share.group).collect();
            groups(&offered)
        }
        Extension::ServerShare(KeyShare { group, share }) => {
            format!("{}, {}", groups(&[*group]), hex(share))
        }
        Extension::WantedGroup(group) => groups(&[*group]),
        Extension::Other { .. } => return None,
    })
}

/// A certificate: its owner, its issuer, and when it is valid.
pub(crate) fn certificate(der: Reader<'_>) -> Field {
    let range = der.range();
    let Ok(certificate) = Certificate::from_der(der.rest()) else {
        // Even so, the message is well-formed: its chain can be read to the end.
        return Field::new("not a certificate", hex(der.rest()), range);
    };
    let (subject, issuer) = (certificate.subject(), certificate.issuer());
    let validity = certificate.validity();
    let (from, until) = (validity.not_before, validity.not_after);
    let places = x509::Places::of(&certificate);
    // These places count from the first byte of the certificate. A field's count from that of the
    // message.
    let within = |part: std::ops::Range<usize>| range.start + part.start..range.start + part.end;
    let parts = vec![
        Field::new(
            "issued by",
            printable(&issuer.to_string()),
            within(places.issuer),
        ),
        Field::new(
            "valid",
            format!("{from:?} to {until:?}"),
            within(places.validity),
        ),
    ];
    Field {
        parts,
        ..Field::new("certificate of", printable(&subject.to_string()), range)
    }
}
