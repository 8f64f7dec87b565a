// 1.1 Right

/// A right answer beside all the others.
pub fn right(number: u32) -> u32 {
    number
}
