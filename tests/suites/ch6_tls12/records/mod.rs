//! The properties of exercise 6.4: the records that open, and those that must not.

use harness::Property;

mod bound;
mod counted;
mod kept;
mod refused;
mod slips;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        counted::suite(),
        refused::suite(),
        bound::suite(),
        kept::suite(),
    ]
    .concat()
}
