//! A small workbook in a temporary folder, for the tests.

use std::fs;
use std::path::{Path, PathBuf};

use harness::record::{self, Record};
use harness::verdict::Verdict;
use tempfile::TempDir;

use crate::stub;
use crate::workbook::{Outcome, Trouble, Workbook};

/// The chapter's solutions: the files, without their ends, and what is in them.
const SOLUTIONS: [(&str, &str); 4] = [
    ("mod", LESSON),
    ("pad", PAD),
    ("twice", TWICE),
    ("thrice", THRICE),
];

const LESSON: &str = "\
//! Lesson

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
reading = []

[[chapter.exercise]]
id = "1.2"
module = "twice"
title = "Twice"
stars = 2
reading = ["RFC 5116, An Interface and Algorithms for Authenticated Encryption"]

[[chapter.exercise]]
id = "1.3"
module = "thrice"
title = "Thrice"
stars = 1
reading = []
"#;

const HINTS: &str = r#"
idea = "idea"
tool = "tool"
steps = "steps that take more than one line, if lines are short"
"#;

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

/// The workbook. Its folder goes when it does.
pub struct Fixture(TempDir);

impl Fixture {
    /// One chapter, with its exercises not started.
    pub fn new() -> Fixture {
        let fixture = Fixture(TempDir::new().unwrap());
        fixture.write("exercises/syllabus.toml", SYLLABUS);
        fixture.write("README.md", README);
        for folder in ["solutions", "exercises"] {
            fixture.write(&format!("{folder}/lib.rs"), "pub mod ch1_pads;\n");
        }
        for (name, text) in SOLUTIONS {
            fixture.write(&format!("solutions/ch1_pads/{name}.rs"), text);
            fixture.write(&format!("exercises/ch1_pads/{name}.rs"), fixture.stub(name));
        }
        for (name, _) in &SOLUTIONS[1..] {
            fixture.write(&format!("coach/hints/ch1_pads/{name}.toml"), HINTS);
        }
        fixture
    }

    /// What is derived from the file of the solutions that has this name.
    pub fn stub(&self, name: &str) -> String {
        let solution = self.read(&format!("solutions/ch1_pads/{name}.rs"));
        stub::derive(&solution).unwrap().0
    }

    /// The workbook as the commands see it.
    pub fn workbook(&self) -> Workbook {
        Workbook::open(self.0.path(), &self.path("grade")).unwrap()
    }

    /// Where `path` is on disk.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file, and its folders.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a file holds.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// The names of the copies in the chapter's folder.
    pub fn backups(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("exercises/backup/ch1_pads"))
            .into_iter()
            .flatten();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    /// Lets the grader have found that the exercise `id` is solved.
    pub fn solve(&self, id: &str) {
        self.grade(id, Verdict::Solved);
    }

    /// Lets this be the grader's last word on the exercise `id`.
    pub fn grade(&self, id: &str, verdict: Verdict) {
        let record = Record {
            verdict,
            replay: None,
        };
        record::write(&self.path("grade"), "exercises", id, &record).unwrap();
    }
}

/// What a command says that ends well.
#[track_caller]
pub fn said(command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>) -> String {
    let (ended, out) = run(command);
    assert_eq!(ended, Outcome::Done, "{out}");
    out
}

/// What a command says that finds something out of order.
#[track_caller]
pub fn complained(command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>) -> String {
    let (ended, out) = run(command);
    assert_eq!(ended, Outcome::CheckFailed, "{out}");
    out
}

#[track_caller]
fn run(command: impl FnOnce(&mut Vec<u8>) -> Result<Outcome, Trouble>) -> (Outcome, String) {
    let mut out = Vec::new();
    let ended = command(&mut out).unwrap();
    (ended, String::from_utf8(out).unwrap())
}
