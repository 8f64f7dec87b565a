// 3.1 Half written

/// Is written.
pub fn first_half(number: u32) -> u32 {
    number / 2
}

/// Is not.
pub fn second_half(number: u32) -> u32 {
    todo!("3.1: the second half of {number}")
}
