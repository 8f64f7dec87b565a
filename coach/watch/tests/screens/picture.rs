//! The picture in the README.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use crate::example::{app, wrong};
use crate::terminal;

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
