//! The key log, with which Wireshark can decrypt a connection.

use super::session::Session;
use crate::tls::key_log;

/// The line for a session (RFC 9850 §2.2): a label, the random bytes of the ClientHello, and the
/// master secret.
pub fn line(session: &Session) -> String {
    key_log::line(
        "CLIENT_RANDOM",
        &session.client_random,
        &session.master_secret,
    )
}
