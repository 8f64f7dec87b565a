//! What must hold of exercise 7.3: of the records that open, of those that must not, and of their lengths.

use harness::Property;

mod inside;
mod opened;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [opened::suite(), inside::suite(), refused::suite()].concat()
}
