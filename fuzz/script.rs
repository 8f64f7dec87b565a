//! A handshake that the fuzzer directs: what a peer of the grader does, message by message.
//!
//! ```text
//! input   what the peer is like │ changes to its plan, their number first │ an action for each message
//! ```
//!
//! Where the input ends, the peer goes on honestly. So the empty input is a handshake that succeeds,
//! and each byte takes it away from that.

use given::tls::{Abort, CipherSuite, Connection, SignatureScheme, Status};
use given::tls12::Extension;

use crate::Input;
use crate::{CHAIN, MALLORY, SERVER, key};
use fixtures::tls12::scripted::{ClientPlan, Cuts, Peer, Proof, Say, ServerPlan};

const RSA: CipherSuite = CipherSuite::RsaAes128GcmSha256;
const ECDHE: CipherSuite = CipherSuite::EcdheRsaAes128GcmSha256;

/// What a peer does where a message is due. The numbers are what stands for it in the input.
pub mod action {
    /// The message that is due.
    pub const DUE: u8 = 0;
    pub const LEAVE_OUT: u8 = 1;
    pub const TWICE: u8 = 2;
    /// The next one first.
    pub const LATE: u8 = 3;
    /// The message that is due, and one of its bits is flipped on the way.
    pub const FLIP: u8 = 4;
    /// A message of the type that is due, with bytes of the fuzzer's.
    pub const BODY: u8 = 5;
    /// A message of any type, with bytes of the fuzzer's, before the one that is due.
    pub const MESSAGE: u8 = 6;
    /// A ChangeCipherSpec before the one that is due.
    pub const CHANGE_CIPHER_SPEC: u8 = 7;
    /// Bytes of the fuzzer's, as they are, before the one that is due.
    pub const BYTES: u8 = 8;
    /// Data before the one that is due.
    pub const DATA: u8 = 9;
    pub const CLOSE: u8 = 10;
    pub const COUNT: u8 = 11;
}

/// What a server is like, and whether it has the key that its certificate is for.
pub fn server_plan(input: &mut Input) -> (ServerPlan, bool) {
    let like = Like::read(input);
    let key = key(if like.stands_apart { MALLORY } else { SERVER });
    let mut plan = ServerPlan::honest(like.suite, like.is_extended, &CHAIN, key);
    plan.scheme = like.scheme.code();
    plan.signed_with = (key, like.scheme);
    (plan.cuts, plan.is_careless) = (like.cuts, true);
    for _ in 0..input.u8() % 8 {
        let array = |bytes: &[u8]| bytes.try_into().ok();
        match input.u8() % 16 {
            0 => plan.version = input.u16(),
            1 => plan.session_id = input.bytes().iter().copied().take(255).collect(),
            2 => plan.suite = input.u16(),
            3 => plan.exchange = if plan.exchange == RSA { ECDHE } else { RSA },
            4 => plan.compression = input.u8(),
            5 => plan.extensions.push(other(input)),
            6 => plan.extensions.clear(),
            7 => plan.extensions = vec![Extension::RenegotiationInfo(short(input))],
            8 => plan.group = input.u16(),
            9 => plan.share = Some(short(input)),
            10 => plan.scheme = input.u16(),
            11 => plan.signature = Some(input.bytes().to_vec()),
            12 => plan.signed.client_random = array(input.bytes()),
            13 => plan.signed.server_random = array(input.bytes()),
            14 => plan.signed.share = Some(short(input)),
            _ => plan.finished = proof(input),
        }
    }
    (plan, !like.stands_apart)
}

/// What a client is like.
pub fn client_plan(input: &mut Input) -> ClientPlan {
    let like = Like::read(input);
    let suites = if like.stands_apart {
        vec![RSA, ECDHE]
    } else {
        vec![like.suite]
    };
    let mut plan = ClientPlan::honest(&suites, like.is_extended, &CHAIN, key(SERVER));
    (plan.cuts, plan.is_careless) = (like.cuts, true);
    for _ in 0..input.u8() % 8 {
        match input.u8() % 12 {
            0 => plan.version = input.u16(),
            1 => plan.session_id = input.bytes().iter().copied().take(255).collect(),
            2 => plan.suites.insert(0, input.u16()),
            3 => plan.suites = vec![input.u16()],
            4 => plan.compression_methods = short(input),
            5 => plan.extensions.push(other(input)),
            6 => plan.extensions.clear(),
            7 => plan
                .extensions
                .push(Extension::RenegotiationInfo(short(input))),
            8 => plan.share = Some(short(input)),
            9 => plan.wrap = |key, premaster| key.pkcs1v15_encrypt(&premaster[1..]).expect("short"),
            10 => plan.wrap = |_, premaster| premaster.repeat(3)[..128].to_vec(),
            _ => plan.finished = proof(input),
        }
    }
    plan
}

/// What the first bytes say.
struct Like {
    suite: CipherSuite,
    is_extended: bool,
    /// For a server: it has another key than its certificate. For a client: it offers both suites.
    stands_apart: bool,
    scheme: SignatureScheme,
    cuts: Cuts,
}

impl Like {
    fn read(input: &mut Input) -> Like {
        let flags = input.u8();
        let flag = |bit: u8| flags >> bit & 1 == 1;
        let cuts = Cuts {
            records: if flag(4) {
                vec![1 + usize::from(input.u8())]
            } else {
                vec![1 << 14]
            },
            joined: flag(3),
            calls: vec![usize::MAX],
        };
        Like {
            suite: if flag(0) { ECDHE } else { RSA },
            is_extended: flag(1),
            stands_apart: flag(2),
            scheme: if flag(5) {
                SignatureScheme::RsaPkcs1Sha256
            } else {
                SignatureScheme::RsaPssRsaeSha256
            },
            cuts,
        }
    }
}

fn other(input: &mut Input) -> Extension {
    Extension::Other {
        code: input.u16(),
        body: short(input),
    }
}

/// Bytes that fit behind one byte of length.
fn short(input: &mut Input) -> Vec<u8> {
    let length = usize::from(input.u8()).min(input.0.len());
    let (bytes, rest) = input.0.split_at(length);
    input.0 = rest;
    bytes.to_vec()
}

fn proof(input: &mut Input) -> Proof {
    match input.u8() {
        0..96 => Proof::Reflected,
        96..100 => Proof::Stale,
        bit => Proof::Flipped(usize::from(bit) % 96),
    }
}

/// What the answer's connection goes through.
pub struct Stage<'a> {
    pub answer: &'a mut dyn Connection,
    pub peer: &'a mut dyn Peer<Say = Say>,
    /// Whether a message of the handshake has been changed on the way to the answer.
    pub is_tampered: bool,
    was_open: bool,
}

impl<'a> Stage<'a> {
    pub fn new(answer: &'a mut dyn Connection, peer: &'a mut dyn Peer<Say = Say>) -> Stage<'a> {
        Stage {
            answer,
            peer,
            is_tampered: false,
            was_open: false,
        }
    }

    /// Has the peer follow its script, as far as the input lets it.
    pub fn play(&mut self, script: &[Say], is_server: bool, input: &mut Input) {
        let mut script = script.to_vec();
        // Whatever the input says, there comes an end.
        for _ in 0..64 {
            if script.is_empty() {
                break;
            }
            if self.peer.waits_before(&script[0]) {
                self.carry(None);
            }
            let mut flip = None;
            match input.u8() % action::COUNT {
                action::LEAVE_OUT => drop(script.remove(0)),
                action::TWICE => self.peer.say(&script[0]),
                action::LATE if script.len() > 1 => script.swap(0, 1),
                action::FLIP => {
                    self.carry(None);
                    flip = Some((input.u16(), input.u8()));
                    let due = script.remove(0);
                    self.peer.say(&due);
                }
                action::BODY => {
                    let due = script.remove(0);
                    let kind = kind(&due, is_server);
                    self.peer.say(&Say::Message(kind, input.bytes().to_vec()));
                }
                action::MESSAGE => {
                    let kind = input.u8();
                    self.peer.say(&Say::Message(kind, input.bytes().to_vec()));
                }
                action::CHANGE_CIPHER_SPEC => self.peer.say(&Say::ChangeCipherSpec),
                action::BYTES => {
                    self.carry(None);
                    let bytes = input.bytes();
                    self.receive(bytes);
                }
                action::DATA => self.peer.say(&Say::Data(short(input))),
                action::CLOSE => self.peer.say(&Say::Close),
                _ => {
                    let due = script.remove(0);
                    self.peer.say(&due);
                }
            }
            self.carry(flip);
        }
        self.carry(None);
    }

    /// Carries bytes until nobody has anything to say. A bit of the first that go to the answer is
    /// flipped, if it is one of a message of the handshake.
    fn carry(&mut self, mut flip: Option<(u16, u8)>) {
        loop {
            let mut to_answer = self.peer.take_outgoing();
            let to_peer = self.answer.to_send();
            if to_answer.is_empty() && to_peer.is_empty() {
                return;
            }
            if let Some((place, bit)) = flip.take() {
                self.is_tampered |= flipped(&mut to_answer, place, bit);
            }
            self.receive(&to_answer);
            self.peer.hear(&to_peer);
        }
    }

    /// Gives these bytes to the answer, and looks at what must hold whatever they are.
    fn receive(&mut self, bytes: &[u8]) {
        let had_failed = matches!(self.answer.status(), Status::Failed(_));
        self.answer.receive(bytes);
        let status = self.answer.status();
        self.was_open |= matches!(status, Status::Open(_) | Status::Closed);
        let received = self.answer.received();
        match status {
            Status::Failed(_) if had_failed => {
                assert!(received.is_empty(), "data after the end");
            }
            // It may have opened and failed within these bytes.
            Status::Failed(abort) => {
                let told = self.answer.to_send();
                let is_told = !told.is_empty();
                let tells = abort.alert().is_some();
                assert!(is_told || !tells, "{abort:?}, and no alert");
                self.peer.hear(&told);
            }
            Status::Handshaking => assert!(received.is_empty(), "data before Finished"),
            Status::Open(_) | Status::Closed => {}
        }
    }

    /// Whether it is open, or was until the peer closed it.
    pub fn is_open(&self) -> bool {
        matches!(self.answer.status(), Status::Open(_) | Status::Closed)
    }

    /// Whether it has been open at any time.
    pub fn was_open(&self) -> bool {
        self.was_open
    }

    /// Why it has ended.
    pub fn abort(&self) -> Option<Abort> {
        match self.answer.status() {
            Status::Failed(abort) => Some(abort),
            _ => None,
        }
    }
}

/// The type of the message that is due.
pub fn kind(due: &Say, is_server: bool) -> u8 {
    match due {
        Say::Hello if is_server => 2,
        Say::Hello => 1,
        Say::Certificate => 11,
        Say::KeyExchange if is_server => 12,
        Say::KeyExchange => 16,
        Say::HelloDone => 14,
        _ => 20,
    }
}

/// Flips a bit of what is in the first records of handshake messages and ChangeCipherSpecs, if
/// there are any.
fn flipped(records: &mut [u8], place: u16, bit: u8) -> bool {
    let mut places = Vec::new();
    let mut start = 0;
    while let [kind, _, _, high, low, ..] = records[start..] {
        let end = start + 5 + usize::from(u16::from_be_bytes([high, low]));
        if matches!(kind, 20 | 22) {
            places.extend(start + 5..end.min(records.len()));
        }
        start = end.min(records.len());
    }
    let Some(&place) = places.get(usize::from(place) % places.len().max(1)) else {
        return false;
    };
    records[place] ^= 1 << (bit % 8);
    true
}
