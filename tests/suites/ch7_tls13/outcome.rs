//! How a handshake must end.

use std::fmt;

use given::tls::{Alert, Connection, Status, Suite};
use harness::{Broken, check};

use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls::report::tell;
use fixtures::tls13::scripted::{Cuts, Level, Say, Told};

/// Checks that a handshake of the learner's client ends like this.
macro_rules! client_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of client(config, first)", $end, $expected)
    };
}

/// Checks that a handshake of the learner's server ends like this.
macro_rules! server_ends {
    ($end:expr, $expected:expr $(,)?) => {
        $crate::outcome::ends!("the handshake of server(config)", $end, $expected)
    };
}

macro_rules! ends {
    ($asked:literal, $end:expr, $expected:expr) => {{
        harness::search::ask($asked);
        match (&$end, &$expected) {
            (end, expected) => {
                harness::search::answered();
                harness::check!(end == expected, format!("{expected:?}"), end, $asked);
            }
        }
    }};
}

pub(crate) use {client_ends, ends, server_ends};

/// How a handshake ended for the learner.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The learner has ended the connection and sent this alert, sealed like this.
    Refused(Alert, Level),
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

    /// The peer has ended the connection with this alert.
    pub fn ended(alert: Alert) -> Outcome {
        Outcome::Other(End::Ended(alert))
    }
}

/// As the learner reads it.
impl fmt::Debug for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Refused(alert, level) => {
                let how = match level {
                    Level::Plaintext => "in plaintext",
                    Level::Handshake => "sealed with its handshake key",
                    Level::Application(0) => "sealed with its key for data",
                    Level::Application(_) => "sealed with a later key for data",
                };
                write!(out, "Refused({alert:?}), {how}")
            }
            Outcome::Other(end) => write!(out, "{}", harness::show::text(&harness::pieces!(end))),
        }
    }
}

/// How the connection between these two stands.
pub fn outcome(learner: &mut dyn Connection, peer: &dyn Told) -> Outcome {
    let received = learner.received();
    match (End::of(learner, &received, peer), peer.told_under()) {
        (End::Refused(alert), Some(level)) => Outcome::Refused(alert, level),
        (end, _) => Outcome::Other(end),
    }
}

/// How a handshake with this peer and its script ends.
pub fn end_with(learner: &mut dyn Connection, peer: &mut dyn Told, script: &[Say]) -> Outcome {
    play(learner, peer, script, &Cuts::none(), &mut Mallory::nobody());
    let outcome = outcome(learner, peer);
    tell(learner);
    outcome
}

/// Checks that the connection is not open, and that no data was handed out.
pub fn stays_shut(learner: &mut dyn Connection) -> Result<(), Broken> {
    let (status, received) = (learner.status(), learner.received());
    let is_open = matches!(status, Status::Open(_) | Status::Closed);
    check!(!is_open, "a connection that is not open", status);
    check!(received.is_empty(), "no data", received);
    Ok(())
}
