//! The command line of the grader.
//!
//! `cargo test 1.3` passes on `1.3`; cargo-nextest asks with `--list` and then runs one exercise
//! after another with `NAME --exact`.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use book::paths;
use book::syllabus::{Chapter, Exercise, Syllabus};
use book::verdict::Seed;
use lexopt::prelude::*;

use crate::child::Limits;
use crate::parallel;
use crate::print;
use crate::run::{self, Cancel, Outcome, Runner, Workbook};
use crate::turn::Turn;

/// The environment variable that repeats the randomness of an earlier run.
pub const SEED_VARIABLE: &str = "GRADE_SEED";

/// The environment variable that sets how many seconds an exercise may take.
pub const SECONDS_VARIABLE: &str = "GRADE_SECONDS";

const USAGE: &str = "\
usage: cargo test FILTER              a filter is an exercise (1.3) or a chapter (1, ch1)
       cargo test -- FILTER FILTER…   grade several
       cargo test -- --list           list the exercises
       cargo test -- NAME --exact     grade one of them
       cargo test -- --slowest        grade, and list the ten properties that took longest

GRADE_SEED=…     the seed of an earlier run
GRADE_SECONDS=…  how long an exercise may take; 10 unless set
";

/// Why nothing could be graded.
type Trouble = Box<dyn Error + Send + Sync>;

enum Request {
    Help,
    List,
    Nothing,
    Grade {
        filters: Vec<String>,
        exact: bool,
        slowest: bool,
        threads: usize,
    },
}

/// Runs the grader: the `main` of the test binary.
///
/// The exit status is 0 if everything that was asked for is solved, 1 if not, and 2 if nothing
/// could be graded.
pub fn grade(workbook: &Workbook) -> ExitCode {
    grade_at(
        workbook,
        &paths::root(),
        &paths::syllabus(&paths::root()),
        &paths::grade(),
    )
}

/// [`grade`] for a workbook at `root` that keeps its results in the folder `grade`.
pub fn grade_at(workbook: &Workbook, root: &Path, syllabus: &Path, grade: &Path) -> ExitCode {
    match run(workbook, root, syllabus, grade) {
        Ok(code) => code,
        Err(trouble) => {
            err(&format!("error: {trouble}"));
            ExitCode::from(2)
        }
    }
}

fn run(
    workbook: &Workbook,
    root: &Path,
    syllabus: &Path,
    grade: &Path,
) -> Result<ExitCode, Trouble> {
    let request = parse(env::args_os().skip(1)).map_err(|error| format!("{error}\n\n{USAGE}"))?;
    let syllabus = Syllabus::load(syllabus)?;
    let (filters, is_exact, with_slowest, threads) = match request {
        Request::Help => {
            out(USAGE);
            return Ok(ExitCode::SUCCESS);
        }
        Request::Nothing => return Ok(ExitCode::SUCCESS),
        Request::List => {
            for (_, exercise) in syllabus.exercises() {
                // The form in which Rust's own test harness lists its tests: cargo-nextest reads it.
                out(&format!("{}: test\n", exercise.id()));
            }
            return Ok(ExitCode::SUCCESS);
        }
        Request::Grade {
            filters,
            exact,
            slowest,
            threads,
        } => (filters, exact, slowest, threads),
    };
    let given_seed = seed_from_environment()?;
    let request = run::Request {
        chosen: choose(&syllabus, &filters, is_exact)?,
        seed: given_seed.unwrap_or_else(Seed::fresh),
        // If a seed was asked for, no case that another seed found is tried before it.
        with_replay: given_seed.is_none(),
        limits: limits_from_environment()?,
        threads,
        is_apart: false,
        cancel: Cancel::default(),
    };
    let runner = Runner {
        workbook: *workbook,
        syllabus: &syllabus,
        root,
        grade,
    };
    // cargo-nextest runs several at once.
    let turn = || Turn::take(grade, &request.cancel, || err("waiting for another grader"));
    let turn = if is_exact { None } else { turn() };
    let mut report = match runner.run(&request, &mut |_| {})? {
        Outcome::Report(report) => report,
        // Cargo has said why on standard error.
        Outcome::Refused(_) | Outcome::Cancelled => {
            let lacking = runner.lacking();
            let message = "Cargo could not build this, so nothing was graded";
            return Err(format!("{message}\n{lacking}").trim_end().into());
        }
    };
    runner.keep(&report)?;
    let width = print::width();
    // cargo-nextest runs all of them alone.
    let is_alone = report.exercises.len() == 1 && !is_exact;
    for graded in &report.exercises {
        out(&print::exercise(graded, report.seed, is_alone, width));
    }
    if is_exact {
        out(&print::remarks(&report));
    } else {
        // Only now, because it may take a while: the verdict that was asked for is on the screen
        // already. If it fails, that verdict is still valid.
        let _ = runner.look_further(&request, &mut report);
        if !report.further.is_empty() {
            runner.keep(&report)?;
            out(&print::further(&report, width));
        }
        out(&print::board(&report, &syllabus, width));
    }
    if with_slowest {
        out(&print::slowest(&report));
    }
    drop(turn);
    Ok(if report.points == report.possible {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Request, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut list, mut ignored, mut exact, mut slowest) = (false, false, false, false);
    let mut filters = Vec::new();
    let mut threads = parallel::threads();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(filter) => filters.push(filter.string()?),
            Long("help") | Short('h') => return Ok(Request::Help),
            Long("list") => list = true,
            Long("ignored") => ignored = true,
            Long("exact") => exact = true,
            Long("slowest") => slowest = true,
            Long("test-threads") => threads = parser.value()?.parse::<NonZero<usize>>()?.get(),
            // Options of every test binary. They have no meaning for this one.
            Long("nocapture" | "no-capture" | "show-output" | "include-ignored" | "quiet")
            | Short('q') => {}
            Long("format" | "color") => drop(parser.value()?),
            _ => return Err(argument.unexpected()),
        }
    }
    // cargo-nextest asks for the ignored tests in a list of their own. No exercise is ever ignored.
    Ok(match (ignored, list) {
        (true, _) => Request::Nothing,
        (false, true) => Request::List,
        (false, false) => Request::Grade {
            filters,
            exact,
            slowest,
            threads,
        },
    })
}

fn choose<'a>(
    syllabus: &'a Syllabus,
    filters: &[String],
    exact: bool,
) -> Result<Vec<(&'a Chapter, &'a Exercise)>, Trouble> {
    if filters.is_empty() {
        return Ok(syllabus.exercises().collect());
    }
    let mut ids = Vec::new();
    for filter in filters {
        let found = match exact {
            true => syllabus.find(filter).into_iter().collect(),
            false => syllabus.select(filter),
        };
        if found.is_empty() {
            return Err(syllabus.unknown(filter).into());
        }
        ids.extend(found.iter().map(|(_, exercise)| exercise.id()));
    }
    // From the syllabus, not from `ids`: filters may overlap, and come in any order.
    Ok(syllabus
        .exercises()
        .filter(|(_, exercise)| ids.contains(&exercise.id()))
        .collect())
}

/// The seed in [`SEED_VARIABLE`], if it is set.
///
/// # Errors
/// It is not a seed.
pub fn seed_from_environment() -> Result<Option<Seed>, Trouble> {
    let Ok(text) = env::var(SEED_VARIABLE) else {
        return Ok(None);
    };
    let seed = text
        .parse()
        .map_err(|error| format!("{SEED_VARIABLE}={text}: {error}"))?;
    Ok(Some(seed))
}

/// The usual limits, with the time that [`SECONDS_VARIABLE`] sets.
///
/// # Errors
/// It is not a number of seconds.
pub fn limits_from_environment() -> Result<Limits, Trouble> {
    let mut limits = Limits::default();
    if let Ok(text) = env::var(SECONDS_VARIABLE) {
        let seconds: NonZero<u64> = text
            .parse()
            .map_err(|error| format!("{SECONDS_VARIABLE}={text}: {error}"))?;
        limits.time = Duration::from_secs(seconds.get());
    }
    Ok(limits)
}

fn err(line: &str) {
    // If standard error is closed, there is nobody to tell.
    let _ = writeln!(io::stderr(), "{line}");
}

fn out(text: &str) {
    // A reader who has seen enough, as `head` has, is no reason to fail.
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}
