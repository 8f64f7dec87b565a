//! However the watcher ends, the terminal is as it was, and nothing is left behind.

use std::env;

use watch::ending;
use watch::terminal::Terminal as Screen;
use watch::view;

use crate::PAD;
use crate::desk::{Copy, Terminal, has_tmux, run};

/// The variable that tells this program to panic in the terminal it runs in.
const PANICS: &str = "LEARNER_PANICS";

/// Not a test by itself: the next one starts it in a terminal.
#[test]
fn a_screen_that_panics() {
    if env::var_os(PANICS).is_none() {
        return;
    }
    ending::end(|| {
        let mut screen = Screen::take()?;
        screen.show(view::Screen {
            lines: vec!["about to panic".to_owned()],
            scroll: 0,
        })?;
        panic!("on purpose");
    });
}

/// Checks that the shell has its terminal back.
#[track_caller]
fn is_given_back(terminal: &Terminal, texts: &[&str]) {
    terminal.wait(&[texts, &["the end: ", " icanon"]].concat());
    let state = terminal.tmux(&[
        "display-message",
        "-p",
        "#{alternate_on} #{cursor_flag} #{wrap_flag}",
    ]);
    assert_eq!(state.trim(), "0 1 1");
}

#[test]
fn the_terminal_is_given_back() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    let program = env::current_exe().expect("this program");
    let name = "endings::a_screen_that_panics";
    let command = format!(
        "{PANICS}=1 '{}' --exact {name} --nocapture",
        program.display()
    );
    let terminal = Terminal::start(&copy, "panics", &command);
    is_given_back(&terminal, &["panicked at", "on purpose"]);

    // While an answer loops.
    copy.save(PAD, &copy.solution_that(PAD, "loop {}"));
    for signal in ["", "-TERM", "-HUP", "-KILL"] {
        let command = "GRADE_SECONDS=600 cargo coach watch 1.1";
        let terminal = Terminal::start(&copy, &format!("signal{signal}"), command);
        terminal.wait(&["1.1 is being graded"]);
        // The screen says so before the process has started.
        copy.has_process("--examine 1.1");
        match signal {
            "" => terminal.press("C-c"),
            _ => drop(run("kill", &[signal.as_ref(), terminal.process().as_ref()])),
        }
        // After a SIGKILL, nobody is left to give the terminal back.
        if signal != "-KILL" {
            is_given_back(&terminal, &["the end: 0"]);
        }
        copy.is_left();
    }
    // The terminal goes away.
    let terminal = Terminal::start(&copy, "gone", "GRADE_SECONDS=600 cargo coach watch 1.1");
    terminal.wait(&["1.1 is being graded"]);
    drop(terminal);
    copy.is_left();
}
