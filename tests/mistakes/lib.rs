//! The catalogue of mistakes: wrong answers that a real person would write, each naming the property that
//! must catch it. An exercise has a file of them here, of its own name.
//!
//! 1. [`catalogue`]: reads them, and makes each edit to a copy of the solution.
//! 2. [`scratch`]: a copy of the workbook, in which a wrong answer is built.
//! 3. [`judge`]: grades it, and says whether it is caught.

pub mod catalogue;
pub mod judge;
pub mod scratch;

pub use judge::judge_all;
