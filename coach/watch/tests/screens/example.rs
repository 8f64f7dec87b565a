//! A workbook to show, and a watcher in every state.

use std::time::Duration;

use book::report::{Graded, Report, SCHEMA};
use book::verdict::{Case, Failure, Fault, Found, Holds, Input, Replay, Seed, Tried, Verdict};
use coach::list::Row;
use watch::app::{App, Ended, Event, Key, Step, Took};
use watch::board::{Board, Place};

const FILES: [(&str, &str, u32, &str, &str); 4] = [
    ("1.1", "The one-time pad", 1, "✓", "solved"),
    ("1.2", "The pad used twice", 1, "✓", "solved, edited since"),
    ("1.3", "Seal and open", 2, "✗", "wrong"),
    ("1.4", "A nonce for each record", 1, "·", "not started"),
];

pub fn board() -> Board {
    let place =
        |&(id, title, stars, sign, verdict): &(&str, &str, u32, &'static str, &str)| Place {
            row: Row {
                id: id.to_owned(),
                title: title.to_owned(),
                stars,
                sign,
                verdict: verdict.to_owned(),
                line: 49,
            },
            chapter: ("1".to_owned(), "One key for both".to_owned()),
            file: "exercises/ch1_symmetric/seal.rs".to_owned(),
            needs: Vec::new(),
            is_solved: sign == "✓",
        };
    let mut places: Vec<Place> = FILES.iter().map(place).collect();
    let mut other = places[3].clone();
    other.row.id = "2.1".to_owned();
    other.row.title = "Square and multiply".to_owned();
    other.chapter = ("2".to_owned(), "A pair of keys".to_owned());
    places.push(other);
    Board {
        places,
        points: 12,
        possible: 94,
        next: Some("1.4".to_owned()),
    }
}

pub fn report(verdict: Verdict, failure: Option<Failure>) -> Report {
    let tried = |sentence: &str, holds| Tried {
        property: "name".to_owned(),
        sentence: sentence.to_owned(),
        holds,
        milliseconds: 0,
    };
    let is_wrong = failure.is_some();
    Report {
        schema: SCHEMA,
        subject: "exercises".to_owned(),
        seed: Seed(0xd0cf_c5a6_d300_6e88),
        points: 0,
        possible: 2,
        points_in_all: 12,
        possible_in_all: 94,
        exercises: vec![Graded {
            id: "1.3".to_owned(),
            title: "Seal and open".to_owned(),
            chapter: "ch1_symmetric".to_owned(),
            stars: 2,
            file: "exercises/ch1_symmetric/seal.rs".to_owned(),
            line: 49,
            solved: (verdict == Verdict::Solved).then(|| {
                "Whoever changes a bit of what is sealed, or of the associated data, is found out.".to_owned()
            }),
            verdict,
            is_later: false,
            suspects: Vec::new(),
            properties: vec![
                tried("what was sealed is opened again", Holds::Yes),
                tried("what is sealed is 16 bytes longer than the message", Holds::Yes),
                tried(
                    "changing one bit of the associated data makes `open` refuse it",
                    if is_wrong { Holds::No } else { Holds::Todo },
                ),
            ],
            todo: None,
            failure,
            printed: String::new(),
            seconds: 0.1,
            sources: String::new(),
        }],
        further: Vec::new(),
        chapters: Vec::new(),
        next: None,
    }
}

pub fn wrong() -> Ended {
    let input = |name: &str, value: &str| Input {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let failure = Failure {
        case: Case {
            property: "associated_data_counts".to_owned(),
            inputs: vec![
                input("key", "00000000000000000000000000000000 (16 bytes)"),
                input(
                    "associated_data",
                    "00 (1 byte), and bit 0 of byte 0 changes",
                ),
                input("message", "empty"),
            ],
            replay: Replay::default(),
        },
        sentence: "changing one bit of the associated data makes `open` refuse it".to_owned(),
        with: vec![],
        think: Some("What becomes of the associated data in `seal`, and in `open`?".to_owned()),
        tries: 339,
        found: Found::Smallest,
        fault: Some(Fault::Different {
            call: "open(&key, &nonce, &changed, &sealed)".to_owned(),
            expected: "Err(Rejected)".to_owned(),
            got: "Ok(empty)".to_owned(),
        }),
    };
    Ended::Graded(
        Box::new(report(Verdict::Wrong, Some(failure))),
        String::new(),
    )
}

pub fn refused() -> Ended {
    let red = "\u{1b}[1m\u{1b}[91m";
    Ended::Refused(format!(
        "{red}error[E0308]\u{1b}[0m\u{1b}[1m: mismatched types\u{1b}[0m\n  \
         \u{1b}[1m\u{1b}[94m--> \u{1b}[0mexercises/ch1_symmetric/seal.rs:52:5\n"
    ))
}

/// The watcher at 1.3, with a run that has ended like this.
pub fn app(size: (usize, usize), ended: Option<Ended>) -> App {
    let [all, build, grade] = [430, 310, 90].map(Duration::from_millis);
    let took = Took { all, build, grade };
    let mut app = App::new(board(), "1.3".to_owned(), size);
    app.start();
    if let Some(ended) = ended {
        app.update(Event::Run(1, Step::Ended(ended, took)));
    }
    app
}

pub fn with_keys(mut app: App, keys: &str) -> App {
    for key in keys.chars() {
        app.update(Event::Key(Key::Char(key)));
    }
    app
}

/// Everything that can be on the screen.
pub fn apps(size: (usize, usize)) -> Vec<(&'static str, App)> {
    let graded = |verdict| {
        Some(Ended::Graded(
            Box::new(report(verdict, None)),
            String::new(),
        ))
    };
    let begun = Verdict::Begun {
        written: vec!["seal".to_owned()],
        next: Some("open".to_owned()),
    };
    let mut building = app(size, Some(wrong()));
    building.start();
    building.update(Event::Run(2, Step::Builds("Compiling suites1".to_owned())));
    let mut waiting = app(size, None);
    waiting.update(Event::Run(
        1,
        Step::Waits("another grader is running".to_owned()),
    ));
    let mut hint = with_keys(app(size, Some(wrong())), "h");
    let text = "1.3 Seal and open, hint 1 of 3\n\nThe idea.\n".to_owned();
    hint.update(Event::Page(String::new(), text));
    vec![
        ("wrong", app(size, Some(wrong()))),
        ("building", building),
        ("waiting", waiting),
        ("refused", app(size, Some(refused()))),
        ("begun", app(size, graded(begun))),
        ("solved", app(size, graded(Verdict::Solved))),
        ("list", with_keys(app(size, Some(wrong())), "lj")),
        ("help", with_keys(app(size, Some(wrong())), "?")),
        ("hint", hint),
        ("report", with_keys(app(size, Some(wrong())), "t")),
        ("reset", with_keys(app(size, Some(wrong())), "R")),
        ("solution", with_keys(app(size, Some(wrong())), "S")),
    ]
}
