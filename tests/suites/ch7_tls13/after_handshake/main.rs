//! The properties of exercise 7.10: a connection whose handshake is over.
//!
//! No handshake is needed: both ends are given their secrets, and the grader seals and opens with
//! its own records.

use std::iter;
use std::process::ExitCode;

use given::tls::Connection;
use harness::show::Words;
use harness::think_of;

use fixtures::tls::remembers::Remembers;
use fixtures::tls13::traffic::{Heard, Peer, Side};

mod bad;
mod counted;
mod idle;
mod kept;
mod refused;
mod taken;
mod unsealed;
mod updates;

#[path = "../established.rs"]
mod established;
#[path = "../../subject.rs"]
mod subject;

fn main() -> ExitCode {
    harness::examine([
        updates::suite(),
        kept::suite(),
        counted::suite(),
        taken::suite(),
        refused::suite(),
        idle::suite(),
        unsealed::suite(),
    ])
}

/// The two ends, for properties that try both.
const SIDES: [Side; 2] = [Side::Client, Side::Server];

/// What a side with nothing to say has sent.
const NOTHING: [Heard; 0] = [];

/// The learner's end of an open connection, and the grader's.
fn connected(you: Side) -> (Remembers, Peer) {
    connected_with(you, None)
}

/// The same, with a limit for the records of one key.
fn connected_with(you: Side, records_per_key: Option<u64>) -> (Remembers, Peer) {
    let (connection, peer) = established::connected(you, records_per_key);
    let asked = "connection.receive(bytes), after the handshake";
    (Remembers::new(connection, asked), peer)
}

/// What the learner's end sends if it is given this data.
fn heard_of(connection: &mut dyn Connection, peer: &mut Peer, data: &[u8]) -> Vec<Heard> {
    match connection.send(data) {
        Ok(()) => peer.hear(&connection.to_send()),
        Err(_) => vec![],
    }
}

/// What the peer must read in what the learner's end has to send.
macro_rules! sends {
    ($connection:expr, $peer:expr, $expected:expr) => {{
        harness::search::ask("connection.to_send()");
        let sent = $connection.to_send();
        harness::search::answered();
        let (heard, expected) = ($peer.hear(&sent).to_vec(), $expected.to_vec());
        fixtures::tls13::outcome::tell(&mut $connection);
        $crate::think_of_records(&heard, &expected);
        let (heard, expected) = $crate::in_words(&heard, &expected);
        harness::same!(heard, expected, "connection.to_send(), record by record");
    }};
}

/// The same, after this data was given to it.
macro_rules! sends_of {
    ($connection:expr, $peer:expr, $data:expr, $expected:expr) => {{
        harness::search::ask("connection.send(data)");
        let heard = $crate::heard_of(&mut $connection, &mut $peer, $data);
        harness::search::answered();
        fixtures::tls13::outcome::tell(&mut $connection);
        harness::with!("data" = $data.to_vec());
        $crate::think_of_records(&heard, &$expected);
        let (heard, expected) = $crate::in_words(&heard, &$expected);
        harness::same!(
            heard,
            expected,
            "connection.send(data), and then connection.to_send(), record by record"
        );
    }};
}

/// The connection must have ended for this reason, the peer must be told, and no data may have been
/// handed out.
macro_rules! refuses {
    ($connection:expr, $peer:expr, $abort:expr) => {{
        let end = $crate::refused::end(&mut $connection, &mut $peer);
        fixtures::tls13::outcome::tell(&mut $connection);
        let expected = $crate::refused::refused($abort);
        harness::same!(end, expected, "connection.status(), and what it sends");
    }};
}

use {refuses, sends, sends_of};

/// Both lists, with one item on each line.
fn in_words(heard: &[Heard], expected: &[Heard]) -> (Words, Words) {
    let words = |list: &[Heard]| {
        let lines: Vec<String> = list.iter().map(|one| format!("{one:?}")).collect();
        Words(match &lines[..] {
            [] => "nothing".to_owned(),
            lines => lines.join("\n"),
        })
    };
    (words(heard), words(expected))
}

/// Sets the thought for the first record that is not as it should be, if its key, its number or a
/// KeyUpdate is wrong.
fn think_of_records(heard: &[Heard], expected: &[Heard]) {
    let pairs = heard.iter().zip(expected);
    let place = pairs.take_while(|(heard, due)| heard == due).count();
    match (heard.get(place), expected.get(place)) {
        (Some(Heard::TooNew), Some(Heard::KeyUpdate(_))) => {
            think_of!(
                "A KeyUpdate is the last record under the old key. What do you do first: send it, or change the key?"
            );
        }
        (Some(Heard::TooNew), _) => {
            think_of!(
                "Your own key has changed, and you have sent no KeyUpdate. What does the peer's key have to do with yours?"
            );
        }
        (Some(Heard::Misnumbered { .. }), _) => {
            think_of!(
                "The key is the right one. Which number does the first record under it have?"
            );
        }
        (Some(Heard::Unopened), _) => {
            think_of!(
                "Neither the key that is due nor the one after it opens this record. From which secret do you derive your next key, and do you keep that secret for the key after it?"
            );
        }
        (Some(Heard::KeyUpdate(1)), Some(Heard::KeyUpdate(0))) => {
            think_of!("Your answer asks for an answer. If both ends do that, when does it end?");
        }
        (Some(Heard::KeyUpdate(_)), Some(_)) => {
            think_of!(
                "You send a KeyUpdate that is not due. Which messages ask for one, how many answers does a request get, and when? Which records do you count under one key?"
            );
        }
        _ => {}
    }
}

/// A record of data.
fn data(data: &[u8]) -> Heard {
    Heard::Data(data.to_vec())
}

/// The same value, this many times.
fn repeated<T: Clone>(value: &T, times: usize) -> Vec<T> {
    iter::repeat_n(value.clone(), times).collect()
}
