//! Grades the faulty workbook as a learner would, and looks at what the grader makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use book::json;
use book::progress::Progress;
use book::record::{self, Record};
use book::report::Report;
use book::syllabus::Syllabus;
use book::verdict::{Case, Holds, Verdict};
use runner::print;
use tempfile::TempDir;

const SEED: &str = "00000000c0ffee00";

/// A folder for the results of one test.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_faulty"));
        command
            .args(arguments)
            .env("FAULTY_GRADE", self.folder.path())
            .env("GRADE_SECONDS", "5");
        for variable in [
            "GRADE_SEED",
            "FAULTY_SYLLABUS",
            "NO_COLOR",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs it with the one seed that the golden texts are made with.
    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            // An exercise that is graded alone is graded in so many parts, whatever machine this is.
            .args(["--test-threads", "2"])
            .env("GRADE_SEED", SEED)
            .output()
            .expect("the workbook starts")
    }

    fn report(&self) -> Report {
        let json = fs::read_to_string(self.folder.path().join("report.json")).expect("a report");
        json::read(&json).expect("a report of this schema")
    }

    /// Runs it with a syllabus other than its own.
    fn run_by(&self, syllabus: &str) -> (Output, PathBuf) {
        let path = self.folder.path().join("syllabus.toml");
        fs::write(&path, syllabus).expect("a temporary file");
        let mut command = self.command(&[]);
        (
            command
                .env("FAULTY_SYLLABUS", &path)
                .output()
                .expect("the workbook starts"),
            path,
        )
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the report is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("errors are UTF-8")
}

fn own_syllabus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("syllabus.toml")
}

#[test]
fn every_fault_is_named_and_the_rest_is_graded() {
    let desk = Desk::new();
    let output = desk.run(&["1"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let report = desk.report();
    let verdicts: BTreeMap<&str, String> = report
        .exercises
        .iter()
        .map(|graded| (graded.title.as_str(), graded.verdict.to_string()))
        .collect();
    let expected = [
        ("Aborts", "aborted"),
        ("Chatters", "solved"),
        ("Chatters and errs", "wrong"),
        ("Exits", "exited"),
        ("Hides its panic", "solved"),
        ("Hoards", "ran out of memory"),
        ("Leaves a thread behind", "solved"),
        ("Loops", "ran out of time"),
        ("Overflows", "panicked"),
        ("Panics", "panicked"),
        ("Panics elsewhere", "panicked"),
        ("Panics inside", "panicked"),
        ("Recurses", "overflowed its stack"),
        ("Right", "solved"),
    ];
    assert_eq!(
        verdicts,
        expected
            .map(|(title, verdict)| (title, verdict.to_owned()))
            .into()
    );
    // The number of tries depends on when a thread gets to run. The seed determines everything
    // else.
    let text = out(&output);
    let settled = text.lines().map(|line| match line.split_once("after ") {
        Some((before, after)) if after.ends_with(" tries") => format!("{before}after N tries"),
        _ => line.to_owned(),
    });
    insta::assert_snapshot!(settled.collect::<Vec<_>>().join("\n"));
}

/// Answers that loop, and whose grader was killed.
#[cfg(unix)]
#[test]
fn nothing_runs_on_once_its_grader_has_gone() {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    // The shell is in the place of the grader. It ends when its input does.
    for (time, grader) in [("600", "\"$@\" & read line"), ("1", "exec \"$@\"")] {
        let desk = Desk::new();
        let mut shell = Command::new("sh")
            .args(["-c", grader, "sh", env!("CARGO_BIN_EXE_faulty")])
            .args(["--examine", "1.3", "--seed", SEED, "--memory", "100000000"])
            .args(["--time", time, "--events"])
            .arg(desk.folder.path().join("events"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh");
        let mut output = BufReader::new(shell.stdout.take().expect("a pipe"));
        let mut line = String::new();
        while !line.contains("number is") {
            line.clear();
            assert_ne!(output.read_line(&mut line).expect("text"), 0);
        }
        // With this, the grader has gone, and the answer is still looping.
        drop(shell.stdin.take());
        let (ended, end) = mpsc::channel();
        thread::spawn(move || {
            let rest = output.read_to_end(&mut Vec::new());
            ended.send(rest.is_ok())
        });
        assert_eq!(end.recv_timeout(Duration::from_secs(60)), Ok(true));
        shell.wait().expect("it is mine");
    }
}

#[test]
fn wrong_answers_are_explained() {
    let desk = Desk::new();
    let output = desk.run(&["ch2"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    insta::assert_snapshot!(out(&output));
}

#[test]
fn what_was_computed_from_the_arguments_is_shown_under_the_names_of_the_task() {
    let desk = Desk::new();
    let derived: String = ["4.1", "4.2"].map(|id| out(&desk.run(&[id]))).concat();
    insta::assert_snapshot!("derived_values", derived);
    let report = desk.report();
    // The fault is in a function of 4.1, and that is where to look.
    assert!(report.exercises[0].file.ends_with("drops_the_last.rs"));
}

#[test]
fn a_report_says_what_holds_already() {
    let desk = Desk::new();
    let alone: String = ["3.1", "3.2", "3.3", "2.1"]
        .map(|id| out(&desk.run(&[id])))
        .concat();
    insta::assert_snapshot!("what_holds_alone", alone);
    insta::assert_snapshot!("what_holds_of_several", out(&desk.run(&["3"])));
    let report = desk.report();
    let begun = Verdict::Begun {
        written: vec!["first_half".to_owned()],
        next: Some("second_half".to_owned()),
    };
    assert_eq!(report.exercises[0].verdict, begun);
    let holds: Vec<Holds> = report.exercises[1]
        .properties
        .iter()
        .map(|property| property.holds)
        .collect();
    let [yes, no, untried] = [Holds::Yes, Holds::No, Holds::Untried];
    assert_eq!(holds, [yes, no, yes, no, untried, untried]);
    // What other properties print does not belong to the failing case.
    assert_eq!(report.exercises[1].printed, "the square of 11");
}

/// The first item of a list may need a function that is not written yet. The others are still tried.
#[test]
fn what_is_written_is_wrong_though_the_rest_is_not_written() {
    let desk = Desk::new();
    desk.run(&["3.4"]);
    let graded = &desk.report().exercises[0];
    assert_eq!(graded.verdict, Verdict::Wrong);
    let failure = graded.failure.as_ref().unwrap();
    assert_eq!(failure.case.inputs[0].value, "false");
}

#[test]
fn a_part_is_graded_alone_and_solved_is_success() {
    let desk = Desk::new();
    let output = desk.run(&["1.1"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(out(&output));
    assert_eq!(desk.report().exercises.len(), 1);
    let several = desk.run(&["1.1", "2.1"]);
    assert_eq!(several.status.code(), Some(1));
    assert_eq!(desk.report().exercises.len(), 2);
}

#[test]
fn what_is_skipped_is_not_solved_and_not_where_to_go_on() {
    let desk = Desk::new();
    let output = desk.run(&["2.9"]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(text.contains("skipped: scales not found"), "{text}");
    assert!(
        text.contains("Holds       1 of 2 properties; 1 can't be tried on this machine"),
        "{text}"
    );
    assert!(text.contains("Missing     scales not found"), "{text}");
    assert!(text.contains("0 of 2 points"), "{text}");
    assert!(text.contains("Next        1.1 Right"), "{text}");
    let json = fs::read_to_string(desk.folder.path().join("report.json")).unwrap();
    assert!(json.contains(r#""verdict": "skipped","#), "{json}");
    assert!(json.contains(r#""reason": "scales not found","#), "{json}");
    // If nothing else is left, it is.
    for (_, exercise) in Syllabus::load(&own_syllabus()).unwrap().exercises() {
        let solved = Record {
            verdict: Verdict::Solved,
            sources: String::new(),
            replay: None,
        };
        record::write(desk.folder.path(), "faulty", exercise.id(), &solved).unwrap();
    }
    let text = out(&desk.run(&["2.9"]));
    assert!(text.contains("Next        2.9 Has no tools"), "{text}");
}

#[test]
fn what_a_wrong_answer_calls_is_graded_if_it_was_edited_and_named_if_it_is_wrong() {
    let desk = Desk::new();
    let progress = |id: &str| {
        let syllabus = Syllabus::load(&own_syllabus()).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let progress = Progress {
            syllabus: &syllabus,
            root,
            subject: "faulty",
            grade: desk.folder.path(),
            fresh: &[],
        };
        progress.sources(syllabus.find(id).unwrap().1)
    };
    let judge_2_4 = |verdict, sources: String| {
        let record = Record {
            verdict,
            sources,
            replay: None,
        };
        record::write(desk.folder.path(), "faulty", "2.4", &record).unwrap();
    };
    let in_report = "First       this calls 2.4, which is wrong: cargo test 2.4\n";
    let verdict_on_2_4 = || {
        record::read(desk.folder.path(), "faulty", "2.4")
            .unwrap()
            .verdict
    };

    // It was solved, and edited since.
    judge_2_4(Verdict::Solved, String::new());
    let text = out(&desk.run(&["2.5"]));
    insta::assert_snapshot!("an_edited_suspect", text);
    assert_eq!(verdict_on_2_4(), Verdict::Wrong);
    assert_eq!(desk.report().exercises[0].suspects, ["2.4"]);
    assert_eq!(desk.report().next.unwrap().id, "2.4");
    // Now it is known: nothing has to be graded for that.
    let text = out(&desk.run(&["2.5"]));
    assert!(text.contains(in_report), "{text}");
    assert!(!text.contains("was edited"), "{text}");
    // It is solved in its current state.
    judge_2_4(Verdict::Solved, progress("2.4"));
    let text = out(&desk.run(&["2.5"]));
    assert!(!text.contains("calls 2.4"), "{text}");
    assert_eq!(verdict_on_2_4(), Verdict::Solved);
    assert_eq!(desk.report().next.unwrap().id, "2.5");
    // It was wrong, and then restored to something that was not judged yet: until it is, nothing is
    // said.
    judge_2_4(Verdict::Wrong, String::new());
    let text = out(&desk.run(&["2.5", "--exact"]));
    assert!(!text.contains("calls 2.4"), "{text}");
}

#[test]
fn the_learner_goes_on_at_what_was_asked_for_or_at_what_it_waits_for() {
    for (asked, next) in [
        ("2.1", "2.1"),
        ("2.2", "2.1"),
        ("1.1", "1.2"),
        ("2.9", "1.1"),
    ] {
        let desk = Desk::new();
        desk.run(&[asked]);
        assert_eq!(desk.report().next.unwrap().id, next, "{asked}");
    }
}

#[test]
fn what_is_left_for_later_is_passed_over_unless_it_is_asked_for() {
    let desk = Desk::new();
    let later = |id| record::mark_later(desk.folder.path(), "faulty", id, true).unwrap();
    ["2.1", "2.4"].into_iter().for_each(later);
    let text = out(&desk.run(&["2"]));
    let row = |id: &str| {
        let mut rows = text.lines();
        rows.find(|line| {
            line.starts_with(&format!("  · {id} ")) || line.starts_with(&format!("  ✗ {id} "))
        })
        .unwrap()
        .trim()
    };
    assert!(
        row("2.1").ends_with("not started, left for later"),
        "{text}"
    );
    assert!(row("2.4").ends_with("wrong, left for later"), "{text}");
    assert!(row("2.5").ends_with("wrong"), "{text}");
    let report = desk.report();
    assert!(report.exercises[0].is_later && !report.exercises[1].is_later);
    // 2.5 calls 2.4, which is wrong: the fault may be there.
    assert_eq!(report.next.unwrap().id, "2.4");
    desk.run(&["2.1"]);
    assert_eq!(desk.report().next.unwrap().id, "2.1");
    desk.run(&["2.1", "2.3"]);
    assert_eq!(desk.report().next.unwrap().id, "2.3");
}

#[test]
fn once_all_is_solved_the_server_is_next() {
    let desk = Desk::new();
    for (_, exercise) in Syllabus::load(&own_syllabus()).unwrap().exercises() {
        let solved = Record {
            verdict: Verdict::Solved,
            sources: String::new(),
            replay: None,
        };
        record::write(desk.folder.path(), "faulty", exercise.id(), &solved).unwrap();
    }
    insta::assert_snapshot!(out(&desk.run(&["1.1"])));
}

#[test]
fn a_filter_that_matches_nothing_is_refused() {
    for (filter, more) in [
        ("9.9", None),
        ("5", None),
        ("1", Some("--exact")),
        ("", None),
    ] {
        let desk = Desk::new();
        let output = desk.run(&[&[filter], more.as_slice()].concat());
        assert_eq!(output.status.code(), Some(2), "{filter}");
        assert!(err(&output).contains(&format!("no exercise or chapter `{filter}`")));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn an_unknown_flag_or_a_bad_setting_is_refused() {
    let desk = Desk::new();
    for mut command in [
        desk.command(&["--frobnicate"]),
        desk.command(&["--test-threads", "0"]),
    ] {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("usage: cargo test"),
            "{}",
            err(&output)
        );
    }
    for (variable, value) in [
        ("GRADE_SEED", "xyz"),
        ("GRADE_SECONDS", "0"),
        ("GRADE_SECONDS", "ten"),
    ] {
        let output = desk
            .command(&["1.1"])
            .env(variable, value)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains(&format!("{variable}={value}")),
            "{}",
            err(&output)
        );
    }
}

#[test]
fn nextest_is_answered_as_it_expects() {
    let desk = Desk::new();
    let list = desk.run(&["--list", "--format", "terse"]);
    assert!(list.status.success());
    let syllabus = Syllabus::load(&own_syllabus()).unwrap();
    assert_eq!(out(&list).lines().count(), syllabus.exercises().count());
    assert!(out(&list).lines().all(|line| line.ends_with(": test")));
    let ignored = desk.run(&["--list", "--format", "terse", "--ignored"]);
    assert_eq!(
        (ignored.status.code(), out(&ignored).as_str()),
        (Some(0), "")
    );
    let solved = desk.run(&["1.1", "--exact", "--nocapture"]);
    assert_eq!((solved.status.code(), out(&solved).as_str()), (Some(0), ""));
    let wrong = desk.run(&["2.5", "--exact", "--nocapture"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(out(&wrong).starts_with("✗ 2.5 A wrong row"));
    let stub = desk.run(&["2.1", "--exact", "--nocapture"]);
    assert_eq!(
        (stub.status.code(), out(&stub).as_str()),
        (Some(1), "· 2.1 not started\n")
    );
    let skipped = desk.run(&["2.9", "--exact", "--nocapture"]);
    assert_eq!(
        (skipped.status.code(), out(&skipped).as_str()),
        (Some(1), "· 2.9 skipped: scales not found\n")
    );
}

#[test]
fn the_same_seed_finds_the_same_case_and_another_run_tries_the_last_case_first() {
    let (first, second) = (Desk::new(), Desk::new());
    assert_eq!(out(&first.run(&["2.4"])), out(&second.run(&["2.4"])));
    let case = |desk: &Desk| {
        desk.report().exercises[0]
            .failure
            .clone()
            .expect("it is wrong")
            .case
    };
    let found = case(&first);
    // With no seed given, the case that was kept comes before what a fresh seed would draw.
    let output = first.command(&["2.4"]).output().unwrap();
    assert!(
        out(&output).contains("in the last run, and kept"),
        "{}",
        out(&output)
    );
    assert_eq!(case(&first), found);
    // And a list, which has no seed, keeps its item.
    first.run(&["2.5"]);
    let row = case(&first);
    first.command(&["2.5"]).output().unwrap();
    assert_eq!(case(&first), row);
}

/// A case that was kept says little while something simpler is broken: properties are in order.
#[test]
fn a_kept_case_is_tried_only_if_nothing_simpler_is_broken() {
    let desk = Desk::new();
    let keep = |property: &str| {
        let kept = Record {
            verdict: Verdict::Wrong,
            sources: String::new(),
            replay: Some(Case {
                property: property.to_owned(),
                ..Case::default()
            }),
        };
        record::write(desk.folder.path(), "faulty", "3.2", &kept).unwrap();
        // With a seed that is given, no kept case is tried.
        let text = out(&desk.command(&["3.2"]).output().unwrap());
        text.replace(&desk.report().seed.to_string(), SEED)
    };
    insta::assert_snapshot!("kept_for_a_later_property", keep("hundred"));
    insta::assert_snapshot!("kept_for_the_first_that_is_broken", keep("two_digits"));
}

#[test]
fn a_fresh_seed_each_run() {
    let seeds: Vec<String> = (0..2)
        .map(|_| {
            let desk = Desk::new();
            desk.command(&["1.1"]).output().unwrap();
            desk.report().seed.to_string()
        })
        .collect();
    assert_ne!(seeds[0], seeds[1]);
}

#[test]
fn a_corrupt_record_is_replaced() {
    let desk = Desk::new();
    desk.run(&["2.5"]);
    let record = desk.folder.path().join("faulty/2.5.json");
    for spoilt in ["", "{", "[1]", "\u{0}"] {
        fs::write(&record, spoilt).unwrap();
        let output = desk.command(&["2.5"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        let anew: Option<Record> = json::read(&fs::read_to_string(&record).unwrap());
        assert!(anew.is_some());
    }
}

#[test]
fn nothing_is_left_behind() {
    let desk = Desk::new();
    let temporary = TempDir::new().expect("a temporary folder");
    let variables = ["TMPDIR", "TMP", "TEMP"].map(|name| (name, temporary.path()));
    let mut command = desk.command(&["1.3", "1.5", "1.1"]);
    command
        .envs(variables)
        .output()
        .expect("the workbook starts");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    let mut names: Vec<String> = fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    // The lock is for the next grader, too, and so are the keys in the shared folder.
    assert_eq!(names, ["faulty", "lock", "report.json", "shared"]);
}

#[test]
fn a_syllabus_that_is_wrong_is_refused_with_file_and_line() {
    let good = fs::read_to_string(own_syllabus()).unwrap();
    let line =
        |text: &str, part: &str| text[..text.find(part).expect(part)].matches('\n').count() + 1;
    let unknown = good.replacen("stars = 2", "points = 2", 1);
    let doubled = good.replacen("\"1.2\"", "\"1.1\"", 1);
    let ungraded = good.replacen("\"2.7\"", "\"2.11\"", 1);
    let entry = |id: &str| {
        let found = good.find(&format!("\n[[chapter.exercise]]\nid = \"{id}\""));
        found.expect("an exercise")
    };
    let missing = good[..entry("2.8")].to_owned() + &good[entry("2.9")..];
    let cases = [
        (&unknown, line(&unknown, "points"), "unknown field `points`"),
        (
            &doubled,
            line(&good, "\"1.2\""),
            "exercise 1.1 is listed twice",
        ),
        (
            &ungraded,
            line(&ungraded, "\"2.11\""),
            "no suite grades exercise 2.11",
        ),
    ];
    for (syllabus, line, message) in cases {
        let (output, path) = Desk::new().run_by(syllabus);
        assert_eq!(output.status.code(), Some(2));
        let expected = format!("error: {}:{line}: {message}", path.display());
        assert!(
            err(&output).starts_with(&expected),
            "{} is not {expected}",
            err(&output)
        );
    }
    let (output, path) = Desk::new().run_by(&missing);
    let expected = format!(
        "error: {}: no exercise 2.8, but `undrawn_is_taken` grades it\n",
        path.display()
    );
    assert_eq!(err(&output), expected);
}

#[test]
fn a_closed_standard_output_causes_no_panic() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["ch2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""));
}

#[test]
fn color_is_for_those_who_want_it() {
    let desk = Desk::new();
    let coloured = |command: &mut Command| out(&command.output().unwrap()).contains('\u{1b}');
    assert!(!coloured(&mut desk.command(&["2.5"])), "no terminal");
    assert!(coloured(desk.command(&["2.5"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(desk.command(&["2.5"]).env("NO_COLOR", "1")));
}

#[test]
fn the_report_fits_any_width() {
    let desk = Desk::new();
    desk.run(&["1.2", "2", "3"]);
    let results = desk.report();
    let without_next = Report {
        next: None,
        ..results.clone()
    };
    let syllabus = Syllabus::load(&own_syllabus()).unwrap();
    for width in [0, 1, 24, 40, 60, 80, 100, 1000] {
        let mut text = String::new();
        for graded in &results.exercises {
            text += &print::exercise(graded, results.seed, true, width);
        }
        text += &print::board(&without_next, &syllabus, width);
        let text = anstream::adapter::strip_str(&text).to_string();
        for line in text.lines() {
            let columns = textwrap::core::display_width(line);
            assert!(
                columns <= width.clamp(24, 100),
                "{columns} columns at width {width}: {line}"
            );
        }
        if [40, 80].contains(&width) {
            insta::assert_snapshot!(format!("width_{width}"), text);
        }
    }
    assert!(
        results
            .exercises
            .iter()
            .any(|graded| graded.verdict == Verdict::Wrong)
    );
}
