//! `cargo coach`: the learner's progress.

use std::io::Write;

use crate::workbook::{Outcome, Trouble, Workbook};

/// Says how many points the learner has, by what the grader keeps, and where to go on.
///
/// # Errors
/// `out` can't be written to.
pub fn progress(workbook: &Workbook, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let exercises = || workbook.syllabus.exercises();
    let solved = exercises().filter(|(_, exercise)| workbook.is_solved(exercise));
    let points: u32 = solved.map(|(_, exercise)| exercise.stars).sum();
    let possible: u32 = exercises().map(|(_, exercise)| exercise.stars).sum();
    writeln!(out, "\n{points} of {possible} points")?;
    let unsolved = || exercises().filter(|(_, exercise)| !workbook.is_solved(exercise));
    // Where something is missing on this machine, there is nothing to do but to fetch it.
    let next = unsolved().find(|(_, exercise)| !workbook.is_skipped(exercise));
    match next.or_else(|| unsolved().next()) {
        Some((chapter, exercise)) => {
            let place = workbook.place(chapter, exercise);
            writeln!(out, "Next: {} {}, {place}", exercise.id(), exercise.title)?;
        }
        None => writeln!(out, "Every exercise of the workbook is solved.")?,
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use harness::verdict::Verdict;

    use super::*;
    use crate::fixture::{Fixture, said};

    #[test]
    fn the_first_unsolved_exercise_is_named() {
        let fixture = Fixture::new();
        let shown = || said(|out| progress(&fixture.workbook(), out));
        let place = |name| format!("exercises/ch1_pads/{name}.rs");
        let (pad, twice) = (place("pad"), place("twice"));
        assert_eq!(
            shown(),
            format!("\n0 of 4 points\nNext: 1.1 The pad, {pad}:5\n")
        );
        fixture.solve("1.1");
        fixture.solve("1.3");
        assert_eq!(
            shown(),
            format!("\n2 of 4 points\nNext: 1.2 Twice, {twice}:5\n")
        );
        let skipped = || Verdict::Skipped {
            reason: "scales not found".to_owned(),
        };
        fixture.grade("1.1", skipped());
        fixture.grade("1.2", skipped());
        assert_eq!(
            shown(),
            format!("\n1 of 4 points\nNext: 1.1 The pad, {pad}:5\n")
        );
        fixture.solve("1.1");
        fixture.remove(&twice);
        assert_eq!(
            shown(),
            format!("\n2 of 4 points\nNext: 1.2 Twice, {twice}:1\n")
        );
        fixture.solve("1.2");
        assert_eq!(
            shown(),
            "\n4 of 4 points\nEvery exercise of the workbook is solved.\n"
        );
    }
}
