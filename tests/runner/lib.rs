//! Grades exercises, each in a child process. This is the parent's half. It calls no exercise and
//! draws no value: the programs that it builds and runs do.
//!
//! Read it in this order:
//!
//! 1. [`run`]: a run from the choice of exercises to its report, a value.
//! 2. [`programs`] and [`cargo`]: which program grades an exercise, and how Cargo builds it.
//! 3. [`child`]: the process in which an exercise is graded, and what its end means; [`family`]:
//!    what it starts in turn; [`parts`]: an exercise that is graded in several of them.
//! 4. [`mod@print`]: the board and the failure report that the learner reads.
//! 5. [`cli`]: the command line of the grader; [`turn`]: graders in the same folder wait for one another.

pub mod cargo;
pub mod child;
pub mod cli;
pub mod family;
pub mod parallel;
pub mod parts;
pub mod print;
pub mod programs;
pub mod run;
pub mod turn;

pub use cli::grade;
pub use programs::Programs;
pub use run::{Cancel, Progress, Request, Runner, Workbook};
