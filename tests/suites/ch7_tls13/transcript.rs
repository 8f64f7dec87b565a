//! The learner's transcript, of messages that a property has.

use harness::show::{self, Show as _, Words};
use harness::with;

use crate::subject::ch3_signatures::Transcript;

/// The transcript of these messages, all in one piece. A report shows the bytes that were added to
/// the last one.
pub fn transcript_of(messages: &[u8]) -> Transcript {
    let mut transcript = Transcript::new();
    transcript.add(messages);
    with!("transcript" = Words(of(messages)));
    transcript
}

fn of(messages: &[u8]) -> String {
    match messages {
        [] => "without any messages".to_owned(),
        messages => format!("of the messages {}", show::text(&messages.pieces())),
    }
}
