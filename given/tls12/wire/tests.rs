use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::tls::record::RECORD_HEADER;
use crate::tls::{HandshakeMessage, HandshakeType, MAX_EMPTY_RECORDS, MAX_HANDSHAKE, Writer};
use crate::tls12::ServerHelloDone;

/// Protection that can be read: the number and the type of the record come before the content.
#[derive(Default)]
struct Toy(u8);

impl SealRecord for Toy {
    fn seal(&mut self, content_type: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        self.0 = self.0.checked_add(1).ok_or(Abort::Exhausted)?;
        Ok([&[self.0, content_type.code()], plaintext].concat())
    }
}

impl OpenRecord for Toy {
    fn open(&mut self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        self.0 += 1;
        match fragment {
            [number, code, content @ ..] if (*number, *code) == (self.0, content_type.code()) => {
                Ok(content.to_vec())
            }
            _ => Err(Abort::BadRecord),
        }
    }
}

/// A wire that has received these bytes, and opens what it receives if `is_protected`.
fn received(is_protected: bool, bytes: &[u8]) -> Wire<Toy, Toy> {
    let mut wire = Wire::new();
    if is_protected {
        wire.open_with(Toy::default());
    }
    wire.receive(bytes);
    wire
}

/// All that comes, to the end or to an error.
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

fn record(content_type: ContentType, content: &[u8]) -> Vec<u8> {
    let header = Writer::new().u8(content_type.code()).u16(TLS_1_2);
    header.vector(2, content).finish()
}

/// Records of this type, sealed.
fn sealed(contents: &[(ContentType, &[u8])]) -> Vec<u8> {
    let mut toy = Toy::default();
    let records = contents.iter().map(|(content_type, content)| {
        let fragment = toy.seal(*content_type, content).unwrap();
        record(*content_type, &fragment)
    });
    records.collect::<Vec<_>>().concat()
}

#[track_caller]
fn check_refused(is_protected: bool, bytes: &[u8], abort: Abort) {
    assert_eq!(
        all(&mut received(is_protected, bytes)),
        (vec![], Some(abort))
    );
}

#[track_caller]
fn check_waits(is_protected: bool, bytes: &[u8]) {
    assert_eq!(all(&mut received(is_protected, bytes)), (vec![], None));
}

/// What a peer may say in plaintext.
fn sayings() -> impl Strategy<Value = Vec<Incoming>> {
    let kinds = prop::sample::select(HandshakeType::ALL);
    let message = (kinds, vec(any::<u8>(), 0..=100));
    let saying = prop_oneof![
        4 => message.prop_map(|(kind, body)| Incoming::Handshake(Handshake::new(kind, &body))),
        1 => Just(Incoming::ChangeCipherSpec),
        // Not empty, because no record is sent for nothing.
        1 => vec(any::<u8>(), 1..=100).prop_map(Incoming::ApplicationData),
        1 => Just(Incoming::CloseNotify),
    ];
    vec(saying, 0..=6)
}

/// These, put into records, with messages cut into parts of `length` bytes.
fn in_records(sayings: &[Incoming], length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for saying in sayings {
        match saying {
            Incoming::Handshake(message) => {
                for part in message.bytes().chunks(length) {
                    bytes.extend(record(ContentType::Handshake, part));
                }
            }
            Incoming::ChangeCipherSpec => {
                bytes.extend(record(ContentType::ChangeCipherSpec, &[1]));
            }
            Incoming::ApplicationData(data) => {
                bytes.extend(record(ContentType::ApplicationData, data));
            }
            Incoming::CloseNotify => bytes.extend(record(ContentType::Alert, &[WARNING, 0])),
        }
    }
    bytes
}

proptest! {
    #[test]
    fn how_records_and_calls_are_cut_makes_no_difference(
        sayings in sayings(), length in 1..=60_usize, call in 1..=60_usize
    ) {
        let bytes = in_records(&sayings, length);
        let mut wire = Wire::<Toy, Toy>::new();
        let mut heard = Vec::new();
        for part in bytes.chunks(call) {
            wire.receive(part);
            let (more, abort) = all(&mut wire);
            prop_assert_eq!(abort, None);
            heard.extend(more);
        }
        prop_assert_eq!(heard, sayings);
    }

    #[test]
    fn messages_may_share_a_record(bodies in vec(vec(any::<u8>(), 0..=9), 0..=9)) {
        let message = |body: &Vec<u8>| Handshake::new(HandshakeType::Finished, body);
        let messages: Vec<Handshake> = bodies.iter().map(message).collect();
        let together: Vec<u8> = messages.iter().flat_map(|message| message.bytes()).copied().collect();
        prop_assume!(!together.is_empty());
        let expected: Vec<Incoming> = messages.into_iter().map(Incoming::Handshake).collect();
        let bytes = record(ContentType::Handshake, &together);
        prop_assert_eq!(all(&mut received(false, &bytes)), (expected, None));
    }

    #[test]
    fn what_is_sent_arrives(sayings in sayings(), is_protected: bool) {
        let mut sender = Wire::<Toy, Toy>::new();
        if is_protected {
            sender.seal_with(Toy::default());
        }
        for saying in &sayings {
            match saying {
                Incoming::Handshake(message) => sender.send_handshake(message),
                Incoming::ChangeCipherSpec => sender.send_change_cipher_spec(),
                Incoming::ApplicationData(data) => sender.send_data(data),
                Incoming::CloseNotify => sender.send_alert(Alert::CloseNotify),
            }.unwrap();
        }
        let mut receiver = received(is_protected, &sender.to_send());
        prop_assert_eq!(all(&mut receiver), (sayings, None));
        prop_assert_eq!(sender.to_send(), vec![]);
        // One side has sent what the other has received.
        let (sent, received) = (sender.passed(), receiver.passed());
        prop_assert_eq!(sent.len(), received.len());
        for (sent, received) in sent.into_iter().zip(received) {
            prop_assert_eq!(sent.direction, Direction::Sent);
            prop_assert_eq!(received.direction, Direction::Received);
            prop_assert_eq!(received.is_protected, is_protected);
            prop_assert_eq!(Passed { direction: Direction::Received, ..sent }, received);
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_go_on_forever(bytes in vec(any::<u8>(), 0..=200), is_protected: bool) {
        all(&mut received(is_protected, &bytes));
        // Well-formed records, with arbitrary content.
        let records = bytes.chunks(9).zip([20, 21, 22, 23].into_iter().cycle());
        let records: Vec<u8> = records
            .flat_map(|(part, kind)| record(ContentType::from_code(kind).unwrap(), part))
            .collect();
        all(&mut received(is_protected, &records));
    }
}

#[test]
fn a_record_has_at_most_2_to_the_14_bytes() {
    let longest = vec![7; MAX_FRAGMENT];
    let bytes = record(ContentType::ApplicationData, &longest);
    let expected = vec![Incoming::ApplicationData(longest.clone())];
    assert_eq!(all(&mut received(false, &bytes)), (expected.clone(), None));
    let bytes = sealed(&[(ContentType::ApplicationData, &longest)]);
    assert_eq!(all(&mut received(true, &bytes)), (expected, None));

    // One more is refused as soon as the header says so, or if there is more inside.
    check_refused(false, &[23, 3, 3, 0x40, 0x01], Abort::RecordOverflow);
    let longer = vec![7; MAX_FRAGMENT + 1];
    let bytes = sealed(&[(ContentType::ApplicationData, &longer)]);
    check_refused(true, &bytes, Abort::RecordOverflow);
    check_waits(true, &[23, 3, 3, 0x48, 0x00]);
    check_refused(true, &[23, 3, 3, 0x48, 0x01], Abort::RecordOverflow);
}

#[test]
fn bytes_that_are_not_a_record_are_refused_by_their_header() {
    check_waits(false, &[22, 3, 3, 0]);
    check_refused(false, &[24, 3, 3, 0, 0], Abort::UnexpectedMessage);
    check_refused(false, b"GET / HTTP/1.1", Abort::UnexpectedMessage);
    check_refused(false, &[22, 2, 0, 0, 1], Abort::UnsupportedVersion);
    check_refused(false, &[22, 4, 3, 0, 1], Abort::UnsupportedVersion);
}

#[test]
fn the_version_of_a_record_counts_once_there_are_keys() {
    let done = ServerHelloDone.handshake();
    let mut in_the_clear = record(ContentType::Handshake, done.bytes());
    in_the_clear[2] = 1;
    let expected = vec![Incoming::Handshake(done.clone())];
    assert_eq!(all(&mut received(false, &in_the_clear)), (expected, None));
    let mut protected = sealed(&[(ContentType::Handshake, done.bytes())]);
    protected[2] = 1;
    check_refused(true, &protected, Abort::UnsupportedVersion);
}

#[test]
fn once_there_are_keys_what_is_in_the_clear_does_not_open() {
    for (content_type, content) in [
        (ContentType::ChangeCipherSpec, &[1][..]),
        (ContentType::Alert, &[FATAL, 40]),
        (ContentType::Handshake, ServerHelloDone.handshake().bytes()),
        (ContentType::ApplicationData, b"data"),
    ] {
        check_refused(true, &record(content_type, content), Abort::BadRecord);
    }
}

#[test]
fn only_application_data_may_be_empty() {
    for content_type in [
        ContentType::ChangeCipherSpec,
        ContentType::Alert,
        ContentType::Handshake,
    ] {
        check_refused(false, &record(content_type, &[]), Abort::UnexpectedMessage);
        check_refused(
            true,
            &sealed(&[(content_type, &[])]),
            Abort::UnexpectedMessage,
        );
    }
    let bytes = sealed(&[(ContentType::ApplicationData, &[])]);
    let expected = vec![Incoming::ApplicationData(vec![])];
    assert_eq!(all(&mut received(true, &bytes)), (expected, None));
}

#[test]
fn empty_records_and_warnings_come_to_an_end() {
    let empty = (ContentType::ApplicationData, &[][..]);
    let warning = (ContentType::Alert, &[WARNING, 90][..]);
    let full = (ContentType::ApplicationData, &b"data"[..]);
    for nothing in [empty, warning] {
        let ended = |records: &[_]| all(&mut received(true, &sealed(records))).1;
        let many = [nothing; MAX_EMPTY_RECORDS];
        assert_eq!(ended(&many), None);
        assert_eq!(
            ended(&[&many[..], &[nothing]].concat()),
            Some(Abort::UnexpectedMessage)
        );
        assert_eq!(ended(&[&many[..], &[full], &many].concat()), None);
    }
    let mixed = [empty, warning].repeat(MAX_EMPTY_RECORDS);
    let (_, abort) = all(&mut received(true, &sealed(&mixed)));
    assert_eq!(abort, Some(Abort::UnexpectedMessage));
}

#[test]
fn a_message_that_says_it_is_too_long_is_not_waited_for() {
    let header = |length: u32| {
        let header = u32::from(HandshakeType::Certificate.code()) << 24 | length;
        record(ContentType::Handshake, &header.to_be_bytes())
    };
    assert_eq!(MAX_HANDSHAKE, 131_396);
    check_waits(false, &header(131_396));
    check_refused(false, &header(131_397), Abort::Malformed);
    check_refused(false, &header((1 << 24) - 1), Abort::Malformed);
    // After another message as well.
    let done = ServerHelloDone.handshake();
    let bytes = [done.bytes(), &[11, 0xff, 0xff, 0xff]].concat();
    let heard = all(&mut received(
        false,
        &record(ContentType::Handshake, &bytes),
    ));
    assert_eq!(
        heard,
        (vec![Incoming::Handshake(done)], Some(Abort::Malformed))
    );
}

#[test]
fn alerts_end_warn_or_say_goodbye() {
    let alert = |content: &[u8]| all(&mut received(false, &record(ContentType::Alert, content)));
    let goodbye = || (vec![Incoming::CloseNotify], None);
    assert_eq!(alert(&[WARNING, 0]), goodbye());
    assert_eq!(alert(&[FATAL, 0]), goodbye());
    assert_eq!(alert(&[WARNING, 112]), (vec![], None));
    assert_eq!(alert(&[WARNING, 250]), (vec![], None));
    let refused = |alert| (vec![], Some(Abort::Refused(alert)));
    assert_eq!(alert(&[FATAL, 51]), refused(Alert::DecryptError));
    assert_eq!(alert(&[FATAL, 250]), refused(Alert::HandshakeFailure));
    for content in [&[FATAL][..], &[FATAL, 51, 0], &[3, 51], &[0, 0, 0]] {
        assert_eq!(alert(content), (vec![], Some(Abort::Malformed)));
    }
}

#[test]
fn only_those_alerts_are_warnings_that_end_nothing() {
    for &alert in Alert::ALL {
        let mut wire = Wire::<Toy, Toy>::new();
        wire.send_alert(alert).unwrap();
        let is_warning = [
            Alert::CloseNotify,
            Alert::UserCanceled,
            Alert::NoRenegotiation,
        ]
        .contains(&alert);
        let level = if is_warning { WARNING } else { FATAL };
        assert_eq!(
            wire.to_send(),
            record(ContentType::Alert, &[level, alert.code()])
        );
    }
}

#[test]
fn a_change_cipher_spec_is_a_1_and_comes_between_messages() {
    for content in [&[0][..], &[2], &[1, 1]] {
        check_refused(
            false,
            &record(ContentType::ChangeCipherSpec, content),
            Abort::Malformed,
        );
    }
    let half = record(ContentType::Handshake, &[14, 0]);
    let bytes = [half.clone(), record(ContentType::ChangeCipherSpec, &[1])].concat();
    check_refused(false, &bytes, Abort::UnexpectedMessage);
    // A peer that gives up does not wait for the end of a message.
    let bytes = [half, record(ContentType::Alert, &[FATAL, 80])].concat();
    check_refused(false, &bytes, Abort::Refused(Alert::InternalError));
}

#[test]
fn what_is_too_long_for_a_record_is_sent_in_several() {
    let mut wire = Wire::<Toy, Toy>::new();
    let data = vec![7; 2 * MAX_FRAGMENT + 1];
    wire.send_data(&data).unwrap();
    let bytes = wire.to_send();
    assert_eq!(bytes.len(), data.len() + 3 * RECORD_HEADER);
    let (heard, abort) = all(&mut received(false, &bytes));
    let lengths = heard.iter().map(|incoming| match incoming {
        Incoming::ApplicationData(data) => data.len(),
        other => panic!("{other:?}"),
    });
    assert_eq!(lengths.collect::<Vec<_>>(), [MAX_FRAGMENT, MAX_FRAGMENT, 1]);
    assert_eq!(abort, None);
    wire.send_data(&[]).unwrap();
    assert_eq!(wire.to_send(), []);
}

#[test]
fn an_exhausted_sealer_is_reported() {
    let mut wire = Wire::<Toy, Toy>::new();
    wire.seal_with(Toy(u8::MAX));
    assert_eq!(wire.send_data(b"data"), Err(Abort::Exhausted));
    assert_eq!(wire.to_send(), []);
}
