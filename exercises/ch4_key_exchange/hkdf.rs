// 4.4 Keys from a secret

use std::error::Error;
use std::fmt;

use crate::ch1_symmetric::{Receiver, Sender};
use crate::ch3_signatures::hmac_sha256;

use super::SharedSecret;

/// More output was asked for than HKDF has: 255 blocks of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyBlocks;

impl fmt::Display for TooManyBlocks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HKDF has no more than 255 blocks of output")
    }
}

impl Error for TooManyBlocks {}

/// **4.4** The first step of HKDF: makes a key of 32 bytes that look random from a secret that does
/// not (RFC 5869 §2.2, with SHA-256).
///
/// A shared secret is hard to guess, but its bits are not even. It is the coordinate of a point, and
/// of all strings of 32 bytes only one in 32 can come out. Extracting condenses what is unguessable
/// in it into a *pseudorandom key*, of which nobody else can say anything.
///
/// ```text
/// pseudorandom key = HMAC-SHA-256(key: salt, message: secret)
/// ```
///
/// The salt need not be secret, and may be empty. RFC 5869 then puts 32 zero bytes in its place.
/// Does that change anything for your [`hmac_sha256`]?
pub fn hkdf_extract(salt: &[u8], secret: &[u8]) -> [u8; 32] {
    todo!("4.4: extract a pseudorandom key from {secret:?} with the salt {salt:?}")
}

/// **4.4** The second step of HKDF: `length` bytes of output from the pseudorandom key (RFC 5869
/// §2.3, with SHA-256).
///
/// `info` says what the output is for. Under another info there is another output, and neither says
/// anything about the other: so one secret gives as many keys as you need.
///
/// ```text
/// block 1 = HMAC(key,           info ‖ 01)
/// block 2 = HMAC(key, block 1 ‖ info ‖ 02)
/// block 3 = HMAC(key, block 2 ‖ info ‖ 03)      and so on
///
/// output  = block 1 ‖ block 2 ‖ block 3 …       cut after `length` bytes
/// ```
///
/// # Errors
///
/// [`TooManyBlocks`] where `length` is above 255 · 32: the counter is one byte, and must not wrap.
pub fn hkdf_expand(
    pseudorandom_key: &[u8; 32],
    info: &[u8],
    length: usize,
) -> Result<Vec<u8>, TooManyBlocks> {
    todo!("4.4: expand {pseudorandom_key:?} to {length} bytes for {info:?}")
}

/// What one direction of a channel is sealed under.
// Without `Debug`, so that no key finds its way into a log.
pub struct DirectionKeys {
    /// The key for AES-128-GCM.
    pub key: [u8; 16],
    /// What the nonces are made from, exercise 1.4.
    pub iv: [u8; 12],
}

impl DirectionKeys {
    /// The end that sends in this direction, at its first record.
    pub fn sender(&self) -> Sender {
        Sender::new(self.key, self.iv)
    }

    /// The end that receives in this direction, at its first record.
    pub fn receiver(&self) -> Receiver {
        Receiver::new(self.key, self.iv)
    }
}

/// The keys of a channel between a client and a server.
pub struct ChannelKeys {
    /// For what the client sends.
    pub client: DirectionKeys,
    /// For what the server sends.
    pub server: DirectionKeys,
}

/// **4.4** The keys of a channel, from the secret that its two ends share.
///
/// Each direction has its own. With one key and one IV for both, the two sides' first records would
/// have the same nonce (exercise 1.6). And an attacker could send a record back to the side that
/// sealed it, which would open it.
///
/// ```text
///                       no salt
///                          │
/// shared secret ───▶  hkdf_extract  ───▶ pseudorandom key
///                                            │
///           ┌────────────────────────────────┴────────────────┐
///           ▼                                                 ▼
///      hkdf_expand                                       hkdf_expand
///      "client" ‖ client share ‖ server share            "server" ‖ client share ‖ server share
///           │                                                 │
///           ▼                                                 ▼
///      28 bytes: key (16), then IV (12)                  28 bytes: key (16), then IV (12)
/// ```
///
/// The two words are six bytes of ASCII. The shares stand in the info so that both sides have the
/// same keys only if they have seen the same exchange: two shares can lead to one secret (one with
/// the highest bit set, for instance). RFC 7748 §6.1 suggests this, and §7 says why. TLS binds more
/// than that, the whole handshake: chapter 6.
pub fn channel_keys(
    secret: &SharedSecret,
    client_share: &[u8; 32],
    server_share: &[u8; 32],
) -> ChannelKeys {
    todo!(
        "4.4: keys for both directions from {:?}, bound to {client_share:?} and {server_share:?}",
        secret.as_bytes()
    )
}
