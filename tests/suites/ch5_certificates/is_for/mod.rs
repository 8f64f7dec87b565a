//! The properties of exercise 5.4: DNS names, IP addresses, and everything else.

use harness::Property;

mod addresses;
mod entries;
mod kinds;
mod look_alikes;
mod names;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        names::suite(),
        look_alikes::suite(),
        addresses::suite(),
        kinds::suite(),
    ]
    .concat()
}
