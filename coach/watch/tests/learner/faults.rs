//! Whatever an answer does, the watcher keeps running.

use std::fs;

use crate::desk::{Copy, Terminal, has_tmux};
use crate::{PAD, solved};

/// A fault, how it is called, and what is on the screen then. `None` if it does no harm: the exercise is solved.
const FAULTS: [(&str, &str, Option<&str>); 14] = [
    ("aborts", "aborts(1)", Some("its process was ended")),
    ("chatters", "chatters(1)", None),
    (
        "chatters_and_errs",
        "assert_eq!(chatters_and_errs(7), 7)",
        Some("left: 8"),
    ),
    ("exits", "exits(1)", Some("it called `exit(0)`")),
    ("hides_its_panic", "hides_its_panic(1)", None),
    ("hoards", "hoards(1)", Some("MiB it may have")),
    ("leaves_a_thread_behind", "leaves_a_thread(1)", None),
    ("loops", "loops(1)", Some("no answer after 3 s")),
    (
        "overflows",
        "overflows(200)",
        Some("attempt to multiply with overflow"),
    ),
    (
        "panics",
        "panics(&[])",
        Some("the len is 0 but the index is 0"),
    ),
    (
        "panics_elsewhere",
        "panics_elsewhere(1)",
        Some("this thread was bound to fail"),
    ),
    (
        "panics_inside",
        "panics_inside(1)",
        Some("assertion failed: step != 0"),
    ),
    ("recurses", "recurses(1)", Some("its stack is full")),
    ("right", "right(1)", None),
];

#[test]
fn the_watcher_stays_whatever_an_answer_does() {
    if !has_tmux() {
        return;
    }
    let copy = Copy::new();
    let terminal = Terminal::start(&copy, "faults", "cargo coach watch");
    terminal.wait(&["· 1.1 The one-time pad", "Next: read the task in"]);

    let folder = copy.root.join("tests/faulty/ch1_faults");
    let source = |name: &str| {
        let path = folder.join(format!("{name}.rs"));
        fs::read_to_string(path).expect("a fault")
    };
    let files = fs::read_dir(&folder).expect("the faults").flatten();
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    assert_eq!(names, FAULTS.map(|(name, ..)| name), "each fault is tried");

    for (name, call, expected) in FAULTS {
        // Once is enough: for the example in the task.
        let answer = copy.solution_that(PAD, &format!("if text == b\"hello\" {{ {call}; }}"));
        let fault = source(name).replace("use super::chatters;", &source("chatters"));
        copy.save(PAD, &format!("{answer}\n{fault}"));
        match expected {
            Some(expected) => terminal.wait(&["✗ 1.1", expected]),
            None => terminal.wait(&["✓ 1.1", "Solved."]),
        };
    }
    // It is cancelled while it loops.
    copy.save(PAD, &copy.solution_that(PAD, "loop {}"));
    terminal.wait(&["1.1 is being graded"]);
    copy.save(PAD, &copy.solution(PAD));
    solved(&terminal, "1.1");
    terminal.press("q");
    terminal.wait(&["the end: 0"]);
    copy.is_left();
}
