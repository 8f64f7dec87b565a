//! The catalogue of mistakes, `tests/mistakes/`: wrong answers that a real person would write,
//! each naming the property that must catch it.

use std::fs;
use std::ops::Range;
use std::path::Path;

use harness::chapter_file;
use harness::syllabus::{Chapter, Exercise};
use serde::Deserialize;
use toml::Spanned;

use crate::workbook::{SOLUTIONS, Trouble, Workbook};

/// The file of one chapter, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    mistake: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    exercise: Spanned<String>,
    what: String,
    /// Read by people only.
    #[serde(rename = "incident")]
    _incident: Option<String>,
    caught_by: String,
    edits: Vec<Edit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    find: Spanned<String>,
    replace: String,
}

/// One wrong answer.
#[derive(Debug)]
pub struct Mistake {
    /// The number of the exercise.
    pub exercise: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// The name of the property that must catch it.
    pub caught_by: String,
    /// File and line where it is described.
    pub place: String,
    /// The file of the chapter's answers, `ch1_symmetric.rs`.
    pub file: String,
    /// That file with the wrong answer, or why there is none.
    pub text: Result<String, String>,
}

/// The mistakes of `chapter` that are in one of the `chosen` exercises, and complaints about
/// those exercises.
///
/// # Errors
/// The chapter's solutions can't be read, or its catalogue is not of the right shape.
pub fn of_chapter(
    workbook: &Workbook,
    chapter: &Chapter,
    chosen: &[&Exercise],
) -> Result<(Vec<Mistake>, Vec<String>), Trouble> {
    let module = chapter.module.get_ref();
    let path = workbook.root.join("tests").join("mistakes");
    let path = path.join(format!("{module}.toml"));
    let shown = workbook.shown(&path);
    let source = match fs::read_to_string(&path) {
        Ok(source) => source,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(workbook.trouble(&path, error)),
    };
    let place = |span: Range<usize>| {
        let before = &source[..span.start.min(source.len())];
        format!("{shown}:{}", before.matches('\n').count() + 1)
    };
    let entries: Entries = toml::from_str(&source).map_err(|error| {
        let place = error.span().map_or(shown.clone(), place);
        format!("{place}: {}", error.message())
    })?;
    let solution = workbook.read(&chapter.file(&workbook.root, SOLUTIONS))?;
    let solution = solution.replace("\r\n", "\n");

    let (mut mistakes, mut complaints) = (Vec::new(), Vec::new());
    for entry in entries.mistake {
        let id = entry.exercise.get_ref();
        if !chapter.exercises.iter().any(|exercise| exercise.id() == id) {
            let place = place(entry.exercise.span());
            complaints.push(format!("{place}: `{module}` has no exercise {id}"));
        }
        if chosen.iter().any(|exercise| exercise.id() == id) {
            mistakes.push(Mistake {
                text: edited(&solution, id, &entry.edits)
                    .map_err(|(span, reason)| format!("{}: {reason}", place(span))),
                place: place(entry.exercise.span()),
                exercise: id.clone(),
                what: entry.what,
                caught_by: entry.caught_by,
                file: format!("{module}.rs"),
            });
        }
    }
    for exercise in chosen {
        let of_it = |mistake: &&Mistake| mistake.exercise == exercise.id();
        let (found, wanted) = (mistakes.iter().filter(of_it).count(), wanted(exercise));
        if found < wanted {
            let (id, stars) = (exercise.id(), exercise.stars);
            complaints.push(format!(
                "{shown}: exercise {id}, of {stars}★, has {found} mistakes of at least {wanted}"
            ));
        }
    }
    Ok((mistakes, complaints))
}

/// How many mistakes an exercise must have at least.
fn wanted(exercise: &Exercise) -> usize {
    if exercise.stars == 1 { 2 } else { 3 }
}

/// The `solution` with edits to the exercise `id`, or the edit that no longer applies, and why.
fn edited(solution: &str, id: &str, edits: &[Edit]) -> Result<String, (Range<usize>, String)> {
    let section = chapter_file::section(solution, id);
    let (start, end) = section.map_or((0, 0), |section| (section.start, section.end()));
    let mut text = solution[start..end].to_owned();
    for edit in edits {
        let find = edit.find.get_ref().replace("\r\n", "\n");
        let found = text.matches(&find).count();
        if found != 1 || find.is_empty() {
            let reason = format!(
                "no longer applies: `find` stands {found} times in the solution of {id}, not once"
            );
            return Err((edit.find.span(), reason));
        }
        text = text.replacen(&find, &edit.replace, 1);
    }
    Ok([&solution[..start], &text, &solution[end..]].concat())
}

/// Files in the folder of the catalogue that no chapter has.
pub fn strays(workbook: &Workbook) -> Vec<String> {
    let folder = workbook.root.join("tests").join("mistakes");
    let chapters = workbook.syllabus.chapters();
    let is_stray = |path: &Path| {
        let stem = path.file_stem().unwrap_or_default();
        let of = |chapter: &Chapter| stem == chapter.module.get_ref().as_str();
        path.extension().is_some_and(|end| end == "toml") && !chapters.iter().any(of)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| is_stray(path))
        .map(|path| {
            format!(
                "{}: the syllabus has no such chapter",
                workbook.shown(&path)
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, SOLUTION};

    const FILE: &str = "tests/mistakes/ch1_pads.toml";

    fn entry(exercise: &str, edits: &str) -> String {
        format!(
            "[[mistake]]\nexercise = \"{exercise}\"\nwhat = \"w\"\ncaught_by = \"p\"\n\
             edits = {edits}\n"
        )
    }

    /// The first mistake of a catalogue in the first chapter, all of it chosen.
    fn first(fixture: &Fixture, catalogue: &str) -> Result<Mistake, Trouble> {
        fixture.write(FILE, catalogue);
        let workbook = fixture.workbook();
        let chapter = &workbook.syllabus.chapters()[0];
        let chosen: Vec<&Exercise> = chapter.exercises.iter().collect();
        of_chapter(&workbook, chapter, &chosen).map(|(mut mistakes, _)| mistakes.remove(0))
    }

    #[track_caller]
    fn check_rotten(edits: &str, expected: &str) {
        let mistake = first(&Fixture::new(), &entry("1.2", edits)).unwrap();
        assert_eq!(mistake.text.unwrap_err(), expected);
    }

    #[test]
    fn edits_are_made_in_the_section_of_their_exercise() {
        let fixture = Fixture::new();
        let edits = r#"[{ find = "u8 {", replace = "u16 {" }, { find = "2)", replace = "4)" }]"#;
        let mistake = first(&fixture, &entry("1.2", edits)).unwrap();
        let expected = SOLUTION
            .replace("twice(text: u8) -> u8 {", "twice(text: u8) -> u16 {")
            .replace("_mul(2)", "_mul(4)");
        assert_eq!(mistake.text.unwrap(), expected);
        assert_eq!(
            (mistake.place.as_str(), mistake.file.as_str()),
            ("tests/mistakes/ch1_pads.toml:2", "ch1_pads.rs")
        );
    }

    #[test]
    fn an_edit_of_several_lines_applies_whatever_the_line_ends() {
        let fixture = Fixture::new();
        let edits = "[{ find = '''\n    text.wrapping_mul(2)\n}''', replace = \"}\" }]";
        fixture.write("solutions/ch1_pads.rs", SOLUTION.replace('\n', "\r\n"));
        for catalogue in [
            entry("1.2", edits),
            entry("1.2", edits).replace('\n', "\r\n"),
        ] {
            let mistake = first(&fixture, &catalogue).unwrap();
            let expected = SOLUTION.replace("    text.wrapping_mul(2)\n}", "}");
            assert_eq!(mistake.text.unwrap(), expected);
        }
    }

    #[test]
    fn an_edit_that_no_longer_applies_is_named_with_its_line() {
        let rotten = "no longer applies: `find` stands";
        let (place, in_it) = (
            "tests/mistakes/ch1_pads.toml",
            "times in the solution of 1.2, not once",
        );
        check_rotten(
            r#"[{ find = "wrapping_mul(3)", replace = "" }]"#,
            &format!("{place}:5: {rotten} 0 {in_it}"),
        );
        check_rotten(
            r#"[
                { find = "_mul", replace = "_add" },
                { find = "u8", replace = "" },
            ]"#,
            &format!("{place}:7: {rotten} 2 {in_it}"),
        );
        let mistake = first(
            &Fixture::new(),
            &entry("1.2", r#"[{ find = "", replace = "" }]"#),
        );
        mistake.unwrap().text.unwrap_err();
    }

    #[test]
    fn what_is_no_catalogue_is_refused_with_its_line() {
        let refused = |catalogue: &str| first(&Fixture::new(), catalogue).unwrap_err().to_string();
        let unknown = entry("1.2", "[]").replace("caught_by", "cought_by");
        assert!(refused(&unknown).starts_with("tests/mistakes/ch1_pads.toml:4: unknown field"));
        assert!(refused("[[mistake").starts_with("tests/mistakes/ch1_pads.toml:1: "));
        let incomplete = "\n[[mistake]]\nexercise = \"1.2\"\n";
        assert!(refused(incomplete).starts_with("tests/mistakes/ch1_pads.toml:2: missing field"));
    }

    #[test]
    fn every_exercise_has_enough_mistakes() {
        let fixture = Fixture::new();
        let complaints = |catalogue: &str, chosen: std::ops::Range<usize>| {
            fixture.write(FILE, catalogue);
            let workbook = fixture.workbook();
            let chapter = &workbook.syllabus.chapters()[0];
            let chosen: Vec<&Exercise> = chapter.exercises[chosen].iter().collect();
            of_chapter(&workbook, chapter, &chosen).unwrap().1
        };
        let few = |id, stars, found, wanted| {
            let has = format!("has {found} mistakes of at least {wanted}");
            format!("{FILE}: exercise {id}, of {stars}★, {has}")
        };
        let (one, two) = (entry("1.1", "[]"), entry("1.2", "[]"));
        assert_eq!(
            complaints("", 0..2),
            [few("1.1", 1, 0, 2), few("1.2", 2, 0, 3)]
        );
        let catalogue = one.clone() + &two + &two;
        assert_eq!(
            complaints(&catalogue, 0..2),
            [few("1.1", 1, 1, 2), few("1.2", 2, 2, 3)]
        );
        let catalogue = catalogue + &one + &two;
        assert_eq!(complaints(&catalogue, 0..2), [""; 0]);
        assert_eq!(complaints(&one, 2..3), [few("1.3", 1, 0, 2)]);
        let elsewhere = entry("2.1", "[]");
        let unknown = format!("{FILE}:2: `ch1_pads` has no exercise 2.1");
        assert_eq!(complaints(&elsewhere, 0..0), [unknown]);
    }

    #[test]
    fn a_missing_catalogue_has_no_mistakes_and_a_stray_one_is_named() {
        let fixture = Fixture::new();
        let workbook = fixture.workbook();
        let (mistakes, complaints) =
            of_chapter(&workbook, &workbook.syllabus.chapters()[0], &[]).unwrap();
        assert!(mistakes.is_empty() && complaints.is_empty());
        assert_eq!(strays(&workbook), [""; 0]);
        fixture.write(FILE, "");
        fixture.write("tests/mistakes/ch7_none.toml", "");
        let stray = "tests/mistakes/ch7_none.toml: the syllabus has no such chapter";
        assert_eq!(strays(&workbook), [stray]);
    }
}
