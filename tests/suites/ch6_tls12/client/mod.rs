//! The properties of exercise 6.7: the client with honest servers, and with others.

use harness::Property;

mod honest;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [honest::suite(), refused::suite()].concat()
}
