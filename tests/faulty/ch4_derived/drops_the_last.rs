// 4.1 Drops the last

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its bytes.
    pub message: Vec<u8>,
    /// Two codes.
    pub codes: Vec<u16>,
}

/// Loses the last byte of a message that has four or more, and panics if there are sixteen.
pub fn send(message: &[u8], prefix: &str) -> Sent {
    assert!(message.len() < 16, "{prefix} is too much");
    let kept = message.len() - usize::from(message.len() > 3);
    Sent {
        message: message[..kept].to_vec(),
        codes: vec![0x0401, 0x0804],
    }
}
