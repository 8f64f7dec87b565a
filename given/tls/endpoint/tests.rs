use super::*;
use crate::tls::{
    CipherSuite, ContentType, Direction, Handshake, HandshakeMessage, HandshakeType, Suite,
};
use crate::tls12::{
    ClientKeyExchange, OpenRecord, Progress, SealRecord, ServerHelloDone, Session, Step, Wire,
};

/// Protects nothing.
struct Clear;

impl SealRecord for Clear {
    fn seal(&mut self, _: ContentType, plaintext: &[u8]) -> Result<Vec<u8>, Abort> {
        Ok(plaintext.to_vec())
    }
}

impl OpenRecord for Clear {
    fn open(&mut self, _: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Abort> {
        Ok(fragment.to_vec())
    }
}

/// A handshake of two messages, the first of which is answered.
enum Toy {
    First,
    Second,
}

impl Step for Toy {
    type Sealer = Clear;
    type Opener = Clear;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Clear, Clear>,
    ) -> Result<Progress<Toy>, Abort> {
        let (ServerHelloDone, _) = incoming.message()?;
        match self {
            Toy::First => {
                wire.send_handshake(&ClientKeyExchange(vec![7]).handshake())?;
                Ok(Progress::Next(Toy::Second))
            }
            Toy::Second => Ok(Progress::Open(Session {
                suite: CipherSuite::RsaAes128GcmSha256,
                client_random: [0xaa; 32],
                master_secret: [0xbb; 48],
            })),
        }
    }
}

const OPEN: Status = Status::Open(Suite::Tls12(CipherSuite::RsaAes128GcmSha256));

fn endpoint() -> Endpoint<Toy> {
    Endpoint::new(Toy::First, Wire::new())
}

/// What a peer sends that says this on a wire of its own.
fn sent(say: impl Fn(&mut Wire<Clear, Clear>) -> Result<(), Abort>) -> Vec<u8> {
    let mut wire = Wire::new();
    say(&mut wire).unwrap();
    wire.to_send()
}

fn message(message: &Handshake) -> Vec<u8> {
    sent(|wire| wire.send_handshake(message))
}

fn alert(alert: Alert) -> Vec<u8> {
    sent(|wire| wire.send_alert(alert))
}

fn data(data: &[u8]) -> Vec<u8> {
    sent(|wire| wire.send_data(data))
}

/// An endpoint that is open and has nothing left to send.
fn open() -> Endpoint<Toy> {
    let mut endpoint = endpoint();
    endpoint.receive(&message(&ServerHelloDone.handshake()).repeat(2));
    assert_eq!(endpoint.status(), OPEN);
    endpoint.to_send();
    endpoint
}

#[test]
fn a_handshake_goes_step_by_step() {
    let mut endpoint = endpoint();
    assert_eq!(endpoint.status(), Status::Handshaking);
    let done = message(&ServerHelloDone.handshake());
    endpoint.receive(&done[..3]);
    assert_eq!(endpoint.to_send(), []);
    endpoint.receive(&done[3..]);
    assert_eq!(
        endpoint.to_send(),
        message(&ClientKeyExchange(vec![7]).handshake())
    );
    assert_eq!(endpoint.to_send(), []);
    assert_eq!(
        (endpoint.status(), endpoint.key_log()),
        (Status::Handshaking, vec![])
    );
    endpoint.receive(&done);
    assert_eq!(endpoint.status(), OPEN);
    let line = format!("CLIENT_RANDOM {} {}", "aa".repeat(32), "bb".repeat(48));
    assert_eq!(endpoint.key_log(), [line]);
    let directions: Vec<Direction> = endpoint.passed().iter().map(|one| one.direction).collect();
    assert_eq!(
        directions,
        [Direction::Received, Direction::Sent, Direction::Received]
    );
}

#[test]
fn data_passes_when_it_is_open_and_not_before() {
    let mut endpoint = endpoint();
    assert_eq!(endpoint.send(b"early"), Err(NotOpen));
    assert_eq!(endpoint.to_send(), []);
    let mut endpoint = open();
    endpoint.send(b"question").unwrap();
    assert_eq!(endpoint.to_send(), data(b"question"));
    endpoint.receive(&[data(b"ans"), data(b"wer")].concat());
    assert_eq!(endpoint.received(), b"answer");
    assert_eq!(endpoint.received(), b"");
}

#[test]
fn what_a_step_refuses_ends_it_with_one_alert() {
    let mut endpoint = endpoint();
    let early = [data(b"early"), message(&ServerHelloDone.handshake())].concat();
    endpoint.receive(&early);
    assert_eq!(endpoint.status(), Status::Failed(Abort::UnexpectedMessage));
    assert_eq!(endpoint.to_send(), alert(Alert::UnexpectedMessage));
    // Nothing is taken or said anymore.
    endpoint.receive(&early);
    endpoint.close();
    assert_eq!((endpoint.to_send(), endpoint.received()), (vec![], vec![]));
    assert_eq!(endpoint.send(b"late"), Err(NotOpen));
}

#[test]
fn a_fatal_alert_is_not_answered() {
    for mut endpoint in [endpoint(), open()] {
        endpoint.receive(&[alert(Alert::InternalError), data(b"late")].concat());
        assert_eq!(
            endpoint.status(),
            Status::Failed(Abort::Refused(Alert::InternalError))
        );
        endpoint.close();
        assert_eq!((endpoint.to_send(), endpoint.received()), (vec![], vec![]));
    }
}

#[test]
fn a_goodbye_is_answered_once_and_ends_what_is_received() {
    let mut endpoint = open();
    endpoint.receive(&[data(b"last"), alert(Alert::CloseNotify), data(b"late")].concat());
    endpoint.receive(&data(b"later"));
    assert_eq!(endpoint.status(), Status::Closed);
    assert_eq!(endpoint.received(), b"last");
    endpoint.close();
    assert_eq!(endpoint.to_send(), alert(Alert::CloseNotify));
    assert_eq!(endpoint.send(b"late"), Err(NotOpen));
    assert_eq!(endpoint.key_log().len(), 1);
}

#[test]
fn a_side_that_says_goodbye_first_still_receives() {
    let mut endpoint = open();
    endpoint.close();
    assert_eq!(endpoint.send(b"late"), Err(NotOpen));
    endpoint.receive(&data(b"answer"));
    assert_eq!(
        (endpoint.status(), endpoint.received()),
        (OPEN, b"answer".to_vec())
    );
    endpoint.receive(&alert(Alert::CloseNotify));
    assert_eq!(endpoint.status(), Status::Closed);
    assert_eq!(endpoint.to_send(), alert(Alert::CloseNotify));
}

#[test]
fn a_goodbye_in_a_handshake_ends_it() {
    let mut theirs = endpoint();
    theirs.receive(&alert(Alert::CloseNotify));
    assert_eq!(
        theirs.status(),
        Status::Failed(Abort::Refused(Alert::CloseNotify))
    );
    assert_eq!(theirs.to_send(), alert(Alert::CloseNotify));

    let mut ours = endpoint();
    ours.close();
    ours.receive(&message(&ServerHelloDone.handshake()).repeat(2));
    assert_eq!(ours.status(), Status::Handshaking);
    assert_eq!(ours.to_send(), alert(Alert::CloseNotify));
}

#[test]
fn a_request_to_renegotiate_is_declined_and_other_messages_are_refused() {
    for kind in [HandshakeType::HelloRequest, HandshakeType::ClientHello] {
        let mut endpoint = open();
        endpoint.receive(&message(&Handshake::new(kind, &[])));
        assert_eq!(endpoint.to_send(), alert(Alert::NoRenegotiation));
        endpoint.receive(&data(b"go on"));
        assert_eq!(
            (endpoint.status(), endpoint.received()),
            (OPEN, b"go on".to_vec())
        );
    }
    let refused = [
        message(&ServerHelloDone.handshake()),
        message(&Handshake::new(HandshakeType::NewSessionTicket, &[0; 6])),
        sent(Wire::send_change_cipher_spec),
    ];
    for bytes in refused {
        let mut endpoint = open();
        endpoint.receive(&bytes);
        assert_eq!(endpoint.status(), Status::Failed(Abort::UnexpectedMessage));
        assert_eq!(endpoint.to_send(), alert(Alert::UnexpectedMessage));
    }
}

#[test]
fn messages_without_end_and_without_data_end_the_connection() {
    let mut endpoint = open();
    let request = message(&Handshake::new(HandshakeType::HelloRequest, &[]));
    for _ in 0..2 {
        endpoint.receive(&request.repeat(MAX_IDLE_MESSAGES));
        endpoint.receive(&data(b"data"));
        assert_eq!(endpoint.status(), OPEN);
    }
    endpoint.receive(&request.repeat(MAX_IDLE_MESSAGES));
    // An empty record is not data in between: a peer could send those without end, too.
    let empty = [ContentType::ApplicationData.code(), 3, 3, 0, 0];
    endpoint.receive(&empty);
    assert_eq!(endpoint.status(), OPEN);
    endpoint.receive(&request);
    assert_eq!(endpoint.status(), Status::Failed(Abort::UnexpectedMessage));
}

#[test]
fn a_warning_changes_nothing() {
    for (mut endpoint, status) in [(endpoint(), Status::Handshaking), (open(), OPEN)] {
        endpoint.receive(&alert(Alert::NoRenegotiation));
        assert_eq!((endpoint.status(), endpoint.to_send()), (status, vec![]));
    }
}

#[test]
fn a_session_does_not_show_its_secret() {
    let mut endpoint = open();
    let shown = format!("{:?}", endpoint.established_mut().unwrap());
    assert_eq!(shown, "Session { suite: RsaAes128GcmSha256, .. }");
}
