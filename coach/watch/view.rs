//! What is on the screen: lines of text with ANSI styles, none wider than the terminal, and no more than it has.

use anstyle::{AnsiColor, Style};
use book::report::{Graded, Report};
use book::verdict::Verdict;
use runner::print;
use textwrap::core::display_width;

use crate::app::{App, Ended, Phase, Question, View};
use crate::board::Place;
use crate::text::{cut, lines, plain, styled};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// What turns while something runs.
const SPINNER: [&str; 8] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// The widest bar of points.
const WIDEST_BAR: usize = 40;

/// With at least this many lines, there are empty ones between the parts.
const ROOMY: usize = 16;

/// What is to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    /// The lines, from the top.
    pub lines: Vec<String>,
    /// The first visible line of the text: the one that was asked for, or the last possible one.
    pub scroll: usize,
}

/// Draws the state.
pub fn draw(app: &App) -> Screen {
    let (width, height) = (app.size.0.max(1), app.size.1.max(1));
    let is_roomy = height >= ROOMY;
    let mut head = head(app, width);
    let mut foot = foot(app, width);
    if is_roomy {
        head.push(String::new());
        foot.insert(0, String::new());
    }
    let room = height.saturating_sub(head.len() + foot.len()).max(1);
    let content = content(app, width, room);
    let scroll = match content.mark {
        // The marked line in the middle.
        Some(mark) => mark.saturating_sub(room / 2),
        None => app.scroll,
    };
    let last = content.lines.len().saturating_sub(room);
    let scroll = scroll.min(last);
    let left = last - scroll;
    let mut seen: Vec<String> = content.lines.into_iter().skip(scroll).take(room).collect();
    if left > 0
        && content.mark.is_none()
        && let Some(line) = seen.last_mut()
    {
        // The line that this replaces is hidden, too.
        let or_all = match app.view {
            View::Exercise => ", or t for all",
            _ => "",
        };
        let more = format!("… {} more lines: ↓{or_all}", left + 1);
        *line = styled(DIM, &cut(&more, width));
    }
    seen.resize(room, String::new());
    let mut lines = head;
    lines.extend(seen);
    lines.extend(foot);
    lines.truncate(height);
    Screen { lines, scroll }
}

/// The points, the chapter, and what happens now.
fn head(app: &App, width: usize) -> Vec<String> {
    let mut head = vec![bar(app, width)];
    head.extend(chapter(app, width));
    head.push(status(app, width));
    head
}

fn bar(app: &App, width: usize) -> String {
    let (points, possible) = (app.board.points, app.board.possible);
    let text = format!("{points} of {possible} points");
    let room = width.saturating_sub(display_width(&text) + 2);
    let room = room.min(WIDEST_BAR);
    if room < 4 {
        return cut(&text, width);
    }
    let (points, possible) = (points as usize, possible.max(1) as usize);
    // It is full only when everything is done, and not empty once something is.
    let full = (points * room / possible).max(usize::from(points > 0));
    let (full, rest) = ("━".repeat(full), "─".repeat(room - full));
    format!(
        "{}{}  {}",
        styled(GREEN, &full),
        styled(DIM, &rest),
        styled(BOLD, &text)
    )
}

/// The chapter of the exercise that is shown, with a mark for each of its exercises.
fn chapter(app: &App, width: usize) -> Option<String> {
    let here = app.board.place(&app.at)?;
    let (number, title) = &here.chapter;
    let mut places = app.board.places.iter();
    let mut marks = Vec::new();
    for place in places
        .by_ref()
        .filter(|place| place.chapter == here.chapter)
    {
        let sign = sign(place);
        marks.push(if place.row.id == app.at {
            format!("[{sign}]")
        } else {
            format!(" {sign} ")
        });
    }
    let marks = marks.concat();
    let wide = display_width(&plain(&marks));
    let title = format!("{number} {title}");
    let room = width.saturating_sub(wide + 1);
    if room < 4 {
        return Some(lines(&marks, width).swap_remove(0));
    }
    Some(format!("{} {marks}", styled(BOLD, &cut(&title, room))))
}

fn sign(place: &Place) -> String {
    styled(style_of(place.row.sign), place.row.sign)
}

fn style_of(sign: &str) -> Style {
    match sign {
        "✓" => GREEN,
        "✗" => RED,
        _ => DIM,
    }
}

/// What happens now, or how the last run has ended.
fn status(app: &App, width: usize) -> String {
    let spinner = SPINNER[app.moments % SPINNER.len()];
    let at = &app.at;
    let running = match &app.phase {
        Phase::Idle => None,
        Phase::Starts => Some(format!("{at}: begins")),
        Phase::Waits(whom) => Some(format!("{at} waits: {whom}")),
        Phase::Builds(said) if said.is_empty() => Some(format!("{at} is being built")),
        Phase::Builds(said) => Some(format!("{at} is being built: {said}")),
        Phase::Grades => Some(format!("{at} is being graded")),
    };
    let text = match (running, &app.notice, &app.ended) {
        (Some(running), ..) => return styled(CYAN, &cut(&format!("{spinner} {running}"), width)),
        (None, Some(notice), _) => return styled(YELLOW, &cut(notice, width)),
        (None, None, Some((_, took))) => {
            let [all, build, grade] =
                [took.all, took.build, took.grade].map(|time| time.as_secs_f64());
            let polls = if app.is_polling {
                ". This file system reports no changes: the files are read four times a second"
            } else {
                ""
            };
            format!("{all:.2} s: built in {build:.2} s, graded in {grade:.2} s{polls}")
        }
        (None, None, None) => String::new(),
    };
    styled(DIM, &cut(&text, width))
}

/// The text of a view.
struct Content {
    lines: Vec<String>,
    /// The line to keep in sight.
    mark: Option<usize>,
}

fn content(app: &App, width: usize, room: usize) -> Content {
    let text = match &app.view {
        View::List(mark) => return list(app, *mark, width),
        View::Help => {
            let options = textwrap::Options::new(width).subsequent_indent("   ");
            let lines = HELP.lines().flat_map(|line| textwrap::wrap(line, &options));
            lines.collect::<Vec<_>>().join("\n")
        }
        View::Page { title, text, .. } if title.is_empty() => text.clone(),
        View::Page { title, text, .. } => format!("{}\n\n{text}", styled(BOLD, title)),
        View::Report => report(app, width, true),
        View::Exercise | View::Asks(_) => {
            let mut shown = lines(&report(app, width, true), width);
            if shown.len() > room {
                shown = lines(&report(app, width, false), width);
            }
            if app.is_old {
                // The report is about what was there before.
                shown = shown.iter().map(|line| styled(DIM, &plain(line))).collect();
            }
            return Content {
                lines: shown,
                mark: None,
            };
        }
    };
    Content {
        lines: lines(&text, width),
        mark: None,
    }
}

/// What there is to say about the exercise.
fn report(app: &App, width: usize, is_full: bool) -> String {
    match &app.ended {
        None => heading(app, width, "·", ""),
        Some((Ended::Graded(report, warnings), _)) => {
            let Some(graded) = report.exercises.first() else {
                return String::new();
            };
            let mut text = graded_report(app, graded, report, width, is_full);
            if is_full && !warnings.is_empty() {
                text = format!("{}\n\n{}", text.trim_end(), warnings.trim_end());
            }
            text
        }
        Some((Ended::Refused(errors), _)) => {
            heading(app, width, "✗", "does not compile") + "\n" + errors
        }
        Some((Ended::Trouble(trouble), _)) => {
            heading(app, width, "✗", "could not be graded") + "\n" + trouble
        }
        Some((Ended::Cancelled, _)) => String::new(),
    }
}

fn graded_report(
    app: &App,
    graded: &Graded,
    report: &Report,
    width: usize,
    is_full: bool,
) -> String {
    // Once it is solved, what was shown is always said.
    let is_full = is_full || graded.verdict == Verdict::Solved;
    let text = print::exercise(graded, report.seed, is_full, width);
    match text.is_empty() {
        true => heading(app, width, "·", &graded.verdict.to_string()),
        false => text,
    }
}

/// The exercise and its place, and what is known about it in a word.
fn heading(app: &App, width: usize, sign: &str, verdict: &str) -> String {
    let Some(place) = app.board.place(&app.at) else {
        return String::new();
    };
    let title = format!("{sign} {} {}", place.row.id, place.row.title);
    let file = format!("{}:{}", place.file, place.row.line);
    let style = style_of(sign).bold();
    let gap = width
        .min(100)
        .checked_sub(display_width(&title) + display_width(&file));
    let heading = match gap.filter(|&gap| gap >= 2) {
        Some(gap) => format!(
            "{}{}{}",
            styled(style, &title),
            " ".repeat(gap),
            styled(DIM, &file)
        ),
        None => format!("{}\n{}", styled(style, &title), styled(DIM, &file)),
    };
    match verdict {
        "" => heading + "\n",
        verdict => format!("{heading}\n  {verdict}\n"),
    }
}

fn list(app: &App, mark: usize, width: usize) -> Content {
    let rows = || app.board.places.iter().map(|place| &place.row);
    let ids = rows().map(|row| row.id.len()).max().unwrap_or_default();
    let titles = rows().map(|row| display_width(&row.title)).max();
    let stars = rows().map(|row| row.stars as usize).max();
    let (titles, stars) = (titles.unwrap_or_default(), stars.unwrap_or_default());
    let (mut lines, mut marked, mut before) = (Vec::new(), 0, None);
    for (index, place) in app.board.places.iter().enumerate() {
        let (number, title) = &place.chapter;
        if before != Some(number) {
            if before.is_some() {
                lines.push(String::new());
            }
            lines.push(styled(BOLD, &cut(&format!("{number}  {title}"), width)));
            before = Some(number);
        }
        let row = &place.row;
        let cursor = if index == mark { "›" } else { " " };
        if index == mark {
            marked = lines.len();
        }
        let stars_of = "★".repeat(row.stars as usize);
        let gap = " ".repeat(titles - display_width(&row.title));
        let rest = format!(
            "{:ids$}  {stars_of:stars$}  {}{gap}  {}",
            row.id, row.title, row.verdict
        );
        let rest = cut(&rest, width.saturating_sub(4));
        let rest = if index == mark {
            styled(BOLD, &rest)
        } else {
            rest
        };
        lines.push(match width {
            0..8 => cut(&row.id, width),
            _ => format!("{cursor} {} {rest}", sign(place)),
        });
    }
    Content {
        lines,
        mark: Some(marked),
    }
}

/// What to do next, and the keys.
fn foot(app: &App, width: usize) -> Vec<String> {
    let next = match &app.view {
        View::Asks(Question::Reset) => {
            format!(
                "Put the stub of {} back? Your file is copied to exercises/backup/. y or n",
                app.at
            )
        }
        View::Asks(Question::Solution) => {
            format!("{} is not solved yet. Show its solution? y or n", app.at)
        }
        View::Exercise => next_step(app),
        View::List(_) | View::Help | View::Page { .. } | View::Report => String::new(),
    };
    let mut foot = Vec::new();
    if !next.is_empty() {
        let wrapped = textwrap::wrap(&next, width);
        let lines = wrapped.iter().take(3);
        foot.extend(lines.map(|line| styled(BOLD, &cut(line, width))));
    }
    foot.push(keys(app, width));
    foot
}

/// The next step.
fn next_step(app: &App) -> String {
    if app.is_old {
        return String::new();
    }
    let exercise = |id: &str| match app.board.place(id) {
        Some(place) => format!("{id} {}", place.row.title),
        None => id.to_owned(),
    };
    match &app.ended {
        Some((Ended::Refused(_), _)) => "Next: fix the compiler errors, and save.".to_owned(),
        Some((Ended::Graded(report, _), _)) => {
            let Some(graded) = report.exercises.first() else {
                return String::new();
            };
            match (&graded.verdict, graded.suspects.first()) {
                (Verdict::Solved, _) => match &app.board.next {
                    Some(next) => format!("Solved. Enter goes on to {}.", exercise(next)),
                    None => {
                        "Every exercise of the workbook is solved. Next: cargo run --example serve"
                            .to_owned()
                    }
                },
                (Verdict::NotStarted, _) => {
                    format!(
                        "Next: read the task in {}, replace its `todo!`, and save.",
                        graded.file
                    )
                }
                (
                    Verdict::Begun {
                        next: Some(next), ..
                    },
                    _,
                ) => {
                    format!("Next: write `{next}`, and save.")
                }
                (Verdict::Begun { next: None, .. }, _) => {
                    "Next: replace the `todo!`, and save.".to_owned()
                }
                (Verdict::Waiting { waiting_for }, _) => {
                    format!("Next: solve {} first.", exercise(waiting_for))
                }
                (Verdict::Skipped { .. }, _) => "Next: install what is missing, then r.".to_owned(),
                (_, Some(first)) => {
                    format!("Next: fix {} first. This answer calls it.", exercise(first))
                }
                _ => "Next: change the answer, and save. For a hint: h".to_owned(),
            }
        }
        _ => String::new(),
    }
}

/// The keys in one line: with words as long as fit, or without.
fn keys(app: &App, width: usize) -> String {
    let keys: &[[&str; 3]] = match &app.view {
        View::Asks(_) => &[["y", "yes", "yes"], ["n", "no", "no"]],
        View::List(_) => &[
            ["↑ ↓", "choose", ""],
            ["Enter", "go there", "go"],
            ["Esc", "back", ""],
        ],
        View::Page { is_hint: true, .. } => &[
            ["h", "next hint", "next"],
            ["↑ ↓", "scroll", ""],
            ["Esc", "back", ""],
        ],
        View::Help | View::Page { .. } | View::Report => {
            &[["↑ ↓", "scroll", ""], ["Esc", "back", "back"]]
        }
        View::Exercise => &[
            ["h", "hint", ""],
            ["l", "list", ""],
            ["n", "next", ""],
            ["p", "previous", ""],
            ["s", "skip", ""],
            ["R", "reset", ""],
            ["S", "solution", ""],
            ["t", "full report", ""],
            ["r", "rerun", ""],
            ["?", "help", "help"],
            ["q", "quit", "quit"],
        ],
    };
    let line = |words: &dyn Fn(&[&str; 3]) -> String, gap: &str| {
        let key = |key: &[&str; 3]| {
            let words = match words(key) {
                words if words.is_empty() => words,
                words => format!(" {}", styled(DIM, &words)),
            };
            format!("{}{words}", styled(BOLD, key[0]))
        };
        keys.iter().map(key).collect::<Vec<_>>().join(gap)
    };
    let short = |[_, words, _]: &[&str; 3]| match *words {
        "previous" => "prev".to_owned(),
        "full report" => "report".to_owned(),
        "help" => String::new(),
        words => words.to_owned(),
    };
    let variants = [
        line(&|[_, words, _]| (*words).to_owned(), "  "),
        line(&short, " "),
        line(&|[_, _, word]| (*word).to_owned(), " "),
        line(&|_| String::new(), " "),
    ];
    let fits = |line: &&String| display_width(line) <= width;
    match variants.iter().find(fits) {
        Some(line) => line.clone(),
        None => lines(&variants[3], width).swap_remove(0),
    }
}

/// What the keys do.
const HELP: &str = "\
Save a file of an exercise, and it is graded.

h  the next of three hints
l  the list of all exercises; Enter goes to one
n  the next exercise
p  the previous exercise
s  leave the exercise for later, or take it up again
R  put its stub back; your file is copied to exercises/backup/
S  one way to solve it
t  the full report, with the compiler's warnings
r  grade again, with a fresh seed and without the kept case
q  quit; so does Ctrl-C

Enter  once an exercise is solved: on to the next
↑ ↓    scroll; also j and k, PageUp and PageDown, Home and End
Esc    back to the exercise
";
