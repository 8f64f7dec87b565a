//! Sizes of keys.

/// The size of an RSA key where the size is not the point.
pub const BITS: usize = 1024;

/// A size that is a bit more than whole bytes. Signatures are one byte longer, that byte is 0 or 1,
/// and there is room above the modulus.
pub const ODD_BITS: usize = BITS + 1;
