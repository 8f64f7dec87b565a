//! Handshakes, step by step.

use super::session::Session;
use crate::tls::abort::Abort;
use crate::tls::incoming::Incoming;
use crate::tls::protection::{OpenRecord, SealRecord};
use crate::tls::wire::Wire;

/// A handshake that waits for something. What comes consumes it, and leaves the next step.
pub trait Step: Sized {
    /// What seals the records that this side sends.
    type Sealer: SealRecord;
    /// What opens the records of the other side.
    type Opener: OpenRecord;

    /// Takes what has come, and sends what is to be said to it.
    ///
    /// # Errors
    /// It is not what this step waits for, or it does not hold. Then the connection ends.
    fn receive(
        self,
        incoming: Incoming,
        wire: &mut Wire<Self::Sealer, Self::Opener>,
    ) -> Result<Progress<Self>, Abort>;
}

/// Where a step has led to.
pub enum Progress<S> {
    /// The handshake goes on.
    Next(S),
    /// The handshake is over.
    Open(Session),
}
