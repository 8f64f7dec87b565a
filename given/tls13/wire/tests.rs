use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::tls::{MAX_EMPTY_RECORDS, Writer};

/// Protection that can be read: a key and the number of the record, the content, its type.
#[derive(Clone)]
struct Toy {
    key: u8,
    number: u8,
}

fn toy(key: u8) -> Toy {
    Toy { key, number: 0 }
}

impl SealRecord for Toy {
    fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        _: usize,
    ) -> Result<Vec<u8>, Abort> {
        let number = self.number;
        self.number = number.checked_add(1).ok_or(Abort::Exhausted)?;
        Ok([&[self.key, number], content, &[content_type.code()]].concat())
    }
}

impl OpenRecord for Toy {
    fn open(&mut self, header: [u8; 5], sealed: &[u8]) -> Result<(ContentType, Vec<u8>), Abort> {
        assert_eq!(header[0], 23);
        match sealed {
            [key, number, content @ .., code] if (*key, *number) == (self.key, self.number) => {
                self.number += 1;
                let content_type = ContentType::from_code(*code).ok_or(Abort::UnexpectedMessage)?;
                Ok((content_type, content.to_vec()))
            }
            _ => Err(Abort::BadRecord),
        }
    }
}

fn record(content_type: ContentType, fragment: &[u8]) -> Vec<u8> {
    let header = Writer::new().u8(content_type.code()).u16(0x0303);
    header.vector(2, fragment).finish()
}

/// Sealed records with these contents.
fn sealed(key: u8, contents: &[(ContentType, &[u8])]) -> Vec<u8> {
    let mut toy = toy(key);
    let records = contents.iter().map(|(content_type, content)| {
        let fragment = toy.seal(*content_type, content, 0).unwrap();
        record(ContentType::ApplicationData, &fragment)
    });
    records.collect::<Vec<_>>().concat()
}

fn message(kind: HandshakeType, body: &[u8]) -> Handshake {
    Handshake::new(kind, body)
}

/// A server's wire that has received a ClientHello, and opens with this key from then on.
fn begun(key: Option<u8>) -> Wire<Toy, Toy> {
    let mut wire = Wire::new();
    let hello = message(HandshakeType::ClientHello, &[1, 2, 3]);
    wire.receive(&record(ContentType::Handshake, hello.bytes()));
    assert_eq!(wire.next(), Ok(Some(Incoming::Handshake(hello))));
    if let Some(key) = key {
        wire.open_with(toy(key)).unwrap();
    }
    wire
}

/// Everything that comes, up to the end or to an error.
fn all(wire: &mut Wire<Toy, Toy>) -> (Vec<Incoming>, Option<Abort>) {
    let mut all = Vec::new();
    loop {
        match wire.next() {
            Ok(Some(incoming)) => all.push(incoming),
            Ok(None) => return (all, None),
            Err(abort) => return (all, Some(abort)),
        }
    }
}

#[track_caller]
fn check_refused(wire: &mut Wire<Toy, Toy>, bytes: &[u8], abort: Abort) {
    wire.receive(bytes);
    assert_eq!(all(wire), (vec![], Some(abort)));
}

const CHANGE_CIPHER_SPEC: [u8; 6] = [20, 3, 3, 0, 1, 1];

use ContentType::{ApplicationData, ChangeCipherSpec};

proptest! {
    #[test]
    fn how_it_is_cut_makes_no_difference(
        bodies in vec(vec(any::<u8>(), 0..=60), 1..=4), length in 1..=40_usize, call in 1..=40_usize,
        change_cipher_specs in 0..=3_usize,
    ) {
        let messages: Vec<Handshake> = bodies
            .iter()
            .map(|body| message(HandshakeType::Certificate, body))
            .collect();
        let stream: Vec<u8> = messages.iter().flat_map(|one| one.bytes().to_vec()).collect();
        let mut peer = toy(7);
        let mut bytes = Vec::new();
        for part in stream.chunks(length) {
            bytes.extend(CHANGE_CIPHER_SPEC.repeat(change_cipher_specs));
            let fragment = peer.seal(ContentType::Handshake, part, 0).unwrap();
            bytes.extend(record(ApplicationData, &fragment));
        }
        let mut wire = begun(Some(7));
        let mut found = Vec::new();
        for piece in bytes.chunks(call) {
            wire.receive(piece);
            let (more, abort) = all(&mut wire);
            prop_assert_eq!(abort, None);
            found.extend(more);
        }
        let expected: Vec<Incoming> = messages.into_iter().map(Incoming::Handshake).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..=200), is_protected: bool) {
        let mut wire = begun(is_protected.then_some(7));
        wire.receive(&bytes);
        all(&mut wire);
    }
}

#[test]
fn what_is_sent_says_that_it_is_data_once_there_is_a_key() {
    let mut wire: Wire<Toy, Toy> = Wire::new();
    let hello = message(HandshakeType::ClientHello, &[]);
    wire.send_handshake(&hello).unwrap();
    wire.seal_with(toy(7));
    wire.send_change_cipher_spec();
    wire.send_alert(Alert::CloseNotify).unwrap();
    let expected = [
        record(ContentType::Handshake, hello.bytes()),
        CHANGE_CIPHER_SPEC.to_vec(),
        sealed(7, &[(ContentType::Alert, &[1, 0])]),
    ];
    assert_eq!(wire.to_send(), expected.concat());
    let protected: Vec<bool> = wire.passed().iter().map(|one| one.is_protected).collect();
    assert_eq!(protected, [false, false, true]);
}

#[test]
fn nothing_may_follow_a_change_of_keys_in_the_same_record() {
    let hello = message(HandshakeType::ServerHello, &[]);
    for behind in [
        &[8][..],
        message(HandshakeType::EncryptedExtensions, &[0, 0]).bytes(),
    ] {
        let mut wire: Wire<Toy, Toy> = Wire::new();
        wire.receive(&record(
            ContentType::Handshake,
            &[hello.bytes(), behind].concat(),
        ));
        assert_eq!(wire.next(), Ok(Some(Incoming::Handshake(hello.clone()))));
        assert_eq!(wire.open_with(toy(7)), Err(Abort::UnexpectedMessage));
    }
}

#[test]
fn what_must_be_sealed_is_not_accepted_in_plaintext() {
    let finished = message(HandshakeType::Finished, &[0; 32]);
    let bytes = record(ContentType::Handshake, finished.bytes());
    check_refused(&mut begun(Some(7)), &bytes, Abort::UnexpectedMessage);
    let close = record(ContentType::Alert, &[1, 0]);
    let mut wire = begun(Some(7));
    wire.receive(&sealed(7, &[(ApplicationData, b"data")]));
    assert_eq!(all(&mut wire).1, None);
    check_refused(&mut wire, &close, Abort::UnexpectedMessage);
    // Without keys, application data is handed on, and the handshake refuses it.
    let data = record(ApplicationData, b"data");
    let mut wire = begun(None);
    wire.receive(&data);
    let (found, abort) = all(&mut wire);
    assert_eq!((found.len(), abort), (1, None));
}

#[test]
fn a_peer_without_keys_can_say_why() {
    let refusal = record(ContentType::Alert, &[2, 47]);
    let refused = Abort::Refused(Alert::IllegalParameter);
    check_refused(&mut begun(Some(7)), &refusal, refused);
}

#[test]
fn a_change_cipher_spec_is_dropped_only_in_the_handshake() {
    let many = CHANGE_CIPHER_SPEC.repeat(1000);
    let mut before: Wire<Toy, Toy> = Wire::new();
    check_refused(&mut before, &many, Abort::UnexpectedMessage);

    let mut wire = begun(Some(7));
    let finished = message(HandshakeType::Finished, &[0; 32]);
    let last = sealed(7, &[(ContentType::Handshake, finished.bytes())]);
    wire.receive(&[&many, &last[..]].concat());
    assert_eq!(all(&mut wire), (vec![Incoming::Handshake(finished)], None));
    check_refused(&mut wire, &many, Abort::UnexpectedMessage);

    for content in [&[][..], &[0], &[2], &[1, 1]] {
        let bytes = record(ChangeCipherSpec, content);
        check_refused(&mut begun(None), &bytes, Abort::UnexpectedMessage);
    }
    // A client drops them as soon as it has sent its hello.
    let mut client: Wire<Toy, Toy> = Wire::new();
    client
        .send_handshake(&message(HandshakeType::ClientHello, &[]))
        .unwrap();
    client.receive(&many);
    assert_eq!(all(&mut client), (vec![], None));
}

#[test]
fn nothing_may_come_between_the_parts_of_a_message() {
    let half = message(HandshakeType::Certificate, &[0; 10]).bytes()[..7].to_vec();
    for between in [
        (ContentType::Alert, &[1, 0][..]),
        (ContentType::Alert, &[1, 90]),
        (ApplicationData, b"data"),
        (ApplicationData, b""),
    ] {
        let bytes = sealed(7, &[(ContentType::Handshake, &half), between]);
        check_refused(&mut begun(Some(7)), &bytes, Abort::UnexpectedMessage);
    }
}

#[test]
fn long_records_are_refused_by_their_header() {
    let header = |content_type: ContentType, length: usize| {
        let [.., high, low] = length.to_be_bytes();
        [content_type.code(), 3, 3, high, low]
    };
    for key in [None, Some(7)] {
        let sealed = header(ApplicationData, MAX_FRAGMENT + 257);
        check_refused(&mut begun(key), &sealed, Abort::RecordOverflow);
        let plain = header(ContentType::Handshake, MAX_FRAGMENT + 1);
        check_refused(&mut begun(key), &plain, Abort::RecordOverflow);
        for waits in [
            header(ApplicationData, MAX_FRAGMENT + 256),
            header(ContentType::Handshake, MAX_FRAGMENT),
        ] {
            let mut wire = begun(key);
            wire.receive(&waits);
            assert_eq!(all(&mut wire), (vec![], None));
        }
    }
}

#[test]
fn the_version_of_a_record_is_ignored() {
    let mut bytes = sealed(7, &[(ApplicationData, b"data")]);
    (bytes[1], bytes[2]) = (9, 9);
    let mut wire = begun(Some(7));
    wire.receive(&bytes);
    let data = Incoming::ApplicationData(b"data".to_vec());
    assert_eq!(all(&mut wire), (vec![data], None));
}

#[test]
fn alerts_end_a_connection_whatever_their_level() {
    let alert = |content: &[u8]| {
        let mut wire = begun(Some(7));
        wire.receive(&sealed(7, &[(ContentType::Alert, content)]));
        all(&mut wire)
    };
    for level in [0, 1, 2, 255] {
        assert_eq!(alert(&[level, 0]), (vec![Incoming::CloseNotify], None));
        assert_eq!(alert(&[level, 90]), (vec![], None));
        let refused = Abort::Refused(Alert::DecryptError);
        assert_eq!(alert(&[level, 51]), (vec![], Some(refused)));
        let unnamed = Abort::Refused(Alert::HandshakeFailure);
        assert_eq!(alert(&[level, 250]), (vec![], Some(unnamed)));
    }
    for content in [&[2][..], &[2, 51, 0], &[1, 0, 1, 0]] {
        assert_eq!(alert(content), (vec![], Some(Abort::Malformed)));
    }
}

#[test]
fn the_number_of_records_without_effect_is_bounded() {
    for nothing in [(ApplicationData, &[][..]), (ContentType::Alert, &[1, 90])] {
        let mut wire = begun(Some(7));
        wire.receive(&sealed(7, &[nothing; MAX_EMPTY_RECORDS]));
        assert_eq!(all(&mut wire).1, None);
        let mut wire = begun(Some(7));
        wire.receive(&sealed(7, &[nothing; MAX_EMPTY_RECORDS + 1]));
        assert_eq!(all(&mut wire).1, Some(Abort::UnexpectedMessage));
    }
    for empty in [ContentType::Handshake, ContentType::Alert] {
        let bytes = sealed(7, &[(empty, &[])]);
        check_refused(&mut begun(Some(7)), &bytes, Abort::UnexpectedMessage);
        check_refused(
            &mut begun(None),
            &record(empty, &[]),
            Abort::UnexpectedMessage,
        );
    }
}

#[test]
fn early_data_is_skipped_up_to_a_bound() {
    let early = |length: usize| record(ApplicationData, &vec![9; length]);
    let finished = message(HandshakeType::Finished, &[0; 32]);
    let genuine = sealed(7, &[(ContentType::Handshake, finished.bytes())]);
    let full = early(1 << 14).repeat(MAX_EARLY_DATA >> 14);
    for key in [Some(7), None] {
        let mut wire = begun(key);
        wire.skip_early_data();
        wire.receive(&full);
        assert_eq!(all(&mut wire), (vec![], None));
        wire.receive(&early(2));
        // Without keys it is data, which the handshake refuses.
        let too_much = match key {
            Some(_) => (vec![], Some(Abort::BadRecord)),
            None => (vec![Incoming::ApplicationData(vec![9; 2])], None),
        };
        assert_eq!(all(&mut wire), too_much);
    }
    let mut wire = begun(Some(7));
    wire.skip_early_data();
    wire.receive(&[full, genuine].concat());
    assert_eq!(all(&mut wire), (vec![Incoming::Handshake(finished)], None));
    // Once a record has opened, all others must open, too.
    let mut wire = begun(Some(7));
    wire.skip_early_data();
    let first = sealed(7, &[(ContentType::Alert, &[1, 90])]);
    check_refused(&mut wire, &[first, early(2)].concat(), Abort::BadRecord);
}

#[test]
fn it_can_go_on_as_tls_1_2() {
    let mut wire: Wire<Toy, Toy> = Wire::new();
    let messages = [
        message(HandshakeType::ServerHello, &[1]),
        message(HandshakeType::Certificate, &[2; 9]),
    ];
    let bytes = [messages[0].bytes(), messages[1].bytes()].concat();
    wire.receive(&record(ContentType::Handshake, &bytes[..11]));
    wire.receive(&record(ContentType::Handshake, &bytes[11..]));
    assert!(matches!(wire.next(), Ok(Some(_))));
    let mut wire: tls12::Wire<NoKeys, NoKeys> = wire.into_tls12();
    let [_, second] = messages;
    assert_eq!(wire.next(), Ok(Some(Incoming::Handshake(second))));
}

/// Never called.
struct NoKeys;

impl tls12::SealRecord for NoKeys {
    fn seal(&mut self, _: ContentType, _: &[u8]) -> Result<Vec<u8>, Abort> {
        Err(Abort::Exhausted)
    }
}

impl tls12::OpenRecord for NoKeys {
    fn open(&mut self, _: ContentType, _: &[u8]) -> Result<Vec<u8>, Abort> {
        Err(Abort::BadRecord)
    }
}
