//! What stands between the learner and a peer: it carries bytes from the one to the other, and
//! where Mallory has her hands in it, she changes a record on the way.

use std::fmt;

use given::tls::{Abort, Alert, CipherSuite, Connection, Status};
use given::x509::Certificate;
use harness::show::{Piece, Show};
use proptest::prelude::*;
use proptest::sample::Index;

use super::peers::{Cuts, Peer, Say};
use crate::strategies::{Bit, bit, bytes};

/// What becomes of a record on the way.
#[derive(Debug, Clone)]
pub enum Change {
    /// A bit of what is in it is flipped.
    Flipped(Bit),
    LeftOut,
    Doubled,
    /// It comes after the next one.
    Late,
    /// It ends early.
    Shortened(Index),
    /// Bytes are set behind what is in it.
    Extended(Vec<u8>),
    /// Something else is in it.
    Replaced(Vec<u8>),
}

/// Any change.
pub fn change() -> BoxedStrategy<Change> {
    prop_oneof![
        8 => bit().prop_map(Change::Flipped),
        1 => Just(Change::LeftOut),
        1 => Just(Change::Doubled),
        1 => Just(Change::Late),
        1 => any::<Index>().prop_map(Change::Shortened),
        1 => bytes(1..=40).prop_map(Change::Extended),
        1 => bytes(1..=80).prop_map(Change::Replaced),
    ]
    .boxed()
}

/// Any change to one of these records.
pub fn attack(records: usize) -> BoxedStrategy<Attack> {
    let attack = (0..records, change()).prop_map(|(record, change)| Attack { record, change });
    attack.boxed()
}

/// One change: to the record with this number in its direction.
#[derive(Debug, Clone)]
pub struct Attack {
    pub record: usize,
    pub change: Change,
}

impl Show for Attack {
    fn pieces(&self) -> Vec<Piece> {
        let text = |text: &str| Piece::Text(text.to_owned());
        let mut pieces = vec![Piece::Text(format!("record {} ", self.record))];
        match &self.change {
            Change::Flipped(bit) => {
                pieces.push(text("has flipped "));
                pieces.extend(bit.pieces());
            }
            Change::LeftOut => pieces.push(text("is left out")),
            Change::Doubled => pieces.push(text("comes twice")),
            Change::Late => pieces.push(text("comes after the next")),
            Change::Shortened(at) => {
                let share = at.index(1000) as f64 / 10.0;
                pieces.push(Piece::Text(format!("ends at {share} % of its length")));
            }
            Change::Extended(more) => {
                pieces.push(text("is extended by "));
                pieces.extend(more.pieces());
            }
            Change::Replaced(other) => {
                pieces.push(text("is replaced by "));
                pieces.extend(other.pieces());
            }
        }
        pieces
    }
}

/// Mallory, and how many records she has seen in each direction.
#[derive(Debug, Default)]
pub struct Mallory {
    /// What she does to what the learner gets.
    pub to_learner: Option<Attack>,
    /// What she does to what the peer gets.
    pub to_peer: Option<Attack>,
    seen: (usize, usize),
}

impl Mallory {
    /// Nobody is there.
    pub fn nobody() -> Mallory {
        Mallory::default()
    }

    /// She changes what the learner gets.
    pub fn to_learner(attack: Attack) -> Mallory {
        Mallory {
            to_learner: Some(attack),
            ..Mallory::default()
        }
    }

    /// She changes what the peer gets.
    pub fn to_peer(attack: Attack) -> Mallory {
        Mallory {
            to_peer: Some(attack),
            ..Mallory::default()
        }
    }
}

/// `bytes` as they arrive, if `seen` records have passed before.
pub fn on_the_way(bytes: Vec<u8>, seen: &mut usize, attack: Option<&Attack>) -> Vec<u8> {
    let Some(Attack { record, change }) = attack else {
        return bytes;
    };
    let mut records = records(&bytes);
    let place = record.checked_sub(*seen);
    *seen += records.len();
    let Some(place) = place.filter(|place| *place < records.len()) else {
        return bytes;
    };
    let (header, content) = records[place].split_at(HEADER);
    let with = |content: &[u8]| {
        let length = u16::try_from(content.len()).expect("a record is short");
        [&header[..3], &length.to_be_bytes(), content].concat()
    };
    let changed = match change {
        Change::Flipped(bit) => with(&bit.flipped(content)),
        Change::Shortened(at) => with(&content[..at.index(content.len())]),
        Change::Extended(more) => with(&[content, more].concat()),
        Change::Replaced(other) => with(other),
        Change::LeftOut => Vec::new(),
        Change::Doubled => records[place].repeat(2),
        Change::Late if place + 1 < records.len() => {
            records.swap(place, place + 1);
            return records.concat();
        }
        Change::Late => Vec::new(),
    };
    records[place] = changed;
    records.concat()
}

const HEADER: usize = 5;

/// Bytes that are whole records, record by record.
pub fn records(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while let [_, _, _, high, low, ..] = *rest {
        let length = HEADER + usize::from(u16::from_be_bytes([high, low]));
        let (record, after) = rest.split_at(length.min(rest.len()));
        records.push(record.to_vec());
        rest = after;
    }
    records
}

/// Has the peer speak its script to the learner, and the learner answer, until nobody has anything
/// more to say.
pub fn play(
    learner: &mut dyn Connection,
    peer: &mut dyn Peer,
    script: &[Say],
    cuts: &Cuts,
    mallory: &mut Mallory,
) {
    for say in script {
        if peer.waits_before(say) {
            exchange(learner, peer, cuts, mallory);
        }
        peer.say(say);
    }
    exchange(learner, peer, cuts, mallory);
}

fn exchange(learner: &mut dyn Connection, peer: &mut dyn Peer, cuts: &Cuts, mallory: &mut Mallory) {
    loop {
        let (to_learner, to_peer) = (peer.line().take_outgoing(), learner.to_send());
        if to_learner.is_empty() && to_peer.is_empty() {
            return;
        }
        let seen = &mut mallory.seen;
        let to_learner = on_the_way(to_learner, &mut seen.0, mallory.to_learner.as_ref());
        let mut rest = to_learner.as_slice();
        for length in cuts.calls.iter().cycle() {
            let (part, after) = rest.split_at(rest.len().min(*length));
            learner.receive(part);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        peer.hear(&on_the_way(to_peer, &mut seen.1, mallory.to_peer.as_ref()));
    }
}

/// How a handshake ended for the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is open with this suite, and an honest peer has nothing to complain of.
    Open(CipherSuite),
    /// The peer has said that it sends no more.
    Closed,
    /// It waits for more.
    Waiting,
    /// It has ended the connection, and said so in this alert.
    Refused(Alert),
    /// The peer has ended the connection with this alert.
    Ended(Alert),
    /// Something that must not be.
    Bad(Wrong),
}

/// What must not be, in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Wrong(String);

impl fmt::Debug for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl End {
    /// How it ended between these two. What the learner has received is `received`.
    pub fn of(learner: &dyn Connection, received: &[u8], peer: &mut dyn Peer) -> End {
        let line = peer.line();
        let bad = |what: String| {
            let complaint = line.complaint.iter();
            let complaint = complaint.map(|why| format!("; the peer complains: {why}"));
            End::Bad(Wrong(what + &complaint.collect::<String>()))
        };
        let status = learner.status();
        let is_open = matches!(status, Status::Open(_) | Status::Closed);
        if !is_open && !received.is_empty() {
            return bad(format!("{status:?}, and data was given out"));
        }
        match status {
            _ if is_open && line.complaint.is_some() => bad(format!("{status:?}")),
            Status::Open(suite) => End::Open(suite),
            Status::Closed => End::Closed,
            Status::Handshaking => End::Waiting,
            Status::Failed(Abort::Refused(alert)) if line.complaint.is_none() => End::Ended(alert),
            Status::Failed(Abort::Refused(_)) => bad(format!("{status:?}")),
            Status::Failed(abort) => match abort.alert() {
                Some(alert) if line.told == [alert] => End::Refused(alert),
                _ => bad(format!("{abort:?}, and the peer is told {:?}", line.told)),
            },
        }
    }
}

/// The certificates in DER.
pub fn encoded(chain: &[Certificate]) -> Vec<Vec<u8>> {
    chain.iter().map(|one| one.to_der().to_vec()).collect()
}
