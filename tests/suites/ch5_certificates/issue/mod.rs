//! The properties of exercise 5.1: `certify`, and `issue`.

use harness::Property;

mod certify;
mod checks;
mod extensions;
mod judged;
mod requests;
mod serials;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        certify::suite(),
        requests::suite(),
        extensions::suite(),
        serials::suite(),
        judged::suite(),
    ]
    .concat()
}
