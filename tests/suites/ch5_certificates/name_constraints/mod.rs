//! The properties of exercise 5.7: the comparisons, `permits` and `names_permitted`, and
//! `verify_chain` with them.

use harness::Property;

mod better_tls;
mod budget;
mod cases;
mod chains;
mod domains;
mod malformed;
mod networks;
mod paths;
mod permits;
mod rows;
mod trees;

pub use paths::beyond;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        domains::suite(),
        networks::suite(),
        permits::suite(),
        budget::suite(),
        better_tls::suite(),
        trees::suite(),
        paths::suite(),
        chains::suite(),
    ]
    .concat()
}
