//! The screens, as a terminal shows them: golden texts at 40, 80 and 200 columns, and the picture in the README.

use std::fmt::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use book::report::{Graded, Report, SCHEMA};
use book::verdict::{Case, Failure, Fault, Found, Holds, Input, Replay, Seed, Tried, Verdict};
use coach::list::Row;
use watch::app::{App, Ended, Event, Key, Step};
use watch::board::{Board, Place};
use watch::view;

const FILES: [(&str, &str, u32, &str, &str); 4] = [
    ("1.1", "The one-time pad", 1, "✓", "solved"),
    ("1.2", "The pad used twice", 1, "✓", "solved, edited since"),
    ("1.3", "Seal and open", 2, "✗", "wrong"),
    ("1.4", "A nonce for each record", 1, "·", "not started"),
];

fn board() -> Board {
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

fn report(verdict: Verdict, failure: Option<Failure>) -> Report {
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

fn wrong() -> Ended {
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

fn refused() -> Ended {
    let red = "\u{1b}[1m\u{1b}[91m";
    Ended::Refused(format!(
        "{red}error[E0308]\u{1b}[0m\u{1b}[1m: mismatched types\u{1b}[0m\n  \
         \u{1b}[1m\u{1b}[94m--> \u{1b}[0mexercises/ch1_symmetric/seal.rs:52:5\n"
    ))
}

/// The watcher at 1.3, with a run that has ended like this.
fn app(size: (usize, usize), ended: Option<Ended>) -> App {
    let mut app = App::new(board(), "1.3".to_owned(), size);
    app.start();
    if let Some(ended) = ended {
        app.update(Event::Run(
            1,
            Step::Ended(ended, Duration::from_millis(430)),
        ));
    }
    app
}

fn with_keys(mut app: App, keys: &str) -> App {
    for key in keys.chars() {
        app.update(Event::Key(Key::Char(key)));
    }
    app
}

/// Everything that can be on the screen.
fn apps(size: (usize, usize)) -> Vec<(&'static str, App)> {
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
    building.update(Event::Run(2, Step::Builds("Compiling suites".to_owned())));
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

/// What a terminal makes of the lines.
fn terminal(app: &App) -> vt100::Parser {
    let (columns, rows) = app.size;
    let size = |length: usize| {
        let length = u16::try_from(length).ok().and_then(NonZero::new);
        length.expect("a terminal")
    };
    let mut parser = vt100::Parser::new(size(rows), size(columns), 0);
    parser.process(view::draw(app).lines.join("\r\n").as_bytes());
    parser
}

#[test]
fn the_screens_are_golden() {
    for (columns, rows) in [(40, 20), (80, 24), (200, 40)] {
        let mut out = String::new();
        for (name, app) in apps((columns, rows)) {
            let screen = terminal(&app).screen().contents();
            let _ = write!(out, "──── {name}\n{}\n", screen.trim_end());
        }
        insta::with_settings!({ snapshot_path => "snapshots", omit_expression => true }, {
            insta::assert_snapshot!(format!("screens_{columns}"), out);
        });
    }
}

#[test]
fn every_screen_fits_every_terminal() {
    for columns in (1..10).chain((20..=300).step_by(7)) {
        for rows in (1..10).chain((10..=100).step_by(9)) {
            for (name, app) in apps((columns, rows)) {
                let lines = view::draw(&app).lines;
                assert!(
                    lines.len() <= rows,
                    "{name} at {columns}×{rows}: {lines:#?}"
                );
                for line in lines {
                    let wide = textwrap::core::display_width(&watch::text::plain(&line));
                    // A letter of two columns does not fit into one.
                    assert!(
                        wide <= columns.max(2),
                        "{name} at {columns}×{rows}: {line:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_long_is_scrolled_to_its_end_and_no_further() {
    let mut app = app((40, 12), Some(wrong()));
    let all = |app: &App| view::draw(app).lines.join("\n");
    assert!(all(&app).contains("more lines"));
    app.update(Event::Key(Key::End));
    app.scroll = view::draw(&app).scroll;
    let end = all(&app);
    assert!(
        end.contains("GRADE_SEED") && !end.contains("more lines"),
        "{end}"
    );
    app.update(Event::Key(Key::Up));
    assert_ne!(all(&app), end);
}

/// How wide and high a column and a line are in the picture.
const CELL: (f32, f32) = (8.4, 18.0);

#[test]
fn the_picture_is_the_screen() {
    let app = app((100, 30), Some(wrong()));
    let picture = picture(terminal(&app).screen());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("screen.svg");
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &picture).expect("the picture");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, picture, "INSTA_UPDATE=always draws it again");
}

fn picture(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (width, height) = (
        f32::from(columns) * CELL.0 + 24.0,
        f32::from(rows) * CELL.1 + 24.0,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <title>cargo coach watch: exercise 1.3 is wrong, with the smallest case that breaks it</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e2127\"/>\n"
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let style = |at| screen.cell(row, at).map(|cell| (color(cell), cell.bold()));
            let (from, look) = (column, style(column));
            let mut text = String::new();
            while column < columns && style(column) == look {
                let cell = screen.cell(row, column);
                let shown = cell
                    .map(vt100::Cell::contents)
                    .filter(|text| !text.is_empty());
                text += shown.unwrap_or(" ");
                column += 1;
            }
            let Some((color, is_bold)) = look.filter(|_| !text.trim().is_empty()) else {
                continue;
            };
            let begins = text.len() - text.trim_start().len();
            let x = (f32::from(from) + begins as f32) * CELL.0 + 12.0;
            let y = f32::from(row) * CELL.1 + 28.0;
            let text = text.trim();
            let length = text.chars().count() as f32 * CELL.0;
            let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.0}\" textLength=\"{length:.1}\" \
                 xml:space=\"preserve\" fill=\"{color}\"{weight}>{text}</text>"
            );
        }
    }
    out + "</svg>\n"
}

fn color(cell: &vt100::Cell) -> &'static str {
    match cell.fgcolor() {
        vt100::Color::Idx(1) => "#e06c75",
        vt100::Color::Idx(2) => "#98c379",
        vt100::Color::Idx(3) => "#e5c07b",
        vt100::Color::Idx(6) => "#56b6c2",
        _ if cell.dim() => "#7f848e",
        _ => "#dcdfe4",
    }
}
