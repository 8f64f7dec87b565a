// 1.4 Recurses

/// Calls itself forever.
#[expect(unconditional_recursion, reason = "this is the fault")]
pub fn recurses(number: u32) -> u32 {
    // So that the optimizer does not turn it into a loop.
    number.max(std::hint::black_box(recurses(number)))
}
