//! What must hold of exercise 5.5: of each link of a chain, of the chain, and of the search for it.

use harness::Property;

mod conditions;
mod links;
mod search;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [links::suite(), conditions::suite(), search::suite()].concat()
}
