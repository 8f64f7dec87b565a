//! What must hold of exercise 7.8, part by part. Each part plays no more of a handshake than it is
//! about, so that a right beginning is seen to be right while the rest is not written yet.

use harness::Property;

mod hello;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [hello::suite()].concat()
}
