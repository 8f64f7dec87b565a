// 1.2 Panics

/// Reads past the end.
pub fn panics(bytes: &[u8]) -> u8 {
    bytes[bytes.len() / 2]
}
