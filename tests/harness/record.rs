//! The record of an exercise: what the grader keeps about it between runs, in
//! `target/grade/<subject>/`: the last verdict, and the case that broke it, which the next run tries
//! first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::verdict::{Case, Verdict};

/// What is known of one exercise.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// The last verdict.
    pub verdict: Verdict,
    /// The last counterexample, until the exercise is solved.
    pub replay: Option<Case>,
}

/// What is known of the exercise `id`. A file that can't be read is as good as none: the next run
/// writes a new one.
pub fn read(grade: &Path, subject: &str, id: &str) -> Option<Record> {
    let text = fs::read_to_string(file(grade, subject, id)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Records what is known of the exercise `id`.
///
/// # Errors
/// The file can't be written.
pub fn write(grade: &Path, subject: &str, id: &str, record: &Record) -> io::Result<()> {
    let text = serde_json::to_string_pretty(record)?;
    write_whole(&file(grade, subject, id), &text)
}

/// Removes the record of the exercise `id`.
///
/// # Errors
/// There is a file, and it can't be removed.
pub fn remove(grade: &Path, subject: &str, id: &str) -> io::Result<()> {
    match fs::remove_file(file(grade, subject, id)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes a file so that a reader, or a second grader, sees the old one or the new one whole.
///
/// # Errors
/// The folder can't be made or the file not be written.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.draft", std::process::id()));
    fs::write(&draft, text)?;
    fs::rename(&draft, path)
}

fn file(grade: &Path, subject: &str, id: &str) -> PathBuf {
    grade.join(subject).join(format!("{id}.json"))
}
