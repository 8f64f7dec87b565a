//! The properties of exercise 5.2: the names, and the signature.

use harness::Property;

mod names;
mod signatures;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [names::suite(), signatures::suite()].concat()
}
