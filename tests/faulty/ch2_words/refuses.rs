// 2.6 Refuses

/// Refuses what it should accept.
pub fn refuses(number: u32) -> Result<u32, String> {
    if number > 9 {
        Err("too large".to_owned())
    } else {
        Ok(number)
    }
}
