// 4.5 Mallory

use crate::ch1_symmetric::{Exhausted, Receiver, Rejected, Sender};

use super::{LowOrderPoint, SecretKey, channel_keys, shared_secret};

/// One of the two ends of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The side that opened the connection.
    Client,
    /// The side that answered.
    Server,
}

/// *This exercise is an attack.* Mallory controls the network between a client and a server, and
/// has one X25519 key of her own. She needs nothing more: she breaks no cipher, and computes no
/// logarithm.
///
/// Her victims do everything that this chapter has taught so far. Each makes a fresh key and sends
/// its share. Each refuses points of low order, computes the secret as in 4.3 and the keys as in
/// 4.4, and seals what it says as in 1.5. But neither knows whose share it has received.
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
/// As the exchange promises, each victim has a secret that it shares with exactly one other party.
/// That party is Mallory. She reads what the client seals, and seals for the server whatever she
/// likes: the same, something else, or nothing. Neither victim can tell.
///
/// The remedy is a signature that shows whose share it is (Diffie, van Oorschot and Wiener, 1992).
/// In exercise 4.6 you sign the server's share; in chapter 5 you find out whose key signed it. CWE,
/// a public catalog of weaknesses in software, lists an exchange that does not check who the other
/// side is as CWE-322, *Key Exchange without Entity Authentication*.
pub struct Mallory {
    secret: SecretKey,
}

impl Mallory {
    /// Mallory, with this key.
    pub fn new(secret: SecretKey) -> Mallory {
        Mallory { secret }
    }

    /// **4.5** The share that she gives to each victim, in place of the other victim's share.
    pub fn share(&self) -> [u8; 32] {
        // todo!("4.5: the share that each victim gets in place of the other's")
        self.secret.share()
    }

    /// **4.5** Takes her place in the middle, once both victims have sent their shares and received
    /// hers: computes what she shares with each of them, and sets up both channels.
    ///
    /// Keep track of which shares each victim has seen. The keys depend on them.
    ///
    /// # Errors
    ///
    /// [`LowOrderPoint`] if the share of one of the victims is a point of low order.
    pub fn sit_between(
        &self,
        client_share: &[u8; 32],
        server_share: &[u8; 32],
    ) -> Result<Interception, LowOrderPoint> {
        // todo!("4.5: set up channels to the owners of {client_share:?} and {server_share:?}")
        let mine = self.share();
        // The client has seen its own share and hers. The server has seen hers and its own.
        let with_client = shared_secret(&self.secret, client_share)?;
        let with_client = channel_keys(&with_client, client_share, &mine);
        let with_server = shared_secret(&self.secret, server_share)?;
        let with_server = channel_keys(&with_server, &mine, server_share);
        Ok(Interception {
            from_client: with_client.client.receiver(),
            to_client: with_client.server.sender(),
            from_server: with_server.server.receiver(),
            to_server: with_server.client.sender(),
        })
    }
}

/// Mallory at work: two channels, and she is at the far end of both.
pub struct Interception {
    from_client: Receiver,
    to_client: Sender,
    from_server: Receiver,
    to_server: Sender,
}

impl Interception {
    /// **4.5** Opens `record`, which the victim `from` has sealed in the belief that it goes to the
    /// other victim.
    ///
    /// # Errors
    ///
    /// [`Rejected`] if the record is not the next one from this victim.
    pub fn read(&mut self, from: Side, record: &[u8]) -> Result<Vec<u8>, Rejected> {
        // todo!("4.5: open {record:?}, which comes from {from:?}")
        match from {
            Side::Client => self.from_client.receive(record),
            Side::Server => self.from_server.receive(record),
        }
    }

    /// **4.5** Seals `message` for the victim `to`, who will believe that it comes from the other
    /// victim. It may be what the other has said, or not.
    ///
    /// The victims count records, as in 1.5. Mallory keeps her own count of the records that she
    /// seals. So she can leave out what was said, or add to it, and no number is missing.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] if the numbers of this direction are used up. (The grader does not wait for
    /// that.)
    pub fn write(&mut self, to: Side, message: &[u8]) -> Result<Vec<u8>, Exhausted> {
        // todo!("4.5: seal {message:?} for {to:?}")
        match to {
            Side::Client => self.to_client.send(message),
            Side::Server => self.to_server.send(message),
        }
    }
}
