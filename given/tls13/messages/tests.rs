use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::tls::Extension;
use crate::tls::HandshakeMessage;
use crate::tls::codec::Malformed;
use crate::tls::messages::tests::{bytes, check, read_any};

proptest! {
    #[test]
    fn a_certificate_verify_reads_back(scheme: u16, signature in bytes(300)) {
        check(&CertificateVerify { scheme, signature }, &[]);
    }

    #[test]
    fn a_finished_reads_back(verify_data: [u8; 32]) {
        check(&Finished(verify_data), &[]);
    }

    #[test]
    fn encrypted_extensions_read_back(groups in vec(any::<u16>(), 1..=8), body in bytes(20)) {
        let other = Extension::Other { code: 0x0010, body };
        check(&EncryptedExtensions(vec![Extension::SupportedGroups(groups), other]), &[]);
    }

    #[test]
    fn a_certificate_reads_back(context in bytes(9), certificates in vec(vec(any::<u8>(), 1..=60), 0..=3)) {
        let about = Extension::Other { code: 0x0005, body: vec![1] };
        let entry = |(place, certificate): (usize, _)| CertificateEntry {
            certificate,
            extensions: vec![about.clone(); place.min(1)],
        };
        let entries = certificates.into_iter().enumerate().map(entry).collect();
        check(&CertificateChain { context, entries }, &[]);
    }

    #[test]
    fn a_certificate_request_reads_back(context in bytes(9), schemes in vec(any::<u16>(), 1..=4)) {
        let extensions = vec![Extension::SignatureAlgorithms(schemes)];
        check(&CertificateRequest { context, extensions }, &[]);
    }

    #[test]
    fn a_ticket_reads_back(lifetime: u32, age_add: u32, nonce in bytes(9), ticket in vec(any::<u8>(), 1..=60)) {
        check(&NewSessionTicket { lifetime, age_add, nonce, ticket, extensions: vec![] }, &[]);
    }

    #[test]
    fn a_key_update_reads_back(request_update: u8) {
        check(&KeyUpdate { request_update }, &[]);
    }

    #[test]
    fn any_bytes_are_read_or_malformed(body in bytes(120)) {
        read_any::<CertificateChain>(&body);
        read_any::<CertificateRequest>(&body);
        read_any::<NewSessionTicket>(&body);
        read_any::<KeyUpdate>(&body);
        read_any::<CertificateVerify>(&body);
        read_any::<EncryptedExtensions>(&body);
        read_any::<Finished>(&body);
    }
}

#[test]
fn encrypted_extensions_may_be_empty_but_not_missing() {
    check(&EncryptedExtensions(vec![]), &[]);
    assert_eq!(
        EncryptedExtensions(vec![]).handshake().bytes(),
        [8, 0, 0, 2, 0, 0]
    );
    assert_eq!(EncryptedExtensions::read(&[]), Err(Malformed));
}
