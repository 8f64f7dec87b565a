// 3.2 Right in part

/// Squares small numbers, and does nothing good with large ones.
pub fn square(number: u32) -> u32 {
    println!("the square of {number}");
    match number {
        0..10 => number * number,
        10..1000 => 0,
        _ => loop {
            println!("the square of {number} is hard");
        },
    }
}
