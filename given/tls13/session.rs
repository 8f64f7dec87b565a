//! The secrets of a connection, for its key log.

use std::fmt;

use crate::tls::key_log;

/// The secrets of a connection that go into a key log (RFC 9850 §2.1). Anyone who has them can read
/// the connection.
#[derive(Clone)]
pub struct Session {
    /// The random bytes of the ClientHello. (If there were two, both have the same.) A key log
    /// identifies the connection by them.
    pub client_random: [u8; 32],
    /// The client's traffic secret for the handshake.
    pub client_handshake: [u8; 32],
    /// The server's.
    pub server_handshake: [u8; 32],
    /// The client's first traffic secret for application data.
    pub client_application: [u8; 32],
    /// The server's.
    pub server_application: [u8; 32],
    /// The exporter secret.
    pub exporter: [u8; 32],
}

impl Session {
    /// The lines of the key log, one for each secret.
    pub fn key_log(&self) -> Vec<String> {
        let secrets = [
            ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", &self.client_handshake),
            ("SERVER_HANDSHAKE_TRAFFIC_SECRET", &self.server_handshake),
            ("CLIENT_TRAFFIC_SECRET_0", &self.client_application),
            ("SERVER_TRAFFIC_SECRET_0", &self.server_application),
            ("EXPORTER_SECRET", &self.exporter),
        ];
        let line =
            |(label, secret): (&str, &[u8; 32])| key_log::line(label, &self.client_random, secret);
        secrets.map(line).to_vec()
    }
}

// Without the secrets, so that they end up in no log other than the key log.
impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Session").finish_non_exhaustive()
    }
}
