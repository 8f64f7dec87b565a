//! A learner at a real terminal: in a fresh copy of the workbook, `cargo coach watch`, files that are saved, keys.
//!
//! The terminal is tmux's. If it is missing, or the shell is not a Unix shell, this says so and
//! tries nothing.

#![cfg(unix)]

mod desk;
mod endings;
mod faults;
mod measure;
mod others;
mod recording;

use std::fs;

use crate::desk::{Copy, Terminal, has_tmux};
use crate::recording::Recording;

const PAD: &str = "ch1_symmetric/one_time_pad.rs";
const TWICE: &str = "ch1_symmetric/two_time_pad.rs";
const SEAL: &str = "ch1_symmetric/seal.rs";

#[test]
fn a_learner_solves_three_exercises_without_another_command() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    let terminal = Terminal::start(&copy, "watch", "cargo coach watch");
    let wait = |texts: &[&str]| terminal.wait(texts);
    let mut recording = Recording::new();
    recording.does("types `cargo coach watch`");
    if copy.is_new {
        recording.sees(&wait(&["Building the watcher"]));
        recording.does("waits for the watcher");
    }
    recording.sees(&wait(&["is being built"]));
    recording.does("waits for the first build");
    recording.sees(&wait(&["· 1.1 The one-time pad", "Next: read the task in"]));

    // Three, each saved in another way.
    for (name, saved, next) in [
        (PAD, "✓ 1.1", "1.2 The pad used twice"),
        (TWICE, "✓ 1.2", "1.3 Seal and open"),
        (SEAL, "✓ 1.3", "1.4 A nonce for each record"),
    ] {
        recording.does(&format!("saves an answer in exercises/{name}"));
        match name {
            PAD => copy.save(PAD, &copy.solution(PAD)),
            TWICE => copy.save_by_rename(TWICE, &copy.solution(TWICE)),
            _ => {
                // As when a formatter saves again.
                copy.save(name, "// half");
                copy.save(name, &copy.solution(name));
            }
        }
        recording.sees(&wait(&[saved, &format!("Solved. Enter goes on to {next}")]));
        recording.does("presses Enter");
        terminal.press("Enter");
        recording.sees(&wait(&[&format!("· {next}"), "Next: read the task in"]));
    }
    recording.keep();

    // One is broken, and does not compile, and is gone, and comes back.
    let broken = copy.solution(PAD).replace("text ^ pad", "text | pad");
    copy.save(PAD, &broken);
    wait(&["✗ 1.1", "Expected", "Next: change the answer"]);
    copy.save(PAD, &broken.replace("text | pad", "\"\""));
    wait(&["✗ 1.1", "does not compile", "error[E0", "one_time_pad.rs:"]);
    fs::remove_file(copy.exercise(PAD)).expect("it is there");
    terminal.press("t");
    terminal.press("End");
    wait(&["is missing", "cargo coach reset 1.1"]);
    terminal.press("t");
    copy.save(PAD, &copy.solution(PAD));
    wait(&["✓ 1.1", "Solved."]);

    keys(&copy, &terminal);

    // Every size.
    for (columns, rows) in [(20, 10), (40, 12), (300, 100), (200, 40), (80, 24)] {
        terminal.resize(columns, rows);
        let screen = wait(&["1.4"]);
        assert!(screen.lines().count() <= rows, "{screen}");
    }
    wait(&["h hint", "q quit"]);

    terminal.press("q");
    // The terminal is as it was.
    wait(&["the end: 0", " icanon"]);
    copy.is_left();
}

/// Waits until the exercise is solved.
#[track_caller]
fn solved(terminal: &Terminal, id: &str) {
    terminal.wait(&[&format!("✓ {id}"), "Solved."]);
}

/// Every key, at 1.4, which is not started.
fn keys(copy: &Copy, terminal: &Terminal) {
    let wait = |texts: &[&str]| terminal.wait(texts);
    terminal.press("n");
    terminal.press("n");
    terminal.press("n");
    wait(&["· 1.4", "Next: read the task in"]);
    terminal.press("h");
    wait(&["1.4 A nonce for each record, hint 1 of 3"]);
    terminal.press("h");
    wait(&["hint 2 of 3"]);
    terminal.press("Escape");
    terminal.press("l");
    wait(&["› · 1.4", "✓ 1.3", "choose"]);
    let ids = copy.ids();
    let last = ids.len() - 1;
    for (key, at) in [
        ("End", last),
        ("Up", last - 1),
        ("k", last - 2),
        ("j", last - 1),
        ("Home", 0),
        // A screen of 24 lines, without what is around the list.
        ("NPage", 18),
        ("PPage", 0),
        ("Space", 18),
        ("Home", 0),
        ("Down", 1),
    ] {
        terminal.press(key);
        let sign = if at < 3 { "✓" } else { "·" };
        wait(&[&format!("› {sign} {} ", ids[at])]);
    }
    terminal.press("l");
    wait(&["· 1.4 A nonce", "Next:"]);
    terminal.press("l");
    terminal.press("Down");
    wait(&["› · 1.5"]);
    terminal.press("Enter");
    wait(&["· 1.5 A channel", "Next:"]);
    terminal.press("p");
    wait(&["· 1.4 A nonce", "Next:"]);
    terminal.press("n");
    wait(&["· 1.5 A channel", "Next:"]);
    terminal.press("s");
    // What is left for later is skipped.
    wait(&["· 1.4 A nonce", "is left for later"]);
    terminal.press("?");
    wait(&["Save a file of an exercise"]);
    terminal.press("q");
    terminal.press("t");
    wait(&["Esc back"]);
    terminal.press("Escape");
    terminal.press("r");
    wait(&["· 1.4 A nonce", "Next:"]);
    terminal.press("S");
    wait(&["Show its solution?"]);
    terminal.press("n");
    wait(&["Next: read the task in"]);
    terminal.press("S");
    terminal.press("y");
    wait(&["One way to solve 1.4"]);
    terminal.press("Escape");
    // An answer that is put back. A copy of it is kept.
    let name = "ch1_symmetric/record_nonce.rs";
    copy.save(name, &copy.solution(name));
    wait(&["✓ 1.4", "Solved."]);
    terminal.press("R");
    wait(&["Put the stub of 1.4 back?"]);
    terminal.press("y");
    wait(&["· 1.4 A nonce", "Next: read the task in"]);
    let backup = copy.exercise("backup/ch1_symmetric/record_nonce.1.rs");
    let backup = fs::read_to_string(backup).expect("a copy");
    assert_eq!(backup, copy.solution(name));
}
