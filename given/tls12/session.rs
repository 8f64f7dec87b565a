//! What is left of a handshake.

use std::fmt;

use crate::tls::names::CipherSuite;

/// What is left of a handshake.
#[derive(Clone)]
pub struct Session {
    /// The suite that was agreed.
    pub suite: CipherSuite,
    /// The random bytes of the ClientHello: by them a key log finds the session.
    pub client_random: [u8; 32],
    /// The master secret, for the key log. Whoever has it can read the connection.
    pub master_secret: [u8; 48],
}

// Without the secret, so that it finds its way into no log but the one meant for it.
impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Session")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}
