//! `cargo coach reset 1.3`: back to the start. A copy of what the learner wrote is kept.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use harness::chapter_file::{Section, sections};
use harness::memory;
use harness::syllabus::{Chapter, Exercise};

use crate::workbook::{Choice, EXERCISES, Ended, Trouble, Workbook};
use crate::{kept, stub};

/// Puts the stub of an exercise back, or those of a whole chapter.
///
/// # Errors
/// There is no such exercise, or it can't be told in the learner's file where it begins and ends.
pub fn reset(workbook: &Workbook, name: &str, out: &mut dyn Write) -> Result<Ended, Trouble> {
    match workbook.choose(name)? {
        Choice::Chapter(chapter) => reset_chapter(workbook, chapter, out),
        Choice::Exercise(chapter, exercise) => reset_exercise(workbook, chapter, exercise, out),
    }
}

fn reset_chapter(
    workbook: &Workbook,
    chapter: &Chapter,
    out: &mut dyn Write,
) -> Result<Ended, Trouble> {
    let path = chapter.file(&workbook.root, EXERCISES);
    let stubs = workbook.stubs(chapter)?;
    let bytes = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(workbook.trouble(&path, error)),
    };
    let text = bytes
        .as_deref()
        .and_then(|bytes| str::from_utf8(bytes).ok());
    let what = format!("Chapter {} {}", chapter.number(), chapter.title);
    if text.is_some_and(|text| stub::alike(text, &stubs)) {
        writeln!(out, "{what} is as at the start; there is nothing to reset.")?;
        return Ok(Ended::Well);
    }
    let new = stub::with_line_ends_of(text.unwrap_or_default(), &stubs);
    replace(workbook, &path, bytes.as_deref(), &new, out)?;
    for exercise in &chapter.exercises {
        workbook.forget(exercise)?;
    }
    writeln!(out, "{what} is as at the start: {}", workbook.shown(&path))?;
    Ok(Ended::Well)
}

fn reset_exercise(
    workbook: &Workbook,
    chapter: &Chapter,
    exercise: &Exercise,
    out: &mut dyn Write,
) -> Result<Ended, Trouble> {
    let path = chapter.file(&workbook.root, EXERCISES);
    let (id, number) = (exercise.id(), chapter.number());
    let whole = |reason: String| {
        format!("{reason}; `cargo coach reset {number}` resets the whole chapter and keeps a copy")
    };
    let text = workbook
        .read(&path)
        .map_err(|error| whole(error.to_string()))?;
    let stubs = workbook.stubs(chapter)?;
    let stub = only(&stubs, id).map_err(|why| format!("the solutions: {why}"))?;
    let old = only(&text, id).and_then(|old| {
        // Without the heading of the next exercise, this one would seem to contain it.
        match next_id(&stubs, stub.end()) {
            next if next == next_id(&text, old.end()) => Ok(old),
            Some(next) => Err(format!("there is no heading `// {next} …` where {id} ends")),
            None => Err(format!("another heading stands where {id} ends")),
        }
    });
    let old = old.map_err(|why| whole(format!("{}: {why}", workbook.shown(&path))))?;

    let what = format!("{id} {}", exercise.title);
    if stub::alike(old.text, stub.text) {
        writeln!(out, "{what} is as at the start; there is nothing to reset.")?;
        return Ok(Ended::Well);
    }
    let stub = stub::with_line_ends_of(&text, stub.text);
    let new = [&text[..old.start], &stub, &text[old.end()..]].concat();
    replace(workbook, &path, Some(text.as_bytes()), &new, out)?;
    workbook.forget(exercise)?;
    let place = workbook.place(chapter, exercise);
    writeln!(out, "{what} is as at the start: {place}")?;
    Ok(Ended::Well)
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
        let copy = kept::keep(workbook, path, old)?;
        let (shown, copy) = (workbook.shown(path), workbook.shown(&copy));
        writeln!(out, "What stood in {shown} is kept in {copy}")?;
    }
    memory::write_whole(path, new).map_err(|error| workbook.trouble(path, error))
}

/// The section of the exercise `id`, of which there must be one.
fn only<'a>(file: &'a str, id: &str) -> Result<Section<'a>, String> {
    let mut found = sections(file).into_iter().filter(|part| part.id == id);
    match (found.next(), found.next()) {
        (Some(section), None) => Ok(section),
        (None, _) => Err(format!("there is no heading `// {id} …` any more")),
        (Some(_), Some(second)) => Err(format!(
            "there is a second heading `// {id} …` on line {}",
            second.line
        )),
    }
}

/// The number of the exercise whose heading stands at `place`.
fn next_id(file: &str, place: usize) -> Option<&str> {
    sections(file)
        .into_iter()
        .find(|section| section.start == place)
        .map(|section| section.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, said};

    const FILE: &str = "exercises/ch1_pads.rs";

    /// The stubs, with an answer in place of the `todo!` of 1.2, and notes of the learner's.
    fn worked(fixture: &Fixture) -> String {
        let work = fixture.stubs();
        let work = work.replace("todo!(\"1.2: twice {text}\")", "// mine\n    text + text");
        format!("// My notes.\n{work}\n// The end.  ")
    }

    #[track_caller]
    fn check_refused(fixture: &Fixture, name: &str, expected: &str) {
        let before = fs::read(fixture.path(FILE)).ok();
        let trouble = reset(&fixture.workbook(), name, &mut Vec::new()).unwrap_err();
        assert_eq!(trouble.to_string(), expected);
        assert_eq!(fs::read(fixture.path(FILE)).ok(), before);
        assert_eq!(fixture.kept(), [""; 0]);
    }

    #[test]
    fn an_exercise_is_as_at_the_start_and_the_rest_as_it_was() {
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
                "What stood in exercises/ch1_pads.rs is kept in exercises/kept/ch1_pads.1.rs\n\
                 1.2 Twice is as at the start: exercises/ch1_pads.rs:15\n"
            );
            let expected = ends(format!("// My notes.\n{}\n// The end.  ", fixture.stubs()));
            assert_eq!(fixture.read(FILE), expected);
            assert_eq!(fixture.read("exercises/kept/ch1_pads.1.rs"), work);
        }
    }

    #[test]
    fn what_is_reset_is_not_solved_any_more() {
        for (name, solved) in [("1.2", [true, false]), ("1", [false, false])] {
            let fixture = Fixture::new();
            fixture.write(FILE, worked(&fixture));
            fixture.solve("1.1");
            fixture.solve("1.2");
            let workbook = fixture.workbook();
            said(|out| reset(&workbook, name, out));
            let is_solved = |id| workbook.is_solved(workbook.exercise(id).unwrap().1);
            assert_eq!(["1.1", "1.2"].map(is_solved), solved);
        }
    }

    #[test]
    fn the_rest_may_have_other_line_ends() {
        let fixture = Fixture::new();
        let work = worked(&fixture).replace("// The end.", "// The\r\n// end.");
        fixture.write(FILE, &work);
        said(|out| reset(&fixture.workbook(), "1.2", out));
        assert!(fixture.read(FILE).ends_with("\n// The\r\n// end.  "));
    }

    #[test]
    fn the_last_exercise_goes_to_the_end_of_the_file() {
        let fixture = Fixture::new();
        fixture.write(FILE, worked(&fixture));
        said(|out| reset(&fixture.workbook(), "1.3", out));
        let expected = worked(&fixture).replace("\n// The end.  ", "");
        assert_eq!(fixture.read(FILE), expected);
    }

    #[test]
    fn a_chapter_is_as_at_the_start_by_any_of_its_names() {
        for name in ["1", "ch1", "ch1_pads"] {
            let fixture = Fixture::new();
            fixture.write(FILE, worked(&fixture));
            assert_eq!(
                said(|out| reset(&fixture.workbook(), name, out)),
                "What stood in exercises/ch1_pads.rs is kept in exercises/kept/ch1_pads.1.rs\n\
                 Chapter 1 Pads is as at the start: exercises/ch1_pads.rs\n"
            );
            assert_eq!(fixture.read(FILE), fixture.stubs());
            assert_eq!(
                fixture.read("exercises/kept/ch1_pads.1.rs"),
                worked(&fixture)
            );
        }
    }

    #[test]
    fn where_there_is_nothing_to_reset_nothing_is_kept() {
        let fixture = Fixture::new();
        for text in [fixture.stubs(), fixture.stubs().replace('\n', "\r\n")] {
            fixture.write(FILE, &text);
            for (name, what) in [("1.2", "1.2 Twice"), ("ch1", "Chapter 1 Pads")] {
                assert_eq!(
                    said(|out| reset(&fixture.workbook(), name, out)),
                    format!("{what} is as at the start; there is nothing to reset.\n")
                );
            }
            assert_eq!(fixture.read(FILE), text);
            assert_eq!(fixture.kept(), [""; 0]);
        }
    }

    #[test]
    fn every_reset_keeps_a_copy_of_its_own() {
        let fixture = Fixture::new();
        for work in ["a", "b", "c"] {
            fixture.write(FILE, work);
            said(|out| reset(&fixture.workbook(), "1", out));
        }
        assert_eq!(
            fixture.kept(),
            ["ch1_pads.1.rs", "ch1_pads.2.rs", "ch1_pads.3.rs"]
        );
        assert_eq!(fixture.read("exercises/kept/ch1_pads.2.rs"), "b");
    }

    #[test]
    fn where_a_heading_is_lost_the_way_out_is_named() {
        let fixture = Fixture::new();
        let way_out = "; `cargo coach reset 1` resets the whole chapter and keeps a copy";
        let without = |heading| fixture.write(FILE, worked(&fixture).replace(heading, "// Gone"));
        without("// 1.2 Twice");
        let lost = "exercises/ch1_pads.rs: there is no heading `// 1.2 …` any more";
        check_refused(&fixture, "1.2", &format!("{lost}{way_out}"));
        // The exercise before would take this one with it.
        let lost = "exercises/ch1_pads.rs: there is no heading `// 1.2 …` where 1.1 ends";
        check_refused(&fixture, "1.1", &format!("{lost}{way_out}"));

        fixture.write(FILE, worked(&fixture) + "\n// 1.2 Twice\n");
        let twice = "exercises/ch1_pads.rs: there is a second heading `// 1.2 …` on line 27";
        check_refused(&fixture, "1.2", &format!("{twice}{way_out}"));
        let other = "exercises/ch1_pads.rs: another heading stands where 1.3 ends";
        check_refused(&fixture, "1.3", &format!("{other}{way_out}"));
    }

    #[test]
    fn a_file_that_is_missing_or_no_text_is_reset_with_its_chapter() {
        let fixture = Fixture::new();
        fixture.write(FILE, b"\xff\xfe");
        let trouble = reset(&fixture.workbook(), "1.2", &mut Vec::new()).unwrap_err();
        assert!(trouble.to_string().starts_with("exercises/ch1_pads.rs: "));
        assert!(trouble.to_string().contains("`cargo coach reset 1`"));
        said(|out| reset(&fixture.workbook(), "1", out));
        assert_eq!(fixture.read(FILE), fixture.stubs());
        let copy = fs::read(fixture.path("exercises/kept/ch1_pads.1.rs")).unwrap();
        assert_eq!(copy, b"\xff\xfe");

        fixture.remove(FILE);
        let trouble = reset(&fixture.workbook(), "1.2", &mut Vec::new()).unwrap_err();
        assert!(trouble.to_string().contains("`cargo coach reset 1`"));
        assert_eq!(
            said(|out| reset(&fixture.workbook(), "1", out)),
            "Chapter 1 Pads is as at the start: exercises/ch1_pads.rs\n"
        );
        assert_eq!(fixture.read(FILE), fixture.stubs());
        assert_eq!(fixture.kept(), ["ch1_pads.1.rs"]);
    }

    #[test]
    fn without_a_copy_nothing_is_written() {
        let fixture = Fixture::new();
        fixture.write(FILE, worked(&fixture));
        fixture.write("exercises/kept", "not a folder");
        reset(&fixture.workbook(), "1.2", &mut Vec::new()).unwrap_err();
        reset(&fixture.workbook(), "1", &mut Vec::new()).unwrap_err();
        assert_eq!(fixture.read(FILE), worked(&fixture));
    }

    #[test]
    fn an_unknown_exercise_is_refused() {
        let unknown = "no exercise or chapter `2`; the exercises are 1.1, 1.2, 1.3";
        check_refused(&Fixture::new(), "2", unknown);
    }
}
