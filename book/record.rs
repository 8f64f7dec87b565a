//! The record of an exercise: what the grader keeps about it between runs, in
//! `target/grade/<subject>/`: the last verdict, and the case that broke it, which the next run tries
//! first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::json::{self, json_fields};
use crate::verdict::{Case, Verdict};

/// What is known about one exercise.
#[derive(Debug, PartialEq)]
pub struct Record {
    /// The last verdict.
    pub verdict: Verdict,
    /// A [`fingerprint`] of the sources that it judged. If they have a different one now, the
    /// verdict is stale.
    pub sources: String,
    /// The last counterexample, until the exercise is solved.
    pub replay: Option<Case>,
}

json_fields!(Record {
    verdict,
    sources,
    replay
});

/// A fingerprint of these files: 64 bits in hex. It shows whether a file was edited, but does not
/// keep anyone from faking one: it is FxHash, which rustc uses, over each file's length and its
/// bytes. A file that can't be read counts as empty.
pub fn fingerprint<P: AsRef<Path>>(files: impl IntoIterator<Item = P>) -> String {
    let mut hash = 0;
    for file in files {
        let bytes = fs::read(file).unwrap_or_default();
        // Without the lengths, text could move from one file to the next unnoticed.
        hash = with_word(hash, bytes.len() as u64);
        // Eight bytes at once: nothing here is optimized, and a learner waits for it after each save.
        let (words, rest) = bytes.as_chunks();
        for word in words {
            hash = with_word(hash, u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = with_word(hash, u64::from_le_bytes(last));
    }
    format!("{hash:016x}")
}

/// Each step can be undone if the word is known, so that a change of one word always shows.
fn with_word(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// What is known about the exercise `id`. A file that can't be read counts as missing: the next run
/// writes a new one.
pub fn read(grade: &Path, subject: &str, id: &str) -> Option<Record> {
    let text = fs::read_to_string(file(grade, subject, id)).ok()?;
    json::read(&text)
}

/// Records what is known about the exercise `id`.
///
/// # Errors
/// The file can't be written.
pub fn write(grade: &Path, subject: &str, id: &str, record: &Record) -> io::Result<()> {
    write_whole(&file(grade, subject, id), &json::indented(record))
}

/// Removes the record of the exercise `id`.
///
/// # Errors
/// There is a file, and it can't be removed.
pub fn remove(grade: &Path, subject: &str, id: &str) -> io::Result<()> {
    remove_file(&file(grade, subject, id))
}

fn remove_file(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether the learner has left the exercise `id` for later.
pub fn is_later(grade: &Path, subject: &str, id: &str) -> bool {
    later(grade, subject, id).exists()
}

/// Leaves the exercise `id` for later, or takes it up again.
///
/// # Errors
/// The mark can't be written or removed.
pub fn mark_later(grade: &Path, subject: &str, id: &str, is_later: bool) -> io::Result<()> {
    let file = later(grade, subject, id);
    if is_later {
        return write_whole(&file, "");
    }
    remove_file(&file)
}

/// Writes a file so that a reader, or a second grader, sees the whole old one or the whole new one.
///
/// # Errors
/// The folder can't be created, or the file can't be written.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Beside the file, because a rename is atomic only within a file system. With the number of this process,
    // because a second grader may be writing, too.
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.draft", std::process::id()));
    fs::write(&draft, text)?;
    fs::rename(&draft, path)
}

fn file(grade: &Path, subject: &str, id: &str) -> PathBuf {
    grade.join(subject).join(format!("{id}.json"))
}

/// The mark of an exercise that is left for later: a file of its own, because there may be no record yet.
fn later(grade: &Path, subject: &str, id: &str) -> PathBuf {
    grade.join(subject).join(format!("{id}.later"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let record = |verdict| Record {
            verdict,
            sources: "00".to_owned(),
            replay: Some(Case::default()),
        };
        let read = || read(folder.path(), "exercises", "1.1");
        for verdict in [Verdict::Wrong, Verdict::Solved] {
            write(folder.path(), "exercises", "1.1", &record(verdict.clone())).unwrap();
            assert_eq!(read(), Some(record(verdict)));
        }
        remove(folder.path(), "exercises", "1.1").unwrap();
        assert_eq!(read(), None);
        remove(folder.path(), "exercises", "1.1").unwrap();
    }

    #[test]
    fn what_is_left_for_later_stays_so_until_it_is_taken_up_again() {
        let folder = tempfile::tempdir().unwrap();
        let mark = |id, later| mark_later(folder.path(), "exercises", id, later).unwrap();
        let is_later = |id| is_later(folder.path(), "exercises", id);
        mark("1.1", true);
        mark("1.1", true);
        assert!(is_later("1.1") && !is_later("1.10"));
        mark("1.1", false);
        mark("1.1", false);
        assert!(!is_later("1.1"));
    }

    #[test]
    fn a_fingerprint_changes_with_every_edit() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        let of = |first: &str, second: &str| {
            fs::write(&a, first).unwrap();
            fs::write(&b, second).unwrap();
            fingerprint([&a, &b])
        };
        let before = of("one", "two");
        assert_eq!(of("one", "two"), before);
        for (first, second) in [
            ("One", "two"),
            ("onet", "wo"),
            ("two", "one"),
            ("one", "two\n"),
        ] {
            assert_ne!(of(first, second), before);
        }
        let without = of("one", "");
        fs::remove_file(&b).unwrap();
        assert_eq!(fingerprint([&a, &b]), without);
        // A change in any place, and two of the same kind in two words.
        let text = "x".repeat(100);
        let mut seen = vec![of(&text, "")];
        for place in 0..text.len() {
            let mut edited = text.clone();
            edited.replace_range(place..=place, "y");
            seen.push(of(&edited, ""));
            if place >= 8 {
                edited.replace_range(place - 8..place - 7, "y");
                seen.push(of(&edited, ""));
            }
        }
        seen.sort();
        assert!(seen.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
