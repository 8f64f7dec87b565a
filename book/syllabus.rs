//! The table of contents, read from `exercises/syllabus.toml`: the one place for the numbers,
//! titles and stars of the exercises.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::toml_file::{Fields, Source, TomlError};

/// The chapters, in reading order.
#[derive(Debug)]
pub struct Syllabus {
    chapters: Vec<Chapter>,
    /// Where it was read from, and the text, so that an error can name the line.
    source: Source,
}

/// One chapter: a module, and a folder, of the exercises.
#[derive(Debug)]
pub struct Chapter {
    /// Its module and folder, `ch1_symmetric`. The number in it is the chapter's.
    pub module: Spanned<String>,
    /// What it is about, in a few words.
    pub title: String,
    /// Its exercises, in the order in which they are to be solved.
    pub exercises: Vec<Exercise>,
}

/// One exercise: a file in the folder of its chapter.
#[derive(Debug)]
pub struct Exercise {
    /// Chapter and place in it: `1.3`.
    pub id: Spanned<String>,
    /// Its module, and the name of its file in every tree: `seal`.
    pub module: String,
    /// What it is about, in a few words.
    pub title: String,
    /// Points for solving it.
    pub stars: u32,
    /// The earlier exercises that its answer calls.
    pub needs: Vec<String>,
    /// What the report says once it is solved: what was shown, and something to think about or to
    /// compare.
    pub solved: String,
    /// Further reading: RFC and section, paper, incident.
    pub reading: Vec<String>,
}

/// The fields of each table.
const BOOK: [&str; 1] = ["chapter"];
const CHAPTER: [&str; 3] = ["module", "title", "exercise"];
const EXERCISE: [&str; 7] = [
    "id", "module", "title", "stars", "needs", "solved", "reading",
];

impl Chapter {
    fn read(fields: &Fields<'_>) -> Result<Chapter, TomlError> {
        Ok(Chapter {
            module: fields.text("module")?,
            title: fields.text("title")?.into_inner(),
            exercises: fields.tables("exercise", &EXERCISE, Exercise::read)?,
        })
    }

    /// Its number: 1 for `ch1_symmetric`.
    pub fn number(&self) -> &str {
        let module = self.module.get_ref();
        let digits = module.strip_prefix("ch").unwrap_or(module);
        digits.split('_').next().unwrap_or(digits)
    }

    /// Its folder in a tree: `exercises/ch1_symmetric`.
    pub fn folder(&self, tree: &Path) -> PathBuf {
        tree.join(self.module.get_ref())
    }

    /// The file of its lesson in the tree of a crate: `exercises/ch1_symmetric/mod.rs`.
    pub fn lesson(&self, tree: &Path) -> PathBuf {
        self.folder(tree).join("mod.rs")
    }

    /// The file of `exercise`, which is one of its own, in a tree whose files end in `extension`:
    /// `exercises/ch1_symmetric/seal.rs`.
    pub fn file(&self, tree: &Path, exercise: &Exercise, extension: &str) -> PathBuf {
        let name = &exercise.module;
        self.folder(tree).join(format!("{name}.{extension}"))
    }
}

impl Exercise {
    fn read(fields: &Fields<'_>) -> Result<Exercise, TomlError> {
        Ok(Exercise {
            id: fields.text("id")?,
            module: fields.text("module")?.into_inner(),
            title: fields.text("title")?.into_inner(),
            stars: fields.number("stars")?,
            needs: fields.optional_texts("needs")?,
            solved: fields.text("solved")?.into_inner(),
            reading: fields.texts("reading")?,
        })
    }

    /// Its number in the book: `1.3`.
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }
}

impl Syllabus {
    /// Reads the syllabus at `path`.
    ///
    /// # Errors
    /// The file can't be read, is not TOML of this shape, or contradicts itself: a number or a file
    /// is listed twice, a number belongs to another chapter, an exercise has no stars or needs one
    /// that does not come before it.
    pub fn load(path: &Path) -> Result<Syllabus, TomlError> {
        let name = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => Syllabus::parse(Source { name, text }),
            Err(error) => Err(TomlError {
                place: name,
                message: error.to_string(),
            }),
        }
    }

    fn parse(source: Source) -> Result<Syllabus, TomlError> {
        let chapters = source.read(&BOOK, |fields| {
            fields.tables("chapter", &CHAPTER, Chapter::read)
        })?;
        let syllabus = Syllabus { chapters, source };
        syllabus.check()?;
        Ok(syllabus)
    }

    fn check(&self) -> Result<(), TomlError> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (chapter, exercise) in self.exercises() {
            let id = exercise.id();
            if let Some(first) = seen.get(id) {
                return Err(self.error_at(
                    exercise,
                    &format!("exercise {id} is listed twice; the first is on line {first}"),
                ));
            }
            if id.split_once('.').map(|(number, _)| number) != Some(chapter.number()) {
                let module = chapter.module.get_ref();
                return Err(self.error_at(
                    exercise,
                    &format!("exercise {id} is listed in chapter `{module}`"),
                ));
            }
            if let Some(need) = exercise
                .needs
                .iter()
                .find(|need| !seen.contains_key(need.as_str()))
            {
                return Err(self.error_at(
                    exercise,
                    &format!("exercise {id} needs {need}, which does not come before it"),
                ));
            }
            // Not before this, or an exercise that needs itself would find itself.
            seen.insert(id, self.source.line(&exercise.id.span()));
            if exercise.stars == 0 {
                return Err(self.error_at(exercise, &format!("exercise {id} has no stars")));
            }
            let module = &exercise.module;
            if let Some(first) = chapter
                .exercises
                .iter()
                // Only those before it, or it would find itself.
                .take_while(|other| other.id() != id)
                .find(|other| other.module == *module)
            {
                let first = first.id();
                return Err(self.error_at(
                    exercise,
                    &format!("exercise {id} has the file `{module}`, which belongs to {first}"),
                ));
            }
        }
        Ok(())
    }

    /// The file that it was read from.
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// The chapters, in reading order.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// Every exercise with its chapter, in reading order.
    pub fn exercises(&self) -> impl Iterator<Item = (&Chapter, &Exercise)> {
        let of = |chapter| move |exercise| (chapter, exercise);
        self.chapters
            .iter()
            .flat_map(move |chapter| chapter.exercises.iter().map(of(chapter)))
    }

    /// The exercise numbered `id`, with its chapter.
    pub fn find(&self, id: &str) -> Option<(&Chapter, &Exercise)> {
        self.exercises().find(|(_, exercise)| exercise.id() == id)
    }

    /// What the answer to `exercise` calls, directly or through others, in reading order.
    pub fn all_needs(&self, exercise: &Exercise) -> Vec<&str> {
        let mut needed: Vec<&str> = exercise.needs.iter().map(String::as_str).collect();
        let earlier: Vec<&Exercise> = self.exercises().map(|(_, exercise)| exercise).collect();
        // From the last to the first: an exercise needs only what comes before it.
        for other in earlier
            .iter()
            .rev()
            .filter(|other| other.id() != exercise.id())
        {
            if needed.contains(&other.id()) {
                needed.extend(other.needs.iter().map(String::as_str));
            }
        }
        let in_order = earlier.iter().map(|exercise| exercise.id());
        in_order.filter(|id| needed.contains(id)).collect()
    }

    /// What to say about a name that is neither an exercise's nor a chapter's.
    pub fn unknown(&self, name: &str) -> String {
        let chapters: Vec<String> = self.chapters().iter().map(span).collect();
        let chapters = chapters.join(", ");
        format!("no exercise or chapter `{name}`; the chapters are {chapters}")
    }

    /// The exercises that a learner means by `filter`: a number (`1.3`), or a chapter's number
    /// (`1`), short name (`ch1`) or module (`ch1_symmetric`).
    pub fn select(&self, filter: &str) -> Vec<(&Chapter, &Exercise)> {
        let meant = |(chapter, exercise): &(&Chapter, &Exercise)| {
            let number = chapter.number();
            filter == exercise.id()
                || filter == number
                || filter == chapter.module.get_ref()
                || filter.strip_prefix("ch") == Some(number)
        };
        self.exercises().filter(meant).collect()
    }

    /// An error about `exercise`, at the line of its number.
    pub fn error_at(&self, exercise: &Exercise, message: &str) -> TomlError {
        self.source.error(Some(&exercise.id.span()), message)
    }
}

/// A chapter with its first and last exercise: `1 (1.1 to 1.6)`.
fn span(chapter: &Chapter) -> String {
    let number = chapter.number();
    match chapter.exercises.as_slice() {
        [] => number.to_owned(),
        [only] => format!("{number} ({})", only.id()),
        [first, .., last] => format!("{number} ({} to {})", first.id(), last.id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[chapter]]
module = "ch1_symmetric"
title = "One key for both"

[[chapter.exercise]]
id = "1.1"
module = "one_time_pad"
title = "The one-time pad"
stars = 1
solved = ""
reading = []

[[chapter.exercise]]
id = "1.2"
module = "two_time_pad"
title = "The pad used twice"
stars = 1
solved = ""
reading = []
"#;

    fn parse(text: &str) -> Result<Syllabus, TomlError> {
        Syllabus::parse(Source {
            name: "syllabus.toml".to_owned(),
            text: text.to_owned(),
        })
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        assert_eq!(
            parse(text).expect_err("it should be refused").to_string(),
            expected
        );
    }

    #[test]
    fn a_filter_is_an_exercise_or_a_chapter() {
        let syllabus = parse(GOOD).unwrap();
        let ids = |filter| -> Vec<&str> {
            syllabus
                .select(filter)
                .iter()
                .map(|(_, exercise)| exercise.id())
                .collect()
        };
        assert_eq!(ids("1.2"), ["1.2"]);
        for chapter in ["1", "ch1", "ch1_symmetric"] {
            assert_eq!(ids(chapter), ["1.1", "1.2"]);
        }
        for nothing in ["", "2", "1.", "1.10", "ch", "symmetric"] {
            assert!(ids(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_line() {
        check_refused(
            &GOOD.replacen("stars", "points", 1),
            "syllabus.toml:10: unknown field `points`, expected one of `id`, `module`, `title`, \
             `stars`, `needs`, `solved`, `reading`",
        );
    }

    #[test]
    fn a_duplicate_number_is_refused_with_both_lines() {
        check_refused(
            &GOOD.replace("1.2", "1.1"),
            "syllabus.toml:15: exercise 1.1 is listed twice; the first is on line 7",
        );
    }

    #[test]
    fn a_number_of_another_chapter_is_refused() {
        check_refused(
            &GOOD.replace("1.2", "2.2"),
            "syllabus.toml:15: exercise 2.2 is listed in chapter `ch1_symmetric`",
        );
    }

    #[test]
    fn what_an_exercise_needs_comes_before_it() {
        let needing = |id: &str| format!("{GOOD}needs = [\"{id}\"]\n");
        let syllabus = parse(&needing("1.1")).unwrap();
        assert_eq!(syllabus.all_needs(syllabus.find("1.2").unwrap().1), ["1.1"]);
        for wrong in ["1.2", "1.2x", "1.3"] {
            check_refused(
                &needing(wrong),
                &format!(
                    "syllabus.toml:15: exercise 1.2 needs {wrong}, which does not come before it"
                ),
            );
        }
    }

    #[test]
    fn needs_are_followed_through_other_exercises() {
        let third = r#"
[[chapter.exercise]]
id = "1.3"
module = "seal"
title = "Seal and open"
stars = 2
solved = ""
reading = []
needs = ["1.2"]
"#;
        let syllabus = parse(&format!("{GOOD}needs = [\"1.1\"]\n{third}")).unwrap();
        assert_eq!(
            syllabus.all_needs(syllabus.find("1.3").unwrap().1),
            ["1.1", "1.2"]
        );
        assert!(
            syllabus
                .all_needs(syllabus.find("1.1").unwrap().1)
                .is_empty()
        );
    }

    #[test]
    fn two_exercises_don_t_share_a_file() {
        check_refused(
            &GOOD.replace("two_time_pad", "one_time_pad"),
            "syllabus.toml:15: exercise 1.2 has the file `one_time_pad`, which belongs to 1.1",
        );
    }

    #[test]
    fn a_chapter_knows_its_files() {
        let syllabus = parse(GOOD).unwrap();
        let (chapter, exercise) = syllabus.find("1.2").unwrap();
        let tree = Path::new("exercises");
        assert_eq!(chapter.lesson(tree), tree.join("ch1_symmetric/mod.rs"));
        assert_eq!(
            chapter.file(tree, exercise, "rs"),
            tree.join("ch1_symmetric/two_time_pad.rs")
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Syllabus::load(Path::new("nowhere/syllabus.toml")).unwrap_err();
        assert_eq!(error.place, "nowhere/syllabus.toml");
    }
}
