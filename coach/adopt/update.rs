//! Plays through how a learner takes a newer version of the workbook: with `git pull`, and with
//! `cargo coach adopt` if Git finds conflicts.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use book::paths;
use book::stub;
use book::workbook::{EXERCISES, SOLUTIONS, Workbook};
use tempfile::TempDir;

use crate::adopt::adopt;
use crate::{conflict, items};

/// The workbook in a repository of Git, with its exercises not started, and the learner's clone of it.
struct Pair {
    folder: TempDir,
}

const UPSTREAM: &str = "upstream";
const LEARNER: &str = "learner";

impl Pair {
    /// `None`, and a message, if there is no Git.
    fn new() -> Option<Pair> {
        if Command::new("git").arg("--version").output().is_err() {
            // Past the test harness, which would capture it.
            let _ = writeln!(io::stderr(), "skipped: there is no git");
            return None;
        }
        let pair = Pair {
            folder: TempDir::new().unwrap(),
        };
        let upstream = pair.folder.path().join(UPSTREAM);
        let this = Workbook::open(&paths::root(), &paths::grade()).unwrap();
        for file in this.files(&this.tree(SOLUTIONS), "rs").unwrap() {
            let solution = this.read(&this.tree(SOLUTIONS).join(&file)).unwrap();
            let (stub, _) = stub::derive(&solution).unwrap();
            write(&upstream.join(SOLUTIONS).join(&file), &solution);
            write(&upstream.join(EXERCISES).join(&file), &stub);
        }
        let syllabus = fs::read_to_string(paths::syllabus(&paths::root())).unwrap();
        write(&paths::syllabus(&upstream), &syllabus);
        pair.git(UPSTREAM, &["init", "--quiet", "--initial-branch=main", "."]);
        pair.commit(UPSTREAM);
        pair.git(".", &["clone", "--quiet", UPSTREAM, LEARNER]);
        Some(pair)
    }

    fn git(&self, place: &str, arguments: &[&str]) -> bool {
        let author = ["-c", "user.name=N", "-c", "user.email=n@example.org"];
        let output = Command::new("git")
            .current_dir(self.folder.path().join(place))
            // Whatever settings you have.
            .env("GIT_CONFIG_GLOBAL", self.folder.path().join("none"))
            .env("GIT_CONFIG_SYSTEM", self.folder.path().join("none"))
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .args(author)
            .args(arguments)
            .output()
            .unwrap();
        output.status.success()
    }

    #[track_caller]
    fn commit(&self, place: &str) {
        assert!(self.git(place, &["add", "."]));
        assert!(self.git(place, &["commit", "--quiet", "--message=m"]));
    }

    /// Does what the README says, and returns whether there are no conflicts.
    fn pull(&self) -> bool {
        self.git(LEARNER, &["pull", "--no-rebase", "--no-edit"])
    }

    fn workbook(&self, place: &str) -> Workbook {
        let root = self.folder.path().join(place);
        Workbook::open(&root, &root.join("grade")).unwrap()
    }

    /// The files of the exercises, which are the same in both trees.
    fn exercises(&self) -> Vec<PathBuf> {
        let workbook = self.workbook(UPSTREAM);
        let exercises = workbook.syllabus.exercises();
        let tree = workbook.tree(EXERCISES);
        exercises
            .map(|(chapter, exercise)| {
                let path = workbook.answer(chapter, exercise);
                path.strip_prefix(&tree).unwrap().to_owned()
            })
            .collect()
    }

    /// Answers all exercises as the solutions do.
    fn answer_all(&self) {
        let workbook = self.workbook(LEARNER);
        for file in self.exercises() {
            let solution = workbook.tree(SOLUTIONS).join(&file);
            let answered = without_comments_of_todos(&workbook.read(&solution).unwrap());
            write(&workbook.tree(EXERCISES).join(&file), &answered);
        }
        self.commit(LEARNER);
    }

    /// Changes the solutions, and derives the exercises from them again.
    fn publish(&self, change: impl Fn(&str) -> String) {
        let workbook = self.workbook(UPSTREAM);
        for file in workbook.files(&workbook.tree(SOLUTIONS), "rs").unwrap() {
            let solution = workbook.tree(SOLUTIONS).join(&file);
            let changed = change(&workbook.read(&solution).unwrap());
            let (stub, _) = stub::derive(&changed).unwrap();
            write(&solution, &changed);
            write(&workbook.tree(EXERCISES).join(&file), &stub);
        }
        self.commit(UPSTREAM);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The solution as a learner writes it, in place of the `todo!`.
fn without_comments_of_todos(solution: &str) -> String {
    let mut is_todo = false;
    let mut answer = String::new();
    for line in solution.split_inclusive('\n') {
        let text = line.trim();
        is_todo |= text.starts_with("// todo!(");
        if !is_todo {
            answer += line;
        }
        is_todo &= !text.ends_with(')');
    }
    answer
}

/// The text with each line of its documentation changed.
fn with_other_comments(text: &str) -> String {
    let changed = text.split_inclusive('\n').map(|line| {
        let begins = ["///", "//!"].map(|mark| line.find(mark));
        match begins.into_iter().flatten().min() {
            Some(begin) if line[..begin].trim().is_empty() => {
                let (mark, rest) = line.split_at(begin + 3);
                format!("{mark} Anew:{rest}")
            }
            _ => line.to_owned(),
        }
    });
    changed.collect()
}

/// The functions of a text, including those of its `impl` blocks: signature and body.
fn functions(text: &str) -> Vec<String> {
    let items = items::items(text).unwrap();
    let all = items
        .iter()
        .flat_map(|item| std::iter::once(item).chain(&item.functions));
    let functions = all.filter(|item| item.kind == items::Kind::Function);
    functions.map(|item| item.shape.clone()).collect()
}

#[test]
fn a_newer_text_and_the_answers_are_merged_without_a_conflict() {
    let Some(pair) = Pair::new() else { return };
    pair.answer_all();
    pair.publish(with_other_comments);
    assert!(pair.pull(), "there are conflicts");

    let learner = pair.workbook(LEARNER);
    for file in pair.exercises() {
        let merged = learner.read(&learner.tree(EXERCISES).join(&file)).unwrap();
        let solution = learner.read(&learner.tree(SOLUTIONS).join(&file)).unwrap();
        assert_eq!(
            merged,
            without_comments_of_todos(&solution),
            "{}",
            file.display()
        );
        assert!(merged.contains("/// Anew:"), "{}", file.display());
    }
}

/// A newer version that Git can't merge with the answers: each `todo!` says something else, 1.1 has
/// another signature, and 1.3 imports something else.
fn with_other_stubs(text: &str) -> String {
    let changed = text.split_inclusive('\n').map(|line| {
        let message = line.trim_start().trim_start_matches("// todo!(");
        let message = message.trim_start_matches("//").trim_start();
        if line.trim_start().starts_with("//") && message.starts_with('"') {
            line.replacen(": ", ": Anew, ", 1)
        } else {
            line.to_owned()
        }
    });
    let changed: String = changed.collect();
    changed
        .replace(
            "pub fn one_time_pad(pad: &[u8], text: &[u8])",
            "pub fn one_time_pad(pad: &[u8], text: &[u8], _anew: bool)",
        )
        .replace(
            "use aes_gcm::{Aes128Gcm, KeyInit};",
            "use aes_gcm::{Aes128Gcm, KeyInit as _};",
        )
}

/// Lets `adopt` resolve each conflict.
#[track_caller]
fn check_adopted(pair: &Pair) {
    let learner = pair.workbook(LEARNER);
    for file in pair.exercises() {
        let path = learner.tree(EXERCISES).join(&file);
        let name = learner.shown(&path);
        let found = learner.read(&path).unwrap();
        assert!(conflict::sides(&found).is_some(), "{name}: no conflict");
        let mut out = Vec::new();
        adopt(&learner, &path, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let said = format!("the conflict is resolved: git add {name}\n");
        assert!(out.ends_with(&said), "{out}");
        assert!(!out.contains("Not moved"), "{out}");

        let adopted = learner.read(&path).unwrap();
        let solution = learner.read(&learner.tree(SOLUTIONS).join(&file)).unwrap();
        assert!(solution.contains("Anew, "), "{name}: not the newer version");
        assert_eq!(functions(&adopted), functions(&solution), "{name}");
        assert!(!adopted.contains("<<<<<<<"), "{adopted}");
        // Whatever was in the file is in the copy.
        let copies = learner.tree(EXERCISES).join("backup").join(&file);
        assert_eq!(learner.read(&copies.with_extension("1.rs")).unwrap(), found);
    }
    assert!(pair.git(LEARNER, &["add", "exercises"]));
}

#[test]
fn if_there_are_conflicts_adopt_keeps_the_answers() {
    let Some(pair) = Pair::new() else { return };
    pair.answer_all();
    pair.publish(with_other_stubs);
    assert!(!pair.pull(), "there is no conflict");
    check_adopted(&pair);
    assert!(pair.git(LEARNER, &["commit", "--no-edit"]));
}

/// In a rebase, the two sides change places.
#[test]
fn if_there_are_conflicts_in_a_rebase_adopt_keeps_the_answers() {
    let Some(pair) = Pair::new() else { return };
    pair.answer_all();
    pair.publish(with_other_stubs);
    assert!(
        !pair.git(LEARNER, &["pull", "--rebase"]),
        "there is no conflict"
    );
    check_adopted(&pair);
}
