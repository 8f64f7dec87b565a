//! A handshake that the fuzzer directs: what the grader's peer does, message by message.
//!
//! ```text
//! input   what the peer is like │ changes to its plan, their number first │ an action for each message
//! ```
//!
//! When the input ends, the peer goes on honestly. So the empty input is a handshake that succeeds,
//! and each byte takes it further away from that.

use fixtures::tls::peer::Peer;
use given::tls::{Abort, Connection, Status};

use crate::Input;
use crate::script::short;

/// What a peer does when a message is due. The input encodes it as these numbers.
pub mod action {
    /// The message that is due.
    pub const DUE: u8 = 0;
    pub const LEAVE_OUT: u8 = 1;
    pub const TWICE: u8 = 2;
    /// The next one comes first.
    pub const LATE: u8 = 3;
    /// The message that is due, with one of its bits flipped in transit.
    pub const FLIP: u8 = 4;
    /// A message of the type that is due, with the fuzzer's bytes.
    pub const BODY: u8 = 5;
    /// A message of any type, with the fuzzer's bytes, before the one that is due.
    pub const MESSAGE: u8 = 6;
    /// A ChangeCipherSpec before the one that is due.
    pub const CHANGE_CIPHER_SPEC: u8 = 7;
    /// The fuzzer's bytes, as they are, before the one that is due.
    pub const BYTES: u8 = 8;
    /// Data before the one that is due.
    pub const DATA: u8 = 9;
    pub const CLOSE: u8 = 10;
    pub const COUNT: u8 = 11;
}

/// What a peer says, in either version.
pub trait Due: Clone {
    /// The types of the records in which a bit is flipped. After such a flip, no connection may be
    /// open.
    const TAMPERED: &[u8];

    /// The type of the message that is due.
    fn kind(&self, is_server: bool) -> u8;

    /// A message of this type.
    fn message(kind: u8, body: Vec<u8>) -> Self;

    /// A ChangeCipherSpec.
    fn change_cipher_spec() -> Self;

    /// Application data.
    fn data(data: Vec<u8>) -> Self;

    /// A close_notify.
    fn close() -> Self;
}

/// An answer's connection, and the peer that it talks to.
pub struct Stage<'a, S: Due> {
    pub answer: &'a mut dyn Connection,
    pub peer: &'a mut dyn Peer<Say = S>,
    /// Whether a handshake message was changed in transit to the answer.
    pub is_tampered: bool,
    was_open: bool,
}

impl<'a, S: Due> Stage<'a, S> {
    pub fn new(answer: &'a mut dyn Connection, peer: &'a mut dyn Peer<Say = S>) -> Stage<'a, S> {
        Stage {
            answer,
            peer,
            is_tampered: false,
            was_open: false,
        }
    }

    /// Makes the peer follow its script, as far as the input lets it.
    pub fn play(&mut self, script: &[S], is_server: bool, input: &mut Input) {
        let mut script = script.to_vec();
        // Whatever the input says, this ends.
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
                    let kind = due.kind(is_server);
                    self.peer.say(&S::message(kind, input.bytes().to_vec()));
                }
                action::MESSAGE => {
                    let kind = input.u8();
                    self.peer.say(&S::message(kind, input.bytes().to_vec()));
                }
                action::CHANGE_CIPHER_SPEC => self.peer.say(&S::change_cipher_spec()),
                action::BYTES => {
                    self.carry(None);
                    let bytes = input.bytes();
                    self.receive(bytes);
                }
                action::DATA => self.peer.say(&S::data(short(input))),
                action::CLOSE => self.peer.say(&S::close()),
                _ => {
                    let due = script.remove(0);
                    self.peer.say(&due);
                }
            }
            self.carry(flip);
        }
        self.carry(None);
    }

    /// Carries bytes until neither has anything to say. A bit of the first bytes for the answer is
    /// flipped, if it belongs to a handshake message.
    fn carry(&mut self, mut flip: Option<(u16, u8)>) {
        loop {
            let mut to_answer = self.peer.take_outgoing();
            let to_peer = self.answer.to_send();
            if to_answer.is_empty() && to_peer.is_empty() {
                return;
            }
            if let Some((place, bit)) = flip.take() {
                // What comes after a close_notify is ignored.
                let is_closed = self.answer.status() == Status::Closed;
                self.is_tampered |= !is_closed & flipped(&mut to_answer, S::TAMPERED, place, bit);
            }
            self.receive(&to_answer);
            self.peer.hear(&to_peer);
        }
    }

    /// Gives these bytes to the answer, and checks what must hold whatever they are.
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
                assert!(is_told || !tells, "{abort:?}, but no alert");
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

/// Flips a bit of the content of the records of these kinds, if there are any.
fn flipped(records: &mut [u8], kinds: &[u8], place: u16, bit: u8) -> bool {
    let mut places = Vec::new();
    let mut start = 0;
    while let [kind, _, _, high, low, ..] = records[start..] {
        let end = start + 5 + usize::from(u16::from_be_bytes([high, low]));
        if kinds.contains(&kind) {
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
