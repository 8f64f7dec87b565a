//! What all versions of TLS share: the wire format, the hellos, the names of the numbers on the wire,
//! the reasons to end a connection early, the endpoint that runs a handshake, and the trace. What
//! belongs to one version has a module of its own: [`tls12`](crate::tls12), [`tls13`](crate::tls13).
//! Each has its own record layer, a `Wire`, because records are protected in different ways.
//!
//! ```text
//! bytes ──▶ records ──▶ messages        Wire, which opens the records once there are keys
//!                          │
//!                          ▼
//!                      the handshake    yours: chapters 6 and 7
//!                          │
//! bytes ◀── records ◀── messages        Wire, which seals them
//! ```
//!
//! Nothing in here judges what it reads. A message can be read, or it is refused as malformed.
//! Whether it may come now, and whether what it says can be believed, is for your handshake to
//! decide.

pub(crate) mod abort;
pub(crate) mod codec;
pub(crate) mod connection;
pub(crate) mod endpoint;
pub(crate) mod handshake;
pub(crate) mod incoming;
pub(crate) mod key_log;
pub(crate) mod messages;
pub(crate) mod names;
pub(crate) mod passed;
pub(crate) mod places;
pub(crate) mod record;
pub(crate) mod records;
pub(crate) mod step;
pub mod trace;
pub(crate) mod undecided;

pub use abort::{Abort, Distrust};
pub use codec::{Malformed, Writer};
pub use connection::{Connection, NotOpen, Status};
pub use endpoint::{Endpoint, MAX_IDLE_MESSAGES};
pub use handshake::{Handshake, HandshakeMessage};
pub use incoming::Incoming;
pub use messages::{ClientHello, Extension, HELLO_RETRY_REQUEST, KeyShare, ServerHello};
pub use names::{Alert, CipherSuite, ContentType, HandshakeType, SignatureScheme, Suite};
pub use names::{TLS_1_2, TLS_1_3, TLS_AES_128_GCM_SHA256, X25519};
pub use passed::{Direction, Passed};
pub use record::MAX_FRAGMENT;
pub use records::{MAX_EMPTY_RECORDS, MAX_HANDSHAKE, RecordLayer};
pub use step::{Established, Progress, Step};
pub use undecided::{Choose, Chosen, Undecided};
// Answers of chapter 6 import these from here. They are those of TLS 1.2.
#[doc(no_inline)]
pub use crate::tls12::{OpenRecord, SealRecord, Wire};
