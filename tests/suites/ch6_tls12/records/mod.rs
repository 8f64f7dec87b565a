//! What must hold of exercise 6.4: of the records that open, and of those that must not.

use harness::Property;

mod counted;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [counted::suite(), refused::suite()].concat()
}
