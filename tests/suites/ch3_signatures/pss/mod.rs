//! The properties of exercise 3.7: what is signed, and what is refused.

use harness::Property;

mod forms;
mod kept;
mod refused;
mod signed;

/// All of them, in the order they are tried. An answer that keeps signatures breaks those about refusing, too, which
/// could not say why.
pub fn suite() -> Vec<Property> {
    [
        signed::suite(),
        kept::suite(),
        refused::suite(),
        forms::suite(),
    ]
    .concat()
}
