//! The key log, with which Wireshark can decrypt a connection. Its format comes from the library
//! NSS; the environment variable `SSLKEYLOGFILE` names the file for it.

use std::fmt::Write;

use super::session::Session;

/// The line for a session (RFC 9850 §2.2): a label, the random bytes of the ClientHello, and the
/// master secret.
pub fn line(session: &Session) -> String {
    let mut line = "CLIENT_RANDOM ".to_owned();
    push_hex(&mut line, &session.client_random);
    line.push(' ');
    push_hex(&mut line, &session.master_secret);
    line
}

fn push_hex(line: &mut String, bytes: &[u8]) {
    for byte in bytes {
        write!(line, "{byte:02x}").expect("a string takes everything");
    }
}
