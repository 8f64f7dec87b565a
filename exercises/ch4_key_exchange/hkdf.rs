// 4.4 Keys from a secret

use std::error::Error;
use std::fmt;

use crate::ch1_symmetric::{Receiver, Sender};
use crate::ch3_signatures::hmac_sha256;

use super::SharedSecret;

/// More output was requested than the 255 blocks of 32 bytes that HKDF can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyBlocks;

impl fmt::Display for TooManyBlocks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HKDF gives at most 255 blocks of 32 bytes")
    }
}

impl Error for TooManyBlocks {}

/// **4.4** The first step of HKDF: turns a secret that does not look random into a key of 32 bytes
/// that does (RFC 5869 §2.2, with SHA-256).
///
/// A shared secret is hard to guess, but it is not uniformly distributed. It is the coordinate of a
/// point, and of all strings of 32 bytes only one in 32 is possible. Extracting condenses what is
/// unguessable in it into a *pseudorandom key*, about which nobody else knows anything.
///
/// ```text
/// pseudorandom key = HMAC-SHA-256(key: salt, message: secret)
/// ```
///
/// The *salt* is a second input, which need not be secret. It lets you get different keys from the
/// same secret. The salt may be empty, and then RFC 5869 uses 32 zero bytes instead. Does that
/// change anything for your [`hmac_sha256`]?
pub fn hkdf_extract(salt: &[u8], secret: &[u8]) -> [u8; 32] {
    todo!("4.4: extract a pseudorandom key from {secret:?} with the salt {salt:?}")
}

/// **4.4** The second step of HKDF: `length` bytes of output from the pseudorandom key (RFC 5869
/// §2.3, with SHA-256).
///
/// `info` says what the output is for. A different `info` gives a different output, and neither
/// reveals anything about the other. So you can derive as many keys from one secret as you need.
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
/// [`TooManyBlocks`] if `length` is more than 255 · 32: the counter is one byte, and must not wrap.
pub fn hkdf_expand(
    pseudorandom_key: &[u8; 32],
    info: &[u8],
    length: usize,
) -> Result<Vec<u8>, TooManyBlocks> {
    todo!("4.4: expand {pseudorandom_key:?} to {length} bytes for {info:?}")
}

/// The key and the IV under which one direction of a channel is sealed.
// Without `Debug`, so that no key finds its way into a log.
pub struct DirectionKeys {
    /// The key for AES-128-GCM.
    pub key: [u8; 16],
    /// What the nonces are made from (exercise 1.4).
    pub iv: [u8; 12],
}

impl DirectionKeys {
    /// The end that sends in this direction, starting with record 0.
    pub fn sender(&self) -> Sender {
        Sender::new(self.key, self.iv)
    }

    /// The end that receives in this direction, starting with record 0.
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
/// Each direction has keys of its own. With one key and one IV for both, the two sides' first
/// records would have the same nonce (exercise 1.6). And an attacker could send a record back to
/// the side that sealed it, and that side would open it.
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
/// Each of the two words is six bytes of ASCII. The shares are part of the info so that both sides
/// have the same keys only if they have seen the same exchange. The secret alone does not ensure
/// that: two different shares can lead to the same secret, for instance if they differ only in the
/// highest bit. RFC 7748 §6.1 suggests deriving the keys from the shares as well, and §7 says why.
/// TLS binds its keys to more than that: to the whole handshake (chapter 6).
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
