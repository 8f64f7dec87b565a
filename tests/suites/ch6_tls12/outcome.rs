//! How a handshake must end.

use given::tls::{Connection, Status};
use given::tls12::Extension;
use harness::{Broken, check};

use fixtures::tls::mallory::{End, Mallory, play};
use fixtures::tls12::scripted::{Cuts, Peer, Say};

/// How it ends with this peer and its script.
pub fn end_with(
    learner: &mut dyn Connection,
    peer: &mut dyn Peer<Say = Say>,
    script: &[Say],
) -> End {
    play(learner, peer, script, &Cuts::none(), &mut Mallory::nobody());
    let received = learner.received();
    End::of(learner, &received, peer)
}

/// Extensions by their numbers: their order means nothing.
pub fn in_order(extensions: &[Extension]) -> Vec<Extension> {
    let mut extensions = extensions.to_vec();
    extensions.sort_by_key(Extension::code);
    extensions
}

/// It has not opened, or not stayed so, and has given out nothing.
pub fn stays_shut(learner: &mut dyn Connection) -> Result<(), Broken> {
    let (status, received) = (learner.status(), learner.received());
    let is_open = matches!(status, Status::Open(_) | Status::Closed);
    check!(!is_open, "a connection that is not open", status);
    check!(received.is_empty(), "no data", received);
    Ok(())
}
