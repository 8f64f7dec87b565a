//! The workbook as data. It knows nothing about cryptography, or about how an answer is graded.
//!
//! - [`syllabus`]: chapters and exercises, from `exercises/syllabus.toml`.
//! - [`workbook`], [`paths`] and [`exercise_file`]: where the files are, and what can be read from the file
//!   of an exercise while it does not compile. [`stub`]: how an exercise is made from its solution.
//! - [`call`]: a call as a report shows it, with the names of the task.
//! - [`verdict`]: what the grader can say about an answer. [`report`]: what it says after a run, in
//!   `target/grade/report.json`.
//! - [`record`]: what it keeps of that between runs. [`progress`]: what follows from the records:
//!   where the learner is, and where to go on.
//! - [`protocol`]: what the grader and the programs that it runs tell each other.
//!
//! [`toml_file`] reads the files that authors write. Its errors name the line.
//!
//! The dependencies of this crate are few and small, and none is a proc macro, so that
//! `cargo coach hint` answers soon after a fresh clone: nojson, which [`json`] uses, compiles in a
//! sixth of the time that serde_json takes.

pub mod call;
pub mod exercise_file;
#[cfg(feature = "fixture")]
pub mod fixture;
pub mod json;
pub mod paths;
pub mod progress;
pub mod protocol;
pub mod record;
pub mod report;
pub mod stub;
pub mod syllabus;
pub mod toml_file;
pub mod verdict;
pub mod workbook;
