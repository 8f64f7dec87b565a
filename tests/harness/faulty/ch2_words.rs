//! Answers that are wrong in words: what the report makes of them.

// 2.1 Not begun
/// A stub.
pub fn not_begun(number: u32) -> u32 {
    todo!("2.1: give {number} back")
}

// 2.2 Waiting
/// Calls a stub.
pub fn waiting(number: u32) -> u32 {
    not_begun(number)
}

// 2.3 A todo of one's own
/// A learner's own mark.
pub fn own_todo(_: u32) -> u32 {
    todo!()
}

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

// 2.5 A wrong row
/// Knows all but one row of a table.
pub fn wrong_row(number: u32) -> u32 {
    if number == 3 { 10 } else { number * number }
}

// 2.6 Refuses
/// Refuses what it should take.
pub fn refuses(number: u32) -> Result<u32, String> {
    if number > 9 {
        Err("too large".to_owned())
    } else {
        Ok(number)
    }
}

// 2.7 Repeats itself
/// Gives the same answer every time.
pub fn repeats_itself() -> u32 {
    4
}

// 2.9 Has no tools
/// Is right, as far as can be told without scales.
pub fn weighs(number: u32) -> u32 {
    number
}

// 2.10 Has no tools and errs
/// Is wrong, scales or not.
pub fn weighs_too_much(number: u32) -> u32 {
    number + 1
}
