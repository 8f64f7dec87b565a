//! `cargo coach skip 1.6`: leave an exercise for later.

use std::io::Write;

use book::record;
use book::workbook::{EXERCISES, Trouble, Workbook};

use crate::Outcome;

/// Leaves the exercise `id` for later, so that the learner goes on with the next, or takes it up
/// again, if it was left.
///
/// # Errors
/// There is no such exercise, it is solved, or its mark can't be written.
pub fn skip(workbook: &Workbook, id: &str, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let (_, exercise) = workbook.exercise(id)?;
    let what = format!("{id} {}", exercise.title);
    let progress = workbook.progress();
    if progress.is_solved(id) {
        return Err(format!("{what} is solved; there is nothing to leave for later").into());
    }
    let is_later = !progress.is_later(id);
    record::mark_later(&workbook.grade, EXERCISES, id, is_later)?;
    if is_later {
        writeln!(
            out,
            "{what} is left for later. `cargo coach skip {id}` takes it up again."
        )?;
    } else {
        writeln!(out, "{what} is no longer left for later.")?;
    }
    if let Some(next) = progress.next() {
        let place = format!("{}:{}", next.file, next.line);
        writeln!(out, "Next: {} {}, {place}", next.id, next.title)?;
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::said;
    use book::fixture::Fixture;

    #[test]
    fn the_learner_goes_on_with_the_next_until_it_is_taken_up_again() {
        let fixture = Fixture::new();
        let skip = || said(|out| skip(&fixture.workbook(), "1.1", out));
        assert_eq!(
            skip(),
            "1.1 The pad is left for later. `cargo coach skip 1.1` takes it up again.\n\
             Next: 1.2 Twice, exercises/ch1_pads/twice.rs:4\n"
        );
        assert_eq!(
            skip(),
            "1.1 The pad is no longer left for later.\n\
             Next: 1.1 The pad, exercises/ch1_pads/pad.rs:4\n"
        );
    }

    #[test]
    fn what_is_solved_is_not_left_for_later() {
        let fixture = Fixture::new();
        fixture.solve("1.1");
        let trouble = skip(&fixture.workbook(), "1.1", &mut Vec::new()).unwrap_err();
        assert_eq!(
            trouble.to_string(),
            "1.1 The pad is solved; there is nothing to leave for later"
        );
    }
}
