//! `cargo coach list`: the board, from what the grader keeps. Nothing is built.

use std::io::Write;

use book::progress::Standing;
use book::syllabus::{Chapter, Exercise};
use book::verdict::Verdict;
use book::workbook::{Choice, Trouble, Workbook};
use textwrap::core::display_width;

use crate::Outcome;

/// What the board says about one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Points for solving it.
    pub stars: u32,
    /// ✓ if it is solved, ✗ if it is wrong, otherwise a dot.
    pub sign: &'static str,
    /// The last verdict in words, and whether it still counts.
    pub verdict: String,
    /// The line of its file where the learner works on it.
    pub line: usize,
}

/// The row of `exercise`.
pub fn row(workbook: &Workbook, chapter: &Chapter, exercise: &Exercise) -> Row {
    let standing = workbook.progress().standing(chapter, exercise);
    Row {
        id: exercise.id().to_owned(),
        title: exercise.title.clone(),
        stars: exercise.stars,
        sign: match &standing.verdict {
            Some(Verdict::Solved) => "✓",
            Some(verdict) if verdict.is_fault() => "✗",
            _ => "·",
        },
        verdict: words(&standing),
        line: standing.place.line,
    }
}

fn words(standing: &Standing) -> String {
    let mut words = match &standing.verdict {
        Some(verdict) => verdict.to_string(),
        None if standing.place.is_begun => "begun, not graded yet".to_owned(),
        None => "not started".to_owned(),
    };
    if standing.is_stale {
        words += ", edited since";
    }
    if standing.is_later {
        words += ", left for later";
    }
    words
}

/// Shows the board, or the part of it that `name` means: a chapter, an exercise.
///
/// # Errors
/// There is no such chapter or exercise, or `out` can't be written to.
pub fn list(
    workbook: &Workbook,
    name: Option<&str>,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    let choice = name.map(|name| workbook.choose(name)).transpose()?;
    let is_chosen = |chapter: &Chapter, exercise: &Exercise| match choice {
        Some(Choice::Exercise(_, chosen)) => chosen.id() == exercise.id(),
        Some(Choice::Chapter(chosen)) => chosen.number() == chapter.number(),
        None => true,
    };
    let exercises = || workbook.syllabus.exercises().map(|(_, exercise)| exercise);
    let longest =
        |length: fn(&Exercise) -> usize| exercises().map(length).max().unwrap_or_default();
    let ids = longest(|exercise| exercise.id().len());
    let titles = longest(|exercise| display_width(&exercise.title));
    let stars = longest(|exercise| exercise.stars as usize);
    let mut before = None;
    for (chapter, exercise) in workbook.syllabus.exercises() {
        if !is_chosen(chapter, exercise) {
            continue;
        }
        if before != Some(chapter.number()) {
            let gap = if before.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}  {}", chapter.number(), chapter.title)?;
            before = Some(chapter.number());
        }
        let row = row(workbook, chapter, exercise);
        let stars_of = "★".repeat(row.stars as usize);
        // The formatter would count characters, and a wide one takes two columns.
        let title = format!(
            "{}{}",
            row.title,
            " ".repeat(titles - display_width(&row.title))
        );
        writeln!(
            out,
            "  {} {:ids$}  {stars_of:stars$}  {title}  {}",
            row.sign, row.id, row.verdict
        )?;
    }
    let (points, possible) = workbook.progress().points();
    writeln!(out, "\n{points} of {possible} points")?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use book::fixture::{Fixture, TWICE};

    use super::*;
    use crate::tests::said;

    #[test]
    fn the_board_says_what_is_known_and_what_is_out_of_date() {
        let fixture = Fixture::new();
        fixture.solve("1.1");
        fixture.write("exercises/ch1_pads/twice.rs", TWICE);
        let board = |name| said(|out| list(&fixture.workbook(), name, out));
        assert_eq!(
            board(None),
            "1  Pads\n\
             \x20 ✓ 1.1  ★   The pad  solved, edited since\n\
             \x20 · 1.2  ★★  Twice    begun, not graded yet\n\
             \x20 · 1.3  ★   Thrice   not started\n\
             \n1 of 4 points\n"
        );
        fixture.grade("1.3", Verdict::Wrong);
        assert_eq!(
            board(Some("1.3")),
            "1  Pads\n  ✗ 1.3  ★   Thrice   wrong, edited since\n\n1 of 4 points\n"
        );
        assert!(list(&fixture.workbook(), Some("7"), &mut Vec::new()).is_err());
    }
}
