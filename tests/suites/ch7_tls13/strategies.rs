//! Values that several exercises are tried with.

use crate::subject::ch3_signatures::Transcript;

pub fn transcript_of(messages: &[u8]) -> Transcript {
    let mut transcript = Transcript::new();
    transcript.add(messages);
    transcript
}
