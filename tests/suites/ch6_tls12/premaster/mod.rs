//! The properties of exercise 6.5: what the client wraps, and what the server unwraps.

use harness::Property;

mod unwrapped;
mod wrapped;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [wrapped::suite(), unwrapped::suite()].concat()
}
