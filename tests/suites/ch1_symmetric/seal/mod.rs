//! The properties of exercise 1.3: what is checked, what others do, what was
//! sealed elsewhere, and what must not be kept.

use harness::Property;

mod checked;
mod elsewhere;
mod kept;
mod whole;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        checked::suite(),
        whole::suite(),
        elsewhere::suite(),
        kept::suite(),
    ]
    .concat()
}
