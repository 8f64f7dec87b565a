//! How a handshake is written: as steps, each of which waits for one message.

use super::session::Session;
use crate::tls::abort::Abort;
use crate::tls::incoming::Incoming;
use crate::tls::protection::{OpenRecord, SealRecord};
use crate::tls::wire::Wire;

/// A step of a handshake. It waits for a message; the message consumes it, and gives the next step.
pub trait Step: Sized {
    /// Seals the records that this side sends.
    type Sealer: SealRecord;
    /// Opens the records of the other side.
    type Opener: OpenRecord;

    /// Takes what has come, and sends the answer to it.
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
