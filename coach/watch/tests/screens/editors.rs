//! What the editor makes of a verdict: `.vscode/`.

use std::fs;

use book::paths;
use book::report::Report;
use book::verdict::Verdict;
use nojson::{RawJson, RawJsonValue};
use regex::Regex;
use runner::print;
use watch::app::Ended;
use watch::line;
use watch::text::plain;

use crate::example::{app, refused, report, wrong};

/// The file with this name in `.vscode/`.
fn settings(name: &str) -> String {
    let path = paths::root().join(".vscode").join(name);
    fs::read_to_string(path).expect("a file of settings")
}

/// A pattern of `tasks.json`. JavaScript and this crate read it alike.
fn pattern(object: RawJsonValue<'_, '_>, name: &str) -> Regex {
    let text = object.to_member(name).and_then(|value| value.required());
    let text: String = text.and_then(String::try_from).expect("a pattern");
    Regex::new(&text).expect("a pattern")
}

/// The items of the array at `path` in an object.
fn items<'text, 'raw>(
    object: RawJsonValue<'text, 'raw>,
    path: &[&str],
) -> Vec<RawJsonValue<'text, 'raw>> {
    let array = object
        .to_path_member(path)
        .and_then(|value| value.required());
    let items = array.and_then(|array| array.to_array());
    items.expect("an array").collect()
}

#[test]
fn each_wrong_answer_is_a_problem_at_its_place() {
    let text = settings("tasks.json");
    let (json, _) = RawJson::parse_jsonc(&text).expect("JSON with comments");
    let tasks = items(json.value(), &["tasks"]);
    let matcher = tasks[1]
        .to_member("problemMatcher")
        .and_then(|value| value.required());
    let matcher = matcher.expect("the task of the watcher");
    let member = |name| {
        matcher
            .to_member(name)
            .and_then(|value| value.required())
            .expect("a member")
    };
    let problem = pattern(member("pattern"), "regexp");
    let begins = pattern(member("background"), "beginsPattern");
    let ends = pattern(member("background"), "endsPattern");
    // The editor looks for no problem in a line that begins or ends a run.
    let is_signal = |line: &str| begins.is_match(line) || ends.is_match(line);

    let nowhere = Ended::Refused("error: linking with `cc` failed".to_owned());
    let trouble = Ended::Trouble("Cargo can't be run".to_owned());
    for (ended, place) in [(wrong(), 49), (refused(), 52), (nowhere, 49), (trouble, 49)] {
        let app = app((80, 24), Some(ended));
        let line = line::verdict(&app).expect("a verdict");
        assert!(!is_signal(&line), "{line}");
        let found = problem.captures(&line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(&found[1], "1.3");
        assert_eq!(&found[2], "exercises/ch1_symmetric/seal.rs");
        assert_eq!(found[3], place.to_string());
        assert!(begins.is_match(&line::begin("1.3")));
        assert!(ends.is_match(&line::end(&app).expect("an end")));
    }
    for verdict in [Verdict::Solved, Verdict::NotStarted] {
        let ended = Ended::Graded(Box::new(report(verdict, None)), String::new());
        let line = line::verdict(&app((80, 24), Some(ended))).expect("a verdict");
        assert!(!problem.is_match(&line) && !is_signal(&line), "{line}");
    }
}

#[test]
fn a_report_is_a_problem_however_narrow_its_panel_is() {
    let text = settings("tasks.json");
    let (json, _) = RawJson::parse_jsonc(&text).expect("JSON with comments");
    // The first of these is rust-analyzer's.
    let tasks = items(json.value(), &["tasks"]);
    let matchers = items(tasks[2], &["problemMatcher"]);
    let wide = pattern(
        matchers[1]
            .to_member("pattern")
            .and_then(|value| value.required())
            .expect("one"),
        "regexp",
    );
    let narrow = items(matchers[2], &["pattern"]);
    let [first, second] = [0, 1].map(|index| pattern(narrow[index], "regexp"));
    let Ended::Graded(report, _) = wrong() else {
        panic!("it is graded");
    };
    let Report {
        exercises, seed, ..
    } = *report;
    for width in 40..120 {
        let text = plain(&print::exercise(&exercises[0], seed, true, width));
        let lines: Vec<&str> = text.lines().collect();
        let place = match wide.captures(lines[0]) {
            Some(found) => [found[3].to_owned(), found[4].to_owned()],
            None => {
                let title = first.captures(lines[0]).unwrap_or_else(|| panic!("{text}"));
                assert_eq!(&title[2], "Seal and open");
                let found = second
                    .captures(lines[1])
                    .unwrap_or_else(|| panic!("{text}"));
                [found[1].to_owned(), found[2].to_owned()]
            }
        };
        assert_eq!(place, ["exercises/ch1_symmetric/seal.rs", "49"]);
    }
}

#[test]
fn the_settings_can_be_read() {
    let text = settings("settings.json");
    let (json, _) = RawJson::parse_jsonc(&text).expect("JSON with comments");
    let settings = json.value().to_object().expect("an object");
    for (name, _) in settings {
        let name = String::try_from(name).expect("a name");
        assert!(name.starts_with("rust-analyzer."), "{name}");
    }
}
