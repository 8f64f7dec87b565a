//! The properties of exercise 1.3: what is checked, what others do, what must not be kept, and what
//! was sealed elsewhere.

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
        kept::suite(),
        elsewhere::suite(),
    ]
    .concat()
}
