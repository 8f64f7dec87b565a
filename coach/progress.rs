//! `cargo coach`: the learner's progress.

use std::io::Write;

use book::report::Next;
use book::workbook::{Trouble, Workbook};

use crate::{Outcome, list};

/// Says in three lines where the learner is, according to the grader's records: points, where to go
/// on, and the state of that chapter.
///
/// # Errors
/// `out` can't be written to.
pub fn progress(workbook: &Workbook, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let progress = workbook.progress();
    let (points, possible) = progress.points();
    let exercises = || workbook.syllabus.exercises().map(|(_, exercise)| exercise);
    let solved = exercises().filter(|exercise| progress.is_solved(exercise.id()));
    let (solved, all) = (solved.count(), exercises().count());
    writeln!(
        out,
        "{points} of {possible} points, {solved} of {all} exercises solved"
    )?;
    let next = progress.next();
    let next = next.and_then(|next| Some((workbook.syllabus.find(&next.id)?.0, next)));
    let Some((chapter, next)) = next else {
        writeln!(out, "Every exercise of the workbook is solved.")?;
        return Ok(Outcome::Done);
    };
    let Next {
        id,
        title,
        file,
        line,
        ..
    } = next;
    let signs = chapter.exercises.iter();
    let signs: Vec<_> = signs
        .map(|exercise| list::row(workbook, chapter, exercise).sign)
        .collect();
    writeln!(out, "Next: {id} {title}, {file}:{line}")?;
    writeln!(out, "Chapter {}: {}", chapter.number(), signs.join(" "))?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use book::verdict::Verdict;

    use super::*;
    use crate::tests::said;
    use book::fixture::Fixture;

    #[test]
    fn the_first_unsolved_exercise_is_named() {
        let fixture = Fixture::new();
        let shown = || said(|out| progress(&fixture.workbook(), out));
        let place = |name| format!("exercises/ch1_pads/{name}.rs");
        let (pad, twice) = (place("pad"), place("twice"));
        assert_eq!(
            shown(),
            format!(
                "0 of 4 points, 0 of 3 exercises solved\nNext: 1.1 The pad, {pad}:4\nChapter 1: · · ·\n"
            )
        );
        fixture.solve("1.1");
        fixture.solve("1.3");
        assert_eq!(
            shown(),
            format!(
                "2 of 4 points, 2 of 3 exercises solved\nNext: 1.2 Twice, {twice}:4\nChapter 1: ✓ · ✓\n"
            )
        );
        let skipped = || Verdict::Skipped {
            reason: "scales not found".to_owned(),
        };
        fixture.grade("1.1", skipped());
        fixture.grade("1.2", skipped());
        assert_eq!(
            shown(),
            format!(
                "1 of 4 points, 1 of 3 exercises solved\nNext: 1.1 The pad, {pad}:4\nChapter 1: · · ✓\n"
            )
        );
        fixture.solve("1.1");
        fixture.remove(&twice);
        assert_eq!(
            shown(),
            format!(
                "2 of 4 points, 2 of 3 exercises solved\nNext: 1.2 Twice, {twice}:1\nChapter 1: ✓ · ✓\n"
            )
        );
        fixture.solve("1.2");
        assert_eq!(
            shown(),
            "4 of 4 points, 3 of 3 exercises solved\nEvery exercise of the workbook is solved.\n"
        );
    }
}
