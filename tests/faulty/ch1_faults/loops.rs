// 1.3 Loops

/// Never returns.
pub fn loops(number: u32) -> u32 {
    println!("number is {number}");
    loop {
        std::hint::spin_loop();
    }
}
