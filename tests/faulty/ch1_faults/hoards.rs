// 1.7 Hoards

/// Allocates without end.
pub fn hoards(_: u32) -> u32 {
    let mut hoard = Vec::new();
    loop {
        hoard.push(vec![1_u8; 1 << 20]);
    }
}
