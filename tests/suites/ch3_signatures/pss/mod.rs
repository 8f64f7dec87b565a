//! The properties of exercise 3.7: what is signed, and what is refused.

use harness::Property;

mod kept;
mod refused;
mod signed;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [signed::suite(), refused::suite(), kept::suite()].concat()
}
