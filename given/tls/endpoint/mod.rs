//! One end of a connection. It hands each message to the step of the handshake that waits for it,
//! and carries data once the handshake is over.

use super::abort::Abort;
use super::connection::{Connection, NotOpen, Status};
use super::incoming::Incoming;
use super::names::Alert;
use super::passed::Passed;
use super::record::MAX_FRAGMENT;
use super::records::RecordLayer;
use super::step::{Established, Progress, Step};

#[cfg(test)]
mod tests;

/// How many handshake messages are accepted in a row after the handshake, without data in between.
/// They are legal, and a peer could send them forever.
pub const MAX_IDLE_MESSAGES: usize = 32;

enum State<S: Step> {
    Handshaking(S),
    Open(S::Established),
    /// The peer has said that it sends no more.
    Closed(S::Established),
    Failed(Abort),
}

/// One end of a connection. `S` is its handshake.
pub struct Endpoint<S: Step> {
    state: Option<State<S>>,
    wire: S::Wire,
    /// What has been taken from the wire and not yet received by a step.
    taken: Option<Incoming>,
    received: Vec<u8>,
    /// How many handshake messages have come since the last data.
    idle_messages: usize,
    has_closed: bool,
}

/// There is always a state, except while a step consumes it.
const STATE: &str = "a state";

impl<S: Step> Endpoint<S> {
    /// An end that begins with the step `first`. Anything that it says first is on `wire` already.
    pub fn new(first: S, wire: S::Wire) -> Endpoint<S> {
        Endpoint::in_state(State::Handshaking(first), wire)
    }

    /// An end that begins with the step `first`, which receives what has been taken from `wire` already.
    pub(crate) fn resumed(first: S, wire: S::Wire, incoming: Incoming) -> Endpoint<S> {
        let mut endpoint = Endpoint::new(first, wire);
        endpoint.taken = Some(incoming);
        // What follows on the wire is taken as well.
        endpoint.receive(&[]);
        endpoint
    }

    /// An end whose handshake is over, and whose records are sealed and opened by `wire`.
    pub fn established(established: S::Established, wire: S::Wire) -> Endpoint<S> {
        Endpoint::in_state(State::Open(established), wire)
    }

    fn in_state(state: State<S>, wire: S::Wire) -> Endpoint<S> {
        Endpoint {
            state: Some(state),
            wire,
            taken: None,
            received: vec![],
            idle_messages: 0,
            has_closed: false,
        }
    }

    /// Takes what has come, one message after the other.
    fn take_all(&mut self) -> Result<(), Abort> {
        while matches!(self.state, Some(State::Handshaking(_) | State::Open(_))) {
            let incoming = match self.taken.take() {
                Some(taken) => Some(taken),
                None => self.wire.next()?,
            };
            let Some(incoming) = incoming else {
                break;
            };
            // If a step fails, `receive` puts `Failed` in its place.
            let state = match self.state.take().expect(STATE) {
                State::Handshaking(_) if incoming == Incoming::CloseNotify => {
                    // We answer it (RFC 5246 §7.2.1), but a handshake that ends like this has
                    // failed.
                    self.close();
                    return Err(Abort::Refused(Alert::CloseNotify));
                }
                State::Handshaking(step) => match step.receive(incoming, &mut self.wire)? {
                    Progress::Next(step) => State::Handshaking(step),
                    Progress::Open(established) => State::Open(established),
                },
                State::Open(established) => self.take_when_open(established, incoming)?,
                over => over,
            };
            self.state = Some(state);
        }
        Ok(())
    }

    fn take_when_open(
        &mut self,
        mut established: S::Established,
        incoming: Incoming,
    ) -> Result<State<S>, Abort> {
        match incoming {
            Incoming::ApplicationData(data) => {
                if !data.is_empty() {
                    self.idle_messages = 0;
                }
                self.received.extend_from_slice(&data);
            }
            Incoming::CloseNotify => {
                if S::Established::CLOSES_BOTH {
                    self.close();
                }
                return Ok(State::Closed(established));
            }
            Incoming::Handshake(message) => {
                self.idle_messages += 1;
                if self.idle_messages > MAX_IDLE_MESSAGES {
                    return Err(Abort::UnexpectedMessage);
                }
                established.receive(message, &mut self.wire)?;
            }
            Incoming::ChangeCipherSpec => return Err(Abort::UnexpectedMessage),
        }
        Ok(State::Open(established))
    }

    fn established_mut(&mut self) -> Option<&mut S::Established> {
        match self.state.as_mut().expect(STATE) {
            State::Open(established) | State::Closed(established) => Some(established),
            _ => None,
        }
    }

    fn send_record(&mut self, data: &[u8]) -> Result<(), Abort> {
        let established = match self.state.as_mut().expect(STATE) {
            State::Open(established) | State::Closed(established) => established,
            _ => return Ok(()),
        };
        established.before_data(&mut self.wire)?;
        self.wire.send_data(data)
    }
}

impl<S: Step> Connection for Endpoint<S> {
    fn receive(&mut self, bytes: &[u8]) {
        let is_over = match self.state.as_ref().expect(STATE) {
            State::Closed(_) | State::Failed(_) => true,
            // If we have closed the connection in the middle of a handshake, we do not finish it.
            State::Handshaking(_) => self.has_closed,
            State::Open(_) => false,
        };
        // What comes after a close_notify is ignored (RFC 5246 §7.2.1, RFC 9846 §6.1).
        if is_over {
            return;
        }
        self.wire.receive(bytes);
        if let Err(abort) = self.take_all() {
            if let Some(alert) = abort.alert() {
                // If not even an alert can be sent, the connection ends without one.
                let _ = self.wire.send_alert(alert);
            }
            self.state = Some(State::Failed(abort));
        }
    }

    fn to_send(&mut self) -> Vec<u8> {
        self.wire.to_send()
    }

    fn status(&self) -> Status {
        match self.state.as_ref().expect(STATE) {
            State::Handshaking(_) => Status::Handshaking,
            State::Open(established) => Status::Open(established.suite()),
            State::Closed(_) => Status::Closed,
            State::Failed(abort) => Status::Failed(abort.clone()),
        }
    }

    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen> {
        // A peer that sends no more may still listen. In TLS 1.2 we have answered its close_notify with
        // ours, and RFC 5246 §7.2.1 lets us drop what we still had to say.
        if self.has_closed || self.established_mut().is_none() {
            return Err(NotOpen);
        }
        for part in data.chunks(MAX_FRAGMENT) {
            if let Err(abort) = self.send_record(part) {
                self.state = Some(State::Failed(abort));
                return Err(NotOpen);
            }
        }
        Ok(())
    }

    fn received(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.received)
    }

    fn close(&mut self) {
        // After a fatal alert, sent or received, nothing more is said (RFC 5246 §7.2.2, RFC 9846 §6.2).
        let has_failed = matches!(self.state, Some(State::Failed(_)));
        if !self.has_closed && !has_failed {
            self.has_closed = true;
            // If nothing can be sealed anymore, the connection ends without a close_notify.
            let _ = self.wire.send_alert(Alert::CloseNotify);
        }
    }

    fn passed(&mut self) -> Vec<Passed> {
        self.wire.passed()
    }

    fn key_log(&self) -> Vec<String> {
        match self.state.as_ref().expect(STATE) {
            State::Open(established) | State::Closed(established) => established.key_log(),
            _ => vec![],
        }
    }
}
