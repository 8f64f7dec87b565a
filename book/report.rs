//! What the grader says after a run. [`Report`] is also the schema of `target/grade/report.json`,
//! which has everything that the screen says:
//!
//! ```json
//! {
//!   "schema": 3,
//!   "subject": "exercises",
//!   "seed": "82414c16dc9b0f24",
//!   "points": 1, "possible": 1,
//!   "points_in_all": 1, "possible_in_all": 129,
//!   "exercises": [{
//!     "id": "1.1", "title": "The one-time pad", "chapter": "ch1_symmetric", "stars": 1,
//!     "file": "exercises/ch1_symmetric/one_time_pad.rs", "line": 38,
//!     "verdict": "solved",
//!     "solved": "A pad of random bytes …", "is_later": false, "suspects": [],
//!     "properties": [{
//!       "property": "encrypting_twice_is_nothing", "sentence": "…", "holds": "yes",
//!       "milliseconds": 40
//!     }],
//!     "todo": null, "failure": null, "printed": "", "seconds": 0.1,
//!     "sources": "9b7e0f1c52d4a836"
//!   }],
//!   "further": [],
//!   "chapters": [{ "module": "ch1_symmetric", "number": "1", "title": "One key for both" }],
//!   "next": {
//!     "id": "1.2", "title": "The pad used twice",
//!     "file": "exercises/ch1_symmetric/two_time_pad.rs", "line": 21, "is_begun": false
//!   }
//! }
//! ```
//!
//! If a verdict needs more than a word, the rest is in fields beside `verdict`: `written` and
//! `next_function` of an exercise that is begun, `waiting_for`, `reason`, `status`, `code`,
//! `limit_seconds`, `limit_bytes`. Whether a property `holds` is one of the words `yes`, `no`,
//! `todo`, `skipped`, `untried`. A failure has the fields of [`Failure`], and a `todo!` those of
//! [`Todo`].

use std::fmt;

use nojson::{DisplayJson, JsonFormatter, JsonParseError, RawJsonValue};

use crate::json::{field, json_fields};
use crate::verdict::{Failure, Seed, Todo, Tried, Verdict};

/// The version of the schema. It rises when a field changes its meaning or is removed. New fields
/// can be added without a new version.
pub const SCHEMA: u32 = 3;

/// The results of one run of the grader.
#[derive(Debug, Clone, PartialEq)]
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
    /// Points earned in the whole workbook, by the last verdict on each exercise.
    pub points_in_all: u32,
    /// Points that the whole workbook can earn.
    pub possible_in_all: u32,
    /// The exercises that this run graded, in reading order.
    pub exercises: Vec<Graded>,
    /// What was graded after them, because a wrong answer calls it and it had no verdict.
    pub further: Vec<Graded>,
    /// The chapters of `exercises`, in reading order.
    pub chapters: Vec<ChapterTitle>,
    /// Where to go on, unless the whole workbook is solved.
    pub next: Option<Next>,
}

json_fields!(Report {
    schema,
    subject,
    seed,
    points,
    possible,
    points_in_all,
    possible_in_all,
    exercises,
    further,
    chapters,
    next,
});

/// What the board says about a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterTitle {
    /// Its module: `ch1_symmetric`.
    pub module: String,
    /// Its number: `1`.
    pub number: String,
    /// What it is about.
    pub title: String,
}

json_fields!(ChapterTitle {
    module,
    number,
    title
});

/// The exercise to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The file to go on in, from the root of the workbook. If the exercise was graded, it is the
    /// one that its own part of the report names.
    pub file: String,
    /// The line of the next function to write, or else of the first function. If the exercise is
    /// wrong, the line of the function that was called.
    pub line: usize,
    /// Whether there is more than its stub.
    pub is_begun: bool,
}

json_fields!(Next {
    id,
    title,
    file,
    line,
    is_begun
});

/// One exercise with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// Chapter and place in it: `1.3`.
    pub id: String,
    /// The exercise's title.
    pub title: String,
    /// The module of its chapter: `ch1_symmetric`.
    pub chapter: String,
    /// Points for solving it.
    pub stars: u32,
    /// The file to edit, from the root of the workbook.
    pub file: String,
    /// The line of the function that was called, or else of the next one to write.
    pub line: usize,
    /// The verdict, as fields of this object: `"verdict": "wrong"`.
    pub verdict: Verdict,
    /// If it is solved: what was shown, and something to think about or to compare.
    pub solved: Option<String>,
    /// Whether the learner has left it for later, and has not solved it since.
    pub is_later: bool,
    /// If it is wrong: the exercises that its answer calls and whose answers are wrong, too.
    pub suspects: Vec<String>,
    /// Its properties, in the order in which they are tried. None if it is a stub and was not asked for alone: then
    /// nothing is tried.
    pub properties: Vec<Tried>,
    /// The `todo!` that was reached, if that decided the verdict.
    pub todo: Option<Todo>,
    /// What went wrong, if a property was being tried.
    pub failure: Option<Failure>,
    /// What the answer printed in the case that went wrong, cut to a page.
    pub printed: String,
    /// How long it took to grade.
    pub seconds: f64,
    /// A fingerprint of the sources that were judged, as in the
    /// [record](crate::record::Record::sources).
    pub sources: String,
}

impl Graded {
    /// The points it earned.
    pub fn points(&self) -> u32 {
        if self.verdict == Verdict::Solved {
            self.stars
        } else {
            0
        }
    }
}

impl DisplayJson for Graded {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.object(|out| {
            out.member("id", &self.id)?;
            out.member("title", &self.title)?;
            out.member("chapter", &self.chapter)?;
            out.member("stars", self.stars)?;
            out.member("file", &self.file)?;
            out.member("line", self.line)?;
            // The verdict is an object itself, whose fields become fields here.
            self.verdict.members(out)?;
            out.member("solved", &self.solved)?;
            out.member("is_later", self.is_later)?;
            out.member("suspects", &self.suspects)?;
            out.member("properties", &self.properties)?;
            out.member("todo", &self.todo)?;
            out.member("failure", &self.failure)?;
            out.member("printed", &self.printed)?;
            out.member("seconds", self.seconds)?;
            out.member("sources", &self.sources)
        })
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Graded {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Graded, JsonParseError> {
        Ok(Graded {
            id: field(json, "id")?,
            title: field(json, "title")?,
            chapter: field(json, "chapter")?,
            stars: field(json, "stars")?,
            file: field(json, "file")?,
            line: field(json, "line")?,
            verdict: Verdict::try_from(json)?,
            solved: field(json, "solved")?,
            is_later: field(json, "is_later")?,
            suspects: field(json, "suspects")?,
            properties: field(json, "properties")?,
            todo: field(json, "todo")?,
            failure: field(json, "failure")?,
            printed: field(json, "printed")?,
            seconds: field(json, "seconds")?,
            sources: field(json, "sources")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::verdict::{Case, Holds};

    #[test]
    fn a_report_goes_there_and_back() {
        let text = || "text".to_owned();
        let graded = |verdict| Graded {
            id: text(),
            title: text(),
            chapter: text(),
            stars: 1,
            file: text(),
            line: 7,
            verdict,
            solved: Some(text()),
            is_later: true,
            suspects: vec![text()],
            properties: vec![Tried {
                property: text(),
                sentence: text(),
                holds: Holds::Yes,
                milliseconds: 7,
            }],
            todo: Some(Todo {
                message: text(),
                case: Case::default(),
                call: Some(text()),
            }),
            failure: None,
            printed: text(),
            seconds: 0.25,
            sources: text(),
        };
        let report = Report {
            schema: SCHEMA,
            subject: text(),
            seed: Seed(1),
            points: 1,
            possible: 2,
            points_in_all: 3,
            possible_in_all: 4,
            exercises: vec![
                graded(Verdict::Solved),
                graded(Verdict::Skipped { reason: text() }),
            ],
            further: vec![graded(Verdict::Wrong)],
            chapters: vec![ChapterTitle {
                module: text(),
                number: text(),
                title: text(),
            }],
            next: Some(Next {
                id: text(),
                title: text(),
                file: text(),
                line: 3,
                is_begun: true,
            }),
        };
        let json = json::line(&report);
        assert!(json.contains(r#""line":7,"verdict":"skipped","reason":"text","solved""#));
        assert_eq!(json::read(&json), Some(report));
    }
}
