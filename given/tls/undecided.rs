//! A connection that does not know its version yet: the first message of the peer decides.

use super::abort::Abort;
use super::connection::{Connection, NotOpen, Status};
use super::endpoint::Endpoint;
use super::handshake::Handshake;
use super::incoming::Incoming;
use super::names::Alert;
use super::passed::Passed;
use super::records::RecordLayer;
use super::step::Step;
use crate::{tls12, tls13};

/// Chooses a version, and with it the first step of a handshake.
pub trait Choose: Sized {
    /// The handshake of TLS 1.2.
    type Tls12: tls12::Step;
    /// Seals the records that this side sends in TLS 1.3.
    type Sealer: tls13::SealRecord;
    /// Opens the records of the other side in TLS 1.3.
    type Opener: tls13::OpenRecord;
    /// The handshake of TLS 1.3.
    type Tls13: Step<Wire = tls13::Wire<Self::Sealer, Self::Opener>>;

    /// Looks at the first message of the peer. The step that is returned receives it.
    ///
    /// # Errors
    /// It is not a message that comes first, or the version that it asks for can't be believed. The
    /// connection then ends.
    fn choose(self, first: &Handshake) -> Result<Chosen<Self::Tls12, Self::Tls13>, Abort>;
}

/// The version that was chosen, by the first step of its handshake.
pub enum Chosen<Tls12, Tls13> {
    /// TLS 1.2.
    Tls12(Tls12),
    /// TLS 1.3.
    Tls13(Tls13),
}

enum State<C: Choose> {
    Waiting(C, tls13::Wire<C::Sealer, C::Opener>),
    Tls12(Endpoint<C::Tls12>),
    Tls13(Endpoint<C::Tls13>),
    /// It ended before a version was chosen.
    Failed(Abort, tls13::Wire<C::Sealer, C::Opener>),
}

/// A connection of either version. Until one is chosen, it reads records as TLS 1.3 does.
pub struct Undecided<C: Choose> {
    state: Option<State<C>>,
}

/// There is always a state, except while a message is received.
const STATE: &str = "a state";

impl<C: Choose> Undecided<C> {
    /// A connection that has `choose` look at the first message. Anything that this side says before it
    /// is on `wire` already.
    pub fn new(choose: C, wire: tls13::Wire<C::Sealer, C::Opener>) -> Undecided<C> {
        Undecided {
            state: Some(State::Waiting(choose, wire)),
        }
    }

    fn chosen(&self) -> Option<&dyn Connection> {
        match self.state.as_ref().expect(STATE) {
            State::Tls12(endpoint) => Some(endpoint),
            State::Tls13(endpoint) => Some(endpoint),
            State::Waiting(..) | State::Failed(..) => None,
        }
    }

    fn chosen_mut(&mut self) -> Option<&mut dyn Connection> {
        match self.state.as_mut().expect(STATE) {
            State::Tls12(endpoint) => Some(endpoint),
            State::Tls13(endpoint) => Some(endpoint),
            State::Waiting(..) | State::Failed(..) => None,
        }
    }

    fn wire(&mut self) -> Option<&mut tls13::Wire<C::Sealer, C::Opener>> {
        match self.state.as_mut().expect(STATE) {
            State::Waiting(_, wire) | State::Failed(_, wire) => Some(wire),
            State::Tls12(_) | State::Tls13(_) => None,
        }
    }
}

/// The state that follows from what has arrived.
fn decide<C: Choose>(choose: C, mut wire: tls13::Wire<C::Sealer, C::Opener>) -> State<C> {
    let incoming = match wire.next() {
        Ok(Some(incoming)) => incoming,
        Ok(None) => return State::Waiting(choose, wire),
        Err(abort) => return failed(abort, wire),
    };
    let chosen = match &incoming {
        Incoming::Handshake(first) => choose.choose(first),
        Incoming::CloseNotify => Err(Abort::Refused(Alert::CloseNotify)),
        _ => Err(Abort::UnexpectedMessage),
    };
    match chosen {
        Ok(Chosen::Tls12(step)) => {
            let wire = wire.into_tls12();
            State::Tls12(Endpoint::resumed(step, wire, incoming))
        }
        Ok(Chosen::Tls13(step)) => State::Tls13(Endpoint::resumed(step, wire, incoming)),
        Err(abort) => failed(abort, wire),
    }
}

/// The connection has ended for this reason, which the peer is told.
fn failed<C: Choose>(abort: Abort, mut wire: tls13::Wire<C::Sealer, C::Opener>) -> State<C> {
    if let Some(alert) = abort.alert() {
        // If not even an alert can be sent, the connection ends without one.
        let _ = wire.send_alert(alert);
    }
    State::Failed(abort, wire)
}

impl<C: Choose> Connection for Undecided<C> {
    fn receive(&mut self, bytes: &[u8]) {
        if let Some(chosen) = self.chosen_mut() {
            return chosen.receive(bytes);
        }
        let state = match self.state.take().expect(STATE) {
            State::Waiting(choose, mut wire) => {
                wire.receive(bytes);
                decide(choose, wire)
            }
            over => over,
        };
        self.state = Some(state);
    }

    fn to_send(&mut self) -> Vec<u8> {
        if let Some(wire) = self.wire() {
            return wire.to_send();
        }
        self.chosen_mut().expect(STATE).to_send()
    }

    fn status(&self) -> Status {
        match self.state.as_ref().expect(STATE) {
            State::Waiting(..) => Status::Handshaking,
            State::Failed(abort, _) => Status::Failed(abort.clone()),
            State::Tls12(endpoint) => endpoint.status(),
            State::Tls13(endpoint) => endpoint.status(),
        }
    }

    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen> {
        self.chosen_mut().ok_or(NotOpen)?.send(data)
    }

    fn received(&mut self) -> Vec<u8> {
        self.chosen_mut()
            .map_or_else(Vec::new, Connection::received)
    }

    fn close(&mut self) {
        if let Some(chosen) = self.chosen_mut() {
            return chosen.close();
        }
        if let State::Waiting(_, wire) = self.state.as_mut().expect(STATE) {
            let _ = wire.send_alert(Alert::CloseNotify);
            // As in an endpoint, a handshake that is closed in the middle is not finished.
            let closed = std::mem::take(wire);
            self.state = Some(State::Failed(Abort::Refused(Alert::CloseNotify), closed));
        }
    }

    fn passed(&mut self) -> Vec<Passed> {
        if let Some(wire) = self.wire() {
            return wire.passed();
        }
        self.chosen_mut().expect(STATE).passed()
    }

    fn key_log(&self) -> Vec<String> {
        self.chosen().map_or_else(Vec::new, Connection::key_log)
    }
}
