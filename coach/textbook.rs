//! `cargo coach book`: the lessons and the exercises as web pages, in the order of the syllabus.
//!
//! rustdoc makes the pages. It sorts what it lists by name, so this gives each page of a chapter or
//! an exercise links to the one before it and the one after it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use book::workbook::{EXERCISES, Trouble, Workbook};

use crate::pages::{self, Page};
use crate::{Outcome, cargo};

/// How the links begin. This finds them in a page that has them already.
const BEGIN: &str = "<nav aria-label=\"in order\">";

/// How they end.
const END: &str = "</nav>";

/// What comes after the text of a page, in every page that rustdoc makes.
const AFTER_TEXT: &str = "</section></div></main>";

/// Writes the pages into the folder `doc`, where Cargo puts them. Says where they begin, and with
/// `open` opens them in a browser.
///
/// # Errors
/// Cargo can't document the exercises, or a page can't be read or written.
pub fn textbook(
    workbook: &Workbook,
    doc: &Path,
    open: bool,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    // One after the other: rustdoc links to another crate only if the pages of that one are there.
    for package in ["given", EXERCISES] {
        document(workbook, package, &[])?;
    }
    let folder = doc.join(EXERCISES);
    let front = folder.join("index.html");
    // A learner's settings may make Cargo put them elsewhere. It has said where.
    if front.is_file() {
        put_in_order(workbook, &folder)?;
        writeln!(out, "The front page is {}", front.display())?;
    }
    if open {
        document(workbook, EXERCISES, &["--open"])?;
    }
    Ok(Outcome::Done)
}

fn document(workbook: &Workbook, package: &str, more: &[&str]) -> Result<(), Trouble> {
    let status = cargo(workbook, "doc")
        .args(["--package", package, "--no-deps"])
        .args(more)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("no pages for `{package}`: Cargo says why above").into())
    }
}

/// A place in the book: where its pages are, and what to call it.
struct Place {
    /// From the folder of all pages. The first is the one to link to.
    files: Vec<PathBuf>,
    title: String,
}

/// Gives every page of a chapter or an exercise its links. A missing page is left out: an exercise
/// on which the learner is working may have other items than its solution.
fn put_in_order(workbook: &Workbook, folder: &Path) -> Result<(), Trouble> {
    let places = places(workbook)?;
    let title = |index: usize| places.get(index).map(|place| place.title.as_str());
    let link = |from: &Path, index: usize| {
        let up = "../".repeat(from.components().count() - 1);
        let file = places.get(index)?.files.first()?;
        let href = file.display().to_string().replace('\\', "/");
        Some(format!("<a href=\"{up}{href}\">{}</a>", title(index)?))
    };
    for (index, place) in places.iter().enumerate() {
        for file in &place.files {
            let path = folder.join(file);
            if !path.is_file() {
                continue;
            }
            let before = index.checked_sub(1).and_then(|index| link(file, index));
            let links = links(before.as_deref(), link(file, index + 1).as_deref());
            let page = workbook.read(&path)?;
            let ordered = with_links(&page, &links).ok_or_else(|| {
                format!(
                    "{}: not the kind of page that rustdoc makes",
                    path.display()
                )
            })?;
            if ordered != page {
                fs::write(&path, ordered).map_err(|error| workbook.trouble(&path, error))?;
            }
        }
    }
    Ok(())
}

/// The front page, and each chapter followed by its exercises.
fn places(workbook: &Workbook) -> Result<Vec<Place>, Trouble> {
    let mut places = vec![Place {
        files: vec!["index.html".into()],
        title: "HTTPS on one page".into(),
    }];
    for chapter in workbook.syllabus.chapters() {
        let folder = chapter.folder(Path::new(""));
        places.push(Place {
            files: vec![folder.join("index.html")],
            title: format!("Chapter {}: {}", chapter.number(), chapter.title),
        });
        for exercise in &chapter.exercises {
            let solution = workbook.read(&workbook.solution(chapter, exercise))?;
            let first = pages::first(&solution);
            let others = pages::pages(&solution).into_iter();
            let others = others.filter(|page| Some(*page) != first);
            let file = |page: Page<'_>| folder.join(page.file());
            places.push(Place {
                files: first.into_iter().chain(others).map(file).collect(),
                title: format!("{} {}", exercise.id(), exercise.title),
            });
        }
    }
    Ok(places)
}

fn links(before: Option<&str>, after: Option<&str>) -> String {
    let link = |words: &str, link: Option<&str>| {
        link.map_or_else(String::new, |link| format!("<span>{words} {link}</span>"))
    };
    let (before, after) = (link("Previous:", before), link("Next:", after));
    format!(
        "{BEGIN}<hr><p style=\"display:flex;flex-wrap:wrap;gap:0 2em;justify-content:space-between\">\
         {before}{after}</p>{END}"
    )
}

/// The page with these links at its end, in place of those that it may have already. `None` if it
/// has no end.
fn with_links(page: &str, links: &str) -> Option<String> {
    let (text, after) = page.rsplit_once(AFTER_TEXT)?;
    let text = match text.rsplit_once(BEGIN) {
        Some((text, old)) if old.ends_with(END) => text,
        _ => text,
    };
    Some(format!("{text}{links}{AFTER_TEXT}{after}"))
}

#[cfg(test)]
mod tests {
    use book::fixture::Fixture;

    use super::*;

    const PAGE: &str = "<main><div><section>text</section></div></main></body>";

    const PAGES: [&str; 5] = [
        "index.html",
        "ch1_pads/index.html",
        "ch1_pads/fn.pad.html",
        "ch1_pads/fn.twice.html",
        "ch1_pads/fn.thrice.html",
    ];

    fn fixture() -> Fixture {
        let fixture = Fixture::new();
        for page in PAGES {
            fixture.write(&format!("doc/{page}"), PAGE);
        }
        fixture
    }

    fn order(fixture: &Fixture) -> Result<(), Trouble> {
        put_in_order(&fixture.workbook(), &fixture.path("doc"))
    }

    #[track_caller]
    fn check(fixture: &Fixture, page: &str, links: &[&str]) {
        let text = fixture.read(&format!("doc/{page}"));
        let text = text.strip_prefix("<main><div><section>text<nav ").unwrap();
        let nav = text
            .strip_suffix("</nav></section></div></main></body>")
            .unwrap();
        let found: Vec<&str> = nav.split("<span>").skip(1).collect();
        let found = found
            .iter()
            .map(|link| link.split_once("</span>").unwrap().0);
        assert_eq!(found.collect::<Vec<_>>(), links);
    }

    #[test]
    fn each_page_links_to_the_one_before_and_the_one_after() {
        let fixture = fixture();
        order(&fixture).unwrap();
        check(
            &fixture,
            "index.html",
            &["Next: <a href=\"ch1_pads/index.html\">Chapter 1: Pads</a>"],
        );
        check(
            &fixture,
            "ch1_pads/index.html",
            &[
                "Previous: <a href=\"../index.html\">HTTPS on one page</a>",
                "Next: <a href=\"../ch1_pads/fn.pad.html\">1.1 The pad</a>",
            ],
        );
        check(
            &fixture,
            "ch1_pads/fn.thrice.html",
            &["Previous: <a href=\"../ch1_pads/fn.twice.html\">1.2 Twice</a>"],
        );
    }

    #[test]
    fn a_second_time_nothing_changes() {
        let fixture = fixture();
        order(&fixture).unwrap();
        let once = PAGES.map(|page| fixture.read(&format!("doc/{page}")));
        order(&fixture).unwrap();
        assert_eq!(PAGES.map(|page| fixture.read(&format!("doc/{page}"))), once);
    }

    #[test]
    fn a_page_that_is_not_there_is_left_out_and_one_without_an_end_is_named() {
        let fixture = fixture();
        fixture.remove("doc/ch1_pads/fn.twice.html");
        order(&fixture).unwrap();
        fixture.write("doc/ch1_pads/fn.twice.html", "<main>text</main>");
        let trouble = order(&fixture).unwrap_err().to_string();
        assert!(trouble.ends_with("fn.twice.html: not the kind of page that rustdoc makes"));
    }
}
