//! A small workbook in a temporary folder, for tests.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::record::{self, Record};
use crate::verdict::Verdict;
use crate::workbook::Workbook;

/// The chapter's solutions: the files, without their ends, and what is in them.
const SOLUTIONS: [(&str, &str); 4] = [
    ("mod", LESSON),
    ("pad", PAD),
    ("twice", TWICE),
    ("thrice", THRICE),
];

const LESSON: &str = "\
//! # What you write
//!
//! - **1.1** [`pad`]: hide.
//! - **1.2** [`twice`]: twice.
//! - **1.3** [`thrice`]: thrice.

mod pad;
pub use pad::*;

mod twice;
pub use twice::*;

mod thrice;
pub use thrice::*;
";

const PAD: &str = "\
// 1.1 The pad

/// Hides.
pub fn pad(text: u8) -> u8 {
    // todo!(\"1.1: hide {text}\")
    text ^ 1
}
";

/// The solution of 1.2.
pub const TWICE: &str = "\
// 1.2 Twice

/// Twice.
pub fn twice(text: u8) -> u8 {
    // todo!(\"1.2: twice {text}\")
    text.wrapping_mul(2)
}
";

const THRICE: &str = "\
// 1.3 Thrice

/// Thrice.
pub fn thrice(text: u8) -> u8 {
    // todo!(\"1.3: thrice {text}\")
    text.wrapping_mul(3)
}
";

const SYLLABUS: &str = r#"
[[chapter]]
module = "ch1_pads"
title = "Pads"

[[chapter.exercise]]
id = "1.1"
module = "pad"
title = "The pad"
stars = 1
solved = ""
reading = []

[[chapter.exercise]]
id = "1.2"
module = "twice"
title = "Twice"
stars = 2
solved = ""
reading = ["RFC 5116, An Interface and Algorithms for Authenticated Encryption"]

[[chapter.exercise]]
id = "1.3"
module = "thrice"
title = "Thrice"
stars = 1
solved = ""
reading = []
"#;

const HINTS: &str = r#"
idea = "idea"
tool = "tool"
steps = "steps that take more than one line, if lines are short"
"#;

const FRONT_PAGE: &str = "\
//! Pads
//!
//! <!-- syllabus -->
//! | chapter | exercises | points |
//! | --- | ---: | ---: |
//! | [1 Pads](ch1_pads) | 3 | 4 |
//! | all | 3 | 4 |
//! <!-- /syllabus -->

pub mod ch1_pads;
";

const README: &str = "\
# Pads

<!-- syllabus -->
| chapter | exercises | points |
| --- | ---: | ---: |
| [1 Pads](exercises/ch1_pads/mod.rs) | 3 | 4 |
| all | 3 | 4 |
<!-- /syllabus -->

More.
";

/// What we expect from the system: a temporary folder in which files can be written.
const FIXTURE: &str = "a temporary folder";

/// The workbook. Its folder is removed when it is dropped.
#[derive(Debug)]
pub struct Fixture(TempDir);

impl Default for Fixture {
    fn default() -> Fixture {
        Fixture::new()
    }
}

impl Fixture {
    /// One chapter, with its exercises not started.
    pub fn new() -> Fixture {
        let fixture = Fixture(TempDir::new().expect(FIXTURE));
        fixture.write("exercises/syllabus.toml", SYLLABUS);
        fixture.write("README.md", README);
        for folder in ["solutions", "exercises"] {
            fixture.write(&format!("{folder}/lib.rs"), FRONT_PAGE);
        }
        for (name, text) in SOLUTIONS {
            fixture.write(&format!("solutions/ch1_pads/{name}.rs"), text);
            fixture.write(&format!("exercises/ch1_pads/{name}.rs"), fixture.stub(name));
        }
        // All but the lesson, which has no hints.
        for (name, _) in &SOLUTIONS[1..] {
            fixture.write(&format!("coach/hints/ch1_pads/{name}.toml"), HINTS);
        }
        fixture
    }

    /// What is derived from the file of the solutions that has this name.
    ///
    /// # Panics
    /// There is no such file.
    pub fn stub(&self, name: &str) -> String {
        let solution = self.read(&format!("solutions/ch1_pads/{name}.rs"));
        // What comes after the `todo!` is one line.
        let (before, after) = match solution.split_once("// todo!(") {
            Some((before, after)) => (format!("{before}todo!("), after),
            None => return solution,
        };
        let mut lines: Vec<&str> = after.split_inclusive('\n').collect();
        lines.remove(1);
        before + &lines.concat()
    }

    /// The workbook as the commands see it.
    ///
    /// # Panics
    /// It can't be opened.
    pub fn workbook(&self) -> Workbook {
        Workbook::open(self.0.path(), &self.path("grade")).expect(FIXTURE)
    }

    /// Where `path` is on disk.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file, and creates its folders.
    ///
    /// # Panics
    /// It can't be written.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect(FIXTURE)).expect(FIXTURE);
        fs::write(path, text).expect(FIXTURE);
    }

    /// The text of a file.
    ///
    /// # Panics
    /// It can't be read.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect(FIXTURE)
    }

    /// Removes a file.
    ///
    /// # Panics
    /// It can't be removed.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect(FIXTURE);
    }

    /// The names of the copies in the chapter's folder.
    ///
    /// # Panics
    /// The folder can't be read.
    pub fn backups(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("exercises/backup/ch1_pads"))
            .into_iter()
            .flatten();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().expect(FIXTURE);
        let mut names: Vec<String> = entries.map(|entry| name(entry.expect(FIXTURE))).collect();
        names.sort();
        names
    }

    /// Records that the grader has found the exercise `id` solved.
    ///
    /// # Panics
    /// The record can't be written.
    pub fn solve(&self, id: &str) {
        self.grade(id, Verdict::Solved);
    }

    /// Records this as the grader's last verdict on the exercise `id`.
    ///
    /// # Panics
    /// The record can't be written.
    pub fn grade(&self, id: &str, verdict: Verdict) {
        let record = Record {
            verdict,
            sources: String::new(),
            replay: None,
        };
        record::write(&self.path("grade"), "exercises", id, &record).expect(FIXTURE);
    }
}
