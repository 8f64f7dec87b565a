//! What must hold of exercise 6.2: of the server's choice, and of the client's check.

use harness::Property;

mod check;
mod choice;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [choice::suite(), check::suite()].concat()
}
