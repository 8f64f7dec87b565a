//! Sizes of keys and messages.

/// The size of an RSA key when the size does not matter: the smallest that `rsa` makes.
pub const BITS: usize = 1024;

/// The longest message for such a key.
pub const MOST: usize = 1024 / 8 - 2 * 32 - 2;

/// The smallest whole number of bytes with room for an AES key of 16 bytes: three times as quick.
pub const SMALL: usize = 8 * (16 + 2 * 32 + 2);
