use super::*;
use crate::tls::{
    ContentType, Direction, Extension, HandshakeMessage, KeyShare, ServerHello, SignatureScheme,
    TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519,
};
use crate::tls13::{
    CertificateChain, CertificateEntry, CertificateVerify, EncryptedExtensions, Finished, KeyUpdate,
};

fn lines(message: &Handshake) -> String {
    let passed = Passed {
        direction: Direction::Received,
        content_type: ContentType::Handshake,
        length: message.bytes().len(),
        content: message.bytes().to_vec(),
        is_protected: true,
    };
    entry(&passed).to_string()
}

#[test]
fn the_steps_are_those_of_chapter_7() {
    let hello = ServerHello {
        version: TLS_1_2,
        random: [7; 32],
        session_id: vec![],
        cipher_suite: TLS_AES_128_GCM_SHA256,
        compression_method: 0,
        extensions: vec![
            Extension::SelectedVersion(TLS_1_3),
            Extension::ServerShare(KeyShare {
                group: X25519,
                share: vec![9; 32],
            }),
        ],
    };
    let entry = CertificateEntry {
        certificate: vec![1, 2, 3],
        extensions: vec![],
    };
    let chain = CertificateChain {
        context: vec![],
        entries: vec![entry],
    };
    let signed = CertificateVerify {
        scheme: SignatureScheme::RsaPssRsaeSha256.code(),
        signature: vec![5; 3],
    };
    let messages = [
        hello.handshake(),
        EncryptedExtensions(vec![Extension::ServerName(None)]).handshake(),
        chain.handshake(),
        signed.handshake(),
        Finished([6; 32]).handshake(),
        KeyUpdate { request_update: 1 }.handshake(),
    ];
    let text: String = messages.iter().map(lines).collect();
    let hex = |byte: &str| byte.repeat(32);
    let expected = format!(
        "\
2 ◀══ ServerHello, 90 bytes
        version                 1.2
        random                  {}
        suite                   TLS_AES_128_GCM_SHA256
        supported_versions      1.3
        key_share               X25519, {}
3 ◀══ EncryptedExtensions, 10 bytes
        server_name             taken
4 ◀══ Certificate, 16 bytes
        not a certificate       010203
5 ◀══ CertificateVerify, 11 bytes
        signed with             rsa_pss_rsae_sha256
        signature               050505
6 ◀══ Finished, 36 bytes
        verify_data             {}
  ◀══ KeyUpdate, 5 bytes
        request_update          1 (update_requested)
",
        hex("07"),
        hex("09"),
        hex("06")
    );
    assert_eq!(text, expected);
}

#[test]
fn what_is_cut_off_is_malformed() {
    let finished = Finished([6; 32]).handshake();
    for kind in [
        HandshakeType::EncryptedExtensions,
        HandshakeType::CertificateRequest,
        HandshakeType::Certificate,
        HandshakeType::CertificateVerify,
        HandshakeType::Finished,
        HandshakeType::KeyUpdate,
    ] {
        let cut = Handshake::new(kind, &finished.body()[..0]);
        assert!(lines(&cut).contains("malformed"), "{kind:?}");
    }
}

#[test]
fn a_key_update_says_whether_it_asks_for_another() {
    for (request_update, said) in [
        (0, "0 (update_not_requested)"),
        (1, "1 (update_requested)"),
        (2, "2"),
    ] {
        let text = lines(&KeyUpdate { request_update }.handshake());
        let (_, value) = text.split_once("request_update").expect("the field");
        assert_eq!(value.trim(), said);
    }
}
