//! The properties of exercise 3.5: what is signed, and what is refused.

use harness::Property;

mod forms;
mod kept;
mod refused;
mod signed;
mod too_small;

/// All of them, in the order they are tried. An answer that keeps signatures breaks those about refusing, too, which
/// could not say why.
pub fn suite() -> Vec<Property> {
    [
        signed::suite(),
        kept::suite(),
        too_small::suite(),
        refused::suite(),
        forms::suite(),
    ]
    .concat()
}
