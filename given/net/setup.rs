//! How a tunnel is to be made: when to give up, and what to write down.

use std::env;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// The environment variable that names the file of the key log, as browsers and curl have it.
pub const KEY_LOG_VARIABLE: &str = "SSLKEYLOGFILE";

/// How long to wait, and how much to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take to connect, and then how long the handshake may take.
    pub handshake: Duration,
    /// How long all that comes after it may take.
    pub conversation: Duration,
    /// How many bytes of application data are taken from the peer.
    pub data: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            handshake: Duration::from_secs(10),
            conversation: Duration::from_secs(30),
            data: 16 << 20,
        }
    }
}

/// How a tunnel is to be made.
pub struct Setup<'a> {
    /// When to give up.
    pub limits: Limits,
    /// Where the trace is written. Nobody wants one? `&mut io::sink()`.
    pub trace: &'a mut dyn Write,
    /// The file to which a line for the key log is added: whoever reads it can read the connection.
    pub key_log: Option<PathBuf>,
}

impl<'a> Setup<'a> {
    /// The usual limits, this trace, and the key log that the environment asks for.
    pub fn new(trace: &'a mut dyn Write) -> Setup<'a> {
        Setup {
            limits: Limits::default(),
            trace,
            key_log: env::var_os(KEY_LOG_VARIABLE).map(PathBuf::from),
        }
    }
}

impl fmt::Debug for Setup<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Setup")
            .field("limits", &self.limits)
            .field("key_log", &self.key_log)
            .finish_non_exhaustive()
    }
}
