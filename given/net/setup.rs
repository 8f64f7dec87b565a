//! What a tunnel needs to know: when to give up, and where to write the trace and the key log.

use std::env;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// The environment variable that names the file for the key log. Browsers and curl use the same.
pub const KEY_LOG_VARIABLE: &str = "SSLKEYLOGFILE";

/// How long to wait, and how much to accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long connecting may take, and then how long the handshake may take.
    pub handshake: Duration,
    /// How long everything after the handshake may take.
    pub conversation: Duration,
    /// How many bytes of application data are accepted from the peer.
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

/// How to make a tunnel.
pub struct Setup<'a> {
    /// When to give up.
    pub limits: Limits,
    /// Where to write the trace. If you want none, give it `&mut io::sink()`.
    pub trace: &'a mut dyn Write,
    /// The file to which the lines of the key log are added. Anyone who has it can read the
    /// connection.
    pub key_log: Option<PathBuf>,
}

impl<'a> Setup<'a> {
    /// The default limits, this trace, and the key log that [`KEY_LOG_VARIABLE`] names, if it is
    /// set.
    pub fn new(trace: &'a mut dyn Write) -> Setup<'a> {
        Setup {
            limits: Limits::default(),
            trace,
            key_log: env::var_os(KEY_LOG_VARIABLE).map(PathBuf::from),
        }
    }
}

// By hand, because a `dyn Write` has no `Debug`.
impl fmt::Debug for Setup<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Setup")
            .field("limits", &self.limits)
            .field("key_log", &self.key_log)
            .finish_non_exhaustive()
    }
}
