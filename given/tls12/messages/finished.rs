//! Step 7: Finished, which ends the handshake.

use crate::tls::codec::{Malformed, Reader};
use crate::tls::handshake::HandshakeMessage;
use crate::tls::names::HandshakeType;
use crate::tls::places::Places;

/// Step 7: both sides have seen the same handshake, and have the same keys (RFC 5246 §7.4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished(
    /// The verify_data, made from the master secret and the transcript.
    pub [u8; 12],
);

impl Finished {
    /// Reads a body, and notes in `places` where its field is.
    pub(crate) fn read_from(
        mut reader: Reader<'_>,
        places: &mut Places,
    ) -> Result<Finished, Malformed> {
        // 12 bytes unless the suite says otherwise, and none here does (RFC 5246 §7.4.9).
        let message = Finished(places.note("verify_data", reader.take(12)?).array()?);
        reader.finish()?;
        Ok(message)
    }
}

impl HandshakeMessage for Finished {
    const TYPE: HandshakeType = HandshakeType::Finished;

    fn read(body: &[u8]) -> Result<Finished, Malformed> {
        Finished::read_from(Reader::new(body), &mut Places::default())
    }

    fn body(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}
