//! The screens, as a terminal shows them: golden texts at 40, 80 and 200 columns, the picture in the README, and what
//! editors make of the lines that are printed without a screen.

mod editors;
mod example;
mod picture;

use std::fmt::Write as _;
use std::num::NonZero;

use watch::app::{App, Event, Key};
use watch::view;

use crate::example::{app, apps, wrong};

/// What a terminal makes of the lines.
pub fn terminal(app: &App) -> vt100::Parser {
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
        insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true }, {
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
