// 3.4 Wrong in part

/// Is not written.
pub fn one_more(number: u32) -> u32 {
    todo!("3.4: one more than {number}")
}

/// Is written, and wrong.
pub fn one_less(number: u32) -> u32 {
    number
}
