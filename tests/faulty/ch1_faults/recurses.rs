// 1.4 Recurses

/// Calls itself for ever.
#[expect(unconditional_recursion, reason = "this is the fault")]
pub fn recurses(number: u32) -> u32 {
    // So that the optimizer does not make a loop of it.
    number.max(std::hint::black_box(recurses(number)))
}
