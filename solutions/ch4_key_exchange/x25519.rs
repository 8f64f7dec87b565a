// 4.3 X25519

use std::error::Error;
use std::fmt;

use subtle::ConstantTimeEq;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

/// The secret half of an X25519 key pair. The public half is the key share.
// Without `Debug`, so that no key finds its way into a log. Production code also wipes the bytes
// when the key is dropped (the crate `zeroize`).
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// **4.3** A fresh secret key: 32 bytes from the system's random number generator.
    ///
    /// Make one for each connection, and discard it afterwards. Forward secrecy depends on that.
    /// (The grader sees whether you make one, not whether you discard it.)
    pub fn random() -> SecretKey {
        // todo!("4.3: a secret key of 32 random bytes")
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system gives randomness");
        SecretKey(bytes)
    }

    /// The secret key with these bytes. Any 32 bytes are a valid key.
    pub fn from_bytes(bytes: [u8; 32]) -> SecretKey {
        SecretKey(bytes)
    }

    /// The bytes, for code that has to store the key. The grader uses them to check that
    /// [`random`](SecretKey::random) returns random keys.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// **4.3** The share that belongs to this key: the public half, which you send to the peer.
    ///
    /// X25519 is a function of a secret key and the u of a point. For your share, the point is the
    /// *base point*, whose u is 9 (RFC 7748 §6.1). So this does what [`public_value`] does with g,
    /// but on a curve. The lesson has [more about the base point](super#from-numbers-to-points).
    ///
    /// [`public_value`]: super::public_value
    pub fn share(&self) -> [u8; 32] {
        // todo!("4.3: the share of this key")
        x25519(self.0, X25519_BASEPOINT_BYTES)
    }
}

/// What both sides of an exchange know, and nobody else. It is not a key yet: see [`channel_keys`].
///
/// [`channel_keys`]: super::channel_keys
// Without `Debug`, like `SecretKey`, and without `==`, which stops at the first byte that differs.
pub struct SharedSecret([u8; 32]);

impl SharedSecret {
    /// The bytes, to derive keys from.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The peer's share is a point of low order: it leads to a secret of zeros, whatever your own key
/// is.
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
/// X25519     a point on Curve25519      k copies, added up           x25519(mine, theirs)
///            (its u, as 32 bytes,       (k is `mine`, read as
///            the lowest byte first)     a number)
/// ```
///
/// Here you rely on the crate `x25519-dalek`. Its function `x25519` does three things for you that
/// other implementations have gotten wrong:
///
/// - *Clamping.* Five bits of the secret key are set to fixed values before it is used as k: the
///   lowest three to 0, so that k is a multiple of 8, the highest to 0 and the one below it to 1.
///   Keys that differ only in those bits are the same key.
/// - *The highest bit* of a share is ignored. A u has 255 bits.
/// - *A u of p or more* (p is 2²⁵⁵ − 19) is read as its remainder modulo p, not refused.
///
/// # Errors
///
/// [`LowOrderPoint`] if the result is all zeros. Eight copies of a point of low order add up to the
/// neutral point, and so do k copies, because k is a multiple of 8. For the neutral point, which
/// has no u, X25519 returns 0. So with such a share the result is 0 for every key. This happens
/// with five values of u, and there are fourteen ways to write them. Check the result instead of
/// comparing the share with a list of fourteen, so that you can't forget one. RFC 7748 §6.1 permits
/// this check; TLS requires it (RFC 8422 §5.11, RFC 9846 §7.4.2).
///
/// Compare in constant time, with [`ConstantTimeEq`]. `==` stops at the first byte that differs, so
/// the time that it takes reveals how many zeros your secret begins with. The grader can't see the
/// difference.
pub fn shared_secret(mine: &SecretKey, theirs: &[u8; 32]) -> Result<SharedSecret, LowOrderPoint> {
    // todo!(
    //     "4.3: the secret shared by {:?} and {theirs:?}",
    //     mine.as_bytes()
    // )
    let secret = x25519(mine.0, *theirs);
    if secret.ct_eq(&[0; 32]).into() {
        return Err(LowOrderPoint);
    }
    Ok(SharedSecret(secret))
}
