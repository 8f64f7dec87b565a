//! The part of the grader that runs inside the child processes: it searches for an input on which
//! an answer is wrong, and writes down what it found. It knows nothing about cryptography.
//!
//! Read it in this order:
//!
//! 1. [`suite!`](crate::suite) and [`same!`](crate::same): how a property is written.
//! 2. [`search`]: how a property is tried, case by case, and how a failing case is made small.
//! 3. [`show`]: how values are shown. [`notes`]: which values are shown beside the arguments of a
//!    property.
//! 4. [`isolation`]: the child's half of grading; the parent's is in the crate `runner`.
//! 5. [`elsewhere()`]: what other processes of the same program compute.
//! 6. [`examination`]: the command line of a program that grades exercises.

pub mod elsewhere;
pub mod examination;
pub mod isolation;
pub mod notes;
mod panics;
pub mod property;
pub mod search;
pub mod show;
mod values;

pub use elsewhere::elsewhere;
pub use examination::examine;
pub use isolation::shared;
pub use panics::quietly;
pub use property::{Broken, Property};
pub use search::{seed, turn};

/// What the expansion of this crate's macros needs from elsewhere.
#[doc(hidden)]
pub mod reexported {
    pub use proptest::strategy::Just;
}
