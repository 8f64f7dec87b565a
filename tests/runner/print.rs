//! What the learner reads: the report of a failure, and the board.
//!
//! Both are text with ANSI styles, for any width. The caller strips the styles if the terminal, or
//! `NO_COLOR`, wants none.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use book::report::{Graded, Next, Report};
use book::syllabus::Syllabus;
use book::verdict::{Failure, Fault, Found, Holds, Input, Seed, Todo, Tried, Verdict};
use textwrap::Options;
use textwrap::core::display_width;

use crate::cli::SEED_VARIABLE;

/// The width if we can't find out how wide the terminal is.
const USUAL_WIDTH: usize = 100;

/// Lines get no longer than this, however wide the terminal.
const WIDEST: usize = 100;

/// Lines get no shorter than this, however narrow.
// With less, the column of labels would leave no room for the text.
const NARROWEST: usize = 24;

/// The column in which the parts of a failure report begin.
const LABELS: usize = 14;

/// If fewer columns than this are left beside the names of values, a value goes on below its name.
const LEAST_BESIDE: usize = 40;

/// What to do once everything is solved.
const SERVE: &str = "cargo run --example serve";

/// How many lines are shown, at most, of what an answer printed.
const MOST_PRINTED: usize = 20;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// The width to write for: the terminal's, within reason.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    // Some terminals say 0 if they don't know.
    terminal.filter(|&width| width > 0).unwrap_or(USUAL_WIDTH)
}

/// The report of what went wrong with one exercise, or of how far along it is. Empty if the board
/// says everything. If no other exercise was graded, there is room to list its properties.
pub fn exercise(graded: &Graded, seed: Seed, is_alone: bool, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    match (&graded.failure, &graded.verdict, &graded.todo) {
        (Some(failure), ..) => self::failure(graded, failure, seed, is_alone, width),
        (None, Verdict::Begun { written, next }, _) => {
            begun(graded, written, next.as_deref(), is_alone, width)
        }
        (None, Verdict::Solved, _) if is_alone => solved(graded, width),
        (None, Verdict::Skipped { reason }, _) if is_alone => {
            let mut out = heading(graded, "·", YELLOW, width);
            properties(&mut out, graded, is_alone, width);
            labelled(&mut out, "Missing", reason, width);
            out.push('\n');
            out
        }
        (None, Verdict::NotStarted, Some(todo)) if is_alone => {
            let mut out = heading(graded, "·", YELLOW, width);
            reached(&mut out, graded, todo, width);
            out.push('\n');
            out
        }
        _ => String::new(),
    }
}

fn solved(graded: &Graded, width: usize) -> String {
    let mut out = heading(graded, "✓", GREEN, width);
    labelled(
        &mut out,
        "Shown",
        graded.solved.as_deref().unwrap_or_default(),
        width,
    );
    labelled(
        &mut out,
        "Compare",
        &format!("cargo coach solution {}", graded.id),
        width,
    );
    out.push('\n');
    out
}

fn begun(
    graded: &Graded,
    written: &[String],
    next: Option<&str>,
    is_alone: bool,
    width: usize,
) -> String {
    let mut out = heading(graded, "·", YELLOW, width);
    labelled(&mut out, "Written", &written.join(", "), width);
    labelled(
        &mut out,
        "Next",
        next.unwrap_or("a `todo!` of your own"),
        width,
    );
    properties(&mut out, graded, is_alone, width);
    if let Some(todo) = &graded.todo {
        reached(&mut out, graded, todo, width);
    }
    out.push('\n');
    out
}

/// A `todo!` that was reached, and the values with which it was.
fn reached(out: &mut String, graded: &Graded, todo: &Todo, width: usize) {
    let mut properties = graded.properties.iter();
    let tried = properties.find(|tried| tried.property == todo.case.property);
    let why = tried.map_or(String::new(), |tried| {
        format!(", while checking that {}", tried.sentence)
    });
    labelled(out, "Reached", &format!("its `todo!`{why}"), width);
    if let Some(call) = &todo.call {
        labelled(out, "Asked", call, width);
    }
    let mut label = "With";
    for line in shown(&todo.case.inputs) {
        labelled(out, label, &line, width);
        label = "";
    }
}

/// How many properties hold, and which.
fn properties(out: &mut String, graded: &Graded, is_listed: bool, width: usize) {
    let all = graded.properties.len();
    let count = |holds| {
        let tried = graded.properties.iter();
        tried.filter(|property| property.holds == holds).count()
    };
    // If there is only one, the rest of the report has said it.
    if all < 2 {
        return;
    }
    let mut text = format!("{} of {all} properties", count(Holds::Yes));
    for (holds, what) in [
        (Holds::Todo, "reached a `todo!`"),
        (Holds::Skipped, "can't be tried on this machine"),
        (Holds::Untried, "not tried"),
    ] {
        if count(holds) > 0 {
            let _ = write!(text, "; {} {what}", count(holds));
        }
    }
    labelled(out, "Holds", &text, width);
    if !is_listed {
        return;
    }
    let room = width - LABELS - 2;
    for Tried {
        sentence, holds, ..
    } in &graded.properties
    {
        let (sign, style) = match holds {
            Holds::Yes => ("✓", GREEN),
            Holds::No => ("✗", RED),
            Holds::Todo | Holds::Skipped => ("·", DIM),
            // Their number is above, and there is no more to say about them.
            Holds::Untried => continue,
        };
        let indent = " ".repeat(LABELS);
        let sentence = cut(sentence, room);
        let _ = writeln!(out, "{indent}{style}{sign} {sentence}{style:#}");
    }
}

/// The beginning of `text`, as much as fits into this many columns.
fn cut(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut width = 0;
    let fits = |c: &char| {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        // The last column is for the dots.
        width < columns
    };
    let beginning: String = text.chars().take_while(fits).collect();
    format!("{}…", beginning.trim_end())
}

/// The report of what went wrong with one exercise.
fn failure(graded: &Graded, failure: &Failure, seed: Seed, is_alone: bool, width: usize) -> String {
    let mut out = heading(graded, "✗", RED, width);
    properties(&mut out, graded, is_alone, width);
    let mut part = |label: &str, text: &str| labelled(&mut out, label, text, width);
    what_happened(failure, &graded.verdict, &mut part);
    if !graded.printed.is_empty() {
        part("Printed", &page(&graded.printed, width));
    }
    if let [first, ..] = graded.suspects.as_slice() {
        let first = format!("{}: cargo test {first}", suspicion(graded));
        part("First", &first);
    }
    if let Some(think) = &failure.think {
        part("Think", think);
    }
    let id = &graded.id;
    part("More", &format!("cargo coach hint {id}"));
    part("Again", &format!("cargo test {id}"));
    // A replayed case is tried first anyway. The seed is for sharing the case, or going back to it.
    let is_replay = failure.found == Found::Replayed;
    let seed = if is_replay {
        failure.case.replay.seed
    } else {
        seed
    };
    part("Seed", &format!("{SEED_VARIABLE}={seed}"));
    out.push('\n');
    out
}

/// What a report says about a failure, so that a test can check whether it fits.
pub fn explanation(failure: &Failure, verdict: &Verdict) -> String {
    let mut text = String::new();
    what_happened(failure, verdict, &mut |_, part| {
        text += part;
        text.push('\n');
    });
    text + failure.think.as_deref().unwrap_or_default()
}

/// The parts of a report that explain a failure, as the learner reads them.
pub fn explained(failure: &Failure, verdict: &Verdict) -> String {
    let mut out = String::new();
    what_happened(failure, verdict, &mut |label, text| {
        labelled(&mut out, label, text, WIDEST);
    });
    if let Some(think) = &failure.think {
        labelled(&mut out, "Think", think, WIDEST);
    }
    anstream::adapter::strip_str(&out).to_string()
}

/// The parts of a report that say what was broken, and how.
fn what_happened(failure: &Failure, verdict: &Verdict, part: &mut impl FnMut(&str, &str)) {
    part("Property", &failure.sentence);
    inputs(part, failure);
    let with = |part: &mut dyn FnMut(&str, &str)| {
        let mut label = "With";
        for line in shown(&failure.with) {
            part(label, &line);
            label = "";
        }
    };
    match &failure.fault {
        Some(Fault::Different {
            call,
            expected,
            got,
        }) => {
            part("Asked", call);
            with(part);
            part("Expected", expected);
            part("Got", got);
        }
        Some(Fault::Panicked {
            call,
            message,
            location,
            within,
            called_at,
            in_own_thread,
        }) => {
            if let Some(call) = call {
                part("Asked", call);
            }
            with(part);
            let thread = if *in_own_thread {
                ", in a thread that it started"
            } else {
                ""
            };
            let place = match within {
                Some(function) => {
                    let at = called_at.as_ref().map(|place| format!(" at {place}"));
                    let at = at.unwrap_or_default();
                    format!("in {}, called by `{function}`{at}", library(location))
                }
                None => format!("at {location}"),
            };
            part("Panicked", &format!("{message}\n{place}{thread}"));
        }
        Some(Fault::Died { call }) => {
            part("Asked", call);
            with(part);
            part("Died", &cause_of_death(verdict));
        }
        None => {
            with(part);
            part("Died", &cause_of_death(verdict));
        }
    }
}

/// The library that a place outside of the workbook is in.
fn library(location: &str) -> String {
    // The folder of a crate that Cargo has downloaded is named after the crate and its version.
    let folders: Vec<&str> = location.split(['/', '\\']).collect();
    let registry = folders
        .windows(2)
        .position(|pair| pair == ["registry", "src"]);
    let name = registry.and_then(|registry| folders.get(registry + 3));
    match name {
        Some(name) => format!("the crate {name}"),
        None => "the standard library".to_owned(),
    }
}

fn suspicion(graded: &Graded) -> String {
    let (are, needs) = match graded.suspects.as_slice() {
        [one] => ("is", one.clone()),
        several => ("are", several.join(", ")),
    };
    format!("this calls {needs}, which {are} wrong")
}

/// What was found by looking further, at what the wrong answers of `report` call.
pub fn further(report: &Report, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let mut out = String::new();
    for graded in &report.exercises {
        let found = report
            .further
            .iter()
            .find(|other| graded.suspects.contains(&other.id));
        if let Some(Graded {
            id, title, verdict, ..
        }) = found
        {
            let what = format!("{} calls {id} {title}. Graded now: {verdict}", graded.id);
            let text = format!("{what}\ncargo test {id}");
            labelled(&mut out, "First", &text, width);
            out.push('\n');
        }
    }
    out
}

fn cause_of_death(verdict: &Verdict) -> String {
    match verdict {
        Verdict::OutOfTime { limit_seconds } => {
            format!(
                "no answer after {limit_seconds} s. Is there a loop or a wait that does not end?"
            )
        }
        Verdict::OutOfMemory { limit_bytes } => {
            let mebibytes = limit_bytes >> 20;
            let why = format!("it asked for more than the {mebibytes} MiB it may have");
            format!("{why}. Is there a loop that does not end?")
        }
        Verdict::OverflowedStack => {
            "its stack is full. Is there a recursion that does not end?".to_owned()
        }
        Verdict::Exited { code } => {
            format!("it called `exit({code})`. An answer returns; it does not end the program.")
        }
        Verdict::Aborted { status } => format!("its process was ended by {status}"),
        verdict => verdict.to_string(),
    }
}

fn heading(graded: &Graded, sign: &str, style: Style, width: usize) -> String {
    let title = format!("{sign} {} {}", graded.id, graded.title);
    let place = format!("{}:{}", graded.file, graded.line);
    two_ends(&title, style.bold(), &place, width)
}

/// Two texts at the two ends of a line, or each on its own line if they don't fit into one.
fn two_ends(left: &str, style: Style, right: &str, width: usize) -> String {
    let gap = width.checked_sub(display_width(left) + display_width(right));
    // With a single space between them, the two would read as one text.
    match gap.filter(|&gap| gap >= 2) {
        Some(gap) => {
            let gap = " ".repeat(gap);
            format!("{style}{left}{style:#}{gap}{DIM}{right}{DIM:#}\n")
        }
        None => {
            let (left, right) = (textwrap::fill(left, width), textwrap::fill(right, width));
            format!("{style}{left}{style:#}\n{DIM}{right}{DIM:#}\n")
        }
    }
}

fn inputs(part: &mut impl FnMut(&str, &str), failure: &Failure) {
    let mut label = "Broken by";
    for line in shown(&failure.case.inputs) {
        part(label, &line);
        label = "";
    }
    let found = match (failure.found, failure.tries) {
        (Found::Replayed, _) => "in the last run, and kept until it holds".to_owned(),
        (_, 1) => "on the first try".to_owned(),
        (Found::First, tries) => format!("after {tries} tries"),
        (Found::Smallest, tries) => format!("the smallest case, after {tries} tries"),
        (Found::Small, tries) => format!("a small case, after {tries} tries"),
    };
    part("Found", &found);
}

/// The arguments of a case, one per line: their names, and their values in a column.
fn shown(inputs: &[Input]) -> impl Iterator<Item = String> {
    let names = inputs.iter().map(|input| display_width(&input.name));
    let longest = names.max().unwrap_or_default();
    // If a value has several lines, the others go below the first.
    let next = format!("\n{}", " ".repeat(longest + 2));
    inputs.iter().map(move |input| {
        let value = input.value.replace('\n', &next);
        format!("{}  {value}", padded(&input.name, longest))
    })
}

/// `text`, and spaces to fill this many columns. The formatter would count characters, and a wide
/// one takes two columns.
fn padded(text: &str, columns: usize) -> String {
    let spaces = columns.saturating_sub(display_width(text));
    format!("{text}{}", " ".repeat(spaces))
}

/// The column at which the text begins in a line that has a name, two spaces or more, and then its
/// text. What does not fit into the line goes on below that column.
fn hang(line: &str) -> usize {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let gap = text.find("  ").map(|gap| {
        let behind = text[gap..].trim_start();
        &text[..text.len() - behind.len()]
    });
    indent + gap.map_or(0, display_width)
}

/// One part of a report: its label, and its text in lines beside it.
fn labelled(out: &mut String, label: &str, text: &str, width: usize) {
    // Two spaces and twelve columns of label are `LABELS` columns.
    let (first, rest) = (format!("  {label:<12}"), " ".repeat(LABELS));
    for (index, line) in text.lines().enumerate() {
        let indent = if index == 0 {
            first.as_str()
        } else {
            rest.as_str()
        };
        // The label is styled after the wrapping, which would count the style as text.
        // On a narrow screen, a column of names would leave no room.
        let below = LABELS + hang(line);
        let below = if below + LEAST_BESIDE > width {
            LABELS
        } else {
            below
        };
        let below = " ".repeat(below);
        let options = Options::new(width)
            .initial_indent(indent)
            .subsequent_indent(&below);
        for wrapped in textwrap::wrap(line, options) {
            let line = match wrapped.strip_prefix(first.as_str()) {
                Some(text) if !label.is_empty() => format!("{BOLD}{first}{BOLD:#}{text}"),
                _ => wrapped.into_owned(),
            };
            // Writing to a String can't fail.
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// The last lines of what an answer printed, without what would move the cursor.
fn page(printed: &str, width: usize) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let left_out = lines.len().saturating_sub(MOST_PRINTED);
    let mut page = String::new();
    if left_out > 0 {
        let _ = writeln!(page, "… {left_out} lines before this");
    }
    for line in &lines[left_out..] {
        let visible = line.replace(char::is_control, " ");
        // One long line must not push the rest of the report off the screen.
        let end = visible.char_indices().nth(2 * width);
        let end = end.map_or(visible.len(), |(end, _)| end);
        let more = if end < visible.len() { "…" } else { "" };
        let _ = writeln!(page, "{}{more}", &visible[..end]);
    }
    page
}

/// What is printed in place of the board if another program shows the results: a line for each
/// exercise that is neither solved nor wrong.
pub fn remarks(report: &Report) -> String {
    let silent = |graded: &&Graded| graded.failure.is_none() && graded.verdict != Verdict::Solved;
    let remark = |graded: &Graded| format!("· {} {}\n", graded.id, graded.verdict);
    report.exercises.iter().filter(silent).map(remark).collect()
}

/// How many properties [`slowest`] names.
const SLOWEST: usize = 10;

/// The properties that took longest, for authors: none should take more than a tenth of the 0.8 s in which an edit is graded.
/// With `--test-threads 1`, nothing else is graded meanwhile.
pub fn slowest(report: &Report) -> String {
    let mut all: Vec<(u64, &str, &str)> = Vec::new();
    for graded in &report.exercises {
        let tried = graded.properties.iter();
        all.extend(tried.map(|tried| (tried.milliseconds, &*graded.id, &*tried.property)));
    }
    all.sort_unstable_by(|one, other| other.cmp(one));
    let row = |(milliseconds, id, property)| format!("{milliseconds:>6} ms  {id:<5} {property}\n");
    let rows: String = all.into_iter().take(SLOWEST).map(row).collect();
    format!("\n{rows}")
}

/// The board: the exercises of a run with their verdicts, and where to go on.
pub fn board(report: &Report, syllabus: &Syllabus, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let mut out = String::new();
    for chapter in &report.chapters {
        let title = format!("{}  {}", chapter.number, chapter.title);
        let _ = writeln!(out, "{BOLD}{title}{BOLD:#}");
        let graded = report.exercises.iter();
        for graded in graded.filter(|graded| graded.chapter == chapter.module) {
            out.push_str(&row(graded, syllabus, width));
        }
        out.push('\n');
    }
    let points = match report.possible == report.possible_in_all {
        true => format!("{} of {} points", report.points, report.possible),
        false => format!(
            "{} of {} point{} here, {} of {} in all",
            report.points,
            report.possible,
            if report.possible == 1 { "" } else { "s" },
            report.points_in_all,
            report.possible_in_all
        ),
    };
    let seed = format!("Seed {}", report.seed);
    out.push_str(&two_ends(&points, BOLD, &seed, width));
    if let Some(next) = &report.next {
        out.push_str(&invitation(report, next, width));
    } else {
        let all = textwrap::fill("Every exercise of the workbook is solved.", width);
        let _ = writeln!(out, "{GREEN}{all}{GREEN:#}\n");
        let why = "Open its page in a browser, and fetch it with your client.";
        labelled(&mut out, "Next", &format!("{SERVE}\n{why}"), width);
    }
    out
}

fn row(graded: &Graded, syllabus: &Syllabus, width: usize) -> String {
    let (sign, style) = match graded.verdict {
        Verdict::Solved => ("✓", GREEN),
        Verdict::NotStarted => ("·", DIM),
        Verdict::Begun { .. } | Verdict::Waiting { .. } | Verdict::Skipped { .. } => ("·", YELLOW),
        _ => ("✗", RED),
    };
    // All exercises, not only those of this run, so that every run has the same columns.
    let all = || syllabus.exercises().map(|(_, exercise)| exercise);
    let ids = all()
        .map(|exercise| exercise.id().len())
        .max()
        .unwrap_or_default();
    let stars = all()
        .map(|exercise| exercise.stars as usize)
        .max()
        .unwrap_or_default();
    let titles = all()
        .map(|exercise| display_width(&exercise.title))
        .max()
        .unwrap_or_default();
    let id = format!("{:ids$}", graded.id);
    let later = if graded.is_later {
        ", left for later"
    } else {
        ""
    };
    let verdict = format!("{}{later}", graded.verdict);
    let row = format!(
        "  {style}{sign}{style:#} {id}  {}  {}  {style}{verdict}{style:#}\n",
        padded(&"★".repeat(graded.stars as usize), stars),
        padded(&graded.title, titles),
    );
    // The fixed columns: two before the sign, the sign, a space, and three times two between.
    let fits = 10 + ids + stars + titles + display_width(&verdict) <= width;
    if fits {
        row
    } else {
        let short = format!("{sign} {} {verdict}", graded.id);
        let options = Options::new(width)
            .initial_indent("  ")
            .subsequent_indent("    ");
        format!("{style}{}{style:#}\n", textwrap::fill(&short, options))
    }
}

fn invitation(report: &Report, next: &Next, width: usize) -> String {
    let fresh = report.exercises.iter().all(|graded| {
        matches!(
            graded.verdict,
            Verdict::NotStarted | Verdict::Waiting { .. }
        )
    });
    let label = if fresh { "Begin" } else { "Next" };
    let Next {
        id,
        title,
        file,
        line,
        is_begun,
    } = next;
    let mut out = String::from("\n");
    labelled(
        &mut out,
        label,
        &format!("{id} {title}\n{file}:{line}"),
        width,
    );
    if !is_begun {
        let how = "Read the task, replace its `todo!`, and:";
        labelled(&mut out, "", how, width);
    }
    labelled(&mut out, "Grade it", &format!("cargo test {id}"), width);
    out
}
