//! The watcher without a screen, without colors, and beside other graders.

use std::fs;

use crate::desk::{Copy, Terminal, has_tmux};
use crate::{PAD, solved};

#[test]
fn without_a_terminal_there_is_a_line_for_each_verdict_and_no_escape() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    let out = copy.target.join("lines.txt");
    let terminal = Terminal::start(
        &copy,
        "lines",
        &format!("cargo coach watch 1.1 2>&1 | tee '{}'", out.display()),
    );
    let not_started = "· 1.1 The one-time pad  exercises/ch1_symmetric/one_time_pad.rs:";
    let wait = |texts: &[&str]| terminal.wait(texts);
    wait(&[not_started]);
    copy.save(PAD, "no");
    wait(&["✗ 1.1", "expected one of"]);
    copy.save(PAD, &copy.solution(PAD));
    wait(&["✓ 1.1"]);
    terminal.press("C-c");
    wait(&["the end: "]);
    let lines = fs::read_to_string(&out).expect("the lines");
    // Another Cargo on this machine may get in the way for a moment.
    let others = ["Building the watcher", "waits: "];
    let lines: Vec<&str> = lines
        .lines()
        .filter(|line| !others.iter().any(|other| line.starts_with(other)))
        .collect();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[1].contains("  does not compile: error"), "{lines:#?}");
    assert!(!lines.concat().contains(char::is_control), "{lines:#?}");
    copy.is_left();

    // A terminal that can do nothing.
    let terminal = Terminal::start(&copy, "dumb", "TERM=dumb cargo coach watch 1.1");
    terminal.wait(&["✓ 1.1 The one-time pad  exercises/"]);
    assert!(
        !terminal
            .tmux(&["capture-pane", "-p", "-e"])
            .contains('\x1b')
    );
    terminal.press("C-c");
    terminal.wait(&["the end: 0"]);
}

#[test]
fn no_color_is_no_color() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    copy.save(PAD, "no");
    let terminal = Terminal::start(&copy, "color", "cargo coach watch 1.1");
    terminal.wait(&["✗ 1.1", "error", "Next:"]);
    assert!(
        terminal
            .tmux(&["capture-pane", "-p", "-e"])
            .contains('\x1b')
    );
    drop(terminal);
    let terminal = Terminal::start(&copy, "plain", "NO_COLOR=1 cargo coach watch 1.1");
    terminal.wait(&["✗ 1.1", "error", "Next:"]);
    assert!(
        !terminal
            .tmux(&["capture-pane", "-p", "-e"])
            .contains('\x1b')
    );
}

#[test]
fn graders_in_one_folder_wait_for_one_another_and_say_so() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    copy.save(PAD, &copy.solution_that(PAD, "loop {}"));
    let first = Terminal::start(&copy, "first", "GRADE_SECONDS=600 cargo coach watch 1.1");
    first.wait(&["1.1 is being graded"]);
    let second = Terminal::start(&copy, "second", "cargo coach watch 1.2");
    second.wait(&["1.2 waits: another grader is running"]);
    let third = Terminal::start(&copy, "third", "cargo test 1.1");
    third.wait(&["waiting for another grader"]);
    let fourth = Terminal::start(&copy, "fourth", "cargo coach watch --plain 1.2");
    fourth.wait(&["… 1.2", "waits: another grader is running"]);
    // All of them go on once it is their turn.
    copy.save(PAD, &copy.solution(PAD));
    solved(&first, "1.1");
    solved(&second, "1.1");
    third.wait(&["✓ 1.1", "the end: 0"]);
    fourth.wait(&["✓ 1.1", "— 1.1"]);
    // Cargo itself makes the others wait, too.
    for terminal in [first, second] {
        terminal.press("q");
        terminal.wait(&["the end: 0"]);
    }
    drop(fourth);
    copy.is_left();
}
