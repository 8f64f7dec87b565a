// 1.14 Overflows

/// Does not ask how large the product is.
pub fn overflows(number: u32) -> u32 {
    let number = u8::try_from(number % 256).unwrap_or_default();
    u32::from(number * number)
}
