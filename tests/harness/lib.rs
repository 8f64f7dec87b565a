//! The grader's library: it searches for an input on which an answer is wrong, survives whatever
//! the answer does, and says what it found. It knows nothing of cryptography.
//!
//! Read it in this order:
//!
//! 1. [`suite!`](crate::suite) and [`same!`](crate::same): how a property is written.
//! 2. [`search`]: how a property is tried, case by case, and a failing case made small.
//! 3. [`programs`] and [`examination`]: the programs that properties are tried in.
//! 4. [`isolation`]: the child process each exercise is graded in, and what its end means.
//! 5. [`verdict`]: the words for it, as they are written to `target/grade/report.json`.
//! 6. [`report`]: the board and the failure report that the learner reads.
//! 7. [`syllabus`] and [`exercise_file`]: the two kinds of file that learners and authors edit.
//! 8. [`cli`]: the command line of the grader, which [`grade`] runs.

pub mod cli;
pub mod examination;
pub mod exercise_file;
pub mod isolation;
pub mod paths;
pub mod programs;
pub mod property;
pub mod record;
pub mod report;
pub mod search;
pub mod show;

pub mod syllabus;
pub mod verdict;

pub use cli::grade;
pub use examination::examine;
pub use programs::Programs;
pub use property::{Broken, Property, Workbook};
pub use search::seed;

/// What the expansion of this crate's macros needs from elsewhere.
#[doc(hidden)]
pub mod reexported {
    pub use proptest::strategy::Just;
}
