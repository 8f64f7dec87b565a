//! The properties of exercise 7.3: which records open, which ones must not, and how long they may
//! be.

use harness::Property;

mod counted;
mod inside;
mod kept;
mod nonces;
mod opened;
mod refused;
mod strategies;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        opened::suite(),
        counted::suite(),
        inside::suite(),
        refused::suite(),
        nonces::suite(),
        kept::suite(),
    ]
    .concat()
}
