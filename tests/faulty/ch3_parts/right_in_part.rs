// 3.2 Right in part

/// The square of small numbers, and nothing good of large ones.
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
