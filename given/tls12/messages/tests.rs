use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::tls::codec::{Malformed, Reader, Writer};
use crate::tls::{Abort, Handshake, HandshakeMessage, HandshakeType, MAX_HANDSHAKE};

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..=most)
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 1..=8)
}

fn read_extension(code: u16, body: &[u8]) -> Result<Extension, Malformed> {
    Extension::read(code, Reader::new(body)).map(|(extension, _)| extension)
}

/// Extensions of every kind, none of them twice.
fn extensions() -> impl Strategy<Value = Vec<Extension>> {
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
    ];
    vec(known, 0..=6).prop_map(|mut extensions| {
        extensions.sort_by_key(Extension::code);
        extensions.dedup_by_key(|extension| extension.code());
        // Under a code that has a name here, another form would be read.
        extensions.retain(|extension| match extension {
            Extension::Other { code, body } => {
                matches!(read_extension(*code, body), Ok(Extension::Other { .. }))
            }
            _ => true,
        });
        extensions
    })
}

prop_compose! {
    fn client_hello()(
        version: u16, random: [u8; 32], session_id in bytes(32), cipher_suites in numbers(),
        compression_methods in vec(any::<u8>(), 1..=3), extensions in extensions()
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
        compression_method: u8, extensions in extensions()
    ) -> ServerHello {
        ServerHello {
            version, random, session_id, cipher_suite, compression_method, extensions,
        }
    }
}

prop_compose! {
    fn server_key_exchange()(
        group: u16, share in bytes(255), scheme: u16, signature in bytes(300)
    ) -> ServerKeyExchange {
        ServerKeyExchange { group, share, scheme, signature }
    }
}

prop_compose! {
    fn certificate_request()(
        certificate_types in vec(any::<u8>(), 1..=8), schemes in vec(any::<u16>(), 1..=20),
        authorities in vec(vec(any::<u8>(), 1..=80), 0..=3)
    ) -> CertificateRequest {
        CertificateRequest { certificate_types, schemes, authorities }
    }
}

/// The message reads back; cut anywhere but at `ends`, or with a byte added, it does not.
#[track_caller]
fn check<M: HandshakeMessage + Debug + PartialEq>(message: &M, ends: &[usize]) {
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
    // No message here has this type.
    let other = Handshake::new(HandshakeType::CertificateVerify, &body);
    assert_eq!(other.parse::<M>(), Err(Abort::UnexpectedMessage));
}

/// What is read of any bytes says the same when it is written and read again.
fn read_any<M: HandshakeMessage + Debug + PartialEq>(body: &[u8]) {
    let message = Handshake::new(M::TYPE, body);
    if let Ok(read) = message.parse::<M>() {
        assert_eq!(M::read(&read.body()), Ok(read));
    }
}

fn read_as_every_message(body: &[u8]) {
    read_any::<ClientHello>(body);
    read_any::<ServerHello>(body);
    read_any::<ServerKeyExchange>(body);
    read_any::<CertificateRequest>(body);
    read_any::<ServerHelloDone>(body);
    read_any::<HelloRequest>(body);
    read_any::<ClientKeyExchange>(body);
    read_any::<Finished>(body);
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
    fn a_server_key_exchange_reads_back(exchange in server_key_exchange()) {
        check(&exchange, &[]);
    }

    #[test]
    fn a_certificate_request_reads_back(request in certificate_request()) {
        check(&request, &[]);
    }

    #[test]
    fn a_finished_reads_back(verify_data: [u8; 12]) {
        check(&Finished(verify_data), &[]);
    }

    #[test]
    fn an_extension_reads_back(extensions in extensions()) {
        for extension in extensions {
            let (code, body) = (extension.code(), extension.body());
            prop_assert_eq!(read_extension(code, &body), Ok(extension));
        }
    }

    #[test]
    fn a_client_key_exchange_is_whatever_is_in_it(body in bytes(300)) {
        let message = ClientKeyExchange(body);
        prop_assert_eq!(message.handshake().parse(), Ok(message));
    }

    #[test]
    fn a_chain_is_vectors_in_a_vector(chain in vec(bytes(300), 0..=4)) {
        let message = CertificateChain(chain.clone()).handshake();
        prop_assert_eq!(message.kind(), Some(HandshakeType::Certificate));
        let mut body = Reader::new(message.body());
        let mut list = body.vector(3).expect("a list");
        prop_assert_eq!(body.finish(), Ok(()));
        for certificate in chain {
            prop_assert_eq!(list.vector(3).map(Reader::rest), Ok(&certificate[..]));
        }
        prop_assert_eq!(list.finish(), Ok(()));
    }

    #[test]
    fn any_bytes_are_read_or_malformed(body in bytes(120), code: u16) {
        read_as_every_message(&body);
        for code in [0x0000, 0x000a, 0x000b, 0x000d, 0x0017, 0xff01, code] {
            if let Ok(extension) = read_extension(code, &body) {
                prop_assert_eq!(extension.code(), code);
                prop_assert_eq!(read_extension(code, &extension.body()), Ok(extension));
            }
        }
    }

    #[test]
    fn a_changed_message_is_read_or_malformed(
        client in client_hello(), server in server_hello(), exchange in server_key_exchange(),
        request in certificate_request(), place: Index, byte: u8
    ) {
        for mut body in [client.body(), server.body(), exchange.body(), request.body()] {
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

#[test]
fn a_server_hello_done_and_a_hello_request_are_empty() {
    check(&ServerHelloDone, &[]);
    assert_eq!(ServerHelloDone.handshake().bytes(), [14, 0, 0, 0]);
    check(&HelloRequest, &[]);
    assert_eq!(HelloRequest.handshake().bytes(), [0; 4]);
}

#[test]
fn a_certificate_request_has_a_type_and_a_scheme_and_no_nameless_authority() {
    let read = CertificateRequest::read;
    let none = CertificateRequest {
        certificate_types: vec![1],
        schemes: vec![0x0401],
        authorities: vec![],
    };
    assert_eq!(read(&[1, 1, 0, 2, 4, 1, 0, 0]), Ok(none));
    for malformed in [
        &[0, 0, 2, 4, 1, 0, 0][..],
        &[1, 1, 0, 0, 0, 0],
        &[1, 1, 0, 3, 4, 1, 4, 0, 0],
        &[1, 1, 0, 2, 4, 1, 0, 2, 0, 0],
        &[1, 1, 0, 2, 4, 1, 0, 3, 0, 2, 48],
        &[1, 1, 0, 0],
    ] {
        assert_eq!(read(malformed), Err(Malformed), "{malformed:?}");
    }
}

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
fn no_extension_stands_there_twice() {
    let other = Extension::Other {
        code: 0x0010,
        body: vec![],
    };
    for twice in [
        Extension::ExtendedMasterSecret,
        other,
        Extension::ServerName(None),
    ] {
        let body = hello_with(&[twice.clone(), twice]).body();
        assert_eq!(ClientHello::read(&body), Err(Malformed));
    }
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
    // Another type of name, two names, bytes that are no text, no name in the list, an empty name.
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
fn there_is_a_format_of_points() {
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
