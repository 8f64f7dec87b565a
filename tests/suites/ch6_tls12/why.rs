//! For a report: why a wiretap does not read a session that it should read.

use fixtures::tls12::manners::RSA;
use fixtures::tls12::scripted::Quirk;
use given::tls::{Abort, MAX_FRAGMENT};
use harness::show::Words;
use harness::{notes, think_of, with};

use crate::recorded::Recorded;
use crate::subject::ch6_tls12::*;

/// The thought for a wiretap that does not fail at a record that does not open: it has the keys.
pub fn think_of_error(recorded: &Recorded, recording: &Recording) {
    if !notes::are_taken() {
        return;
    }
    match wiretap(recording, recorded.key()) {
        Err(Unreadable::Broken(Abort::BadRecord)) | Ok(_) => {}
        Err(Unreadable::ForwardSecret) => think_of!(
            "This session has no ECDHE. Which message says so, and which suite do you look for?"
        ),
        Err(Unreadable::Broken(
            Abort::UnsupportedVersion
            | Abort::NullCompressionRequired
            | Abort::UncompressedPointsRequired
            | Abort::BadRenegotiationInfo
            | Abort::NothingInCommon
            | Abort::NotOffered
            | Abort::UnsolicitedExtension,
        )) => think_of!(
            "That is a reason of exercise 6.2, for which a side refuses a hello. These two sides have accepted each other's. What does a listener need from a hello?"
        ),
        Err(_) if recorded.asks() => {}
        Err(Unreadable::Broken(Abort::Malformed)) if !recorded.closes() => think_of!(
            "Both sides have accepted every message, and this recording has no close_notify: it breaks off. What do you call malformed: its end, or something in a message that a listener need not parse?"
        ),
        Err(_) if !recorded.closes() => think_of!(
            "Every record opens, and this recording has no close_notify: it breaks off. What do you return when no more bytes come?"
        ),
        Err(_) => think_of!(
            "Every record opens, and the two sides have agreed. Which message do you expect that is not there?"
        ),
    }
}

/// Looks for what the wiretap computes differently from the two sides of a session, and notes it for
/// the report. If the wiretap reads a session whose sides share a quirk, it has that quirk, too.
pub fn tell_difference(
    recorded: &Recorded,
    recording: &Recording,
    version: u16,
    key: &rsa::PrivateKey,
) {
    if !notes::are_taken() {
        return;
    }
    if let Ok(read) = wiretap(recording, key) {
        let all = recorded.conversation();
        let directions = [
            (&read.from_client, &all.from_client),
            (&read.from_server, &all.from_server),
        ];
        let goes_on = directions.iter().all(|(read, _)| read.len() > MAX_FRAGMENT);
        if goes_on && directions.iter().any(|(read, all)| read.len() < all.len()) {
            think_of!(
                "The records open, and part of this long session is there. Is there a limit in your code that is not in the exercise?"
            );
        } else {
            think_of!("The records open. What ends your loop, and what has it kept by then?");
        }
        return;
    }
    let is_its_own = |quirk: &Quirk| {
        let recording = recorded.recording_with(RSA, version, *quirk);
        recording.is_some_and(|recording| wiretap(&recording, key) == Ok(recorded.conversation()))
    };
    if let Some(quirk) = Quirk::all().into_iter().find(is_its_own) {
        let words = match quirk {
            Quirk::SwapsKeys => "the keys: you open each direction with the other's".to_owned(),
            quirk => recorded.difference(RSA, version, quirk),
        };
        // Here, the two that talk to each other are not our peers.
        let words = words.replace("the peer's has  ", "theirs has      ");
        with!("what differs" = Words(words));
        notes::think(Some(quirk.thought()));
    }
}
