//! The learner's transcript, of messages that a property has.

use crate::subject::ch3_signatures::Transcript;

pub fn transcript_of(messages: &[u8]) -> Transcript {
    let mut transcript = Transcript::new();
    transcript.add(messages);
    transcript
}
