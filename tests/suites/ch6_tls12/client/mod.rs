//! The properties of exercise 6.7: the client with honest servers, and with others.

use harness::Property;

mod changed;
mod hello;
mod honest;
mod kept;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        hello::suite(),
        honest::suite(),
        refused::suite(),
        kept::suite(),
        changed::suite(),
    ]
    .concat()
}
