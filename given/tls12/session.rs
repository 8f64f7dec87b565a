//! What a handshake of TLS 1.2 results in.

use std::fmt;

use super::protection::{OpenRecord, SealRecord};
use super::wire::Wire;
use crate::tls::abort::Abort;
use crate::tls::handshake::Handshake;
use crate::tls::key_log;
use crate::tls::names::{Alert, CipherSuite, HandshakeType, Suite};
use crate::tls::step::Established;

/// What the two sides have agreed on in a handshake.
#[derive(Clone)]
pub struct Session {
    /// The suite that was agreed on.
    pub suite: CipherSuite,
    /// The random bytes of the ClientHello. A key log identifies the session by them.
    pub client_random: [u8; 32],
    /// The master secret, for the key log. Anyone who has it can read the connection.
    pub master_secret: [u8; 48],
}

// Without the secret, so that it ends up only in the log that is meant for it.
impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Session")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}

impl<S: SealRecord, O: OpenRecord> Established<Wire<S, O>> for Session {
    const CLOSES_BOTH: bool = true;

    fn suite(&self) -> Suite {
        self.suite.into()
    }

    fn key_log(&self) -> Vec<String> {
        // RFC 9850 §2.2.
        vec![key_log::line(
            "CLIENT_RANDOM",
            &self.client_random,
            &self.master_secret,
        )]
    }

    /// Renegotiation is refused. The peer may carry on without it (RFC 5246 §7.2.2).
    fn receive(&mut self, message: Handshake, wire: &mut Wire<S, O>) -> Result<(), Abort> {
        match message.kind() {
            Some(HandshakeType::HelloRequest | HandshakeType::ClientHello) => {
                wire.send_alert(Alert::NoRenegotiation)
            }
            _ => Err(Abort::UnexpectedMessage),
        }
    }

    fn before_data(&mut self, _: &mut Wire<S, O>) -> Result<(), Abort> {
        Ok(())
    }
}
