// 2.9 Has no tools

/// Is right, as far as can be told without scales.
pub fn weighs(number: u32) -> u32 {
    number
}
