//! The properties of exercise 5.5: each link of a chain, the chain, and the search for it.

use harness::Property;

mod conditions;
mod constrained;
mod kept;
mod kinds;
mod leaves;
mod limits;
mod links;
mod paths;
mod reasons;
mod search;
mod sets;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        links::suite(),
        sets::suite(),
        conditions::suite(),
        constrained::suite(),
        kinds::suite(),
        paths::suite(),
        leaves::suite(),
        reasons::suite(),
        kept::suite(),
        search::suite(),
        limits::suite(),
    ]
    .concat()
}
