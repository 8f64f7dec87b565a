//! The properties of exercise 2.6: what is encrypted, how random it is, and what is refused.

use harness::Property;

mod encrypted;
mod random;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [encrypted::suite(), random::suite(), refused::suite()].concat()
}
