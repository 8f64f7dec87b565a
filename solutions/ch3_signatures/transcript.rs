// 3.1 The transcript

use sha2::{Digest, Sha256};

/// Everything that has been said so far, as one hash: SHA-256 of all the pieces, one after the
/// other.
///
/// A handshake goes back and forth, and at its end both sides make sure that they have heard the
/// same. They need not keep every message for that. A hash takes its input piece by piece, and what
/// it remembers in between never grows. (That it does not grow is not graded.)
///
/// A clone is a transcript of its own: what is added to it is not in the other, and the other way
/// round.
///
/// ```text
/// add "client hello"      add "server hello"      add "certificate" …
///         │                       │                       │
/// ──▶ [ state ] ────────────▶ [ state ] ────────────▶ [ state ] ──▶ …
///         │                       │                       │
///         ▼                       ▼                       ▼
///       hash()                  hash()                  hash()
/// ```
///
/// It is read while it is still being written. In TLS 1.3, the server signs what has been said
/// before its signature, and the MAC at the end covers the signature, too (RFC 8446 §4.4.1). The
/// transcript is the first thing that you build for the handshake of chapter 6.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    hasher: Sha256,
}

impl Transcript {
    /// A transcript in which nothing has been said.
    pub fn new() -> Transcript {
        Transcript::default()
    }

    /// **3.1** Adds the next piece.
    ///
    /// Where one piece ends and the next begins makes no difference: "ab" and then "c" is "a" and
    /// then "bc". A network may cut messages anywhere, and both sides must get the same hash. (What
    /// keeps two handshakes apart that way? Every handshake message begins with its type and its
    /// length.)
    pub fn add(&mut self, piece: &[u8]) {
        // todo!("3.1: add {piece:?} to what has been said")
        self.hasher.update(piece);
    }

    /// **3.1** The SHA-256 of everything that has been added. The transcript goes on as if nobody
    /// had looked.
    pub fn hash(&self) -> [u8; 32] {
        // todo!("3.1: the hash of what has been said so far")

        // Finishing a hash uses it up, so it is a copy that is finished.
        self.hasher.clone().finalize().into()
    }
}
