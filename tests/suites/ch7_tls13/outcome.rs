//! How a handshake must end, and what else its report says: the step, the learner's own reason, the
//! trace, and where the two sides differ.

use given::tls::{Abort, Alert, Connection, Status, Suite};
use harness::show::Words;
use harness::{Broken, check, notes, with};

use crate::thoughts::{think_of, think_of_complaint};
use fixtures::tls::mallory::{End, Mallory, play};
pub use fixtures::tls::report::tell;
use fixtures::tls13::report::step;
use fixtures::tls13::scripted::{Cuts, Differs, Level, Quirk, Say, Side, Told};

/// A handshake of the learner's client must end like this.
macro_rules! client_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of client(config, first)", $end, $expected)
    };
}

/// A handshake of the learner's server must end like this.
macro_rules! server_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of server(config)", $end, $expected)
    };
}

macro_rules! ends {
    ($asked:literal, $end:expr, $expected:expr) => {{
        harness::search::ask($asked);
        match (&$end, &$expected) {
            (ended, expected) => {
                harness::search::answered();
                $crate::outcome::must_be(ended, expected, $asked)?;
            }
        }
    }};
}

pub(crate) use {client_ends, ends, server_ends};

/// How a handshake ended for the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The learner's side has ended the connection and sent this alert, sealed like this.
    Refused(Alert, Level),
    /// The learner's side waits for more, but the peer has this complaint.
    Complained(String),
    /// Anything else.
    Other(End),
}

impl Outcome {
    /// It is open, and an honest peer has no complaint.
    pub fn open() -> Outcome {
        Outcome::Other(End::Open(Suite::Tls13))
    }

    /// The peer has said that it sends no more.
    pub fn closed() -> Outcome {
        Outcome::Other(End::Closed)
    }

    /// It is not over: the learner's side waits for more.
    pub fn waiting() -> Outcome {
        Outcome::Other(End::Waiting)
    }

    /// The peer has ended the connection with this alert.
    pub fn ended(alert: Alert) -> Outcome {
        Outcome::Other(End::Ended(alert))
    }

    /// As the learner reads it.
    fn words(&self) -> String {
        let of_end = |end: &End| harness::show::text(&harness::pieces!(end));
        match self {
            Outcome::Refused(alert, level) => {
                let how = match level {
                    Level::Plaintext => "in plaintext",
                    Level::Handshake => "sealed with your key for the handshake",
                    Level::Application(0) => "sealed with your key for data",
                    Level::Application(_) => "sealed with your key for data after a KeyUpdate",
                };
                format!("{}, {how}", of_end(&End::Refused(*alert)))
            }
            Outcome::Complained(why) => {
                format!("{}\nThe peer complains: {why}", of_end(&End::Waiting))
            }
            Outcome::Other(end) => of_end(end),
        }
    }
}

/// How a handshake ended and, for a report, in which step of the learner's side.
#[derive(Debug, Clone)]
pub struct Ended {
    outcome: Outcome,
    step: Option<&'static str>,
}

/// Checks that it has ended like this.
pub fn must_be(ended: &Ended, expected: &Outcome, asked: &str) -> Result<(), Broken> {
    if ended.outcome == *expected {
        return Ok(());
    }
    let (expected, got) = (expected.words(), ended.outcome.words());
    Err(Broken::expected(ended.step.unwrap_or(asked), expected, got))
}

/// How the connection between these two ended, or that it has not.
pub fn outcome(learner: &mut dyn Connection, peer: &dyn Told) -> Ended {
    let outcome = outcome_alone(learner, peer);
    let mut called = None;
    if notes::are_taken() {
        tell(learner);
        if let Status::Failed(abort) = learner.status() {
            called = step(other(peer.side()), &learner.passed(), &abort);
        }
    }
    Ended {
        outcome,
        step: called,
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::Client => Side::Server,
        Side::Server => Side::Client,
    }
}

fn outcome_alone(learner: &mut dyn Connection, peer: &dyn Told) -> Outcome {
    let received = learner.received();
    let complaint = &peer.heard().complaint;
    match (
        End::of(learner, &received, peer),
        peer.told_under(),
        complaint,
    ) {
        (End::Refused(alert), Some(level), _) => Outcome::Refused(alert, level),
        (End::Waiting, _, Some(why)) => Outcome::Complained(why.clone()),
        (end, ..) => Outcome::Other(end),
    }
}

/// How a handshake with this peer and its script ends.
pub fn end_with(learner: &mut dyn Connection, peer: &mut dyn Told, script: &[Say]) -> Ended {
    play_alone(learner, peer, script);
    outcome(learner, peer)
}

/// The same, but nothing is noted for the report: with a peer that has a quirk, for example.
pub fn play_alone(learner: &mut dyn Connection, peer: &mut dyn Told, script: &[Say]) {
    play(learner, peer, script, &Cuts::none(), &mut Mallory::nobody());
}

/// The same with a peer that is honest: if the learner's side gives up, the reason is its own. If
/// the handshake does not end as `expected`, the report says what differs: `pair` makes both sides
/// again, this time with a peer that has a quirk.
pub fn end_with_honest<Learner: Connection, Peer: Told + Differs>(
    learner: &mut Learner,
    peer: &mut Peer,
    script: &[Say],
    expected: &Outcome,
    pair: impl Fn(Quirk) -> (Learner, Peer),
) -> Ended {
    let ended = end_with(learner, peer, script);
    if ended.outcome != *expected {
        explain(learner, peer, Some(expected), |quirk| {
            let (mut learner, mut peer) = pair(quirk);
            play_alone(&mut learner, &mut peer, script);
            outcome_alone(&mut learner, &peer) == *expected
        });
    }
    ended
}

/// Notes for a report why the handshake with an honest peer went wrong, and what differs. If
/// `expected` is a refusal, the learner's side has to end the connection. `is_well` tells whether
/// all is well with a peer that has this quirk.
pub fn explain<Peer: Told + Differs>(
    learner: &dyn Connection,
    peer: &Peer,
    expected: Option<&Outcome>,
    is_well: impl FnMut(Quirk) -> bool,
) {
    if !notes::are_taken() {
        return;
    }
    match (learner.status(), &peer.heard().complaint) {
        _ if matches!(expected, Some(Outcome::Refused(..))) => {}
        // What the peer can't read may be the alert for it.
        (Status::Failed(abort), _) if !matches!(abort, Abort::Refused(_)) => think_of(&abort),
        (_, Some(complaint)) => think_of_complaint(complaint),
        _ => {}
    }
    tell_difference(peer, is_well);
}

/// Notes what the learner's side computes differently from an honest peer: if all is well with a
/// peer that has a quirk, and not with one that has none, it has the same quirk.
fn tell_difference(honest: &dyn Differs, mut is_well: impl FnMut(Quirk) -> bool) {
    let differences = Quirk::all().into_iter().filter_map(|quirk| {
        let words = honest.difference(quirk)?;
        Some((quirk, words))
    });
    for (quirk, words) in differences {
        if is_well(quirk) {
            with!("what differs" = Words(words));
            notes::think(Some(quirk.thought()));
            return;
        }
    }
}

/// Checks the lines of a key log. The report shows the first one that is wrong.
pub fn must_log(
    key_log: &[String],
    expected: &[String],
    asked: &'static str,
) -> Result<(), Broken> {
    for (place, expected) in expected.iter().enumerate() {
        let line = key_log.get(place);
        let got = Words(line.cloned().unwrap_or_else(|| "no such line".to_owned()));
        with!("line" = place + 1);
        check!(line == Some(expected), expected, got, asked);
    }
    let is_all = key_log.len() == expected.len();
    let got = Words(format!("{} lines", key_log.len()));
    check!(is_all, format!("{} lines", expected.len()), got, asked);
    Ok(())
}

/// Codes as the lesson writes them.
pub fn in_hex(codes: &[u16]) -> Words {
    let codes: Vec<String> = codes.iter().map(|code| format!("{code:#06x}")).collect();
    Words(codes.join(", "))
}

/// Checks that the connection has not opened, or not stayed open, and that no data was handed out.
pub fn stays_shut(learner: &mut dyn Connection) -> Result<(), Broken> {
    let (status, received) = (learner.status(), learner.received());
    tell(learner);
    let is_open = matches!(status, Status::Open(_) | Status::Closed);
    check!(
        !is_open,
        "a connection that is not open",
        status,
        "status()"
    );
    check!(received.is_empty(), "no data", received, "received()");
    Ok(())
}
