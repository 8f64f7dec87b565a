//! The properties of exercise 6.8: the server with honest clients, and with others.

use harness::Property;

mod answers;
mod bad_secrets;
mod changed;
mod fresh;
mod honest;
mod kept;
mod refused;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        honest::suite(),
        fresh::suite(),
        answers::suite(),
        refused::suite(),
        kept::suite(),
        changed::suite(),
        bad_secrets::suite(),
    ]
    .concat()
}
