//! `cargo coach solution 1.3`: one way to solve it.

use std::io::{BufRead, Write};

use crate::Outcome;
use book::workbook::{Trouble, Workbook};

/// Shows the solution of `id`. If the exercise is not solved, it asks first. The question goes to
/// `terminal`, and the answer comes from there, unless `yes` is the answer already.
///
/// # Errors
/// There is no such exercise or no solution of it, or nobody to ask.
pub fn solution(
    workbook: &Workbook,
    id: &str,
    yes: bool,
    terminal: Option<(&mut dyn BufRead, &mut dyn Write)>,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    let (chapter, exercise) = workbook.exercise(id)?;
    let path = workbook.solution(chapter, exercise);
    // Before the question: nobody should have to agree to see what is not there.
    let text = workbook.read(&path)?;

    if !yes && !workbook.progress().is_solved(id) {
        let Some((answer, question)) = terminal else {
            return Err(format!(
                "{id} is not solved yet, and there is no terminal to ask whether you want to see \
                 its solution; `cargo coach solution {id} --yes` shows it"
            )
            .into());
        };
        write!(
            question,
            "{id} {} is not solved yet. Show its solution? [y/N] ",
            exercise.title
        )?;
        question.flush()?;
        if !is_yes(answer)? {
            writeln!(out, "Not shown. For another hint: cargo coach hint {id}")?;
            return Ok(Outcome::Done);
        }
    }
    writeln!(out, "{}\n", workbook.shown(&path))?;
    writeln!(out, "{}", text.trim_end())?;
    Ok(Outcome::Done)
}

/// The end of the input counts as no.
fn is_yes(answer: &mut dyn BufRead) -> Result<bool, Trouble> {
    let mut line = String::new();
    answer.read_line(&mut line)?;
    Ok(matches!(
        line.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::said;
    use book::fixture::Fixture;

    const SHOWN: &str = "solutions/ch1_pads/twice.rs\n\n// 1.2 Twice\n\n/// Twice.\n\
                         pub fn twice(text: u8) -> u8 {\n    // todo!(\"1.2: twice {text}\")\n    \
                         text.wrapping_mul(2)\n}\n";

    const CLOSED: &str = "Not shown. For another hint: cargo coach hint 1.2\n";

    #[track_caller]
    fn check_answered(answer: &str, expected: &str) {
        let workbook = Fixture::new();
        let mut question = Vec::new();
        let mut answer = answer.as_bytes();
        let terminal: (&mut dyn BufRead, &mut dyn Write) = (&mut answer, &mut question);
        let out = said(|out| solution(&workbook.workbook(), "1.2", false, Some(terminal), out));
        assert_eq!(out, expected);
        let question = String::from_utf8(question).unwrap();
        assert_eq!(
            question,
            "1.2 Twice is not solved yet. Show its solution? [y/N] "
        );
    }

    #[test]
    fn while_it_is_unsolved_it_asks_and_only_yes_is_a_yes() {
        for yes in ["y\n", "Yes\r\n", " YES", "y"] {
            check_answered(yes, SHOWN);
        }
        for no in ["", "\n", "n\n", "no\n", "yep\n", "\ny\n"] {
            check_answered(no, CLOSED);
        }
    }

    #[test]
    fn without_a_terminal_it_refuses_and_names_the_flag() {
        let fixture = Fixture::new();
        let mut out = Vec::new();
        let trouble = solution(&fixture.workbook(), "1.2", false, None, &mut out).unwrap_err();
        assert_eq!(
            trouble.to_string(),
            "1.2 is not solved yet, and there is no terminal to ask whether you want to see its \
             solution; `cargo coach solution 1.2 --yes` shows it"
        );
        assert_eq!(out, b"");
    }

    #[test]
    fn with_yes_or_once_solved_it_does_not_ask() {
        let fixture = Fixture::new();
        let show = |yes| said(|out| solution(&fixture.workbook(), "1.2", yes, None, out));
        assert_eq!(show(true), SHOWN);
        fixture.solve("1.2");
        assert_eq!(show(false), SHOWN);
    }

    #[test]
    fn any_verdict_other_than_solved_is_unsolved() {
        let fixture = Fixture::new();
        let verdict = r#"{ "verdict": { "verdict": "wrong" }, "replay": null }"#;
        fixture.write("grade/exercises/1.2.json", verdict);
        solution(&fixture.workbook(), "1.2", false, None, &mut Vec::new()).unwrap_err();
    }

    #[test]
    fn a_missing_solution_is_named() {
        let fixture = Fixture::new();
        fixture.remove("solutions/ch1_pads/twice.rs");
        let trouble = solution(&fixture.workbook(), "1.2", true, None, &mut Vec::new());
        let trouble = trouble.unwrap_err().to_string();
        assert!(trouble.starts_with("solutions/ch1_pads/twice.rs: "));
    }
}
