//! The catalogue of mistakes, `tests/mistakes/`: wrong answers that a real person would write,
//! each naming the property that must catch it. An exercise has a file there of its own name, or a
//! folder with several.

use std::ops::Range;
use std::path::{Path, PathBuf};

use book::syllabus::{Chapter, Exercise};
use book::toml_file::{Fields, Source, TomlError};
use book::workbook::{Trouble, Workbook};
use toml::Spanned;

/// The folder of the catalogue.
const MISTAKES: &str = "tests/mistakes";

/// The fields of each table. `incident` is read by people only. `answer_of` is the number of the exercise whose
/// answer is edited, if it is not the one that has the mistake in its folder.
const CATALOGUE: [&str; 1] = ["mistake"];
const MISTAKE: [&str; 6] = [
    "what",
    "incident",
    "caught_by",
    "says",
    "answer_of",
    "edits",
];
const EDIT: [&str; 2] = ["find", "replace"];

/// A mistake, as it is written.
struct Entry {
    what: Spanned<String>,
    caught_by: String,
    says: Option<String>,
    answer_of: Option<String>,
    edits: Vec<Edit>,
}

struct Edit {
    find: Spanned<String>,
    replace: String,
}

impl Entry {
    fn read(fields: &Fields<'_>) -> Result<Entry, TomlError> {
        // Only its type is checked.
        fields.optional_text("incident")?;
        let edit = |fields: &Fields<'_>| {
            Ok(Edit {
                find: fields.text("find")?,
                replace: fields.text("replace")?.into_inner(),
            })
        };
        Ok(Entry {
            what: fields.text("what")?,
            caught_by: fields.text("caught_by")?.into_inner(),
            says: fields.optional_text("says")?.map(Spanned::into_inner),
            answer_of: fields.optional_text("answer_of")?.map(Spanned::into_inner),
            edits: fields.tables("edits", &EDIT, edit)?,
        })
    }
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
    /// What the learner's report must contain, so that it fits this mistake.
    pub says: Option<String>,
    /// File and line where it is described.
    pub place: String,
    /// The file of the answer in its tree, `ch1_symmetric/seal.rs`.
    pub file: PathBuf,
    /// That file with the wrong answer, or why there is none.
    pub text: Result<String, String>,
}

/// The mistakes in `exercise`, and a message if there are too few.
///
/// # Errors
/// The solution can't be read, or the catalogue is not of the right shape.
pub fn of_exercise(
    workbook: &Workbook,
    chapter: &Chapter,
    exercise: &Exercise,
) -> Result<(Vec<Mistake>, Option<String>), Trouble> {
    let solution = |chapter: &Chapter, exercise: &Exercise| {
        let solution = workbook.read(&workbook.solution(chapter, exercise))?;
        // Git may have checked out this file, or the catalogue, with the line ends of Windows.
        Ok::<_, Trouble>(solution.replace("\r\n", "\n"))
    };
    let own = solution(chapter, exercise)?;
    let mut mistakes = Vec::new();
    for file in files(workbook, chapter, exercise)? {
        let source = Source {
            name: workbook.shown(&file),
            text: workbook.read(&file)?,
        };
        let entries = source.read(&CATALOGUE, |fields| {
            fields.tables("mistake", &MISTAKE, Entry::read)
        })?;
        for entry in entries {
            // A later exercise may have properties for what an earlier answer does now.
            let (text, file) = match &entry.answer_of {
                None => (own.clone(), chapter.file(Path::new(""), exercise, "rs")),
                Some(id) => {
                    let (chapter, exercise) = workbook.exercise(id)?;
                    let file = chapter.file(Path::new(""), exercise, "rs");
                    (solution(chapter, exercise)?, file)
                }
            };
            mistakes.push(Mistake {
                exercise: exercise.id().to_owned(),
                text: edited(&text, &entry.edits)
                    .map_err(|(span, reason)| format!("{}: {reason}", source.place(&span))),
                place: source.place(&entry.what.span()),
                what: entry.what.into_inner(),
                caught_by: entry.caught_by,
                says: entry.says,
                file,
            });
        }
    }
    let shown = workbook.shown(&chapter.file(&workbook.tree(MISTAKES), exercise, "toml"));
    let (found, wanted) = (mistakes.len(), wanted(exercise));
    let complaint = (found < wanted).then(|| {
        let (id, stars) = (exercise.id(), exercise.stars);
        format!("{shown}: exercise {id} ({stars}★) has {found} of at least {wanted} mistakes")
    });
    Ok((mistakes, complaint))
}

/// The files of an exercise: the one that has its name, and those in the folder that has it.
fn files(
    workbook: &Workbook,
    chapter: &Chapter,
    exercise: &Exercise,
) -> Result<Vec<PathBuf>, Trouble> {
    let file = chapter.file(&workbook.tree(MISTAKES), exercise, "toml");
    let folder = file.with_extension("");
    let more = workbook.files(&folder, "toml")?;
    let alone = Some(file).filter(|file| file.is_file());
    let more = more.into_iter().map(|file| folder.join(file));
    Ok(alone.into_iter().chain(more).collect())
}

/// How many mistakes an exercise must have, at least.
fn wanted(exercise: &Exercise) -> usize {
    if exercise.stars == 1 { 2 } else { 3 }
}

/// The `solution` with these edits, or the edit that no longer applies, and why.
fn edited(solution: &str, edits: &[Edit]) -> Result<String, (Range<usize>, String)> {
    let mut text = solution.to_owned();
    for edit in edits {
        let find = edit.find.get_ref().replace("\r\n", "\n");
        let found = text.matches(&find).count();
        // If it is there twice, nobody knows which of the two is meant.
        if found != 1 || find.is_empty() {
            let reason =
                format!("no longer applies: `find` is in the solution {found} times, not once");
            return Err((edit.find.span(), reason));
        }
        text = text.replacen(&find, &edit.replace, 1);
    }
    Ok(text)
}

/// Files of the catalogue that no exercise has.
///
/// # Errors
/// A folder can't be read.
pub fn strays(workbook: &Workbook) -> Result<Vec<String>, Trouble> {
    let folder = workbook.tree(MISTAKES);
    let mut files = workbook.files(&folder, "toml")?;
    // The crate that judges is in the folder of the catalogue.
    files.retain(|file| file != Path::new("Cargo.toml"));
    files.retain(|file| {
        let mut exercises = workbook.syllabus.exercises();
        let is_its_file = |(chapter, exercise): (&Chapter, &Exercise)| {
            let name = chapter.file(Path::new(""), exercise, "toml");
            *file == name || file.parent() == Some(&name.with_extension(""))
        };
        !exercises.any(is_its_file)
    });
    let complaint = |file: &PathBuf| {
        let shown = workbook.shown(&folder.join(file));
        format!("{shown}: the syllabus has no such exercise")
    };
    Ok(files.iter().map(complaint).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use book::fixture::{Fixture, TWICE};

    const FILE: &str = "tests/mistakes/ch1_pads/twice.toml";

    fn entry(edits: &str) -> String {
        format!("[[mistake]]\nwhat = \"w\"\ncaught_by = \"p\"\nedits = {edits}\n")
    }

    fn of_twice(
        fixture: &Fixture,
        catalogue: &str,
    ) -> Result<(Vec<Mistake>, Option<String>), Trouble> {
        fixture.write(FILE, catalogue);
        let workbook = fixture.workbook();
        let (chapter, exercise) = workbook.exercise("1.2").unwrap();
        of_exercise(&workbook, chapter, exercise)
    }

    /// The first mistake of the catalogue.
    fn first(fixture: &Fixture, catalogue: &str) -> Result<Mistake, Trouble> {
        of_twice(fixture, catalogue).map(|(mut mistakes, _)| mistakes.remove(0))
    }

    #[track_caller]
    fn check_rotten(edits: &str, expected: &str) {
        let mistake = first(&Fixture::new(), &entry(edits)).unwrap();
        assert_eq!(mistake.text.unwrap_err(), expected);
    }

    #[test]
    fn edits_are_made_in_the_solution() {
        let fixture = Fixture::new();
        let edits = r#"[{ find = "u8 {", replace = "u16 {" }, { find = "2)", replace = "4)" }]"#;
        let mistake = first(&fixture, &entry(edits)).unwrap();
        let expected = TWICE
            .replace("twice(text: u8) -> u8 {", "twice(text: u8) -> u16 {")
            .replace("_mul(2)", "_mul(4)");
        assert_eq!(mistake.text.unwrap(), expected);
        assert_eq!(mistake.place, format!("{FILE}:2"));
        assert_eq!(mistake.file, Path::new("ch1_pads/twice.rs"));
    }

    #[test]
    fn the_answer_of_an_earlier_exercise_is_edited() {
        let fixture = Fixture::new();
        let edits = r#"[{ find = "text ^ 1", replace = "text" }]"#;
        let catalogue = |id| format!("{}answer_of = \"{id}\"\n", entry(edits));
        let mistake = first(&fixture, &catalogue("1.1")).unwrap();
        assert!(mistake.text.unwrap().ends_with("\n    text\n}\n"));
        assert_eq!(mistake.file, Path::new("ch1_pads/pad.rs"));
        assert_eq!(mistake.exercise, "1.2");
        first(&fixture, &catalogue("1.9")).unwrap_err();
    }

    #[test]
    fn an_edit_of_several_lines_applies_whatever_the_line_ends() {
        let fixture = Fixture::new();
        let edits = "[{ find = '''\n    text.wrapping_mul(2)\n}''', replace = \"}\" }]";
        fixture.write("solutions/ch1_pads/twice.rs", TWICE.replace('\n', "\r\n"));
        for catalogue in [entry(edits), entry(edits).replace('\n', "\r\n")] {
            let mistake = first(&fixture, &catalogue).unwrap();
            let expected = TWICE.replace("    text.wrapping_mul(2)\n}", "}");
            assert_eq!(mistake.text.unwrap(), expected);
        }
    }

    #[test]
    fn an_edit_that_no_longer_applies_is_named_with_its_line() {
        let rotten = "no longer applies: `find` is in the solution";
        check_rotten(
            r#"[{ find = "wrapping_mul(3)", replace = "" }]"#,
            &format!("{FILE}:4: {rotten} 0 times, not once"),
        );
        check_rotten(
            r#"[
                { find = "_mul", replace = "_add" },
                { find = "u8", replace = "" },
            ]"#,
            &format!("{FILE}:6: {rotten} 2 times, not once"),
        );
        let mistake = first(&Fixture::new(), &entry(r#"[{ find = "", replace = "" }]"#));
        mistake.unwrap().text.unwrap_err();
    }

    #[test]
    fn a_malformed_catalogue_is_refused_with_its_line() {
        let refused = |catalogue: &str| first(&Fixture::new(), catalogue).unwrap_err().to_string();
        let unknown = entry("[]").replace("caught_by", "cought_by");
        assert!(refused(&unknown).starts_with(&format!("{FILE}:3: unknown field")));
        assert!(refused("[[mistake").starts_with(&format!("{FILE}:1: ")));
        let incomplete = "\n[[mistake]]\nwhat = \"w\"\n";
        assert!(refused(incomplete).starts_with(&format!("{FILE}:2: missing field")));
    }

    #[test]
    fn every_exercise_has_enough_mistakes() {
        let fixture = Fixture::new();
        let complaint = |mistakes| of_twice(&fixture, &entry("[]").repeat(mistakes)).unwrap().1;
        let few = |found| {
            let has = format!("has {found} of at least 3 mistakes");
            Some(format!("{FILE}: exercise 1.2 (2★) {has}"))
        };
        assert_eq!(complaint(0), few(0));
        assert_eq!(complaint(2), few(2));
        assert_eq!(complaint(3), None);
        let workbook = fixture.workbook();
        let wanted = |id| wanted(workbook.exercise(id).unwrap().1);
        assert_eq!(["1.1", "1.2"].map(wanted), [2, 3]);
    }

    #[test]
    fn a_catalogue_may_be_missing_or_a_folder_and_a_stray_one_is_named() {
        let fixture = Fixture::new();
        let workbook = fixture.workbook();
        let (chapter, exercise) = workbook.exercise("1.2").unwrap();
        let (mistakes, _) = of_exercise(&workbook, chapter, exercise).unwrap();
        assert!(mistakes.is_empty());
        assert_eq!(strays(&workbook).unwrap(), [""; 0]);
        let more = "tests/mistakes/ch1_pads/twice/more.toml";
        fixture.write(more, entry("[]"));
        fixture.write(FILE, entry("[]"));
        let (mistakes, _) = of_exercise(&workbook, chapter, exercise).unwrap();
        let places: Vec<&str> = mistakes.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(places, [format!("{FILE}:2"), format!("{more}:2")]);
        fixture.write("tests/mistakes/ch1_pads/none.toml", "");
        fixture.write("tests/mistakes/ch1_pads.toml", "");
        let stray = |name| format!("tests/mistakes/{name}: the syllabus has no such exercise");
        assert_eq!(
            strays(&workbook).unwrap(),
            [stray("ch1_pads/none.toml"), stray("ch1_pads.toml")]
        );
    }
}
