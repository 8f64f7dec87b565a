//! The properties of exercise 2.7: what is sealed and opens, and what is refused.

use harness::{Property, with};

use crate::subject::ch2_asymmetric::*;

mod refused;
mod sealed;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [sealed::suite(), refused::suite()].concat()
}

/// Shows what is in an envelope.
fn with_parts(envelope: &Envelope) {
    with!(
        "envelope.wrapped_key" = envelope.wrapped_key,
        "envelope.sealed" = envelope.sealed
    );
}
