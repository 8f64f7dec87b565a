//! The properties of exercise 7.4: the server's choice, and the client's check of it.

use harness::Property;
use harness::show::{Piece, Show};

use crate::subject::ch7_tls13::Negotiated;

mod check;
mod choice;
pub mod faults;
mod kept;
mod servers_share;
mod shares;

/// All of them, in the order they are tried.
pub fn suite() -> Vec<Property> {
    [
        choice::suite(),
        shares::suite(),
        check::suite(),
        servers_share::suite(),
        kept::suite(),
    ]
    .concat()
}

/// What `negotiate13` must return. The report shows the hello as it was given.
macro_rules! negotiates {
    ($hello:expr, $expected:expr) => {{
        let hello: &given::tls::ClientHello = &$hello;
        harness::with!("hello" = fixtures::tls12::hellos::Hello(hello.clone()));
        let (expected, shown): (Result<_, _>, _) = ($expected, $crate::negotiate::Shown);
        harness::same!(
            negotiate13(hello).map(shown),
            expected.map(shown),
            "negotiate13(&hello)"
        );
    }};
}

/// What `check_choice13` must return. The report shows the hello and the answer as they were given.
macro_rules! checks {
    ($offered:expr, $chosen:expr, $expected:expr) => {{
        let offered: &given::tls::ClientHello = &$offered;
        let chosen: &given::tls::ServerHello = &$chosen;
        harness::with!("offered" = fixtures::tls12::hellos::Hello(offered.clone()));
        harness::with!("chosen" = fixtures::tls13::hellos::Answer(chosen.clone()));
        harness::same!(
            check_choice13(offered, chosen),
            $expected,
            "check_choice13(&offered, &chosen)"
        );
    }};
}

pub use servers_share::share_in;
use {checks, negotiates};

/// What the server makes of a hello, as the learner reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown(pub Negotiated);

impl Show for Shown {
    fn pieces(&self) -> Vec<Piece> {
        match &self.0 {
            Negotiated::Share(share) => {
                let text = |text: &str| vec![Piece::Text(text.to_owned())];
                [text("Share("), share.pieces(), text(")")].concat()
            }
            Negotiated::Retry => vec![Piece::Text("Retry".to_owned())],
        }
    }
}
