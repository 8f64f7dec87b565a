//! What is printed if there is no screen: a line for each verdict. Editors read it: `.vscode/tasks.json` has the patterns.

use book::verdict::Verdict;

use crate::app::{App, Ended};
use crate::text::plain;

/// The verdict of the last run, in one line without escapes: the place, the exercise, what is wrong.
pub fn verdict(app: &App) -> Option<String> {
    let (ended, _) = app.ended.as_ref()?;
    let place = app.board.place(&app.at)?;
    let what = format!("{} {}", place.row.id, place.row.title);
    let here = format!("{}:{}", place.file, place.row.line);
    Some(match ended {
        Ended::Graded(report, _) => {
            let graded = report.exercises.first()?;
            let sign = match &graded.verdict {
                Verdict::Solved => "✓",
                verdict if verdict.is_fault() => "✗",
                _ => "·",
            };
            let property = graded.failure.as_ref();
            let property = property.map(|failure| format!(": {}", failure.sentence));
            let place = format!("{}:{}", graded.file, graded.line);
            let (verdict, property) = (&graded.verdict, property.unwrap_or_default());
            one_line(&format!("{sign} {what}  {place}  {verdict}{property}"))
        }
        Ended::Refused(errors) => {
            let errors = plain(errors);
            let mut lines = errors.lines();
            let error = lines
                .find(|line| line.starts_with("error"))
                .unwrap_or("error");
            let at = lines.find_map(|line| line.trim_start().strip_prefix("--> "));
            let at = at.map_or(here, str::to_owned);
            one_line(&format!("✗ {what}  {at}  does not compile: {error}"))
        }
        Ended::Trouble(trouble) => one_line(&format!("✗ {what}  {here}  {trouble}")),
        Ended::Cancelled => return None,
    })
}

/// What an editor is told when the grading of an exercise begins: from here on, its last verdict is out of date.
pub fn begin(id: &str) -> String {
    format!("… {id}")
}

/// What an editor is told once the verdict has been printed.
pub fn end(app: &App) -> Option<String> {
    let (_, took) = app.ended.as_ref()?;
    Some(format!("— {}, {:.2} s", app.at, took.all.as_secs_f64()))
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.lines().map(str::trim).collect();
    plain(&words.join(" ")).replace(char::is_control, " ")
}
