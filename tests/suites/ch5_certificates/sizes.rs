//! Sizes of keys.

/// The size of an RSA key where the size is not the point.
pub const BITS: usize = 1024;

/// The smallest RSA key that webpki takes from a CA.
pub const SAFE_BITS: usize = 2048;
