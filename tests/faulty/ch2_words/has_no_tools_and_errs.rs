// 2.10 Has no tools and errs

/// Is wrong, scales or not.
pub fn weighs_too_much(number: u32) -> u32 {
    number + 1
}
