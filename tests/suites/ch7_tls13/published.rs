//! The connections of RFC 8448, as arguments of properties.

use fixtures::tls13::traces::{Trace, traces};
use harness::show::{Piece, Show};

/// A connection of RFC 8448, as the learner reads it.
pub struct Published(pub Trace);

impl Show for Published {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::Text(format!("RFC 8448 {}", self.0.section))]
    }
}

/// Those of §3, §5 and §7.
pub fn published() -> Vec<Published> {
    traces().into_iter().map(Published).collect()
}
