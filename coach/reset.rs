//! `cargo coach reset 1.3`: back to the stub, and to the first hint. A copy of what the learner
//! wrote is kept.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::Outcome;
use crate::backup;
use crate::hint;
use book::exercise_file;
use book::record;
use book::stub;
use book::syllabus::{Chapter, Exercise};
use book::workbook::{Choice, EXERCISES, SOLUTIONS, Trouble, Workbook};

/// Puts the stub of an exercise back, or those of a whole chapter.
///
/// # Errors
/// There is no such exercise, its stub can't be derived, or a file can't be written.
pub fn reset(workbook: &Workbook, name: &str, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let (what, files, exercises) = match workbook.choose(name)? {
        Choice::Exercise(chapter, exercise) => (
            format!("{} {}", exercise.id(), exercise.title),
            vec![chapter.file(Path::new(""), exercise, "rs")],
            vec![exercise],
        ),
        Choice::Chapter(chapter) => {
            let folder = chapter.folder(Path::new(""));
            let files = workbook.files(&workbook.tree(SOLUTIONS).join(&folder), "rs")?;
            (
                format!("Chapter {} {}", chapter.number(), chapter.title),
                files.iter().map(|file| folder.join(file)).collect(),
                chapter.exercises.iter().collect(),
            )
        }
    };
    let mut is_changed = false;
    for file in &files {
        is_changed |= reset_file(workbook, file, out)?;
    }
    for exercise in &exercises {
        hint::rewind(workbook, exercise.id())?;
    }
    if !is_changed {
        writeln!(
            out,
            "{what} is at the start already; there is nothing to reset."
        )?;
        return Ok(Outcome::Done);
    }
    // The record is about an answer that is gone: its verdict, and the case to try first.
    for exercise in &exercises {
        record::remove(&workbook.grade, EXERCISES, exercise.id())?;
        record::mark_later(&workbook.grade, EXERCISES, exercise.id(), false)?;
    }
    let place = match (workbook.choose(name)?, exercises.first()) {
        (Choice::Exercise(chapter, exercise), _) => place(workbook, chapter, exercise),
        (Choice::Chapter(chapter), Some(first)) => place(workbook, chapter, first),
        (Choice::Chapter(chapter), None) => {
            workbook.shown(&chapter.folder(&workbook.tree(EXERCISES)))
        }
    };
    writeln!(out, "{what} is back at the start: {place}")?;
    Ok(Outcome::Done)
}

fn place(workbook: &Workbook, chapter: &Chapter, exercise: &Exercise) -> String {
    let place = workbook.progress().place(chapter, exercise);
    format!("{}:{}", place.file, place.line)
}

/// The stub, with the learner's own tests that are in `text`: they are not part of the answer.
fn with_own_tests(stub: &str, text: &str) -> String {
    match exercise_file::own_tests(text) {
        tests if tests.is_empty() => stub.to_owned(),
        tests => format!("{stub}\n{}", tests.replace("\r\n", "\n")),
    }
}

/// Puts one file back, named from the folder of the exercises. Returns whether it was changed.
fn reset_file(workbook: &Workbook, file: &Path, out: &mut dyn Write) -> Result<bool, Trouble> {
    let path = workbook.tree(EXERCISES).join(file);
    let stub = stub::of_file(workbook, &workbook.tree(SOLUTIONS).join(file))?;
    let bytes = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(workbook.trouble(&path, error)),
    };
    let text = bytes
        .as_deref()
        // A file that is not text is replaced, too. Its copy has the bytes as they are.
        .and_then(|bytes| str::from_utf8(bytes).ok());
    let stub = with_own_tests(&stub, text.unwrap_or_default());
    if text.is_some_and(|text| stub::alike(text, &stub)) {
        return Ok(false);
    }
    let new = stub::with_line_ends_of(text.unwrap_or_default(), &stub);
    replace(workbook, &path, bytes.as_deref(), &new, out)?;
    Ok(true)
}

/// Writes `new` over a learner's file, `old`, of which a copy is kept.
///
/// # Errors
/// The copy or the file can't be written.
pub fn replace(
    workbook: &Workbook,
    path: &Path,
    old: Option<&[u8]>,
    new: &str,
    out: &mut dyn Write,
) -> Result<(), Trouble> {
    if let Some(old) = old {
        let copy = backup::back_up(workbook, path, old)?;
        let (shown, copy) = (workbook.shown(path), workbook.shown(&copy));
        writeln!(out, "A copy of {shown} is kept in {copy}")?;
    }
    book::record::write_whole(path, new).map_err(|error| workbook.trouble(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::said;
    use book::fixture::Fixture;

    const FILE: &str = "exercises/ch1_pads/twice.rs";

    /// The stub, with an answer in place of its `todo!`, and with the learner's notes.
    fn worked(fixture: &Fixture) -> String {
        let work = fixture.stub("twice");
        let work = work.replace("todo!(\"1.2: twice {text}\")", "// mine\n    text + text");
        format!("// My notes.\n{work}\n// The end.  ")
    }

    #[track_caller]
    fn check_refused(fixture: &Fixture, name: &str, expected: &str) {
        let before = fs::read(fixture.path(FILE)).ok();
        let trouble = reset(&fixture.workbook(), name, &mut Vec::new()).unwrap_err();
        assert_eq!(trouble.to_string(), expected);
        assert_eq!(fs::read(fixture.path(FILE)).ok(), before);
        assert_eq!(fixture.backups(), [""; 0]);
    }

    #[test]
    fn an_exercise_is_back_at_the_start_and_has_the_line_ends_it_had() {
        for crlf in [false, true] {
            let fixture = Fixture::new();
            let ends = |text: String| {
                if crlf {
                    text.replace('\n', "\r\n")
                } else {
                    text
                }
            };
            let work = ends(worked(&fixture));
            fixture.write(FILE, &work);
            assert_eq!(
                said(|out| reset(&fixture.workbook(), "1.2", out)),
                "A copy of exercises/ch1_pads/twice.rs is kept in \
                 exercises/backup/ch1_pads/twice.1.rs\n\
                 1.2 Twice is back at the start: exercises/ch1_pads/twice.rs:4\n"
            );
            assert_eq!(fixture.read(FILE), ends(fixture.stub("twice")));
            assert_eq!(fixture.read("exercises/backup/ch1_pads/twice.1.rs"), work);
        }
    }

    #[test]
    fn the_learners_own_tests_stay() {
        let tests = "\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n";
        for crlf in [false, true] {
            let fixture = Fixture::new();
            let ends = |text: String| match crlf {
                true => text.replace('\n', "\r\n"),
                false => text,
            };
            let answer = fixture
                .stub("twice")
                .replace("todo!(\"1.2: twice {text}\")", "2 * text");
            fixture.write(FILE, ends(format!("{answer}{tests}")));
            said(|out| reset(&fixture.workbook(), "1.2", out));
            let stub = ends(format!("{}{tests}", fixture.stub("twice")));
            assert_eq!(fixture.read(FILE), stub);
            // Once more: there is nothing left to reset.
            let again = said(|out| reset(&fixture.workbook(), "1.2", out));
            assert!(again.ends_with("there is nothing to reset.\n"), "{again}");
        }
    }

    #[test]
    fn what_is_reset_is_not_solved_any_more() {
        for (name, solved) in [("1.2", [true, false]), ("1", [false, false])] {
            let fixture = Fixture::new();
            fixture.write(FILE, worked(&fixture));
            fixture.solve("1.1");
            fixture.solve("1.2");
            fixture.write("grade/hints/1.2.txt", "2");
            let workbook = fixture.workbook();
            said(|out| reset(&workbook, name, out));
            assert!(!fixture.path("grade/hints/1.2.txt").exists());
            let is_solved = |id| workbook.progress().is_solved(id);
            assert_eq!(["1.1", "1.2"].map(is_solved), solved);
        }
    }

    #[test]
    fn a_chapter_is_back_at_the_start_by_any_of_its_names() {
        for name in ["1", "ch1", "ch1_pads"] {
            let fixture = Fixture::new();
            fixture.write(FILE, worked(&fixture));
            fixture.write("exercises/ch1_pads/mod.rs", "// Mine.");
            assert_eq!(
                said(|out| reset(&fixture.workbook(), name, out)),
                "A copy of exercises/ch1_pads/mod.rs is kept in \
                 exercises/backup/ch1_pads/mod.1.rs\n\
                 A copy of exercises/ch1_pads/twice.rs is kept in \
                 exercises/backup/ch1_pads/twice.1.rs\n\
                 Chapter 1 Pads is back at the start: exercises/ch1_pads/pad.rs:4\n"
            );
            assert_eq!(fixture.read(FILE), fixture.stub("twice"));
            assert_eq!(
                fixture.read("exercises/ch1_pads/mod.rs"),
                fixture.read("solutions/ch1_pads/mod.rs")
            );
        }
    }

    #[test]
    fn if_there_is_nothing_to_reset_no_copy_is_made() {
        let fixture = Fixture::new();
        let stub = fixture.stub("twice");
        for text in [stub.clone(), stub.replace('\n', "\r\n")] {
            fixture.write(FILE, &text);
            for (name, what) in [("1.2", "1.2 Twice"), ("ch1", "Chapter 1 Pads")] {
                assert_eq!(
                    said(|out| reset(&fixture.workbook(), name, out)),
                    format!("{what} is at the start already; there is nothing to reset.\n")
                );
            }
            assert_eq!(fixture.read(FILE), text);
            assert_eq!(fixture.backups(), [""; 0]);
        }
    }

    #[test]
    fn every_reset_keeps_a_copy_of_its_own() {
        let fixture = Fixture::new();
        for work in ["a", "b", "c"] {
            fixture.write(FILE, work);
            said(|out| reset(&fixture.workbook(), "1", out));
        }
        let copies = ["twice.1.rs", "twice.2.rs", "twice.3.rs"];
        assert_eq!(fixture.backups(), copies);
        assert_eq!(fixture.read("exercises/backup/ch1_pads/twice.2.rs"), "b");
    }

    #[test]
    fn a_file_that_is_missing_or_not_text_is_reset_too() {
        let fixture = Fixture::new();
        fixture.write(FILE, b"\xff\xfe");
        said(|out| reset(&fixture.workbook(), "1.2", out));
        assert_eq!(fixture.read(FILE), fixture.stub("twice"));
        let copy = fs::read(fixture.path("exercises/backup/ch1_pads/twice.1.rs")).unwrap();
        assert_eq!(copy, b"\xff\xfe");

        fixture.remove(FILE);
        assert_eq!(
            said(|out| reset(&fixture.workbook(), "1.2", out)),
            "1.2 Twice is back at the start: exercises/ch1_pads/twice.rs:4\n"
        );
        assert_eq!(fixture.read(FILE), fixture.stub("twice"));
        assert_eq!(fixture.backups(), ["twice.1.rs"]);
    }

    #[test]
    fn without_a_copy_nothing_is_written() {
        let fixture = Fixture::new();
        fixture.write(FILE, worked(&fixture));
        fixture.write("exercises/backup", "not a folder");
        reset(&fixture.workbook(), "1.2", &mut Vec::new()).unwrap_err();
        reset(&fixture.workbook(), "1", &mut Vec::new()).unwrap_err();
        assert_eq!(fixture.read(FILE), worked(&fixture));
    }

    #[test]
    fn an_unknown_exercise_is_refused() {
        let unknown = "no exercise or chapter `2`; the chapters are 1 (1.1 to 1.3)";
        check_refused(&Fixture::new(), "2", unknown);
    }
}
