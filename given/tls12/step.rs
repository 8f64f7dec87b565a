//! How a handshake of TLS 1.2 is written: as steps, each of which waits for one message.

use super::protection::{OpenRecord, SealRecord};
use super::session::Session;
use super::wire::Wire;
use crate::tls::abort::Abort;
use crate::tls::incoming::Incoming;
use crate::tls::step as either;

/// A step of a handshake. It waits for a message. Receiving the message consumes the step, and
/// returns the next one.
pub trait Step: Sized {
    /// Seals the records that this side sends.
    type Sealer: SealRecord;
    /// Opens the records of the other side.
    type Opener: OpenRecord;

    /// Takes what has arrived, and sends the answer to it.
    ///
    /// # Errors
    /// It is not what this step waits for, or it is not valid. The connection then ends.
    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<Self>, Abort>;
}

/// What follows a step.
pub enum Progress<S> {
    /// Another step.
    Next(S),
    /// Nothing: the handshake is over.
    Open(Session),
}

impl<S: Step> either::Step for S {
    type Wire = Wire<S::Sealer, S::Opener>;
    type Established = Session;

    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Self::Wire,
    ) -> Result<either::Progress<S, Session>, Abort> {
        Ok(match Step::receive(self, incoming, wire)? {
            Progress::Next(step) => either::Progress::Next(step),
            Progress::Open(session) => either::Progress::Open(session),
        })
    }
}
