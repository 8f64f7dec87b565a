//! The properties of exercise 2.6: what is encrypted, and what is refused.

use harness::Property;

mod encrypted;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [encrypted::suite(), refused::suite()].concat()
}
