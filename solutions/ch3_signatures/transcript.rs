// 3.1 The transcript

use sha2::{Digest, Sha256};

/// Everything that has been said so far, as one hash: SHA-256 of all the pieces, one after the
/// other.
///
/// A handshake goes back and forth, and at its end both sides make sure that they have seen the
/// same messages. They need not keep every message for that. A hash takes its input piece by piece,
/// and what it remembers in between, its *state*, never grows. (The grader does not measure that.)
///
/// A clone is independent: what you add to one of the two does not appear in the other.
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
/// The transcript is read while it is still being written. In TLS 1.3, the server signs everything
/// that was said before its signature, and the MAC at the end covers the signature, too (RFC 9846
/// §4.5). The transcript is the first thing that you build for the handshake of chapter 6.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    hasher: Sha256,
}

impl Transcript {
    /// An empty transcript: nothing has been said yet.
    pub fn new() -> Transcript {
        Transcript::default()
    }

    /// **3.1** Adds the next piece.
    ///
    /// Where one piece ends and the next begins makes no difference: adding "ab" and then "c" gives
    /// the same hash as adding "a" and then "bc". A network may cut messages anywhere, and both
    /// sides must get the same hash. (If the cuts don't count, what keeps two different handshakes
    /// from having the same hash? Every handshake message begins with its type and its length.)
    pub fn add(&mut self, piece: &[u8]) {
        // todo!("3.1: add {piece:?} to what has been said")
        self.hasher.update(piece);
    }

    /// **3.1** The SHA-256 of everything that has been added. Reading it changes nothing: you can
    /// keep adding.
    pub fn hash(&self) -> [u8; 32] {
        // todo!("3.1: the hash of what has been said so far")

        // Finishing consumes the hasher, so finish a copy.
        self.hasher.clone().finalize().into()
    }
}
