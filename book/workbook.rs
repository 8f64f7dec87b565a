//! The workbook on disk: its trees, and the files in them.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::paths;
use crate::progress::Progress;
use crate::syllabus::{Chapter, Exercise, Syllabus};

/// Why something that was asked for can't be done.
pub type Trouble = Box<dyn Error + Send + Sync>;

/// The folder and the crate of the learner's answers.
pub const EXERCISES: &str = "exercises";

/// The folder and the crate of the reference answers.
pub const SOLUTIONS: &str = "solutions";

/// The workbook, wherever it is.
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
            syllabus: Syllabus::load(&paths::syllabus(root))?,
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
            None => Err(self.syllabus.unknown(name).into()),
        }
    }

    /// The progress of the learner.
    pub fn progress(&self) -> Progress<'_> {
        Progress {
            syllabus: &self.syllabus,
            root: &self.root,
            subject: EXERCISES,
            grade: &self.grade,
            fresh: &[],
        }
    }

    /// `path` as the learner would type it.
    pub fn shown(&self, path: &Path) -> String {
        paths::shown(&self.root, path)
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

    /// The folder of one of the trees: `exercises`, `solutions`, `tests/mistakes`.
    pub fn tree(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The file of the learner's answer.
    pub fn answer(&self, chapter: &Chapter, exercise: &Exercise) -> PathBuf {
        chapter.file(&self.tree(EXERCISES), exercise, "rs")
    }

    /// The file of the reference answer.
    pub fn solution(&self, chapter: &Chapter, exercise: &Exercise) -> PathBuf {
        chapter.file(&self.tree(SOLUTIONS), exercise, "rs")
    }

    /// The roots of the crates that the grader compiles, one for each chapter, as paths from the folder
    /// of the exercises: `ch1_symmetric/lib.rs`. The solutions have none.
    pub fn roots(&self) -> Vec<PathBuf> {
        let chapters = self.syllabus.chapters().iter();
        chapters
            .map(|chapter| chapter.folder(Path::new("")).join("lib.rs"))
            .collect()
    }

    /// The files with this extension in `tree`, as paths from there, in order. A tree that is not
    /// there has none.
    ///
    /// # Errors
    /// A folder can't be read.
    pub fn files(&self, tree: &Path, extension: &str) -> Result<Vec<PathBuf>, Trouble> {
        let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
        while let Some(folder) = folders.pop() {
            let path = tree.join(&folder);
            if !path.is_dir() {
                continue;
            }
            let trouble = |error| self.trouble(&path, error);
            for entry in fs::read_dir(&path).map_err(trouble)? {
                let entry = entry.map_err(trouble)?;
                let inside = folder.join(entry.file_name());
                if entry.path().is_dir() {
                    folders.push(inside);
                } else if inside.extension().is_some_and(|end| end == extension) {
                    files.push(inside);
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

/// The number of a chapter, and its first and last exercises.
fn numbers<'a>(exercises: impl Iterator<Item = &'a Exercise>) -> String {
    exercises.map(Exercise::id).collect::<Vec<_>>().join(", ")
}
