//! `cargo coach`: the learner's progress.

use std::io::Write;

use crate::Outcome;
use book::workbook::{Trouble, Workbook};

/// Says how many points the learner has, by what the grader keeps, and where to go on.
///
/// # Errors
/// `out` can't be written to.
pub fn progress(workbook: &Workbook, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let progress = workbook.progress();
    let (points, possible) = progress.points();
    writeln!(out, "\n{points} of {possible} points")?;
    match progress.next() {
        Some(next) => writeln!(
            out,
            "Next: {} {}, {}:{}",
            next.id, next.title, next.file, next.line
        )?,
        None => writeln!(out, "Every exercise of the workbook is solved.")?,
    }
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
            format!("\n0 of 4 points\nNext: 1.1 The pad, {pad}:4\n")
        );
        fixture.solve("1.1");
        fixture.solve("1.3");
        assert_eq!(
            shown(),
            format!("\n2 of 4 points\nNext: 1.2 Twice, {twice}:4\n")
        );
        let skipped = || Verdict::Skipped {
            reason: "scales not found".to_owned(),
        };
        fixture.grade("1.1", skipped());
        fixture.grade("1.2", skipped());
        assert_eq!(
            shown(),
            format!("\n1 of 4 points\nNext: 1.1 The pad, {pad}:4\n")
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
