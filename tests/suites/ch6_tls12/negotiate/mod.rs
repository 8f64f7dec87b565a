//! The properties of exercise 6.2: the server's choice, and the client's check.

use harness::Property;

mod check;
mod choice;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [choice::suite(), check::suite()].concat()
}
