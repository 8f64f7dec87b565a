//! The workbook on disk, as far as every command needs it.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use harness::chapter_file;
use harness::house;
use harness::memory;
use harness::syllabus::{Chapter, Exercise, Syllabus};
use harness::verdict::Verdict;

use crate::stub;

/// Something that keeps a command from being done.
pub type Trouble = Box<dyn Error + Send + Sync>;

/// How a command ended that could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Well.
    Well,
    /// What was to be checked is not in order.
    CheckFailed,
}

/// The folder and the crate of the learner's answers.
pub const EXERCISES: &str = "exercises";

/// The folder and the crate of the reference answers.
pub const SOLUTIONS: &str = "solutions";

/// The workbook, wherever it stands.
#[derive(Debug)]
pub struct Workbook {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// The folder in which the grader keeps what it knows between runs, and the coach too.
    pub grade: PathBuf,
    /// The table of contents.
    pub syllabus: Syllabus,
}

/// A chapter, or one exercise of it.
#[derive(Debug, Clone, Copy)]
pub enum Choice<'a> {
    /// One exercise.
    Exercise(&'a Chapter, &'a Exercise),
    /// All of them.
    Chapter(&'a Chapter),
}

impl Workbook {
    /// The workbook at `root`.
    ///
    /// # Errors
    /// Its syllabus is missing or faulty.
    pub fn open(root: &Path, grade: &Path) -> Result<Workbook, Trouble> {
        Ok(Workbook {
            root: root.to_path_buf(),
            grade: grade.to_path_buf(),
            syllabus: Syllabus::load(&house::syllabus(root))?,
        })
    }

    /// The exercise numbered `id`.
    ///
    /// # Errors
    /// There is none, or `id` is a chapter's.
    pub fn exercise(&self, id: &str) -> Result<(&Chapter, &Exercise), Trouble> {
        match self.choose(id)? {
            Choice::Exercise(chapter, exercise) => Ok((chapter, exercise)),
            Choice::Chapter(chapter) => {
                let number = chapter.number();
                let ids = numbers(chapter.exercises.iter());
                Err(
                    format!("`{id}` is a chapter; the exercises of chapter {number} are {ids}")
                        .into(),
                )
            }
        }
    }

    /// What the learner means by `name`: an exercise (`1.3`) or a chapter (`1`, `ch1`).
    ///
    /// # Errors
    /// There is none.
    pub fn choose(&self, name: &str) -> Result<Choice<'_>, Trouble> {
        if let Some((chapter, exercise)) = self.syllabus.find(name) {
            return Ok(Choice::Exercise(chapter, exercise));
        }
        match self.syllabus.select(name).first() {
            Some((chapter, _)) => Ok(Choice::Chapter(chapter)),
            None => {
                let ids = numbers(self.syllabus.exercises().map(|(_, exercise)| exercise));
                Err(format!("no exercise or chapter `{name}`; the exercises are {ids}").into())
            }
        }
    }

    /// Whether the grader's last word on the learner's answer is that it is solved.
    pub fn is_solved(&self, exercise: &Exercise) -> bool {
        self.last_verdict(exercise) == Some(Verdict::Solved)
    }

    /// Whether the grader's last word on it is that something was missing to try it.
    pub fn is_skipped(&self, exercise: &Exercise) -> bool {
        matches!(self.last_verdict(exercise), Some(Verdict::Skipped { .. }))
    }

    fn last_verdict(&self, exercise: &Exercise) -> Option<Verdict> {
        let memory = memory::recall(&self.grade, EXERCISES, exercise.id())?;
        Some(memory.verdict)
    }

    /// Forgets the grader's last word on the learner's answer, which is not there any more.
    ///
    /// # Errors
    /// The file that holds it can't be removed.
    pub fn forget(&self, exercise: &Exercise) -> Result<(), Trouble> {
        Ok(memory::forget(&self.grade, EXERCISES, exercise.id())?)
    }

    /// `path` as the learner would type it.
    pub fn shown(&self, path: &Path) -> String {
        house::shown(&self.root, path)
    }

    /// The text of the file at `path`.
    ///
    /// # Errors
    /// It can't be read, or is not UTF-8; the file is named.
    pub fn read(&self, path: &Path) -> Result<String, Trouble> {
        fs::read_to_string(path).map_err(|error| self.trouble(path, error))
    }

    /// `error`, with the file that it is about.
    pub fn trouble(&self, path: &Path, error: impl Error) -> Trouble {
        format!("{}: {error}", self.shown(path)).into()
    }

    /// The stubs of `chapter`, derived from its solutions.
    ///
    /// # Errors
    /// The solutions can't be read, or nothing can be derived from them.
    pub fn stubs(&self, chapter: &Chapter) -> Result<String, Trouble> {
        let path = chapter.file(&self.root, SOLUTIONS);
        let solution = self.read(&path)?;
        let (stubs, _) = stub::derive(&solution).map_err(|error| error.at(&self.shown(&path)))?;
        Ok(stubs)
    }

    /// Where the learner has work to do in `exercise`: file and line.
    pub fn place(&self, chapter: &Chapter, exercise: &Exercise) -> String {
        let file = chapter.file(&self.root, EXERCISES);
        let text = fs::read_to_string(&file).unwrap_or_default();
        match chapter_file::section(&text, exercise.id()) {
            Some(section) => format!("{}:{}", self.shown(&file), section.place_to_work()),
            None => self.shown(&file),
        }
    }
}

fn numbers<'a>(exercises: impl Iterator<Item = &'a Exercise>) -> String {
    exercises.map(Exercise::id).collect::<Vec<_>>().join(", ")
}
