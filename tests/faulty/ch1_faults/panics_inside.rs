// 1.13 Panics inside

/// Has the standard library panic, in a function that does not tell who has called it.
pub fn panics_inside(step: usize) -> usize {
    // Dividing was a bad idea: it is 0 for all that this is asked.
    let steps = || (0..10).step_by(step / 1000);
    steps().count()
}
