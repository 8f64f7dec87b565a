// 4.5 Mallory

use crate::ch1_symmetric::{Exhausted, Receiver, Rejected, Sender};

use super::{LowOrderPoint, SecretKey, channel_keys, shared_secret};

/// One of the two ends of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one who began.
    Client,
    /// The one who answered.
    Server,
}

/// *This attacks.* Mallory controls the network between a client and a server, and has one X25519
/// key of her own. Nothing more: she breaks no cipher, and finds no logarithm.
///
/// Her victims do all that this chapter has taught so far. Each makes a fresh key and sends its
/// share. Each refuses points of low order, computes the secret as in 4.3 and the keys as in 4.4,
/// and seals what it says as in 1.5. But neither knows whose share it has got.
///
/// ```text
/// client                          Mallory                          server
/// keeps a                         keeps m                          keeps b
///   │ ── share of a ─────────────▶ │ ── share of m ────────────────▶ │
///   │ ◀──────────── share of m ─── │ ◀────────────── share of b ──── │
///   │                              │                                 │
///   │ ═══ one channel: a and m ═══ │ ═══ another one: m and b ══════ │
///   │                              │                                 │
///   │ ── record ──▶ read           │ write ── record ──────────────▶ │
/// ```
///
/// Each victim has a secret that it shares with one other, as promised. That other is Mallory. She
/// reads what the client seals, and seals for the server what she likes: the same, something else,
/// or nothing. Neither can tell.
///
/// What helps is to bind the shares to a name, by a signature (Diffie, van Oorschot and Wiener,
/// 1992): exercise 4.6. CWE-322 is the number under which software is listed that does without.
pub struct Mallory {
    secret: SecretKey,
}

impl Mallory {
    /// Mallory, with this key.
    pub fn new(secret: SecretKey) -> Mallory {
        Mallory { secret }
    }

    /// **4.5** The share that she hands to both victims, each in the place of the other's.
    pub fn share(&self) -> [u8; 32] {
        todo!("4.5: what both victims get in the place of the other's share")
    }

    /// **4.5** Takes her place in the middle, once both victims have sent their shares and got hers:
    /// computes what she shares with each of them, and sets up both channels.
    ///
    /// Take care which shares each victim has seen. The keys depend on them.
    ///
    /// # Errors
    ///
    /// [`LowOrderPoint`] where one of the victims has sent such a share.
    pub fn sit_between(
        &self,
        client_share: &[u8; 32],
        server_share: &[u8; 32],
    ) -> Result<Interception, LowOrderPoint> {
        todo!("4.5: set up a channel to the owner of {client_share:?} and of {server_share:?}")
    }
}

/// Mallory at work: two channels, of which she has the other end.
pub struct Interception {
    from_client: Receiver,
    to_client: Sender,
    from_server: Receiver,
    to_server: Sender,
}

impl Interception {
    /// **4.5** Reads what the victim `from` has sealed in `record`, in the belief that it goes to
    /// the other one.
    ///
    /// # Errors
    ///
    /// [`Rejected`] where the record is not the next one of this victim.
    pub fn read(&mut self, from: Side, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        todo!("4.5: open {record:?}, which comes from {from:?}")
    }

    /// **4.5** Seals `message` for the victim `to`, who will take it for the other one's. It may be
    /// what the other has said, or not.
    ///
    /// The victims count records, as in 1.5. Mallory counts her own: so she may leave out what was
    /// said, or add to it, and no number is missing.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where the numbers of this direction are used up.
    pub fn write(&mut self, to: Side, message: &[u8]) -> Result<Vec<u8>, Exhausted> {
        todo!("4.5: seal {message:?} for {to:?}")
    }
}
