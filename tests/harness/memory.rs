//! What the grader keeps about an exercise between runs, in `target/grade/<subject>/`: the last
//! verdict, and the case that broke it, which the next run tries first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::verdict::{Case, Verdict};

/// What is known of one exercise.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    /// The last verdict.
    pub verdict: Verdict,
    /// The last counterexample, until the exercise is solved.
    pub kept: Option<Case>,
}

/// What is known of the exercise `id`. A file that can't be read is as good as none: it is made
/// anew by the next run.
pub fn recall(grade: &Path, subject: &str, id: &str) -> Option<Memory> {
    let text = fs::read_to_string(file(grade, subject, id)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Keeps what is known of the exercise `id`.
///
/// # Errors
/// The file can't be written.
pub fn keep(grade: &Path, subject: &str, id: &str, memory: &Memory) -> io::Result<()> {
    let text = serde_json::to_string_pretty(memory)?;
    write_whole(&file(grade, subject, id), &text)
}

/// Forgets what is known of the exercise `id`.
///
/// # Errors
/// There is a file, and it can't be removed.
pub fn forget(grade: &Path, subject: &str, id: &str) -> io::Result<()> {
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
