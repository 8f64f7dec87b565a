//! The properties of exercise 2.7: what is sealed and opens, and what is refused.

use harness::Property;

mod forms;
mod refused;
mod sealed;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [sealed::suite(), refused::suite(), forms::suite()].concat()
}
