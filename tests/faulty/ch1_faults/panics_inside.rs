// 1.13 Panics inside

/// Makes the standard library panic, in a function that does not say who called it.
pub fn panics_inside(step: usize) -> usize {
    // Dividing was a bad idea: it is 0 for every step that this gets.
    let steps = || (0..10).step_by(step / 1000);
    steps().count()
}
