//! The key log, with which Wireshark can decrypt a connection (RFC 9850). Its format comes from the
//! library NSS; the environment variable `SSLKEYLOGFILE` names the file for it.

use std::fmt::Write;

/// A line: what kind of secret it is, the random bytes of the ClientHello, which identify the
/// connection, and the secret.
pub(crate) fn line(label: &str, client_random: &[u8; 32], secret: &[u8]) -> String {
    let mut line = label.to_owned();
    for bytes in [client_random, secret] {
        line.push(' ');
        for byte in bytes {
            write!(line, "{byte:02x}").expect("a string takes everything");
        }
    }
    line
}
