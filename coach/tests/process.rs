//! The command as the shell sees it: its exit status, and what it does if nobody listens.

use std::process::{Command, Output, Stdio};

use book::verdict::Verdict;
use book::{paths, record};

fn coach(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.args(arguments).stdin(Stdio::null());
    command
}

#[track_caller]
fn check_status(arguments: &[&str], status: i32, said: &str) {
    let output: Output = coach(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(status));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.starts_with(said), "{errors}");
}

#[test]
fn the_exit_status_tells_how_it_went() {
    check_status(&["--help"], 0, "");
    check_status(&[], 0, "");
    check_status(
        &["help"],
        2,
        "error: no command `help`\n\nusage: cargo coach watch",
    );
    check_status(&["hint", "0.0"], 2, "error: no exercise or chapter `0.0`; ");
    check_status(&["reset"], 2, "error: which exercise? ");
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    // This is the workbook in which the test was built, and 1.1 may be solved in it.
    let memory = record::read(&paths::grade(), "exercises", "1.1");
    if memory.is_some_and(|memory| memory.verdict == Verdict::Solved) {
        check_status(&["solution", "1.1"], 0, "");
    } else {
        check_status(
            &["solution", "1.1"],
            2,
            "error: 1.1 is not solved yet, and ",
        );
    }
}

#[test]
fn a_reader_who_has_gone_is_no_reason_to_fail() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = coach(&["solution", "1.1", "--yes"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
