//! A connection, written down so that you can watch it: what has passed, message by message.
//!
//! ```text
//!   TCP     127.0.0.1:50000 ── SYN ──▶  ◀── SYN, ACK ──  ── ACK ──▶ 127.0.0.1:8443
//! 1 ──▶ ClientHello, 131 bytes            sent, step 1 of chapter 6
//! 2 ◀── ServerHello, 58 bytes             received, step 2
//! 7 ══▶ Finished, 16 bytes                sent under the new keys
//! ```
//!
//! It has what everybody on the way sees, and of what was sealed the verify_data of Finished. No
//! key and no secret stands here: those are for [`key_log`](super::key_log).

use std::fmt::{self, Display, Write as _};
use std::net::SocketAddr;

use super::messages::{ClientHello, Extension, Finished, ServerHello, ServerKeyExchange};
use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::{Handshake, HandshakeMessage};
use crate::tls::names::{Alert, CipherSuite, ContentType, HandshakeType, SignatureScheme, X25519};
use crate::tls::passed::{Direction, Passed};
use crate::x509::Certificate;

/// How wide the column of names is.
const NAMES: usize = 23;

/// As many bytes are shown whole: a random, a key share.
const SHORT: usize = 32;

/// So many are shown of more bytes.
const BEGINNING: usize = 16;

/// So many characters are shown of what the peer calls somebody.
const NAME: usize = 80;

/// The line for the layer beneath: the handshake of TCP, which the operating systems have had.
pub fn connected(client: SocketAddr, server: SocketAddr) -> String {
    format!("  TCP     {client} ── SYN ──▶  ◀── SYN, ACK ──  ── ACK ──▶ {server}\n")
}

/// The lines for something that has passed.
pub fn passed(passed: &Passed) -> String {
    let arrow = match (passed.direction, passed.is_protected) {
        (Direction::Sent, false) => "──▶",
        (Direction::Sent, true) => "══▶",
        (Direction::Received, false) => "◀──",
        (Direction::Received, true) => "◀══",
    };
    let mut fields = Fields(String::new());
    let (step, what) = match passed.content_type {
        ContentType::ChangeCipherSpec => ("6", "ChangeCipherSpec".to_owned()),
        ContentType::ApplicationData => (" ", "application data".to_owned()),
        ContentType::Alert => (" ", alert(&passed.content)),
        ContentType::Handshake => {
            let message = Handshake::passed(passed);
            let kind = message.as_ref().and_then(Handshake::kind);
            if let Some(message) = &message
                && fields.add_message(message).is_err()
            {
                fields.add("not of its form", hex(message.body()));
            }
            let name = kind.map_or("an unknown message".to_owned(), |kind| format!("{kind:?}"));
            (step(kind), name)
        }
    };
    let length = counted(passed.length, "byte");
    format!("{step} {arrow} {what}, {length}\n{}", fields.0)
}

/// The step that a message belongs to, as they are counted in chapter 6.
fn step(kind: Option<HandshakeType>) -> &'static str {
    match kind {
        Some(HandshakeType::ClientHello) => "1",
        Some(HandshakeType::ServerHello) => "2",
        Some(HandshakeType::Certificate) => "3",
        Some(HandshakeType::ServerKeyExchange | HandshakeType::ServerHelloDone) => "4",
        Some(HandshakeType::ClientKeyExchange) => "5",
        Some(HandshakeType::Finished) => "7",
        _ => " ",
    }
}

/// `Alert: unknown_ca`, or `Alert (warning): no_renegotiation`.
fn alert(content: &[u8]) -> String {
    let [level, code] = content else {
        return "Alert, not of its form".to_owned();
    };
    let name = match Alert::from_code(*code) {
        Some(alert) => snake_case(&format!("{alert:?}")),
        None => format!("number {code}"),
    };
    match level {
        1 => format!("Alert (warning): {name}"),
        _ => format!("Alert: {name}"),
    }
}

/// `UnknownCa` as the RFCs write it: `unknown_ca`.
fn snake_case(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// Lines of a name and a value each.
struct Fields(String);

impl Fields {
    fn add(&mut self, name: &str, value: impl Display) {
        writeln!(self.0, "        {name:NAMES$} {value}").expect("a string takes everything");
    }

    /// What a message of the handshake says.
    fn add_message(&mut self, message: &Handshake) -> Result<(), Malformed> {
        let body = message.body();
        match message.kind() {
            Some(HandshakeType::ClientHello) => self.add_client_hello(&ClientHello::read(body)?),
            Some(HandshakeType::ServerHello) => self.add_server_hello(&ServerHello::read(body)?),
            Some(HandshakeType::Certificate) => self.add_chain(body)?,
            Some(HandshakeType::ServerKeyExchange) => {
                let exchange = ServerKeyExchange::read(body)?;
                self.add("group", groups(&[exchange.group]));
                self.add("key share", hex(&exchange.share));
                self.add("signed with", schemes(&[exchange.scheme]));
                self.add("signature", hex(&exchange.signature));
            }
            Some(HandshakeType::ClientKeyExchange) => self.add_client_key_exchange(body)?,
            Some(HandshakeType::Finished) => {
                let Finished(verify_data) = Finished::read(body)?;
                self.add("verify_data", hex(&verify_data));
            }
            _ => {}
        }
        Ok(())
    }

    fn add_client_hello(&mut self, hello: &ClientHello) {
        self.add("version", version(hello.version));
        self.add("random", hex(&hello.random));
        if !hello.session_id.is_empty() {
            self.add("session", hex(&hello.session_id));
        }
        self.add("suites", suites(&hello.cipher_suites));
        self.add_extensions(&hello.extensions);
    }

    fn add_server_hello(&mut self, hello: &ServerHello) {
        self.add("version", version(hello.version));
        self.add("random", hex(&hello.random));
        if !hello.session_id.is_empty() {
            self.add("session", hex(&hello.session_id));
        }
        self.add("suite", suites(&[hello.cipher_suite]));
        self.add_extensions(&hello.extensions);
    }

    fn add_extensions(&mut self, extensions: &[Extension]) {
        let mut others = Vec::new();
        for extension in extensions {
            match extension {
                Extension::ServerName(Some(host)) => self.add("server_name", printable(host)),
                Extension::ServerName(None) => self.add("server_name", "taken"),
                Extension::SupportedGroups(offered) => {
                    self.add("supported_groups", groups(offered))
                }
                Extension::EcPointFormats(formats) => self.add("ec_point_formats", hex(formats)),
                Extension::SignatureAlgorithms(offered) => {
                    self.add("signature_algorithms", schemes(offered));
                }
                Extension::ExtendedMasterSecret => self.add("extended_master_secret", "yes"),
                Extension::RenegotiationInfo(verify_data) if verify_data.is_empty() => {
                    self.add("renegotiation_info", "a first handshake");
                }
                Extension::RenegotiationInfo(verify_data) => {
                    self.add("renegotiation_info", hex(verify_data));
                }
                Extension::Other { code, .. } => others.push(extension_name(*code)),
            }
        }
        if !others.is_empty() {
            self.add("and", others.join(", "));
        }
    }

    /// Who the server says it is, and who says so of it.
    fn add_chain(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(body);
        let mut list = Reader::new(reader.vector(3)?);
        reader.finish()?;
        while !list.is_empty() {
            let bytes = list.vector(3)?;
            match Certificate::from_der(bytes) {
                Ok(certificate) => {
                    let (subject, issuer) = (certificate.subject(), certificate.issuer());
                    self.add("certificate of", printable(&subject.to_string()));
                    self.add("  issued by", printable(&issuer.to_string()));
                    let validity = certificate.validity();
                    let (from, until) = (validity.not_before, validity.not_after);
                    self.add("  valid", format_args!("{from:?} to {until:?}"));
                }
                Err(_) => self.add("no certificate", hex(bytes)),
            }
        }
        Ok(())
    }

    /// A key share has 1 byte of length before it, a wrapped secret 2. It is never so long that
    /// both could be.
    fn add_client_key_exchange(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let only_vector = |length_bytes| {
            let mut reader = Reader::new(body);
            let content = reader.vector(length_bytes)?;
            reader.finish().map(|()| content)
        };
        match only_vector(1) {
            Ok(share) => self.add("key share", hex(share)),
            Err(Malformed) => self.add("wrapped secret", hex(only_vector(2)?)),
        }
        Ok(())
    }
}

fn version(version: u16) -> String {
    match version.to_be_bytes() {
        [3, minor] if minor > 0 => format!("1.{}", minor - 1),
        _ => format!("{version:#06x}"),
    }
}

fn suites(codes: &[u16]) -> String {
    listed(codes, |code| {
        Some(CipherSuite::from_code(code)?.to_string())
    })
}

fn groups(codes: &[u16]) -> String {
    listed(codes, |code| (code == X25519).then(|| "X25519".to_owned()))
}

fn schemes(codes: &[u16]) -> String {
    let name = |scheme| match scheme {
        SignatureScheme::RsaPkcs1Sha256 => "rsa_pkcs1_sha256".to_owned(),
        SignatureScheme::RsaPssRsaeSha256 => "rsa_pss_rsae_sha256".to_owned(),
    };
    listed(codes, |code| SignatureScheme::from_code(code).map(name))
}

/// Those that have a name here, and how many have none: a browser offers dozens.
fn listed(codes: &[u16], name: impl Fn(u16) -> Option<String>) -> String {
    let mut names: Vec<String> = codes.iter().filter_map(|code| name(*code)).collect();
    match (codes, codes.len() - names.len()) {
        (_, 0) => {}
        ([code], _) => names.push(format!("{code:#06x}")),
        (_, others) => names.push(counted(others, "other")),
    }
    names.join(", ")
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The names of extensions that the peer may send and that have no meaning here (from IANA's list).
fn extension_name(code: u16) -> String {
    let name = match code {
        5 => "status_request",
        16 => "application_layer_protocol_negotiation",
        18 => "signed_certificate_timestamp",
        21 => "padding",
        22 => "encrypt_then_mac",
        27 => "compress_certificate",
        28 => "record_size_limit",
        35 => "session_ticket",
        41 => "pre_shared_key",
        43 => "supported_versions",
        45 => "psk_key_exchange_modes",
        49 => "post_handshake_auth",
        50 => "signature_algorithms_cert",
        51 => "key_share",
        _ => return format!("{code:#06x}"),
    };
    name.to_owned()
}

/// Bytes in hex, and where there are many, the first of them.
fn hex(bytes: &[u8]) -> Hex<'_> {
    Hex(bytes)
}

struct Hex<'a>(&'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_short = self.0.len() <= SHORT;
        let shown = if is_short { self.0.len() } else { BEGINNING };
        for byte in &self.0[..shown] {
            write!(out, "{byte:02x}")?;
        }
        if is_short {
            return Ok(());
        }
        write!(out, "… ({} bytes)", self.0.len())
    }
}

/// What the peer calls somebody, without what would move the cursor, and not endless.
fn printable(name: &str) -> String {
    let visible = |letter: char| {
        if letter.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    let mut shown: String = name.chars().take(NAME).map(visible).collect();
    if name.chars().nth(NAME).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proptest::prelude::*;
    use rsa::BoxedUint;

    use super::*;
    use crate::tls::TLS_1_2;
    use crate::tls12::{CertificateChain, ClientKeyExchange, ServerHelloDone};
    use crate::x509::{Name, SerialNumber, ToBeSigned, UnixTime, Validity, sha256_with_rsa};

    /// 00 01 02 …, from this number on.
    fn count<const N: usize>(from: u8) -> [u8; N] {
        std::array::from_fn(|place| from.wrapping_add(place.to_le_bytes()[0]))
    }

    fn certificate() -> Vec<u8> {
        let name = |name: &str| Name::from_str(&format!("CN={name}")).unwrap();
        let modulus = BoxedUint::from_be_slice_vartime(&[0xff; 256]);
        let signed_part = ToBeSigned {
            serial: SerialNumber::new(&[1]).unwrap(),
            algorithm: sha256_with_rsa(),
            issuer: name("The CA"),
            validity: Validity {
                not_before: UnixTime(1_800_000_000),
                not_after: UnixTime(1_800_086_399),
            },
            subject: name("localhost"),
            public_key: rsa::PublicKey::new(modulus, 65537_u64.into()).unwrap(),
            extensions: vec![],
        };
        let signed_part = signed_part.to_der();
        let certificate = Certificate::assemble(&signed_part, &sha256_with_rsa(), &[7; 256]);
        certificate.unwrap().to_der().to_vec()
    }

    fn client_hello() -> Handshake {
        let hello = ClientHello {
            version: TLS_1_2,
            random: count(0),
            session_id: vec![],
            cipher_suites: vec![0xc030, 0xc02f, 0x009c, 0x1301],
            compression_methods: vec![0],
            extensions: vec![
                Extension::ServerName(Some("local\u{1b}host".to_owned())),
                Extension::SupportedGroups(vec![X25519, 23]),
                Extension::EcPointFormats(vec![0]),
                Extension::SignatureAlgorithms(vec![0x0804, 0x0401]),
                Extension::Other {
                    code: 35,
                    body: vec![],
                },
                Extension::ExtendedMasterSecret,
                Extension::RenegotiationInfo(vec![]),
                Extension::Other {
                    code: 0x1a1a,
                    body: vec![],
                },
            ],
        };
        hello.handshake()
    }

    fn server_hello() -> Handshake {
        let hello = ServerHello {
            version: TLS_1_2,
            random: count(32),
            session_id: vec![],
            cipher_suite: 0xc02f,
            compression_method: 0,
            extensions: vec![Extension::ExtendedMasterSecret],
        };
        hello.handshake()
    }

    fn server_key_exchange() -> Handshake {
        let exchange = ServerKeyExchange {
            group: X25519,
            share: count::<32>(64).to_vec(),
            scheme: 0x0804,
            signature: count::<256>(96).to_vec(),
        };
        exchange.handshake()
    }

    /// As the client sees it: what it sends, and what it receives.
    fn handshake() -> Vec<Passed> {
        let some = |direction, content_type, content: &[u8]| Passed {
            direction,
            content_type,
            length: content.len(),
            content: content.to_vec(),
            is_protected: false,
        };
        let sent =
            |message: &Handshake| some(Direction::Sent, ContentType::Handshake, message.bytes());
        let received = |message: &Handshake| {
            some(Direction::Received, ContentType::Handshake, message.bytes())
        };
        let sealed = |passed| Passed {
            is_protected: true,
            ..passed
        };
        let data = |length| Passed {
            length,
            ..some(Direction::Received, ContentType::ApplicationData, &[])
        };
        let share = [&[32][..], &count::<32>(128)].concat();
        let wrapped = [&[1, 0][..], &count::<256>(0)].concat();
        vec![
            sent(&client_hello()),
            received(&server_hello()),
            received(&CertificateChain(vec![certificate(), vec![1, 2, 3]]).handshake()),
            received(&server_key_exchange()),
            received(&ServerHelloDone.handshake()),
            sent(&ClientKeyExchange(share).handshake()),
            sent(&ClientKeyExchange(wrapped).handshake()),
            some(Direction::Sent, ContentType::ChangeCipherSpec, &[1]),
            sealed(sent(&Finished(count(0)).handshake())),
            some(Direction::Received, ContentType::ChangeCipherSpec, &[1]),
            sealed(received(&Finished(count(12)).handshake())),
            sealed(data(1)),
            sealed(some(Direction::Received, ContentType::Alert, &[1, 0])),
            some(Direction::Sent, ContentType::Alert, &[2, 48]),
            some(Direction::Received, ContentType::Alert, &[2, 200]),
            received(&Handshake::new(HandshakeType::NewSessionTicket, &[0; 6])),
            received(&Handshake::new(HandshakeType::Finished, &[0; 6])),
        ]
    }

    #[test]
    fn a_handshake_is_written_down() {
        let client = SocketAddr::from(([127, 0, 0, 1], 50_000));
        let server = SocketAddr::from(([127, 0, 0, 1], 8443));
        let mut trace = connected(client, server);
        trace.extend(handshake().iter().map(passed));
        insta::assert_snapshot!(trace);
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(printable(&"x".repeat(NAME)), "x".repeat(NAME));
        let cut = printable(&"ä".repeat(NAME + 1));
        assert_eq!(cut, "ä".repeat(NAME) + "…");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            kind in 0..25_u8, content in prop::collection::vec(any::<u8>(), 0..100)
        ) {
            let message = match HandshakeType::from_code(kind) {
                Some(kind) => Handshake::new(kind, &content).bytes().to_vec(),
                None => content,
            };
            for content_type in ContentType::ALL {
                let lines = passed(&Passed {
                    direction: Direction::Received,
                    content_type: *content_type,
                    length: message.len(),
                    content: message.clone(),
                    is_protected: false,
                });
                prop_assert!(lines.ends_with('\n'));
            }
        }
    }
}
