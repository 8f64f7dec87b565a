// 4.3 X25519

use std::error::Error;
use std::fmt;

use subtle::ConstantTimeEq;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

/// The secret half of an X25519 key share.
// Without `Debug`, so that no key finds its way into a log. A real one also wipes its bytes when it
// is dropped (the crate `zeroize`).
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// **4.3** A fresh secret key: 32 bytes from the system's generator.
    ///
    /// Make one for each connection, and let go of it afterwards. That is what forward secrecy rests
    /// on.
    pub fn random() -> SecretKey {
        todo!("4.3: a secret key of 32 random bytes")
    }

    /// The secret key with these bytes. Any 32 bytes are one.
    pub fn from_bytes(bytes: [u8; 32]) -> SecretKey {
        SecretKey(bytes)
    }

    /// The bytes, for who has to keep the key. The grader looks at them to see whether
    /// [`random`](SecretKey::random) is.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// **4.3** The share that belongs to this key: the public half, which you send to the peer.
    ///
    /// It is X25519 of this key and the *base point*, whose coordinate u is 9 (RFC 7748 §6.1):
    /// what [`public_value`] does with g, on a curve.
    ///
    /// [`public_value`]: super::public_value
    pub fn share(&self) -> [u8; 32] {
        todo!("4.3: the share of this key")
    }
}

/// What both sides of an exchange know, and nobody else. Not a key yet: see [`channel_keys`].
///
/// [`channel_keys`]: super::channel_keys
// Without `Debug`, as `SecretKey`, and without `==`, which stops at the first byte that differs.
pub struct SharedSecret([u8; 32]);

impl SharedSecret {
    /// The bytes, to derive keys from.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The peer's share leads to a secret of zeros, whatever one's own key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LowOrderPoint;

impl fmt::Display for LowOrderPoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the peer's share is a point of low order")
    }
}

impl Error for LowOrderPoint {}

/// **4.3** The secret shared with the peer whose share is `theirs`: X25519 of your secret key
/// `mine` and that share (RFC 7748 §5 and §6.1).
///
/// ```text
/// 4.1        a number modulo p          raised to a power            mod_pow(theirs, secret)
/// X25519     a point on Curve25519      added to itself k times      x25519(mine, theirs)
///            (its coordinate u, as
///            32 bytes, the lowest first)
/// ```
///
/// Here you stand on the crate `x25519-dalek`. Its function `x25519` does three things for you that
/// others have got wrong:
///
/// - *Clamping.* Five bits of the secret key are set to fixed values before it is used: the lowest
///   three to 0, so that k is a multiple of 8, the highest to 0 and the one below it to 1. Keys that
///   differ in those bits alone are the same key.
/// - *The highest bit* of a share is ignored. A u has 255 bits.
/// - *A u of p or more* (p is 2²⁵⁵ − 19) is taken for its remainder, not refused.
///
/// # Errors
///
/// [`LowOrderPoint`] where the result is all zeros. A few points are back at the neutral one after 8
/// additions at the most, and k is a multiple of 8: so the result is 0 for every key. There are five
/// such values of u, and fourteen ways to write them. Look at the result, not for the fourteen: then
/// none is forgotten. RFC 7748 §6.1 permits this check, TLS demands it (RFC 8422 §5.11, RFC 8446
/// §7.4.2).
///
/// Compare in constant time, with [`ConstantTimeEq`]. `==` stops at the first byte that differs, so
/// its time says how many zeros your secret begins with. No property can see the difference.
pub fn shared_secret(mine: &SecretKey, theirs: &[u8; 32]) -> Result<SharedSecret, LowOrderPoint> {
    todo!(
        "4.3: the secret shared by {:?} and {theirs:?}",
        mine.as_bytes()
    )
}
