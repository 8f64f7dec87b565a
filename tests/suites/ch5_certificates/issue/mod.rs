//! The properties of exercise 5.1: `certify`, and `issue`.

use harness::Property;

mod certify;
mod requests;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [certify::suite(), requests::suite()].concat()
}
