//! Sizes of keys and messages.

/// The size of an RSA key when the size does not matter: the smallest that `rsa` makes.
pub const BITS: usize = 1024;

/// The longest message for such a key.
pub const MOST: usize = 1024 / 8 - 2 * 32 - 2;
