//! The command line of the grader.
//!
//! `cargo test 1.3` passes on `1.3`; cargo-nextest asks with `--list` and then runs one exercise
//! after another with `NAME --exact`.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use lexopt::prelude::*;

use crate::examination::{self, About};
use crate::isolation::{self, Limits, Task};
use crate::property::Workbook;
use crate::record::{self, Record};
use crate::report;
use crate::syllabus::{Chapter, Exercise, Syllabus};
use crate::verdict::{Graded, Report, SCHEMA, Seed, Verdict};
use crate::{exercise_file, paths};

/// The environment variable that brings back the randomness of an earlier run.
pub const SEED_VARIABLE: &str = "GRADE_SEED";

/// The environment variable that sets how many seconds an exercise may take.
pub const SECONDS_VARIABLE: &str = "GRADE_SECONDS";

const USAGE: &str = "\
usage: cargo test FILTER              a filter is an exercise (1.3) or a chapter (1, ch1)
       cargo test -- FILTER FILTER…   grade several
       cargo test -- --list           list the exercises
       cargo test -- NAME --exact     grade one of them

GRADE_SEED=…     the seed of an earlier run
GRADE_SECONDS=…  how long an exercise may take; 10 unless set
";

/// Something that keeps the grader from grading.
type Trouble = Box<dyn Error + Send + Sync>;

enum Request {
    Help,
    List,
    Nothing,
    Grade {
        filters: Vec<String>,
        exact: bool,
        property: Option<String>,
        threads: usize,
        built: BTreeMap<String, PathBuf>,
    },
}

/// Runs the grader: the `main` of the test binary.
///
/// The exit status is 0 if all that was asked for is solved, 1 if not, and 2 if nothing could be
/// graded.
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
    let runner = Runner {
        workbook,
        root,
        syllabus,
        grade,
    };
    match runner.run(env::args_os().skip(1)) {
        Ok(code) => code,
        Err(trouble) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {trouble}");
            ExitCode::from(2)
        }
    }
}

struct Runner<'a> {
    workbook: &'a Workbook,
    root: &'a Path,
    syllabus: &'a Path,
    grade: &'a Path,
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Request, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut list, mut ignored, mut exact) = (false, false, false);
    let (mut filters, mut property, mut built) = (Vec::new(), None, BTreeMap::new());
    let mut threads = thread::available_parallelism().map_or(1, NonZero::get);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(filter) => filters.push(filter.string()?),
            Long("help") | Short('h') => return Ok(Request::Help),
            Long("list") => list = true,
            Long("ignored") => ignored = true,
            Long("exact") => exact = true,
            Long("test-threads") => threads = parser.value()?.parse::<NonZero<usize>>()?.get(),
            Long("property") => property = Some(parser.value()?.string()?),
            Long("built") => {
                let suite = parser.value()?.string()?;
                built.insert(suite, parser.value()?.into());
            }
            // Said to every test binary; it has no meaning for this one.
            Long("nocapture" | "no-capture" | "show-output" | "include-ignored" | "quiet")
            | Short('q') => {}
            Long("format" | "color") => drop(parser.value()?),
            _ => return Err(argument.unexpected()),
        }
    }
    // No exercise is ever ignored.
    Ok(match (ignored, list) {
        (true, _) => Request::Nothing,
        (false, true) => Request::List,
        (false, false) => Request::Grade {
            filters,
            exact,
            property,
            threads,
            built,
        },
    })
}

/// What is the same for all exercises of a run.
struct Conditions<'a> {
    /// The one property to try.
    property: Option<&'a str>,
    seed: Seed,
    /// Whether the case that was kept from the last run is tried before all others.
    with_replay: bool,
    limits: Limits,
}

/// The programs of a run.
struct Suites {
    /// The name of the program that grades each exercise.
    by_exercise: BTreeMap<String, String>,
    /// Those that are needed, by their names.
    loaded: BTreeMap<String, Loaded>,
}

/// A program, and what is in it.
struct Loaded {
    program: PathBuf,
    properties: Vec<About>,
}

impl Suites {
    /// The program of the exercise `id`, if it is loaded.
    fn of(&self, id: &str) -> Option<&Loaded> {
        self.loaded.get(self.by_exercise.get(id)?)
    }
}

impl Runner<'_> {
    fn run(&self, arguments: impl Iterator<Item = OsString>) -> Result<ExitCode, Trouble> {
        let request = parse(arguments).map_err(|error| format!("{error}\n\n{USAGE}"))?;
        let syllabus = Syllabus::load(self.syllabus)?;
        match request {
            Request::Help => print(USAGE),
            Request::List => {
                for (_, exercise) in syllabus.exercises() {
                    print(&format!("{}: test\n", exercise.id()));
                }
            }
            Request::Grade {
                filters,
                exact,
                property,
                threads,
                built,
            } => {
                let chosen = choose(&syllabus, &filters, exact)?;
                let suites = self.load(&syllabus, &chosen, built)?;
                let property = property.as_deref();
                return self.grade(&syllabus, &chosen, &suites, exact, property, threads);
            }
            Request::Nothing => {}
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The programs of the `chosen` exercises, where those that were `built` already are taken as they
    /// are. Each of their exercises has properties, and each of their properties an exercise.
    fn load(
        &self,
        syllabus: &Syllabus,
        chosen: &[(&Chapter, &Exercise)],
        built: BTreeMap<String, PathBuf>,
    ) -> Result<Suites, Trouble> {
        let programs = self.workbook.programs;
        let by_exercise = programs.by_exercise(self.root, syllabus)?;
        let mut names: Vec<&str> = Vec::new();
        for (_, exercise) in chosen {
            let name = by_exercise.get(exercise.id()).ok_or_else(|| {
                let message = format!("no suite grades exercise {}", exercise.id());
                syllabus.error_at(exercise, message)
            })?;
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let unbuilt: Vec<&str> = names
            .iter()
            .copied()
            .filter(|&name| !built.contains_key(name))
            .collect();
        let mut found = built;
        if !unbuilt.is_empty() {
            found.extend(programs.build(&unbuilt, self.root)?);
        }
        let mut loaded = BTreeMap::new();
        for name in names {
            let program = found.remove(name);
            let program = program.ok_or_else(|| format!("there is no program {name}"))?;
            let properties = examination::ask(&program)?;
            loaded.insert(
                name.to_owned(),
                Loaded {
                    program,
                    properties,
                },
            );
        }
        let suites = Suites {
            by_exercise,
            loaded,
        };
        self.check(syllabus, &suites)?;
        Ok(suites)
    }

    fn check(&self, syllabus: &Syllabus, suites: &Suites) -> Result<(), Trouble> {
        for (_, exercise) in syllabus.exercises() {
            let grades_it = |property: &About| property.exercise == exercise.id();
            let suite = suites.of(exercise.id());
            if suite.is_some_and(|suite| !suite.properties.iter().any(grades_it)) {
                let message = format!("no suite grades exercise {}", exercise.id());
                return Err(syllabus.error_at(exercise, message).into());
            }
        }
        for Loaded { properties, .. } in suites.loaded.values() {
            for About { exercise, name, .. } in properties {
                if syllabus.find(exercise).is_none() {
                    let syllabus = self.syllabus.display();
                    let message = format!("no exercise {exercise}, which `{name}` grades");
                    return Err(format!("{syllabus}: {message}").into());
                }
            }
        }
        Ok(())
    }

    fn grade(
        &self,
        syllabus: &Syllabus,
        chosen: &[(&Chapter, &Exercise)],
        suites: &Suites,
        exact: bool,
        property: Option<&str>,
        threads: usize,
    ) -> Result<ExitCode, Trouble> {
        let given_seed = seed_from_environment()?;
        let seed = given_seed.map_or_else(fresh_seed, Ok)?;
        let conditions = Conditions {
            property,
            seed,
            // A seed that was asked for is not preceded by a case that another one found.
            with_replay: given_seed.is_none(),
            limits: limits_from_environment()?,
        };
        let one = |&(chapter, exercise): &(&Chapter, &Exercise)| {
            let suite = suites.of(exercise.id()).ok_or("its suite is not loaded")?;
            self.grade_one(chapter, exercise, suite, &conditions)
        };
        let mut graded = in_parallel(chosen, threads, one)
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;

        // What an exercise stands on may have been graded after it.
        for (graded, (_, exercise)) in graded.iter_mut().zip(chosen) {
            graded.unsolved_needs = self.unsolved_needs(syllabus, exercise);
        }

        let points = |graded: &[Graded]| -> u32 { graded.iter().map(Graded::points).sum() };
        let report = Report {
            schema: SCHEMA,
            subject: self.workbook.subject.to_owned(),
            seed,
            points: points(&graded),
            possible: graded.iter().map(|graded| graded.stars).sum(),
            exercises: graded,
        };
        let json = serde_json::to_string_pretty(&report)?;
        record::write_whole(&self.grade.join("report.json"), &json)?;

        let width = report::width();
        for graded in &report.exercises {
            print(&report::failure(graded, seed, width));
        }
        if exact {
            print(&report::remarks(&report));
        } else {
            print(&report::board(
                &report,
                syllabus,
                self.next(syllabus, &report.exercises).as_ref(),
                width,
            ));
        }
        let all = report.points == report.possible;
        Ok(if all {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        })
    }

    fn grade_one(
        &self,
        chapter: &Chapter,
        exercise: &Exercise,
        suite: &Loaded,
        conditions: &Conditions<'_>,
    ) -> Result<Graded, Trouble> {
        let &Conditions {
            property,
            seed,
            with_replay,
            limits,
        } = conditions;
        let id = exercise.id();
        let properties = properties(&suite.properties, id, property);
        if properties.is_empty() {
            let name = property.unwrap_or_default();
            return Err(format!("exercise {id} has no property `{name}`").into());
        }
        let subject = self.workbook.subject;
        let replay = record::read(self.grade, subject, id).and_then(|record| record.replay);
        let replay = replay.filter(|_| with_replay);
        let task = Task {
            id,
            program: &suite.program,
            properties: &properties,
            seed,
            replay: replay.as_ref(),
        };
        let ended = isolation::grade(&task, limits, self.grade)
            .map_err(|error| format!("exercise {id} could not be graded: {error}"))?;

        let record = Record {
            verdict: ended.verdict.clone(),
            replay: ended.failure.as_ref().map(|failure| failure.case.clone()),
        };
        record::write(self.grade, subject, id, &record)?;

        let (file, line, _) = self.place(chapter, exercise);
        Ok(Graded {
            id: id.to_owned(),
            title: exercise.title.clone(),
            chapter: chapter.module.get_ref().clone(),
            stars: exercise.stars,
            file,
            line,
            unsolved_needs: Vec::new(),
            verdict: ended.verdict,
            failure: ended.failure,
            printed: ended.printed,
            seconds: ended.took.as_secs_f64(),
        })
    }

    /// Where to go on: at the first answer of this run that is not right yet, and else at the first
    /// exercise of the book that is not known to be solved.
    fn next(&self, syllabus: &Syllabus, graded: &[Graded]) -> Option<report::Next> {
        if let Some(wrong) = graded.iter().find(|graded| graded.failure.is_some()) {
            return Some(report::Next {
                id: wrong.id.clone(),
                title: wrong.title.clone(),
                file: wrong.file.clone(),
                line: wrong.line,
                begun: true,
            });
        }
        // Where something is missing on this machine, there is nothing to do but to fetch it.
        let mut exercises = syllabus.exercises();
        let (chapter, exercise) = exercises
            .find(|(_, exercise)| !self.is_solved(exercise.id()) && !self.is_skipped(exercise.id()))
            .or_else(|| {
                let mut exercises = syllabus.exercises();
                exercises.find(|(_, exercise)| !self.is_solved(exercise.id()))
            })?;
        let (file, line, begun) = self.place(chapter, exercise);
        Some(report::Next {
            id: exercise.id().to_owned(),
            title: exercise.title.clone(),
            file,
            line,
            begun,
        })
    }

    /// Where the learner works on `exercise`: the file, the line, and whether there is more than its
    /// stub.
    fn place(&self, chapter: &Chapter, exercise: &Exercise) -> (String, usize, bool) {
        let tree = self.root.join(self.workbook.subject);
        let file = chapter.file(&tree, exercise, "rs");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let line = exercise_file::place_to_work(&text, exercise.id());
        let begun = !text.is_empty() && !exercise_file::has_todo(&text);
        (paths::shown(self.root, &file), line, begun)
    }

    /// The exercises that `exercise` calls, straight or through others, and that are not known to
    /// be solved.
    fn unsolved_needs(&self, syllabus: &Syllabus, exercise: &Exercise) -> Vec<String> {
        let mut needs = syllabus.all_needs(exercise);
        needs.retain(|need| !self.is_solved(need));
        needs.into_iter().map(str::to_owned).collect()
    }

    fn is_solved(&self, id: &str) -> bool {
        let record = record::read(self.grade, self.workbook.subject, id);
        record.is_some_and(|record| record.verdict == Verdict::Solved)
    }

    fn is_skipped(&self, id: &str) -> bool {
        let record = record::read(self.grade, self.workbook.subject, id);
        record.is_some_and(|record| matches!(record.verdict, Verdict::Skipped { .. }))
    }
}

/// The properties of the exercise `id`, or the one called `name`.
fn properties(all: &[About], id: &str, name: Option<&str>) -> Vec<About> {
    let of_it = all.iter().filter(|property| property.exercise == id);
    let chosen = of_it.filter(|property| name.is_none_or(|name| property.name == name));
    chosen.cloned().collect()
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
            return Err(format!(
                "no exercise or chapter `{filter}`; `cargo test -- --list` lists them"
            )
            .into());
        }
        ids.extend(found.iter().map(|(_, exercise)| exercise.id()));
    }
    Ok(syllabus
        .exercises()
        .filter(|(_, exercise)| ids.contains(&exercise.id()))
        .collect())
}

/// Applies `work` to every item, `threads` at a time, and gives the results in the items' order.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            scope.spawn(|| {
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(item) = items.get(index)
                {
                    let result = work(item);
                    results
                        .lock()
                        .expect("no worker panics")
                        .insert(index, result);
                }
            });
        }
    });
    results
        .into_inner()
        .expect("no worker panics")
        .into_values()
        .collect()
}

fn seed_from_environment() -> Result<Option<Seed>, Trouble> {
    let Ok(text) = env::var(SEED_VARIABLE) else {
        return Ok(None);
    };
    let seed = text
        .parse()
        .map_err(|error| format!("{SEED_VARIABLE}={text}: {error}"))?;
    Ok(Some(seed))
}

fn fresh_seed() -> Result<Seed, Trouble> {
    Ok(Seed(getrandom::u64()?))
}

fn limits_from_environment() -> Result<Limits, Trouble> {
    let mut limits = Limits::default();
    if let Ok(text) = env::var(SECONDS_VARIABLE) {
        let seconds: NonZero<u64> = text
            .parse()
            .map_err(|error| format!("{SECONDS_VARIABLE}={text}: {error}"))?;
        limits.time = Duration::from_secs(seconds.get());
    }
    Ok(limits)
}

fn print(text: &str) {
    // A reader who has seen enough, as `head` has, is no reason to fail.
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}
