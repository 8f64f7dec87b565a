//! `cargo coach hint 1.3`: one more hint each time.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use book::record;
use book::syllabus::{Chapter, Exercise};
use book::toml_file::Source;
use textwrap::Options;
use toml::Spanned;

use crate::Outcome;
use book::workbook::{Trouble, Workbook};

/// The folder of the hints: a file for each exercise, beside the coach, where a learner does not
/// stumble over them.
pub const HINTS: &str = "coach/hints";

/// The levels: the idea, the tool (a type, a method, a section of an RFC), the steps. None is the answer.
const LEVELS: [&str; 3] = ["idea", "tool", "steps"];

/// Shows the hint of `id` that comes after those shown before, in lines of `width`; after the last, the last
/// again.
///
/// # Errors
/// There is no such exercise, or what was shown can't be remembered.
pub fn hint(
    workbook: &Workbook,
    id: &str,
    width: usize,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    let (chapter, exercise) = workbook.exercise(id)?;
    let hints = read(workbook, chapter, exercise)?;
    let seen = seen(workbook, id);
    // The count is from a file, which may hold any number.
    let level = seen.saturating_add(1).min(hints.len());
    let heading = format!("{id} {}, hint {level} of {}", exercise.title, hints.len());
    writeln!(out, "{heading}\n")?;
    writeln!(out, "{}", textwrap::fill(&hints[level - 1], width))?;
    if level == hints.len() {
        if !exercise.reading.is_empty() {
            writeln!(out, "\nReading")?;
        }
        for reading in &exercise.reading {
            let item = Options::new(width)
                .initial_indent("- ")
                .subsequent_indent("  ");
            writeln!(out, "{}", textwrap::fill(reading, item))?;
        }
    }
    let after = if level < hints.len() {
        format!("The next one: cargo coach hint {id}")
    } else if seen < hints.len() {
        format!("That was the last one. The answer: cargo coach solution {id}")
    } else {
        format!("There are no more. The answer: cargo coach solution {id}")
    };
    writeln!(out, "\n{after}")?;

    // Counted last: a hint that can't be counted has been shown all the same.
    let file = file(workbook, id);
    record::write_whole(&file, &level.to_string())
        .map_err(|error| workbook.trouble(&file, error))?;
    Ok(Outcome::Done)
}

/// The hints to `exercise`, by level: the idea, the tool, the steps.
///
/// # Errors
/// Their file is missing, or is not of this form.
pub fn read(
    workbook: &Workbook,
    chapter: &Chapter,
    exercise: &Exercise,
) -> Result<[String; 3], Trouble> {
    let path = chapter.file(&workbook.tree(HINTS), exercise, "toml");
    let source = Source {
        name: workbook.shown(&path),
        text: workbook.read(&path)?,
    };
    let hints = source.read(&LEVELS, |fields| {
        let [idea, tool, steps] = LEVELS.map(|level| fields.text(level));
        Ok([idea?, tool?, steps?].map(Spanned::into_inner))
    })?;
    Ok(hints)
}

/// How many hints of `id` were shown. A file that can't be read is as good as none.
fn seen(workbook: &Workbook, id: &str) -> usize {
    let text = fs::read_to_string(file(workbook, id)).unwrap_or_default();
    text.trim().parse().unwrap_or_default()
}

fn file(workbook: &Workbook, id: &str) -> PathBuf {
    workbook.grade.join("hints").join(format!("{id}.txt"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::said;
    use book::fixture::Fixture;

    #[track_caller]
    fn shown(fixture: &Fixture, id: &str) -> String {
        said(|out| hint(&fixture.workbook(), id, 40, out))
    }

    #[test]
    fn each_time_one_more_is_shown_and_then_the_last_again() {
        let fixture = Fixture::new();
        assert_eq!(
            shown(&fixture, "1.2"),
            "1.2 Twice, hint 1 of 3\n\nidea\n\nThe next one: cargo coach hint 1.2\n"
        );
        // Another exercise has a count of its own.
        assert!(shown(&fixture, "1.1").starts_with("1.1 The pad, hint 1 of 3\n"));
        assert_eq!(
            shown(&fixture, "1.2"),
            "1.2 Twice, hint 2 of 3\n\ntool\n\nThe next one: cargo coach hint 1.2\n"
        );
        let last = "1.2 Twice, hint 3 of 3\n\nsteps that take more than one line, if\nlines are \
                    short\n\nReading\n- RFC 5116, An Interface and Algorithms\n  for Authenticated \
                    Encryption\n\n";
        let answer = "The answer: cargo coach solution 1.2\n";
        assert_eq!(
            shown(&fixture, "1.2"),
            format!("{last}That was the last one. {answer}")
        );
        for _ in 0..2 {
            assert_eq!(
                shown(&fixture, "1.2"),
                format!("{last}There are no more. {answer}")
            );
        }
    }

    #[test]
    fn a_damaged_count_begins_anew() {
        let fixture = Fixture::new();
        for (count, level) in [
            ("no number", 1),
            ("-1", 1),
            ("2", 3),
            ("18446744073709551615", 3),
        ] {
            fixture.write("grade/hints/1.1.txt", count);
            let heading = format!("1.1 The pad, hint {level} of 3\n");
            assert!(shown(&fixture, "1.1").starts_with(&heading), "{count}");
        }
    }

    #[test]
    fn a_hint_that_can_t_be_counted_is_shown_all_the_same() {
        let fixture = Fixture::new();
        fixture.write("grade/hints", "not a folder");
        let mut out = Vec::new();
        let trouble = hint(&fixture.workbook(), "1.1", 40, &mut out).unwrap_err();
        assert!(trouble.to_string().starts_with("grade/hints/1.1.txt: "));
        assert!(String::from_utf8(out).unwrap().contains("\nidea\n"));
    }

    #[test]
    fn a_file_of_hints_that_is_missing_or_has_too_few_is_named() {
        let fixture = Fixture::new();
        let file = "coach/hints/ch1_pads/twice.toml";
        let refused = || {
            let trouble = hint(&fixture.workbook(), "1.2", 40, &mut Vec::new()).unwrap_err();
            trouble.to_string()
        };
        fixture.write(file, "idea = \"i\"\ntool = \"t\"");
        assert!(refused().starts_with(&format!("{file}:1: missing field `steps`")));
        fixture.remove(file);
        assert!(refused().starts_with(&format!("{file}: ")));
    }

    #[test]
    fn an_unknown_exercise_is_refused_with_those_there_are() {
        let fixture = Fixture::new();
        let refused = |id| {
            let trouble = hint(&fixture.workbook(), id, 40, &mut Vec::new()).unwrap_err();
            trouble.to_string()
        };
        assert_eq!(
            refused("1.9"),
            "no exercise or chapter `1.9`; the exercises are 1.1, 1.2, 1.3"
        );
        assert_eq!(
            refused("ch1"),
            "`ch1` is a chapter; the exercises of chapter 1 are 1.1, 1.2, 1.3"
        );
    }
}
