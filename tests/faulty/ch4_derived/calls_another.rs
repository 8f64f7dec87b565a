// 4.2 Calls another

/// Is right.
pub fn twice(number: u32) -> u32 {
    number * 2
}
