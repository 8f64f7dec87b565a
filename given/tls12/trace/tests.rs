use std::net::SocketAddr;
use std::ops::Range;
use std::str::FromStr;

use der::Decode;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rsa::BoxedUint;

use super::*;
use crate::tls::trace::{Field, connected};
use crate::tls::{Direction, HandshakeMessage, TLS_1_2, X25519};
use crate::tls12::{
    CertificateChain, CertificateRequest, ClientHello, ClientKeyExchange, Extension, Finished,
    ServerHello, ServerHelloDone, ServerKeyExchange,
};
use crate::x509::{
    Certificate, Name, SerialNumber, ToBeSigned, UnixTime, Validity, sha256_with_rsa,
};

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

fn certificate_request() -> Handshake {
    let request = CertificateRequest {
        certificate_types: vec![1, 64],
        schemes: vec![0x0804, 0x0401, 0x0403],
        authorities: vec![vec![48, 0], vec![48, 2, 49, 0]],
    };
    request.handshake()
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
    let sent = |message: &Handshake| some(Direction::Sent, ContentType::Handshake, message.bytes());
    let received =
        |message: &Handshake| some(Direction::Received, ContentType::Handshake, message.bytes());
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
        received(&certificate_request()),
        received(&ServerHelloDone.handshake()),
        sent(&CertificateChain(vec![]).handshake()),
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
    trace.extend(handshake().iter().map(|passed| entry(passed).to_string()));
    insta::assert_snapshot!(trace);
}

/// The entry of a message that has arrived in plaintext.
fn received(message: &Handshake) -> Entry {
    entry(&Passed {
        direction: Direction::Received,
        content_type: ContentType::Handshake,
        length: message.bytes().len(),
        content: message.bytes().to_vec(),
        is_protected: false,
    })
}

/// The bytes of a field.
fn cut<'a>(entry: &'a Entry, field: &Field) -> &'a [u8] {
    &entry.bytes[field.range.clone()]
}

/// The fields have these names and these bytes, and there are no others.
#[track_caller]
fn check_bytes(entry: &Entry, expected: &[(&str, &[u8])]) {
    let fields = entry.fields.iter();
    let found: Vec<(&str, &[u8])> = fields
        .map(|field| (field.name.as_str(), cut(entry, field)))
        .collect();
    assert_eq!(found, expected);
    assert!(!entry.is_malformed);
}

/// The ranges are inside `within`, one after another, and those of parts are inside the range of
/// the whole.
#[track_caller]
fn check_order(fields: &[Field], within: Range<usize>) {
    let mut free = within.start;
    for Field { range, parts, .. } in fields {
        assert!(free <= range.start, "{fields:?}");
        assert!(range.start <= range.end && range.end <= within.end);
        free = range.end;
        check_order(parts, range.clone());
    }
}

#[test]
fn the_fields_of_a_client_hello_are_where_they_say() {
    check_bytes(
        &received(&client_hello()),
        &[
            ("version", &[3, 3]),
            ("random", &count::<32>(0)),
            ("suites", &[0xc0, 0x30, 0xc0, 0x2f, 0x00, 0x9c, 0x13, 0x01]),
            ("server_name", b"local\x1bhost"),
            ("supported_groups", &[0, 29, 0, 23]),
            ("ec_point_formats", &[0]),
            ("signature_algorithms", &[8, 4, 4, 1]),
            // Extensions without content: their bytes are those of the type and the length.
            ("session_ticket", &[0, 35, 0, 0]),
            ("extended_master_secret", &[0, 23, 0, 0]),
            ("renegotiation_info", &[0xff, 0x01, 0, 1, 0]),
            ("0x1a1a", &[0x1a, 0x1a, 0, 0]),
        ],
    );
}

#[test]
fn the_fields_of_a_server_hello_are_where_they_say() {
    let hello = ServerHello {
        version: TLS_1_2,
        random: count(32),
        session_id: b"session".to_vec(),
        cipher_suite: 0xc02f,
        compression_method: 0,
        extensions: vec![
            Extension::ServerName(None),
            Extension::RenegotiationInfo(b"verify data".to_vec()),
            Extension::Other {
                code: 16,
                body: b"protocol".to_vec(),
            },
        ],
    };
    check_bytes(
        &received(&hello.handshake()),
        &[
            ("version", &[3, 3]),
            ("random", &count::<32>(32)),
            ("session", b"session"),
            ("suite", &[0xc0, 0x2f]),
            ("server_name", &[0, 0, 0, 0]),
            ("renegotiation_info", b"verify data"),
            ("application_layer_protocol_negotiation", b"protocol"),
        ],
    );
}

#[test]
fn the_fields_of_a_chain_are_where_they_say() {
    let chain = CertificateChain(vec![certificate(), vec![1, 2, 3], certificate()]);
    let entry = received(&chain.handshake());
    check_bytes(
        &entry,
        &[
            ("certificate of", &certificate()),
            ("not a certificate", &[1, 2, 3]),
            ("certificate of", &certificate()),
        ],
    );
    for field in [&entry.fields[0], &entry.fields[2]] {
        let [issuer, validity] = &field.parts[..] else {
            panic!("{:?}", field.parts);
        };
        assert_eq!((&*issuer.name, &*validity.name), ("issued by", "valid"));
        let name = Name::from_der(cut(&entry, issuer)).unwrap();
        assert_eq!(issuer.value, Some(name.to_string()));
        // Two moments with two digits for the year, each with its tag and its length.
        let der = b"0\x1e\x17\x0d270115080000Z\x17\x0d270116075959Z";
        assert_eq!(cut(&entry, validity), der);
    }
    check_order(&entry.fields, 0..entry.bytes.len());
}

#[test]
fn the_fields_of_other_messages_are_where_they_say() {
    check_bytes(
        &received(&server_key_exchange()),
        &[
            ("group", &[0, 29]),
            ("key share", &count::<32>(64)),
            ("signed with", &[8, 4]),
            ("signature", &count::<256>(96)),
        ],
    );
    let share = [&[32][..], &count::<32>(128)].concat();
    check_bytes(
        &received(&ClientKeyExchange(share).handshake()),
        &[("key share", &count::<32>(128))],
    );
    let wrapped = [&[1, 0][..], &count::<256>(0)].concat();
    check_bytes(
        &received(&ClientKeyExchange(wrapped).handshake()),
        &[("wrapped secret", &count::<256>(0))],
    );
    let finished = Finished(count(0)).handshake();
    check_bytes(&received(&finished), &[("verify_data", &count::<12>(0))]);
    check_bytes(
        &received(&certificate_request()),
        &[
            ("certificate types", &[1, 64]),
            ("signature schemes", &[8, 4, 4, 1, 4, 3]),
            ("authorities", &[0, 2, 48, 0, 0, 4, 48, 2, 49, 0]),
        ],
    );
    let empty = CertificateChain(vec![]).handshake();
    check_bytes(&received(&empty), &[("certificates", &[])]);
    check_bytes(&received(&ServerHelloDone.handshake()), &[]);
}

#[test]
fn an_entry_is_of_what_has_passed() {
    let names = [
        (Some(1), "ClientHello"),
        (Some(2), "ServerHello"),
        (Some(3), "Certificate"),
        (Some(4), "ServerKeyExchange"),
        (Some(4), "CertificateRequest"),
        (Some(4), "ServerHelloDone"),
        (Some(5), "Certificate"),
        (Some(5), "ClientKeyExchange"),
        (Some(5), "ClientKeyExchange"),
        (Some(6), "ChangeCipherSpec"),
        (Some(7), "Finished"),
        (Some(6), "ChangeCipherSpec"),
        (Some(7), "Finished"),
        (None, "application data"),
        (None, "Alert"),
        (None, "Alert"),
        (None, "Alert"),
        (None, "NewSessionTicket"),
        (Some(7), "Finished"),
    ];
    let handshake = handshake();
    assert_eq!(handshake.len(), names.len());
    for (passed, (step, name)) in handshake.iter().zip(names) {
        let entry = entry(passed);
        assert_eq!((entry.step, entry.name.as_str()), (step, name));
        assert_eq!(entry.direction, passed.direction);
        assert_eq!(entry.content_type, passed.content_type);
        assert_eq!(entry.is_protected, passed.is_protected);
        assert_eq!(
            (entry.length, &entry.bytes),
            (passed.length, &passed.content)
        );
    }
}

#[test]
fn the_fields_of_an_alert_are_its_level_and_its_description() {
    let alert = |content: &[u8]| {
        entry(&Passed {
            direction: Direction::Sent,
            content_type: ContentType::Alert,
            length: content.len(),
            content: content.to_vec(),
            is_protected: true,
        })
    };
    for (content, level, description) in [
        (&[1, 0], "warning", "close_notify"),
        (&[2, 48], "fatal", "unknown_ca"),
        (&[7, 200], "number 7", "number 200"),
    ] {
        let entry = alert(content);
        check_bytes(
            &entry,
            &[("level", &content[..1]), ("description", &content[1..])],
        );
        let values: Vec<Option<&str>> = entry
            .fields
            .iter()
            .map(|field| field.value.as_deref())
            .collect();
        assert_eq!(values, [Some(level), Some(description)]);
    }
    for content in [&[][..], &[2], &[2, 48, 0]] {
        let entry = alert(content);
        assert!(entry.is_malformed && entry.fields.is_empty());
        let text = entry.to_string();
        assert!(text.starts_with("  ══▶ Alert, malformed, "), "{text}");
    }
}

#[test]
fn what_is_cut_short_says_so() {
    for passed in handshake() {
        let Some(message) = Handshake::passed(&passed) else {
            continue;
        };
        let Some(kind) = message.kind().filter(|_| step(&message).is_some()) else {
            continue;
        };
        if entry(&passed).is_malformed {
            continue;
        }
        for end in 0..message.body().len() {
            let cut = received(&Handshake::new(kind, &message.body()[..end]));
            // A hello may end before its extensions, and a wrapped secret where a key share would
            // end.
            let is_whole = match kind {
                HandshakeType::ClientKeyExchange => end == 1 + usize::from(message.body()[0]),
                HandshakeType::ClientHello => end == 2 + 32 + 1 + 2 + 8 + 2,
                HandshakeType::ServerHello => end == 2 + 32 + 1 + 2 + 1,
                _ => false,
            };
            assert_eq!(cut.is_malformed, !is_whole, "{kind:?} cut at {end}");
            let text = cut.to_string();
            assert_eq!(text.contains("malformed"), !is_whole, "{text}");
        }
        let longer = received(&Handshake::new(kind, &[message.body(), &[0]].concat()));
        assert!(longer.is_malformed, "{kind:?}");
    }
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..=most)
}

/// The bytes of the field with this name.
fn named<'a>(entry: &'a Entry, name: &str) -> Option<&'a [u8]> {
    let mut fields = entry.fields.iter();
    let found = fields.find(|field| field.name == name);
    found.map(|field| cut(entry, field))
}

proptest! {
    #[test]
    fn whatever_the_fields_hold_they_are_where_they_say(
        random: [u8; 32], session_id in vec(any::<u8>(), 1..=32), suites in vec(any::<u16>(), 1..=8),
        name in "[a-z.]{1,20}", share in bytes(255), scheme: u16, signature in bytes(300)
    ) {
        let two_each = |numbers: &[u16]| -> Vec<u8> {
            numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
        };
        let hello = received(&ClientHello {
            version: TLS_1_2,
            random,
            session_id: session_id.clone(),
            cipher_suites: suites.clone(),
            compression_methods: vec![0],
            extensions: vec![
                Extension::SignatureAlgorithms(suites.clone()),
                Extension::ServerName(Some(name.clone())),
            ],
        }.handshake());
        prop_assert_eq!(named(&hello, "random"), Some(&random[..]));
        prop_assert_eq!(named(&hello, "session"), Some(&session_id[..]));
        prop_assert_eq!(named(&hello, "suites"), Some(&two_each(&suites)[..]));
        prop_assert_eq!(named(&hello, "signature_algorithms"), Some(&two_each(&suites)[..]));
        prop_assert_eq!(named(&hello, "server_name"), Some(name.as_bytes()));
        let exchange = received(&ServerKeyExchange {
            group: X25519,
            share: share.clone(),
            scheme,
            signature: signature.clone(),
        }.handshake());
        prop_assert_eq!(named(&exchange, "key share"), Some(&share[..]));
        prop_assert_eq!(named(&exchange, "signed with"), Some(&scheme.to_be_bytes()[..]));
        prop_assert_eq!(named(&exchange, "signature"), Some(&signature[..]));
    }

    #[test]
    fn no_bytes_make_it_panic_or_point_elsewhere(
        kind in 0..25_u8, content in bytes(100), is_sent: bool, is_protected: bool
    ) {
        let message = match HandshakeType::from_code(kind) {
            Some(kind) => Handshake::new(kind, &content).bytes().to_vec(),
            None => content,
        };
        for content_type in ContentType::ALL {
            let entry = entry(&Passed {
                direction: if is_sent { Direction::Sent } else { Direction::Received },
                content_type: *content_type,
                length: message.len(),
                content: message.clone(),
                is_protected,
            });
            check_order(&entry.fields, 0..entry.bytes.len());
            prop_assert!(entry.to_string().ends_with('\n'));
        }
    }

    #[test]
    fn a_changed_message_says_what_it_says_or_that_it_is_malformed(
        which in 0..13_usize, changes in vec(any::<(Index, u8)>(), 1..=4)
    ) {
        let mut passed = handshake().swap_remove(which);
        // The type and the length stay: the record layer does not make messages out of anything
        // else.
        let header = 4.min(passed.content.len() - 1);
        for (place, byte) in changes {
            let body = &mut passed.content[header..];
            let place = place.index(body.len().max(1));
            if let Some(changed) = body.get_mut(place) {
                *changed = byte;
            }
        }
        let entry = entry(&passed);
        check_order(&entry.fields, 0..entry.bytes.len());
        let message = Handshake::passed(&passed);
        let is_read = match message.as_ref().and_then(Handshake::kind) {
            Some(HandshakeType::ClientHello) => message.unwrap().parse::<ClientHello>().is_ok(),
            Some(HandshakeType::ServerHello) => message.unwrap().parse::<ServerHello>().is_ok(),
            Some(HandshakeType::ServerKeyExchange) => {
                message.unwrap().parse::<ServerKeyExchange>().is_ok()
            }
            Some(HandshakeType::CertificateRequest) => {
                message.unwrap().parse::<CertificateRequest>().is_ok()
            }
            _ => return Ok(()),
        };
        prop_assert_eq!(entry.is_malformed, !is_read);
        prop_assert_eq!(entry.fields.is_empty(), !is_read);
    }
}
