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

/// What `negotiate13` must return. The report shows the hello as it was given.
macro_rules! negotiates {
    ($hello:expr, $expected:expr) => {{
        let hello: &given::tls::ClientHello = &$hello;
        harness::with!("hello" = fixtures::tls12::hellos::Hello(hello.clone()));
        harness::same!(negotiate13(hello), $expected);
    }};
}

/// What `check_choice13` must return. The report shows the hello and the answer as they were given.
macro_rules! checks {
    ($offered:expr, $chosen:expr, $expected:expr) => {{
        let offered: &given::tls::ClientHello = &$offered;
        let chosen: &given::tls::ServerHello = &$chosen;
        harness::with!("offered" = fixtures::tls12::hellos::Hello(offered.clone()));
        harness::with!("chosen" = fixtures::tls13::hellos::Answer(chosen.clone()));
        harness::same!(check_choice13(offered, chosen), $expected);
    }};
}

pub use servers_share::share_in;
use {checks, negotiates};
