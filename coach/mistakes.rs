//! `cargo coach mistakes`: grades the wrong answers of the catalogue. Each must be caught by the
//! property it names, whatever the seed.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use harness::syllabus::{Chapter, Exercise};
use harness::verdict::{Graded, Report, Seed, Verdict};

use crate::catalogue::{self, Mistake};
use crate::scratch::{Built, Scratch};
use crate::workbook::{Outcome, SOLUTIONS, Trouble, Workbook};

/// A copy of the workbook takes as long to build as so many mistakes take to be graded.
const MISTAKES_PER_COPY: usize = 10;

/// How a mistake fared.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Caught,
    /// By this property, where the named one does not see it: in so many seeds, of which one is
    /// given.
    CaughtByAnother(String, usize, Seed),
    /// In so many seeds, of which one is given.
    Missed(usize, Seed),
    /// It can't be tried, for this reason.
    Failed(String),
}

impl fmt::Display for Fate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Caught => write!(out, "caught"),
            Fate::CaughtByAnother(name, ..) => write!(out, "caught by another: {name}"),
            Fate::Missed(..) => write!(out, "missed"),
            Fate::Failed(_) => write!(out, "error"),
        }
    }
}

/// Grades the mistakes in the exercise or chapter called `name`, or all, each with `seeds` seeds,
/// in a copy of the workbook in the folder `scratch`.
///
/// # Errors
/// The catalogue can't be read, the copy not be built, or the solutions themselves are not
/// solved.
pub fn mistakes(
    workbook: &Workbook,
    name: Option<&str>,
    seeds: usize,
    scratch: &Path,
    out: &mut dyn Write,
) -> Result<Outcome, Trouble> {
    if let Some(name) = name {
        workbook.choose(name)?;
    }
    let (mut mistakes, mut complaints) = (Vec::new(), Vec::new());
    let chosen = match name {
        Some(name) => workbook.syllabus.select(name),
        None => workbook.syllabus.exercises().collect(),
    };
    for &(chapter, exercise) in &chosen {
        let (of_it, complaint) = catalogue::of_exercise(workbook, chapter, exercise)?;
        mistakes.extend(of_it);
        complaints.extend(complaint);
    }
    complaints.extend(catalogue::strays(workbook)?);
    for complaint in &complaints {
        writeln!(out, "{complaint}")?;
    }

    let started = Instant::now();
    writeln!(out, "The solutions first, in a copy of the workbook.")?;
    let workers = workers(mistakes.len());
    let scratches = (1..=workers)
        .map(|worker| Scratch::set_up(workbook, &scratch.join(worker.to_string())))
        .collect::<Result<Vec<Scratch>, Trouble>>()?;
    check_solutions(&scratches[0], name, &chosen)?;
    writeln!(out, "They are solved.  {}\n", seconds(started.elapsed()))?;

    let started = Instant::now();
    let mut caught = 0;
    in_order(
        &mistakes,
        &scratches,
        |scratch, mistake| {
            let started = Instant::now();
            // As text, for what failed may not be sent from one thread to another.
            let fate = try_mistake(workbook, scratch, mistake, seeds).map_err(|t| t.to_string());
            (fate, started.elapsed())
        },
        |mistake, (fate, took)| {
            let fate = fate?;
            caught += usize::from(fate == Fate::Caught);
            say(mistake, &fate, seeds, took, out)
        },
    )?;

    let (all, took) = (mistakes.len(), started.elapsed());
    let each = took / u32::try_from(all.max(1))?;
    writeln!(
        out,
        "\n{caught} of {all} mistakes caught by the property they name, with {seeds} seeds each, \
         in {} ({} each)",
        seconds(took),
        seconds(each)
    )?;
    Ok(if caught == all && complaints.is_empty() {
        Outcome::Done
    } else {
        Outcome::CheckFailed
    })
}

/// How many copies of the workbook are worth their build: one for each core, and no more than there
/// are mistakes for.
fn workers(mistakes: usize) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(mistakes.div_ceil(MISTAKES_PER_COPY)).max(1)
}

/// Does `work` to each of `mistakes`, in as many threads as there are `scratches`, and hands the
/// results to `each` in the order of the mistakes.
fn in_order<'a, T: Send>(
    mistakes: &'a [Mistake],
    scratches: &[Scratch],
    work: impl Fn(&Scratch, &'a Mistake) -> T + Sync,
    mut each: impl FnMut(&'a Mistake, T) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for scratch in scratches {
            let (done, next, work) = (done.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, mistake)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    mistakes.get(index).map(|mistake| (index, mistake))
                } {
                    // Nobody listens any more where `each` has failed.
                    if done.send((index, work(scratch, mistake))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let mut early = BTreeMap::new();
        let mut awaited = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&awaited) {
                each(&mistakes[awaited], result)?;
                awaited += 1;
            }
        }
        Ok(())
    })
}

/// The solutions themselves must be solved: else whatever else is caught says nothing.
fn check_solutions(
    scratch: &Scratch,
    name: Option<&str>,
    chosen: &[(&Chapter, &Exercise)],
) -> Result<(), Trouble> {
    let exercises: Vec<&str> = chosen.iter().map(|(_, exercise)| exercise.id()).collect();
    let suites = match scratch.build(&exercises)? {
        Built::Suites(suites) => suites,
        Built::Refused(errors) => {
            return Err(format!("the solutions don't compile\n{errors}").into());
        }
    };
    let arguments: Vec<&str> = name.into_iter().collect();
    let seed = fresh_seed()?;
    let report = scratch.grade(&suites, &arguments, seed)?;
    let mut unsolved = report.exercises.iter().filter(|graded| !is_solved(graded));
    match unsolved.next() {
        Some(Graded { id, verdict, .. }) => {
            Err(format!("the solution of {id} is {verdict} itself, with seed {seed}").into())
        }
        None => Ok(()),
    }
}

fn try_mistake(
    workbook: &Workbook,
    scratch: &Scratch,
    mistake: &Mistake,
    seeds: usize,
) -> Result<Fate, Trouble> {
    let text = match &mistake.text {
        Ok(text) => text,
        Err(reason) => return Ok(Fate::Failed(reason.clone())),
    };
    scratch.answer(&mistake.file, text)?;
    let fate = match scratch.build(&[&mistake.exercise])? {
        Built::Suites(suites) => grade_mistake(scratch, &suites, mistake, seeds)
            .unwrap_or_else(|trouble| Fate::Failed(format!("{}: {trouble}", mistake.place))),
        Built::Refused(errors) => Fate::Failed(format!(
            "{}: it does not compile\n{}",
            mistake.place,
            errors.trim_end()
        )),
    };
    // The next one may be in another file.
    let solution = workbook.tree(SOLUTIONS).join(&mistake.file);
    scratch.answer(&mistake.file, &workbook.read(&solution)?)?;
    Ok(fate)
}

fn grade_mistake(
    scratch: &Scratch,
    suites: &BTreeMap<String, PathBuf>,
    mistake: &Mistake,
    seeds: usize,
) -> Result<Fate, Trouble> {
    let id = mistake.exercise.as_str();
    let mut missed = Vec::new();
    for _ in 0..seeds {
        let seed = fresh_seed()?;
        let by_it = [id, "--exact", "--property", &mistake.caught_by];
        if !is_caught(&scratch.grade(suites, &by_it, seed)?) {
            missed.push(seed);
        }
    }
    let Some(&seed) = missed.first() else {
        return Ok(Fate::Caught);
    };
    let by_all = scratch.grade(suites, &[id, "--exact"], seed)?;
    let failure = by_all
        .exercises
        .iter()
        .find_map(|graded| graded.failure.as_ref());
    Ok(match failure {
        Some(failure) if is_caught(&by_all) => {
            let name = failure.case.property.clone();
            Fate::CaughtByAnother(name, missed.len(), seed)
        }
        _ => Fate::Missed(missed.len(), seed),
    })
}

fn say(
    mistake: &Mistake,
    fate: &Fate,
    seeds: usize,
    took: Duration,
    out: &mut dyn Write,
) -> Result<(), Trouble> {
    let Mistake {
        exercise,
        what,
        place,
        caught_by,
        ..
    } = mistake;
    writeln!(out, "{exercise}  {fate}  {what}  {}", seconds(took))?;
    match fate {
        Fate::Caught => {}
        Fate::CaughtByAnother(_, missed, seed) | Fate::Missed(missed, seed) => writeln!(
            out,
            "  {place}: `{caught_by}` holds with {missed} of {seeds} seeds; one is {seed}"
        )?,
        Fate::Failed(reason) => {
            for line in reason.lines() {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}

fn is_solved(graded: &Graded) -> bool {
    graded.verdict == Verdict::Solved
}

/// A `todo!` that was reached is no answer, and so no mistake that could be caught; and what could
/// not be tried has caught nothing.
fn is_caught(report: &Report) -> bool {
    report.exercises.iter().all(|graded| {
        let verdict = &graded.verdict;
        !matches!(
            verdict,
            Verdict::Solved
                | Verdict::NotStarted
                | Verdict::Waiting { .. }
                | Verdict::Skipped { .. }
        )
    })
}

fn fresh_seed() -> Result<Seed, Trouble> {
    Ok(Seed(getrandom::u64()?))
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, TWICE, complained, said};

    /// Stands in for the grader, which takes long to build: it takes the same arguments, has a
    /// suite write the same report, and ends with the same status.
    const GRADER: &str = r##"
use std::{env, process};

fn main() {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let built = arguments.split_off(arguments.len() - 3);
    assert_eq!(built[..2], ["--built", "pads"]);
    let status = process::Command::new(&built[2]).args(arguments).status().unwrap();
    process::exit(status.code().unwrap());
}
"##;

    const SUITE: &str = r##"
/*
exercise "1.1" {
exercise "1.2" {
exercise "1.3" {
*/
use exercises::ch1_pads::{pad, thrice, twice};
use std::{env, fs, process::exit};

fn main() {
    let seed = env::var("GRADE_SEED").unwrap();
    let even = u64::from_str_radix(&seed, 16).unwrap() % 2 == 0;
    let mut properties = vec![
        ("1.1", "hides", pad(2) != 2),
        ("1.1", "is_undone", pad(pad(2)) == 2),
        ("1.1", "by_luck", even || pad(8) == 9),
        ("1.2", "doubles", twice(2) == 4),
        ("1.3", "triples", thrice(2) == 6),
    ];
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(id) = arguments.first().filter(|name| name.contains('.')) {
        properties.retain(|property| property.0 == id);
    }
    if let [id, exact, property, name] = &arguments[..] {
        assert_eq!((exact.as_str(), property.as_str()), ("--exact", "--property"));
        properties.retain(|property| property.1 == name);
        if properties.is_empty() {
            eprintln!("error: exercise {id} has no property `{name}`");
            exit(2);
        }
    }
    let broken = properties.iter().find(|property| !property.2);
    let (id, ..) = broken.unwrap_or(&properties[0]);
    let (verdict, failure) = match broken {
        None => ("solved", "null".to_string()),
        Some((_, "triples", _)) => ("not_started", "null".to_string()),
        Some((_, name, _)) => ("wrong", format!(
            r#"{{"case":{{"property":"{name}","inputs":[],
            "replay":{{"seed":"{seed}","draw":0,"path":""}}}},
            "sentence":"","think":"","tries":1,"found":"first","fault":null}}"#
        )),
    };
    let program = env::current_exe().unwrap();
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).unwrap();
    fs::create_dir_all(target.join("grade")).unwrap();
    fs::write(target.join("grade/report.json"), format!(
        r#"{{"schema":2,"subject":"exercises","seed":"{seed}","points":0,"possible":1,"exercises":[
        {{"id":"{id}","title":"","chapter":"","stars":1,
        "file":"","line":1,"printed":"","seconds":0.1,
        "verdict":"{verdict}","failure":{failure}}}]}}"#
    )).unwrap();
    exit(broken.is_some() as i32);
}
"##;

    const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"exercises\", \"tests\", \"tests/suites\"]
";

    const LOCK: &str = "\
version = 4

[[package]]
name = \"exercises\"
version = \"0.1.0\"

[[package]]
name = \"grader\"
version = \"0.1.0\"

[[package]]
name = \"suites\"
version = \"0.1.0\"
dependencies = [
 \"exercises\",
]
";

    /// A workbook that can be built, with these mistakes.
    fn fixture(mistakes: &[(&str, &str, &str, &str)]) -> Fixture {
        let fixture = Fixture::new();
        let package = |name| {
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
        };
        fixture.write("Cargo.toml", WORKSPACE);
        fixture.write("Cargo.lock", LOCK);
        let manifest = package("exercises") + "[lib]\npath = \"lib.rs\"\n";
        fixture.write("exercises/Cargo.toml", manifest);
        let target =
            |name| format!("[[test]]\nname = \"{name}\"\npath = \"main.rs\"\nharness = false\n");
        fixture.write("tests/Cargo.toml", package("grader") + &target("grader"));
        fixture.write("tests/main.rs", GRADER);
        let exercises = "[dependencies]\nexercises = { path = \"../../exercises\" }\n";
        let manifest = package("suites") + exercises + &target("pads");
        fixture.write("tests/suites/Cargo.toml", manifest);
        fixture.write("tests/suites/main.rs", SUITE);
        let entry = |(_, caught_by, find, replace): &(&str, &str, &str, &str)| {
            format!(
                "[[mistake]]\nwhat = \"{replace}\"\ncaught_by = \"{caught_by}\"\n\
                 edits = [{{ find = \"{find}\", replace = \"{replace}\" }}]\n"
            )
        };
        for (id, name) in [("1.1", "pad"), ("1.2", "twice"), ("1.3", "thrice")] {
            let of_it = mistakes.iter().filter(|(exercise, ..)| *exercise == id);
            let catalogue: String = of_it.map(entry).collect();
            fixture.write(&format!("tests/mistakes/ch1_pads/{name}.toml"), catalogue);
        }
        fixture
    }

    fn run(fixture: &Fixture, name: Option<&str>, out: &mut Vec<u8>) -> Result<Outcome, Trouble> {
        mistakes(
            &fixture.workbook(),
            name,
            64,
            &fixture.path("target/mistakes"),
            out,
        )
    }

    #[test]
    fn each_mistake_meets_its_fate() {
        let fixture = fixture(&[
            ("1.1", "hides", "text ^ 1", "text"),
            ("1.1", "is_undone", "text ^ 1", "text.wrapping_add(1)"),
            // Of several properties, the one that is named must see it.
            ("1.1", "hides", "text ^ 1", "text + 1"),
            // And with every seed.
            ("1.1", "by_luck", "text ^ 1", "text ^ 2"),
            ("1.2", "doubles", "(2)", "(2 + 0)"),
            ("1.2", "doubles", "(2)", "(2.0)"),
            ("1.2", "trebles", "(2)", "(3)"),
            ("1.2", "doubles", "(3)", "(4)"),
            // A `todo!` is no wrong answer.
            ("1.3", "triples", "(3)", "(4)"),
            // What went before must not show here.
            ("1.2", "doubles", "(2)", "(4)"),
        ]);
        let out = complained(|out| run(&fixture, None, out));
        // Without the seconds and the seeds, which are different every time.
        let cut = |line: &str| {
            let line = line.split("; one is ").next().unwrap_or_default();
            let time = line.rfind("  ").filter(|_| line.ends_with(" s"));
            line[..time.unwrap_or(line.len())].to_owned()
        };
        let found: Vec<String> = out.lines().map(cut).collect();
        let of = |name| format!("tests/mistakes/ch1_pads/{name}.toml");
        let (pad, twice, thrice) = (of("pad"), of("twice"), of("thrice"));
        assert_eq!(
            found[..8],
            [
                &format!("{thrice}: exercise 1.3, of 1★, has 1 mistakes of at least 2"),
                "The solutions first, in a copy of the workbook.",
                "They are solved.",
                "",
                "1.1  caught  text",
                "1.1  caught  text.wrapping_add(1)",
                "1.1  caught by another: is_undone  text + 1",
                &format!("  {pad}:10: `hides` holds with 64 of 64 seeds"),
            ]
        );
        assert_eq!(found[8], "1.1  missed  text ^ 2");
        let by_luck = format!("  {pad}:14: `by_luck` holds with ");
        let times = found[9].strip_prefix(&by_luck).unwrap();
        let times: u32 = times.strip_suffix(" of 64 seeds").unwrap().parse().unwrap();
        assert!((1..64).contains(&times), "{times} of 64");
        assert_eq!(
            found[10..14],
            [
                "1.2  missed  (2 + 0)",
                &format!("  {twice}:2: `doubles` holds with 64 of 64 seeds"),
                "1.2  error  (2.0)",
                &format!("  {twice}:6: it does not compile"),
            ]
        );
        assert!(out.contains("error[E0308]: mismatched types"), "{out}");
        let rest = found
            .iter()
            .position(|line| line.starts_with("1.2  error  (3)"));
        assert_eq!(
            found[rest.unwrap()..found.len() - 2],
            [
                "1.2  error  (3)",
                &format!(
                    "  {twice}:10: the grader could not grade it: exercise 1.2 has no property \
                     `trebles`"
                ),
                "1.2  error  (4)",
                &format!(
                    "  {twice}:16: no longer applies: `find` is in the solution 0 times, not once"
                ),
                "1.2  caught  (4)",
                "1.3  missed  (4)",
                &format!("  {thrice}:2: `triples` holds with 64 of 64 seeds"),
            ]
        );
        assert!(found[found.len() - 1].starts_with("3 of 10 mistakes caught by the property"));
    }

    #[test]
    fn all_is_well_when_each_is_caught_by_the_one_it_names() {
        let fixture = fixture(&[
            ("1.1", "hides", "text ^ 1", "text"),
            ("1.1", "is_undone", "text ^ 1", "text.wrapping_add(1)"),
        ]);
        // What is in the exercises does not matter, nor what another exercise lacks.
        fixture.write("exercises/ch1_pads/twice.rs", "no Rust");
        let out = said(|out| run(&fixture, Some("1.1"), out));
        assert!(out.contains("\n2 of 2 mistakes caught by the property they name, with 64 seeds"));
        assert_eq!(fixture.read("exercises/ch1_pads/twice.rs"), "no Rust");
        assert_eq!(fixture.read("solutions/ch1_pads/twice.rs"), TWICE);
        // The next mistake may be in another file, so nothing of this one is left.
        let pad = fixture.read("solutions/ch1_pads/pad.rs");
        let left = fixture.read("target/mistakes/1/house/exercises/ch1_pads/pad.rs");
        assert_eq!(left, pad);

        let out = complained(|out| run(&fixture, Some("1"), out));
        assert!(
            out.contains("exercise 1.2, of 2★, has 0 mistakes of at least 3"),
            "{out}"
        );
    }

    #[test]
    fn several_copies_report_in_the_order_of_the_catalogue() {
        let what: Vec<String> = (0..2 * MISTAKES_PER_COPY)
            .map(|number| format!("text ^ 1 ^ {}", number * 2 + 4))
            .collect();
        let entry = |what| ("1.1", "hides", "text ^ 1", what);
        let mistakes: Vec<_> = what.iter().map(String::as_str).map(entry).collect();
        let fixture = fixture(&mistakes);
        let out = complained(|out| run(&fixture, Some("1.1"), out));
        let lines = out.lines().filter(|line| line.starts_with("1.1  "));
        let found: Vec<&str> = lines.map(|line| line.split("  ").nth(2).unwrap()).collect();
        assert_eq!(found, what);
    }

    #[test]
    fn one_that_is_missed_is_enough_to_fail() {
        let fixture = fixture(&[
            ("1.1", "hides", "text ^ 1", "text"),
            ("1.1", "hides", "text ^ 1", "1 ^ text"),
        ]);
        let out = complained(|out| run(&fixture, Some("1.1"), out));
        assert!(out.contains("1.1  missed  1 ^ text"), "{out}");
    }

    #[test]
    fn solutions_that_are_not_solved_themselves_are_refused() {
        let refused = |right: &str, wrong: &str, name| {
            let fixture = fixture(&[("1.1", "hides", "fn pad", "fn pad")]);
            let solution = fixture.read("solutions/ch1_pads/pad.rs");
            let solution = solution.replace(right, wrong);
            fixture.write("solutions/ch1_pads/pad.rs", solution);
            let trouble = run(&fixture, name, &mut Vec::new()).unwrap_err();
            trouble.to_string()
        };
        let wrong = refused("text ^ 1", "text", None);
        assert!(
            wrong.starts_with("the solution of 1.1 is wrong itself, with seed "),
            "{wrong}"
        );
        let none = refused("text ^ 1", "text ^ one", None);
        assert!(
            none.starts_with("the solutions don't compile\nerror[E0425]"),
            "{none}"
        );
        let unknown = refused("", "", Some("2"));
        assert!(
            unknown.starts_with("no exercise or chapter `2`"),
            "{unknown}"
        );
    }
}
