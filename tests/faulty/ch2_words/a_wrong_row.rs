// 2.5 A wrong row

/// Knows all but one row of a table.
pub fn wrong_row(number: u32) -> u32 {
    if number == 3 { 10 } else { number * number }
}
