//! The catalogue of mistakes: wrong answers that a real person would write, each naming the property that
//! must catch it. An exercise has a file of them here, of its own name.
//!
//! 1. [`catalogue`]: reads them, and makes each edit to a copy of the solution.
//! 2. [`scratch`]: a copy of the workbook, in which a wrong answer is built.
//! 3. `side_by_side` and `builds`: as many as can share a build.
//! 4. `fate`: grades one, and says how it fares.
//! 5. [`judge`]: all of that for a chapter, or for the whole catalogue.

mod builds;
pub mod catalogue;
mod fate;
pub mod judge;
pub mod scratch;
mod side_by_side;

pub use judge::judge_all;
