//! The properties of exercise 4.4: the two steps of HKDF, and the keys of a channel.

use harness::Property;

mod channel;
mod steps;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [steps::suite(), channel::suite()].concat()
}
