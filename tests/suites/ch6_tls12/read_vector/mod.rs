//! The properties of exercise 6.1, which reads lengths that the peer has written.

use harness::Property;

mod certificates;
mod heartbeat;
mod strategies;
mod vector;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [vector::suite(), heartbeat::suite(), certificates::suite()].concat()
}
