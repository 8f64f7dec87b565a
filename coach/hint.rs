//! `cargo coach hint 1.3`: one more hint each time.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use book::json;
use book::record;
use book::report::Report;
use book::syllabus::{Chapter, Exercise};
use book::toml_file::Source;
use textwrap::Options;
use toml::Spanned;

use crate::Outcome;
use book::workbook::{EXERCISES, Trouble, Workbook};

/// The folder of the hints: a file for each exercise, beside the coach, where a learner does not
/// come across them by accident.
pub const HINTS: &str = "coach/hints";

/// The levels: the idea, the tool (a type, a method, a section of an RFC), the steps. None is the answer.
const LEVELS: [&str; 3] = ["idea", "tool", "steps"];

/// Shows a hint for the exercise `id`, or for the one where the learner is, in lines of `width`. It
/// is the hint of this level, or the one that comes after those shown before. After the last, it is
/// the last again.
///
/// # Errors
/// There is no such exercise or level, all exercises are solved, or what was shown can't be
/// recorded.
pub fn hint(
    workbook: &Workbook,
    id: Option<&str>,
    level: Option<usize>,
    width: usize,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    let here = match id {
        Some(_) => None,
        None => Some(here(workbook).ok_or("every exercise of the workbook is solved")?),
    };
    let id = id.or(here.as_deref()).unwrap_or_default();
    let (chapter, exercise) = workbook.exercise(id)?;
    let hints = read(workbook, chapter, exercise)?;
    let seen = seen(workbook, id);
    let level = match level {
        Some(level) if (1..=hints.len()).contains(&level) => level,
        Some(level) => {
            let all = hints.len();
            return Err(format!("no hint {level} for {id}; there are {all}").into());
        }
        // The count is from a file, which may hold any number.
        None => seen.saturating_add(1).min(hints.len()),
    };
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

    // Counted last: even a hint that can't be counted has been shown.
    let file = file(workbook, id);
    record::write_whole(&file, &level.max(seen).to_string())
        .map_err(|error| workbook.trouble(&file, error))?;
    Ok(Outcome::Done)
}

/// The exercise that the last run of the grader has sent the learner to, or else the first that is not solved.
fn here(workbook: &Workbook) -> Option<String> {
    let text = fs::read_to_string(workbook.grade.join("report.json")).unwrap_or_default();
    let report: Option<Report> = json::read(&text);
    let progress = workbook.progress();
    let sent_to = report
        .filter(|report| report.subject == EXERCISES)
        .and_then(|report| report.next)
        .filter(|next| !progress.is_solved(&next.id));
    sent_to.or_else(|| progress.next()).map(|next| next.id)
}

/// Forgets how many hints of `id` were shown.
///
/// # Errors
/// The count can't be removed.
pub fn rewind(workbook: &Workbook, id: &str) -> Result<(), Trouble> {
    let file = file(workbook, id);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(workbook.trouble(&file, error)),
        _ => Ok(()),
    }
}

/// The hints for `exercise`, by level: the idea, the tool, the steps.
///
/// # Errors
/// Their file is missing or malformed.
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

/// How many hints of `id` were shown. A file that can't be read counts as none.
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
    use book::report::Next;
    use book::verdict::Seed;

    #[track_caller]
    fn shown(fixture: &Fixture, id: &str) -> String {
        said(|out| hint(&fixture.workbook(), Some(id), None, 40, out))
    }

    #[test]
    fn a_level_is_shown_at_once_or_again() {
        let fixture = Fixture::new();
        let level =
            |level| said(|out| hint(&fixture.workbook(), Some("1.2"), Some(level), 40, out));
        assert!(level(2).starts_with("1.2 Twice, hint 2 of 3\n\ntool\n"));
        assert!(level(1).starts_with("1.2 Twice, hint 1 of 3\n\nidea\n"));
        // The next one comes after the highest that was shown.
        assert!(shown(&fixture, "1.2").starts_with("1.2 Twice, hint 3 of 3\n"));
        for none in [0, 4] {
            let workbook = fixture.workbook();
            let trouble = hint(&workbook, Some("1.2"), Some(none), 40, &mut Vec::new());
            let expected = format!("no hint {none} for 1.2; there are 3");
            assert_eq!(trouble.unwrap_err().to_string(), expected);
        }
        rewind(&fixture.workbook(), "1.2").unwrap();
        rewind(&fixture.workbook(), "1.2").unwrap();
        assert!(shown(&fixture, "1.2").starts_with("1.2 Twice, hint 1 of 3\n"));
    }

    #[test]
    fn without_a_number_it_is_where_the_learner_is() {
        let fixture = Fixture::new();
        let here = || {
            let workbook = fixture.workbook();
            let text = said(|out| hint(&workbook, None, Some(1), 40, out));
            text.split(' ').next().unwrap_or_default().to_owned()
        };
        assert_eq!(here(), "1.1");
        let sent_to = |subject: &str, id: &str| {
            let report = Report {
                schema: 3,
                subject: subject.to_owned(),
                seed: Seed::default(),
                points: 0,
                possible: 0,
                points_in_all: 0,
                possible_in_all: 0,
                exercises: vec![],
                further: Vec::new(),
                chapters: vec![],
                next: Some(Next {
                    id: id.to_owned(),
                    title: String::new(),
                    file: String::new(),
                    line: 1,
                    is_begun: true,
                }),
            };
            fixture.write("grade/report.json", json::line(&report));
        };
        sent_to("exercises", "1.3");
        assert_eq!(here(), "1.3");
        // It was solved since.
        fixture.solve("1.3");
        assert_eq!(here(), "1.1");
        sent_to("solutions", "1.2");
        assert_eq!(here(), "1.1");
        fixture.solve("1.1");
        fixture.solve("1.2");
        let trouble = hint(&fixture.workbook(), None, None, 40, &mut Vec::new());
        let trouble = trouble.unwrap_err().to_string();
        assert_eq!(trouble, "every exercise of the workbook is solved");
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
    fn a_damaged_count_starts_over() {
        let fixture = Fixture::new();
        for (count, level) in [
            ("not a number", 1),
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
    fn even_a_hint_that_can_t_be_counted_is_shown() {
        let fixture = Fixture::new();
        fixture.write("grade/hints", "not a folder");
        let mut out = Vec::new();
        let trouble = hint(&fixture.workbook(), Some("1.1"), None, 40, &mut out).unwrap_err();
        assert!(trouble.to_string().starts_with("grade/hints/1.1.txt: "));
        assert!(String::from_utf8(out).unwrap().contains("\nidea\n"));
    }

    #[test]
    fn a_file_of_hints_that_is_missing_or_has_too_few_is_named() {
        let fixture = Fixture::new();
        let file = "coach/hints/ch1_pads/twice.toml";
        let refused = || {
            let trouble =
                hint(&fixture.workbook(), Some("1.2"), None, 40, &mut Vec::new()).unwrap_err();
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
            let trouble =
                hint(&fixture.workbook(), Some(id), None, 40, &mut Vec::new()).unwrap_err();
            trouble.to_string()
        };
        assert_eq!(
            refused("1.9"),
            "no exercise or chapter `1.9`; the chapters are 1 (1.1 to 1.3)"
        );
        assert_eq!(
            refused("ch1"),
            "`ch1` is a chapter; the exercises of chapter 1 are 1.1, 1.2, 1.3"
        );
    }
}
