//! What the grader has to say about an exercise.
//!
//! These types are also the schema of `target/grade/report.json`: [`Report`] is the whole file.
//! [`SCHEMA`] rises when a field changes its meaning or goes; new fields may come without it.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The version of the schema of `report.json`.
pub const SCHEMA: u32 = 2;

/// The results of one run of the grader.
#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`] of the grader that wrote it.
    pub schema: u32,
    /// Whose answers were graded: `exercises` or `solutions`.
    pub subject: String,
    /// Where the run's randomness came from.
    pub seed: Seed,
    /// Points earned, of `possible`, by the exercises of this run.
    pub points: u32,
    /// Points that the exercises of this run can earn.
    pub possible: u32,
    /// The exercises that this run graded, in reading order.
    pub exercises: Vec<Graded>,
}

/// One exercise with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Graded {
    /// Chapter and place in it: `1.3`.
    pub id: String,
    /// The exercise's title.
    pub title: String,
    /// The module it stands in: `ch1_symmetric`.
    pub chapter: String,
    /// Points for solving it.
    pub stars: u32,
    /// The file to edit, from the root of the workbook, and the line where there is work to do.
    pub file: String,
    /// See `file`.
    pub line: usize,
    /// The verdict, as fields of this object: `"verdict": "wrong"`.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The exercises that its answer calls and that are not known to be solved.
    #[serde(default)]
    pub unsolved_needs: Vec<String>,
    /// What went wrong, where a property was being tried.
    pub failure: Option<Failure>,
    /// What the answer printed in the case that went wrong, cut to a page.
    pub printed: String,
    /// How long it took to grade.
    pub seconds: f64,
}

/// The verdict on one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Every property holds.
    Solved,
    /// Its `todo!` was reached.
    NotStarted,
    /// The `todo!` of an earlier exercise was reached.
    Waiting {
        /// The number of that exercise.
        waiting_for: String,
    },
    /// A property could not be tried on this machine. All others hold, which is not enough.
    Skipped {
        /// What was missing.
        reason: String,
    },
    /// A property was broken.
    Wrong,
    /// The answer panicked.
    Panicked,
    /// The answer recursed until its stack was full.
    OverflowedStack,
    /// The answer ended its process by a signal or `abort`.
    Aborted {
        /// How the operating system put it.
        status: String,
    },
    /// The answer called `exit`.
    Exited {
        /// The status it gave.
        code: i32,
    },
    /// The answer had not come to an end in the time given.
    OutOfTime {
        /// The time given.
        limit_seconds: u64,
    },
    /// The answer asked for more memory than it was given.
    OutOfMemory {
        /// The memory given.
        limit_bytes: usize,
    },
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Solved => write!(out, "solved"),
            Verdict::NotStarted => write!(out, "not started"),
            Verdict::Waiting { waiting_for } => write!(out, "waiting for {waiting_for}"),
            Verdict::Skipped { reason } => write!(out, "skipped: {reason}"),
            Verdict::Wrong => write!(out, "wrong"),
            Verdict::Panicked => write!(out, "panicked"),
            Verdict::OverflowedStack => write!(out, "overflowed its stack"),
            Verdict::Aborted { .. } => write!(out, "aborted"),
            Verdict::Exited { .. } => write!(out, "exited"),
            Verdict::OutOfTime { .. } => write!(out, "ran out of time"),
            Verdict::OutOfMemory { .. } => write!(out, "ran out of memory"),
        }
    }
}

/// A case in which a property did not hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The case.
    pub case: Case,
    /// The sentence that was broken.
    pub sentence: String,
    /// One thought for the learner.
    pub think: String,
    /// How many cases were tried in all.
    pub tries: u32,
    /// What kind of case it is.
    pub found: Found,
    /// What happened, unless the process died of it.
    pub fault: Option<Fault>,
}

/// A case of a property, as the learner sees it and as it can be found again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The property's function.
    pub property: String,
    /// Its arguments.
    pub inputs: Vec<Input>,
    /// Where the case is found again.
    pub replay: Replay,
}

/// One argument of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The argument's name.
    pub name: String,
    /// Its value, as it is shown.
    pub value: String,
}

/// Where a case is found again: what was drawn, and how it was made smaller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The seed of the run.
    pub seed: Seed,
    /// The number of the draw.
    pub draw: u32,
    /// The steps that made it smaller: `s` for simplify, `c` for complicate, as proptest has them.
    pub path: String,
}

/// How a failing case was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It was drawn or listed, and not made smaller.
    First,
    /// No smaller one was found.
    Smallest,
    /// It was kept from the last run.
    Replayed,
}

/// What happened in a failing case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// An answer was not the one expected.
    Different {
        /// The expression that was asked for.
        call: String,
        /// What it should have been.
        expected: String,
        /// What it was.
        got: String,
    },
    /// The answer panicked.
    Panicked {
        /// The expression that was asked for, where one was.
        call: Option<String>,
        /// What it said.
        message: String,
        /// File, line and column.
        location: String,
        /// Whether it was in a thread that the answer had started.
        in_own_thread: bool,
    },
}

/// Where a run's randomness comes from. Written as 16 hex digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl FromStr for Seed {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Seed, ParseIntError> {
        u64::from_str_radix(text, 16).map(Seed)
    }
}

impl From<Seed> for String {
    fn from(seed: Seed) -> String {
        seed.to_string()
    }
}

impl TryFrom<String> for Seed {
    type Error = ParseIntError;

    fn try_from(text: String) -> Result<Seed, ParseIntError> {
        text.parse()
    }
}
