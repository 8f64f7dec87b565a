use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::extension::Within;
use super::*;
use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::{
    Abort, Handshake, HandshakeMessage, HandshakeType, MAX_HANDSHAKE, TLS_1_3, X25519,
};

pub(crate) fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..=most)
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 1..=8)
}

fn read_within(within: Within, code: u16, body: &[u8]) -> Result<Extension, Malformed> {
    Extension::read(within, code, Reader::new(body)).map(|(extension, _)| extension)
}

fn read_extension(code: u16, body: &[u8]) -> Result<Extension, Malformed> {
    read_within(Within::ClientHello, code, body)
}

fn key_share() -> impl Strategy<Value = KeyShare> {
    (any::<u16>(), vec(any::<u8>(), 1..=65)).prop_map(|(group, share)| KeyShare { group, share })
}

/// The extensions that came with TLS 1.3, in the form that they have in this message.
fn of_tls13(within: Within) -> BoxedStrategy<Extension> {
    let cookie = vec(any::<u8>(), 1..=40).prop_map(Extension::Cookie);
    let selected = any::<u16>().prop_map(Extension::SelectedVersion);
    match within {
        Within::ClientHello => prop_oneof![
            numbers().prop_map(Extension::SupportedVersions),
            vec(key_share(), 0..=3).prop_map(Extension::KeyShares),
            cookie,
        ]
        .boxed(),
        Within::ServerHello => {
            prop_oneof![key_share().prop_map(Extension::ServerShare), selected].boxed()
        }
        _ => prop_oneof![
            any::<u16>().prop_map(Extension::WantedGroup),
            selected,
            cookie
        ]
        .boxed(),
    }
}

/// Extensions of every kind that this message has, none of them twice.
fn extensions(within: Within) -> impl Strategy<Value = Vec<Extension>> {
    let other = (any::<u16>(), bytes(20));
    let known = prop_oneof![
        Just(Extension::ServerName(None)),
        "[a-zé.]{1,20}".prop_map(|name| Extension::ServerName(Some(name))),
        numbers().prop_map(Extension::SupportedGroups),
        vec(any::<u8>(), 1..=4).prop_map(Extension::EcPointFormats),
        numbers().prop_map(Extension::SignatureAlgorithms),
        Just(Extension::ExtendedMasterSecret),
        bytes(24).prop_map(Extension::RenegotiationInfo),
        other.prop_map(|(code, body)| Extension::Other { code, body }),
        of_tls13(within),
        of_tls13(within),
    ];
    vec(known, 0..=6).prop_map(move |mut extensions| {
        extensions.sort_by_key(Extension::code);
        extensions.dedup_by_key(|extension| extension.code());
        // A code that has a name here would be read in the form of that extension.
        extensions.retain(|extension| match extension {
            Extension::Other { code, body } => {
                matches!(
                    read_within(within, *code, body),
                    Ok(Extension::Other { .. })
                )
            }
            _ => true,
        });
        extensions
    })
}

prop_compose! {
    fn client_hello()(
        version: u16, random: [u8; 32], session_id in bytes(32), cipher_suites in numbers(),
        compression_methods in vec(any::<u8>(), 1..=3),
        extensions in extensions(Within::ClientHello)
    ) -> ClientHello {
        // Only a server's is empty.
        let is_asked = |one: &Extension| *one != Extension::ServerName(None);
        let extensions = extensions.into_iter().filter(is_asked).collect();
        ClientHello {
            version, random, session_id, cipher_suites, compression_methods, extensions,
        }
    }
}

prop_compose! {
    fn server_hello()(
        version: u16, random: [u8; 32], session_id in bytes(32), cipher_suite: u16,
        compression_method: u8, extensions in extensions(Within::ServerHello)
    ) -> ServerHello {
        ServerHello {
            version, random, session_id, cipher_suite, compression_method, extensions,
        }
    }
}

/// The message reads back; cut anywhere but at `ends`, or with a byte added, it does not.
#[track_caller]
pub(crate) fn check<M: HandshakeMessage + Debug + PartialEq>(message: &M, ends: &[usize]) {
    let whole = message.handshake();
    assert_eq!(whole.kind(), Some(M::TYPE));
    assert_eq!(whole.body(), message.body());
    assert_eq!(whole.parse::<M>().as_ref(), Ok(message));

    let body = message.body();
    for end in (0..body.len()).filter(|end| !ends.contains(end)) {
        assert_eq!(M::read(&body[..end]), Err(Malformed), "cut at {end}");
    }
    for added in [0, 1, 0xff] {
        assert_eq!(M::read(&[&body[..], &[added]].concat()), Err(Malformed));
    }
    let other = match M::TYPE {
        HandshakeType::HelloRequest => HandshakeType::ClientHello,
        _ => HandshakeType::HelloRequest,
    };
    let other = Handshake::new(other, &body);
    assert_eq!(other.parse::<M>(), Err(Abort::UnexpectedMessage));
}

/// Whatever is read from any bytes is the same after it is written and read again.
pub(crate) fn read_any<M: HandshakeMessage + Debug + PartialEq>(body: &[u8]) {
    let message = Handshake::new(M::TYPE, body);
    if let Ok(read) = message.parse::<M>() {
        assert_eq!(M::read(&read.body()), Ok(read));
    }
}

fn read_as_every_message(body: &[u8]) {
    read_any::<ClientHello>(body);
    read_any::<ServerHello>(body);
}

proptest! {
    #[test]
    fn a_client_hello_reads_back(hello in client_hello()) {
        // A hello may end before its extensions (RFC 5246 §7.4.1.2).
        let without = ClientHello { extensions: vec![], ..hello.clone() };
        check(&hello, &[without.body().len()]);
    }

    #[test]
    fn a_server_hello_reads_back(hello in server_hello()) {
        let without = ServerHello { extensions: vec![], ..hello.clone() };
        check(&hello, &[without.body().len()]);
    }

    #[test]
    fn a_hello_retry_request_reads_back(
        hello in server_hello(), extensions in extensions(Within::HelloRetryRequest)
    ) {
        let hello = ServerHello { random: HELLO_RETRY_REQUEST, extensions, ..hello };
        let without = ServerHello { extensions: vec![], ..hello.clone() };
        check(&hello, &[without.body().len()]);
        prop_assert!(hello.is_retry());
    }

    #[test]
    fn an_extension_reads_back(extensions in extensions(Within::ClientHello)) {
        for extension in extensions {
            let (code, body) = (extension.code(), extension.body());
            prop_assert_eq!(read_extension(code, &body), Ok(extension));
        }
    }

    #[test]
    fn any_bytes_are_read_or_malformed(body in bytes(120), code: u16) {
        read_as_every_message(&body);
        let known = [
            0x0000, 0x000a, 0x000b, 0x000d, 0x0017, 0x002b, 0x002c, 0x0033, 0xff01, code,
        ];
        for (code, within) in known.into_iter().flat_map(|code| MESSAGES.map(|one| (code, one))) {
            if let Ok(extension) = read_within(within, code, &body) {
                prop_assert_eq!(extension.code(), code);
                prop_assert_eq!(read_within(within, code, &extension.body()), Ok(extension));
            }
        }
    }

    #[test]
    fn a_changed_message_is_read_or_malformed(
        client in client_hello(), server in server_hello(), place: Index, byte: u8
    ) {
        for mut body in [client.body(), server.body()] {
            let place = place.index(body.len());
            body[place] = byte;
            read_as_every_message(&body);
        }
    }

    #[test]
    fn the_first_message_is_found_when_all_of_it_is_there(
        body in bytes(40), more in bytes(10), kind in 0..=255_u8
    ) {
        let message = Writer::new().u8(kind).vector(3, &body).finish();
        for end in 0..message.len() {
            prop_assert_eq!(Handshake::first_in(&message[..end]), None);
        }
        let found = Handshake::first_in(&[&message[..], &more].concat()).expect("all of it");
        prop_assert_eq!(found.bytes(), &message[..]);
        prop_assert_eq!(found.body(), &body[..]);
        prop_assert_eq!(found.kind(), HandshakeType::from_code(kind));
    }
}

const MESSAGES: [Within; 4] = [
    Within::ClientHello,
    Within::ServerHello,
    Within::HelloRetryRequest,
    Within::EncryptedExtensions,
];

fn hello_with(extensions: &[Extension]) -> ClientHello {
    ClientHello {
        version: 0x0303,
        random: [7; 32],
        session_id: vec![],
        cipher_suites: vec![0x009c],
        compression_methods: vec![0],
        extensions: extensions.to_vec(),
    }
}

#[test]
fn no_extension_may_be_in_a_message_twice() {
    let other = Extension::Other {
        code: 0x0010,
        body: vec![],
    };
    for twice in [
        Extension::ExtendedMasterSecret,
        other,
        Extension::SupportedGroups(vec![X25519]),
    ] {
        let message = hello_with(&[twice.clone(), twice]).handshake();
        let refused = message.parse::<ClientHello>();
        assert_eq!(refused, Err(Abort::DuplicateExtension));
    }
    // The same in another form.
    let two_forms = [
        Extension::SupportedVersions(vec![TLS_1_3]),
        Extension::Other {
            code: 0x002b,
            body: vec![2, 3, 3],
        },
    ];
    let message = hello_with(&two_forms).handshake();
    assert_eq!(
        message.parse::<ClientHello>(),
        Err(Abort::DuplicateExtension)
    );
}

#[test]
fn a_hello_has_a_suite_and_a_method_and_a_short_session() {
    let without_suite = ClientHello {
        cipher_suites: vec![],
        ..hello_with(&[])
    };
    let without_method = ClientHello {
        compression_methods: vec![],
        ..hello_with(&[])
    };
    let long_session = ClientHello {
        session_id: vec![0; 33],
        ..hello_with(&[])
    };
    for hello in [without_suite, without_method, long_session] {
        assert_eq!(ClientHello::read(&hello.body()), Err(Malformed));
    }
}

#[test]
fn a_server_name_is_one_host() {
    let read = |body: &[u8]| read_extension(0x0000, body);
    assert_eq!(
        read(b"\0\x04\0\0\x01a"),
        Ok(Extension::ServerName(Some("a".to_owned())))
    );
    // Another type of name, two names, bytes that are not text, no name in the list, an empty name.
    for malformed in [
        &b"\0\x04\x01\0\x01a"[..],
        b"\0\x08\0\0\x01a\0\0\x01b",
        b"\0\x04\0\0\x01\xff",
        b"\0\0",
        b"\0\x03\0\0\0",
    ] {
        assert_eq!(read(malformed), Err(Malformed));
    }
}

#[test]
fn a_client_names_a_server_and_a_server_does_not() {
    let empty = Extension::ServerName(None);
    let body = hello_with(std::slice::from_ref(&empty)).body();
    assert_eq!(ClientHello::read(&body), Err(Malformed));
    let answer = ServerHello {
        version: 0x0303,
        random: [7; 32],
        session_id: vec![],
        cipher_suite: 0x009c,
        compression_method: 0,
        extensions: vec![empty],
    };
    assert_eq!(ServerHello::read(&answer.body()), Ok(answer));
}

#[test]
fn there_is_at_least_one_point_format() {
    assert_eq!(read_extension(0x000b, &[0]), Err(Malformed));
    let formats = Extension::EcPointFormats(vec![1]);
    assert_eq!(read_extension(0x000b, &[1, 1]), Ok(formats));
}

#[test]
fn the_largest_hello_is_read() {
    // As many small extensions as there can be, and one that takes up the rest.
    let other = |(code, body)| Extension::Other { code, body };
    let small = (0x2000..).take(16_000).map(|code| (code, vec![]));
    let rest = (0x1fff, vec![7; 65_535 - 4 * 16_001]);
    let extensions: Vec<Extension> = small.chain([rest]).map(other).collect();
    let hello = ClientHello {
        session_id: vec![7; 32],
        cipher_suites: vec![0x009c; 32_767],
        compression_methods: vec![0; 255],
        ..hello_with(&extensions)
    };
    assert_eq!(hello.body().len(), MAX_HANDSHAKE);
    assert_eq!(ClientHello::read(&hello.body()), Ok(hello));
}

#[test]
fn a_key_share_has_a_different_form_in_each_message() {
    let share = KeyShare {
        group: 0x001d,
        share: vec![7, 8],
    };
    let read = |within, body: &[u8]| read_within(within, 0x0033, body);
    assert_eq!(
        read(Within::ClientHello, b"\0\x06\0\x1d\0\x02\x07\x08"),
        Ok(Extension::KeyShares(vec![share.clone()]))
    );
    assert_eq!(
        read(Within::ClientHello, b"\0\0"),
        Ok(Extension::KeyShares(vec![]))
    );
    assert_eq!(
        read(Within::ServerHello, b"\0\x1d\0\x02\x07\x08"),
        Ok(Extension::ServerShare(share))
    );
    assert_eq!(
        read(Within::HelloRetryRequest, b"\0\x17"),
        Ok(Extension::WantedGroup(0x0017))
    );
    // An empty share, a share cut short, something after it; a list where one share belongs.
    for malformed in [&b"\0\x04\0\x1d\0\0"[..], b"\0\x03\0\x1d\0", b"\0\0\0"] {
        assert_eq!(read(Within::ClientHello, malformed), Err(Malformed));
    }
    assert_eq!(read(Within::ServerHello, b"\0\x1d\0\0"), Err(Malformed));
    assert_eq!(read(Within::HelloRetryRequest, b"\0\x17\0"), Err(Malformed));
}

#[test]
fn the_random_of_a_retry_is_the_hash_of_its_name() {
    use sha2::{Digest, Sha256};
    assert_eq!(
        HELLO_RETRY_REQUEST[..],
        Sha256::digest("HelloRetryRequest")[..]
    );
}
