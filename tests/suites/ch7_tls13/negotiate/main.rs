//! The properties of exercise 7.4: the server's choice, and the client's check of it.

use std::process::ExitCode;

use given::tls::Abort;
use harness::show::{Piece, Show};
use harness::think_of;

use crate::subject::ch7_tls13::Negotiated;

mod check;
mod choice;
mod each;
mod faults;
mod kept;
mod numbers;
mod servers_share;
mod shares;

#[path = "../../subject.rs"]
mod subject;

fn main() -> ExitCode {
    harness::examine([
        choice::suite(),
        shares::suite(),
        check::suite(),
        servers_share::suite(),
        each::suite(),
        numbers::suite(),
        kept::suite(),
    ])
}

/// What `negotiate13` must return. The report shows the hello as it was given.
macro_rules! negotiates {
    ($hello:expr, $expected:expr) => {{
        let hello: &given::tls::ClientHello = &$hello;
        harness::with!("hello" = fixtures::tls12::hellos::Hello(hello.clone()));
        let (expected, shown): (Result<_, _>, _) = ($expected, $crate::Shown);
        harness::same!(
            $crate::heard(negotiate13(hello)).map(shown),
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
        harness::with!("chosen" = fixtures::tls12::hellos::Answer(chosen.clone()));
        harness::same!(
            $crate::heard(check_choice13(offered, chosen)),
            $expected,
            "check_choice13(&offered, &chosen)"
        );
    }};
}

use {checks, negotiates};

/// What the learner makes of a hello. If it is a reason that the exercise never gives, the thought
/// is about that.
pub fn heard<T>(made: Result<T, Abort>) -> Result<T, Abort> {
    match &made {
        Err(Abort::Malformed) => think_of!(
            "A hello is parsed before you get it, so it is well formed, even with a number twice in a list. Which of the reasons under `Errors` is there, if any?"
        ),
        Err(
            Abort::UnsupportedVersion
            | Abort::NullCompressionRequired
            | Abort::MissingExtension
            | Abort::NothingInCommon
            | Abort::BadKeyShare
            | Abort::NotOffered
            | Abort::UnsolicitedExtension
            | Abort::MisplacedExtension,
        )
        | Ok(_) => {}
        Err(_) => think_of!(
            "`Errors` lists every reason that there is, and yours is not one of them. Which of them fits, if any?"
        ),
    }
    made
}

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
