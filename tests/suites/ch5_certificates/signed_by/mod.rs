//! What must hold of exercise 5.2: of the names, and of the signature.

use harness::Property;

mod names;
mod signatures;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [names::suite(), signatures::suite()].concat()
}
