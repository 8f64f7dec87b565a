//! The properties of exercise 7.4: the server's choice, and the client's check of it.

use harness::Property;

mod check;
mod choice;
pub mod faults;
mod servers_share;
mod shares;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        choice::suite(),
        shares::suite(),
        check::suite(),
        servers_share::suite(),
    ]
    .concat()
}
