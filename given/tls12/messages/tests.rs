use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::tls::codec::{Malformed, Reader};
use crate::tls::messages::tests::{bytes, check, read_any};
use crate::tls::{HandshakeMessage, HandshakeType};

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

fn read_as_every_message(body: &[u8]) {
    read_any::<ServerKeyExchange>(body);
    read_any::<CertificateRequest>(body);
    read_any::<ServerHelloDone>(body);
    read_any::<HelloRequest>(body);
    read_any::<ClientKeyExchange>(body);
    read_any::<Finished>(body);
}

proptest! {
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
    fn any_bytes_are_read_or_malformed(body in bytes(120)) {
        read_as_every_message(&body);
    }

    #[test]
    fn a_changed_message_is_read_or_malformed(
        exchange in server_key_exchange(), request in certificate_request(), place: Index, byte: u8
    ) {
        for mut body in [exchange.body(), request.body()] {
            let place = place.index(body.len());
            body[place] = byte;
            read_as_every_message(&body);
        }
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
