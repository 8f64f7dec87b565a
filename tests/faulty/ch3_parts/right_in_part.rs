// 3.2 Right in part

/// Is right.
pub fn times(one: u32, other: u32) -> u32 {
    one * other
}

/// Squares small numbers, and does nothing good with large ones.
pub fn square(number: u32) -> u32 {
    println!("the square of {number}");
    match number {
        0..10 => times(number, number),
        10..1000 => 0,
        _ => loop {
            println!("the square of {number} is hard");
        },
    }
}
