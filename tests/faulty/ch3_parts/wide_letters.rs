// 3.3 Wide letters

/// Forgets the second of two numbers.
pub fn sum(one: u32, _other: u32) -> u32 {
    one
}
