//! One end of a connection. It hands each message to the step of the handshake that waits for it,
//! and carries data once the handshake is over.

use super::key_log;
use super::session::Session;
use super::step::{Progress, Step};
use crate::tls::abort::Abort;
use crate::tls::connection::{Connection, NotOpen, Status};
use crate::tls::incoming::Incoming;
use crate::tls::names::{Alert, HandshakeType};
use crate::tls::passed::Passed;
use crate::tls::wire::Wire;

#[cfg(test)]
mod tests;

enum State<S> {
    Handshaking(S),
    Open(Session),
    /// The peer has said that it sends no more.
    Closed(Session),
    Failed(Abort),
}

/// One end of a connection. `S` is its handshake.
pub struct Endpoint<S: Step> {
    state: Option<State<S>>,
    wire: Wire<S::Sealer, S::Opener>,
    received: Vec<u8>,
    has_closed: bool,
}

/// There is always a state, except while a step consumes it.
const STATE: &str = "a state";

impl<S: Step> Endpoint<S> {
    /// An end that begins with the step `first`. Anything that it says first is on `wire` already.
    pub fn new(first: S, wire: Wire<S::Sealer, S::Opener>) -> Endpoint<S> {
        Endpoint {
            state: Some(State::Handshaking(first)),
            wire,
            received: vec![],
            has_closed: false,
        }
    }

    /// Takes what has come, one message after the other.
    fn take_all(&mut self) -> Result<(), Abort> {
        while matches!(self.state, Some(State::Handshaking(_) | State::Open(_))) {
            let Some(incoming) = self.wire.next()? else {
                break;
            };
            // If a step fails, `receive` puts `Failed` in its place.
            let state = match self.state.take().expect(STATE) {
                State::Handshaking(_) if incoming == Incoming::CloseNotify => {
                    // It is answered (RFC 5246 §7.2.1), but a handshake that ends like this has failed.
                    self.close();
                    return Err(Abort::Refused(Alert::CloseNotify));
                }
                State::Handshaking(step) => match step.receive(incoming, &mut self.wire)? {
                    Progress::Next(step) => State::Handshaking(step),
                    Progress::Open(session) => State::Open(session),
                },
                State::Open(session) => self.take_when_open(session, incoming)?,
                over => over,
            };
            self.state = Some(state);
        }
        Ok(())
    }

    fn take_when_open(&mut self, session: Session, incoming: Incoming) -> Result<State<S>, Abort> {
        match incoming {
            Incoming::ApplicationData(data) => self.received.extend_from_slice(&data),
            Incoming::CloseNotify => {
                // Each side closes with one of its own (RFC 5246 §7.2.1).
                self.close();
                return Ok(State::Closed(session));
            }
            // Renegotiation is refused. The peer may carry on without it (RFC 5246 §7.2.2).
            Incoming::Handshake(message)
                if matches!(
                    message.kind(),
                    Some(HandshakeType::HelloRequest | HandshakeType::ClientHello)
                ) =>
            {
                self.wire.send_alert(Alert::NoRenegotiation)?;
            }
            _ => return Err(Abort::UnexpectedMessage),
        }
        Ok(State::Open(session))
    }

    fn session(&self) -> Option<&Session> {
        match self.state.as_ref().expect(STATE) {
            State::Open(session) | State::Closed(session) => Some(session),
            _ => None,
        }
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
        // What comes after a close_notify is ignored (RFC 5246 §7.2.1).
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
            State::Open(session) => Status::Open(session.suite),
            State::Closed(_) => Status::Closed,
            State::Failed(abort) => Status::Failed(abort.clone()),
        }
    }

    fn send(&mut self, data: &[u8]) -> Result<(), NotOpen> {
        // A peer that sends no more may still listen. But we have answered its close_notify with
        // ours, and RFC 5246 §7.2.1 lets us drop what we had still to say.
        if !matches!(self.state, Some(State::Open(_))) || self.has_closed {
            return Err(NotOpen);
        }
        if let Err(abort) = self.wire.send_data(data) {
            self.state = Some(State::Failed(abort));
            return Err(NotOpen);
        }
        Ok(())
    }

    fn received(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.received)
    }

    fn close(&mut self) {
        // After a fatal alert, sent or received, nothing more is said (RFC 5246 §7.2.2).
        let has_failed = matches!(self.state, Some(State::Failed(_)));
        if !self.has_closed && !has_failed {
            self.has_closed = true;
            // If nothing can be sealed any more, the connection ends without a close_notify.
            let _ = self.wire.send_alert(Alert::CloseNotify);
        }
    }

    fn passed(&mut self) -> Vec<Passed> {
        self.wire.passed()
    }

    fn key_log_line(&self) -> Option<String> {
        self.session().map(key_log::line)
    }
}
