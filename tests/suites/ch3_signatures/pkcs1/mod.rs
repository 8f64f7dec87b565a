//! What must hold of exercise 3.5: of what is signed, and of what is refused.

use harness::Property;

mod refused;
mod signed;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [signed::suite(), refused::suite()].concat()
}
