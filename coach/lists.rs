//! Checks the lists that a reader follows against the syllabus: what to write, in each lesson, and
//! the glossary.

use book::syllabus::Chapter;
use book::workbook::Workbook;

use crate::pages;

/// The file of the glossary, in the trees of the exercises and the solutions.
pub const GLOSSARY: &str = "glossary.rs";

/// The heading of the list in a lesson.
const WHAT_YOU_WRITE: &str = "//! # What you write";

/// How each item of it begins: with the number of an exercise.
const ITEM: &str = "//! - **";

/// Checks that the list of a lesson has each exercise of its chapter, in order, with a link to what
/// is written in it: ``- **1.3** [`seal`] and [`open`]: …``.
pub fn check_lesson(
    workbook: &Workbook,
    text: &str,
    chapter: &Chapter,
    complain: &mut impl FnMut(usize, String),
) {
    let mut lines = (1..).zip(text.lines());
    let Some((heading, _)) = lines.find(|(_, line)| *line == WHAT_YOU_WRITE) else {
        complain(1, format!("there is no `{WHAT_YOU_WRITE}`"));
        return;
    };
    let items: Vec<(usize, &str)> = lines
        .take_while(|(_, line)| !line.starts_with("//! # "))
        .filter_map(|(number, line)| Some((number, line.strip_prefix(ITEM)?)))
        .collect();
    for (index, exercise) in chapter.exercises.iter().enumerate() {
        let id = exercise.id();
        let Some((line, item)) = items.get(index) else {
            complain(heading, format!("{id} is not in this list"));
            return;
        };
        let Some(item) = item.strip_prefix(&format!("{id}** ")) else {
            complain(*line, format!("this is where {id} belongs in the list"));
            return;
        };
        let path = workbook.solution(chapter, exercise);
        // A missing file is reported elsewhere.
        let Ok(solution) = workbook.read(&path) else {
            continue;
        };
        let linked = item
            .split_once("[`")
            .map(|(_, link)| pages::identifier(link));
        if !pages::pages(&solution)
            .iter()
            .any(|page| Some(page.name) == linked)
        {
            let file = workbook.shown(&path);
            complain(*line, format!("no link to what is written in {file}"));
        }
    }
    if let Some((line, _)) = items.get(chapter.exercises.len()) {
        complain(*line, "the chapter has no more exercises".into());
    }
}

/// Checks that the terms of the glossary are in alphabetical order, that each names an exercise or
/// a section, and that each exercise that is named is linked: `[1.3]:
/// crate::ch1_symmetric::seal()`.
pub fn check_glossary(workbook: &Workbook, text: &str, complain: &mut impl FnMut(usize, String)) {
    let mut last = String::new();
    for (number, entry) in entries(text) {
        let term = entry.split("**").next().unwrap_or(entry).to_lowercase();
        if term < last {
            complain(number, format!("`{term}` comes after `{last}`"));
        }
        last = term;
        let mut is_introduced = entry.contains("](crate#");
        for reference in references(entry) {
            is_introduced = true;
            if !text.contains(&format!("\n//! [{reference}]: crate::")) {
                complain(number, format!("there is no link for [{reference}]"));
            }
        }
        if !is_introduced {
            complain(number, format!("where is `{last}` introduced?"));
        }
    }
    for (number, line) in (1..).zip(text.lines()) {
        let link = line.strip_prefix("//! [").and_then(|link| {
            let (reference, path) = link.split_once("]: crate::")?;
            Some((reference, path.split_once("::")?))
        });
        let Some((reference, (module, item))) = link else {
            continue;
        };
        let Some((chapter, exercise)) = workbook.syllabus.find(reference) else {
            complain(number, format!("there is no exercise {reference}"));
            continue;
        };
        let Ok(solution) = workbook.read(&workbook.solution(chapter, exercise)) else {
            continue;
        };
        let mut pages = pages::pages(&solution).into_iter();
        let is_there = pages.any(|page| page.name == pages::identifier(item));
        if module != chapter.module.get_ref() || !is_there {
            complain(number, format!("this is not written in {reference}"));
        }
    }
}

/// The entries of the glossary, from the term on, with the lines where they begin.
fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut line = 1;
    text.split(ITEM)
        .map(move |part| {
            let begins = line;
            line += part.matches('\n').count();
            (begins, part.split("\n//!\n").next().unwrap_or(part))
        })
        .skip(1)
}

/// The numbers of exercises in brackets.
fn references(entry: &str) -> impl Iterator<Item = &str> {
    let is_number =
        |text: &&str| text.contains('.') && text.starts_with(|c: char| c.is_ascii_digit());
    entry
        .split('[')
        .skip(1)
        .filter_map(|part| Some(part.split_once(']')?.0))
        .filter(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use book::fixture::Fixture;

    type Check = fn(&Workbook, &str, &mut dyn FnMut(usize, String));

    fn lesson(workbook: &Workbook, text: &str, mut complain: &mut dyn FnMut(usize, String)) {
        let chapter = &workbook.syllabus.chapters()[0];
        check_lesson(workbook, text, chapter, &mut complain);
    }

    fn glossary(workbook: &Workbook, text: &str, mut complain: &mut dyn FnMut(usize, String)) {
        check_glossary(workbook, text, &mut complain);
    }

    #[track_caller]
    fn check(check: Check, text: &str, expected: &[&str]) {
        let fixture = Fixture::new();
        let mut complaints = Vec::new();
        let mut complain = |line, what: String| complaints.push(format!("{line}: {what}"));
        check(&fixture.workbook(), text, &mut complain);
        assert_eq!(complaints, expected);
    }

    const LESSON: &str = "\
//! # What you write
//!
//! - **1.1** [`pad`]: hide.
//!   More of it, with `code`.
//! - **1.2** [`twice()`]: twice.
//! - **1.3** [`thrice`]: thrice.
//!
//! # What is often said
//!
//! - **1.1** is easy.
";

    #[test]
    fn a_lesson_lists_its_exercises_in_order() {
        check(lesson, LESSON, &[]);
        check(
            lesson,
            &LESSON.replace("# What you write", "# Tasks"),
            &["1: there is no `//! # What you write`"],
        );
        check(
            lesson,
            &LESSON.replace("//! - **1.3**", "//! **1.3**"),
            &["1: 1.3 is not in this list"],
        );
        check(
            lesson,
            &LESSON.replace("//! - **1.2**", "//! - **1.3**"),
            &["5: this is where 1.2 belongs in the list"],
        );
        let more = LESSON.replace("thrice.\n//!", "thrice.\n//! - **1.4** [`more`]\n//!");
        check(lesson, &more, &["7: the chapter has no more exercises"]);
    }

    #[test]
    fn a_lesson_links_to_what_is_written() {
        let expected = ["5: no link to what is written in solutions/ch1_pads/twice.rs"];
        check(lesson, &LESSON.replace("[`twice()`]", "[`pad`]"), &expected);
        check(lesson, &LESSON.replace("[`twice()`]", "`twice`"), &expected);
    }

    const TERMS: &str = "\
//! # Glossary
//!
//! - **pad**: what hides. [1.1]
//! - **Twice**, two times: not once.
//!   [1.2], [1.3]
//! - **XOR**: see [there](crate#three)
//!
//! [1.1]: crate::ch1_pads::pad
//! [1.2]: crate::ch1_pads::twice()
//! [1.3]: crate::ch1_pads::thrice
";

    #[test]
    fn the_glossary_is_in_order_and_linked() {
        check(glossary, TERMS, &[]);
        check(
            glossary,
            &TERMS.replace("**pad**", "**Zero**"),
            &["4: `twice` comes after `zero`"],
        );
        check(
            glossary,
            &TERMS.replace("[1.1]\n", "\n"),
            &["3: where is `pad` introduced?"],
        );
        check(
            glossary,
            &TERMS.replace("//! [1.3]:", "//! [1.4]:"),
            &[
                "4: there is no link for [1.3]",
                "10: there is no exercise 1.4",
            ],
        );
        check(
            glossary,
            &TERMS.replace("::pad\n", "::twice\n"),
            &["8: this is not written in 1.1"],
        );
        check(
            glossary,
            &TERMS.replace("ch1_pads::pad", "ch2_pads::pad"),
            &["8: this is not written in 1.1"],
        );
    }
}
