// 2.4 Wrong bytes

/// Changes one byte.
pub fn wrong_bytes(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut bytes = bytes.to_vec();
    if bytes.len() > 40 {
        println!("changing byte 37 of {}", bytes.len());
        bytes[37] ^= 0x10;
    }
    Ok(bytes)
}
