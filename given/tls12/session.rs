//! What a handshake leads to.

use std::fmt;

use crate::tls::names::CipherSuite;

/// What the two sides have agreed on in a handshake.
#[derive(Clone)]
pub struct Session {
    /// The suite that was agreed.
    pub suite: CipherSuite,
    /// The random bytes of the ClientHello. A key log identifies the session by them.
    pub client_random: [u8; 32],
    /// The master secret, for the key log. Anyone who has it can read the connection.
    pub master_secret: [u8; 48],
}

// Without the secret, so that it gets into no log but the one that is meant for it.
impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Session")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}
