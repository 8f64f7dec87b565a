//! Grades the wrong answers of the catalogue. Each must be caught by the property it names, whatever
//! the seed.
//!
//! Compiling takes most of the time, so mistakes that the same program grades and that can't meet share a
//! build: an answer is graded as if it were alone if no exercise that it calls, or that calls it, is wrong
//! in the same build.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use book::protocol::Description;
use book::syllabus::{Chapter, Exercise, Syllabus};
use book::verdict::{Seed, Verdict};
use book::workbook::{SOLUTIONS, Trouble, Workbook};
use runner::cargo::Built;
use runner::child::{self, Ended, Limits, Task};
use runner::{Cancel, parallel, run};

use crate::catalogue::{self, Mistake};
use crate::scratch::Scratch;

/// A copy of the workbook takes as long to build as so many mistakes take to be graded.
const MISTAKES_PER_COPY: usize = 10;

/// What a wrong answer may take. One that never ends is waited for with every seed, so this is shorter
/// than a learner's time, and four times as long as any exercise takes.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(6),
    memory: 256 << 20,
};

/// How a mistake fared.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Caught,
    /// By this property, and not always by the one that is named.
    CaughtByAnother(String, Misses),
    Missed(Misses),
    /// It can't be tried, for this reason.
    Failed(String),
}

/// With how many of the seeds that were tried a mistake was missed, and one of these.
#[derive(Debug, PartialEq, Eq)]
struct Misses {
    missed: usize,
    tried: usize,
    seed: Seed,
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

/// Grades the mistakes in the exercise or chapter called `name`, or all, each with `seeds` seeds, in copies
/// of the workbook in the folder `scratch`. Says whether all are caught, and nothing is missing in the
/// catalogue.
///
/// A property whose cases are fixed finds the same with every seed, so it is given one.
///
/// # Errors
/// The catalogue can't be read, the copy can't be built, or the solutions themselves are not solved.
pub fn judge_all(
    workbook: &Workbook,
    name: Option<&str>,
    seeds: usize,
    scratch: &Path,
    out: &mut dyn Write,
) -> Result<bool, Trouble> {
    if let Some(name) = name {
        // For its error: under a wrong name, `select` below would find nothing, and all would be well.
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
    // One copy speaks for all of them: they have the same files.
    let properties = check_solutions(&scratches[0], &chosen)?;
    writeln!(out, "They are solved.  {}\n", seconds(started.elapsed()))?;

    let started = Instant::now();
    let programs = mistakes
        .iter()
        .map(|mistake| scratches[0].program_of(&mistake.exercise))
        .collect::<Result<Vec<&str>, Trouble>>()?;
    let batches = batches(&workbook.syllabus, &mistakes, &programs);
    let (mut caught, mut said) = (0, 0);
    let mut fates = BTreeMap::new();
    parallel::in_order(
        &scratches,
        &batches,
        |scratch, batch| {
            let judge = Judge {
                workbook,
                scratch,
                properties: &properties,
                seeds,
            };
            let batch: Vec<&Mistake> = batch.iter().map(|&index| &mistakes[index]).collect();
            judge.batch(&batch)
        },
        |batch, of_it| {
            fates.extend(batch.iter().copied().zip(of_it));
            // In the order of the catalogue.
            while let Some((fate, took)) = fates.remove(&said) {
                caught += usize::from(fate == Fate::Caught);
                say(&mistakes[said], &fate, took, out)?;
                said += 1;
            }
            Ok::<(), Trouble>(())
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
    Ok(caught == all && complaints.is_empty())
}

/// How many copies of the workbook are worth their build: one for each core, and no more than there
/// are mistakes for.
fn workers(mistakes: usize) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // At least one, even without mistakes: the solutions are checked in it.
    cores.min(mistakes.div_ceil(MISTAKES_PER_COPY)).max(1)
}

/// The mistakes by their places in the catalogue, in groups that share a build: of one program, of each
/// exercise one at most, and none of an exercise that another one of the group calls, straight or through
/// others.
fn batches(syllabus: &Syllabus, mistakes: &[Mistake], programs: &[&str]) -> Vec<Vec<usize>> {
    let needs = |id: &str| {
        let found = syllabus.find(id);
        found.map_or_else(Vec::new, |(_, exercise)| syllabus.all_needs(exercise))
    };
    let ids: Vec<&str> = mistakes.iter().map(|one| one.exercise.as_str()).collect();
    let needs: BTreeMap<&str, Vec<&str>> = ids.iter().map(|&id| (id, needs(id))).collect();
    let meet = |one: &str, other: &str| {
        one == other || needs[one].contains(&other) || needs[other].contains(&one)
    };
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let is_free = |batch: &&mut Vec<usize>| {
            programs[batch[0]] == programs[index]
                && !batch.iter().any(|&other| meet(ids[other], id))
        };
        match batches.iter_mut().find(is_free) {
            Some(batch) => batch.push(index),
            None => batches.push(vec![index]),
        }
    }
    batches
}

/// The properties of each program, by its name.
type Properties = BTreeMap<String, Vec<Description>>;

/// The solutions themselves must be solved: else whatever else is caught says nothing.
fn check_solutions(
    scratch: &Scratch,
    chosen: &[(&Chapter, &Exercise)],
) -> Result<Properties, Trouble> {
    let ids: Vec<&str> = chosen.iter().map(|(_, exercise)| exercise.id()).collect();
    let programs = match scratch.build(&ids)? {
        Built::Programs(programs) => programs,
        Built::Refused(errors) => {
            return Err(format!("the solutions don't compile\n{errors}").into());
        }
        Built::Cancelled => return Err("the build was cancelled".into()),
    };
    let mut properties = BTreeMap::new();
    for (name, program) in &programs {
        properties.insert(name.clone(), run::properties_of(program)?);
    }
    let seed = Seed::fresh();
    for id in ids {
        let name = scratch.program_of(id)?;
        let of_it: Vec<Description> = of_exercise(&properties[name], id).cloned().collect();
        let ended = grade(scratch, &programs[name], id, &of_it, seed)?;
        if ended.verdict != Verdict::Solved {
            let verdict = ended.verdict;
            return Err(
                format!("the solution of {id} is {verdict} itself, with seed {seed}").into(),
            );
        }
    }
    Ok(properties)
}

fn of_exercise<'a>(
    properties: &'a [Description],
    id: &str,
) -> impl Iterator<Item = &'a Description> {
    properties
        .iter()
        .filter(move |property| property.exercise == id)
}

fn grade(
    scratch: &Scratch,
    program: &Path,
    id: &str,
    properties: &[Description],
    seed: Seed,
) -> Result<Ended, Trouble> {
    let task = Task {
        id,
        program,
        properties,
        seed,
        replay: None,
        is_first_enough: true,
    };
    let ended = child::grade(&task, LIMITS, &scratch.desk(), &Cancel::default())
        .map_err(|error| format!("the grader could not grade it: {error}"))?;
    Ok(ended.ok_or("the grading was cancelled")?)
}

/// Grades mistakes in one copy of the workbook.
struct Judge<'a> {
    workbook: &'a Workbook,
    scratch: &'a Scratch,
    properties: &'a Properties,
    seeds: usize,
}

impl Judge<'_> {
    /// Grades mistakes that can't meet. What can't be compiled together is compiled one by one.
    fn batch(&self, batch: &[&Mistake]) -> Vec<(Fate, Duration)> {
        let started = Instant::now();
        let built = self.build(batch);
        // The build is shared, so each mistake is charged its share.
        let each = started.elapsed() / u32::try_from(batch.len()).unwrap_or(1).max(1);
        match built {
            Ok(Built::Programs(programs)) => {
                let judged = batch.iter().map(|mistake| {
                    let started = Instant::now();
                    let fate = self.fate(&programs, mistake);
                    (fate, each + started.elapsed())
                });
                judged.collect()
            }
            _ if batch.len() > 1 => batch.iter().flat_map(|one| self.batch(&[one])).collect(),
            Ok(Built::Refused(errors)) => {
                let place = &batch[0].place;
                let reason = format!("{place}: it does not compile\n{}", errors.trim_end());
                vec![(Fate::Failed(reason), each)]
            }
            Ok(Built::Cancelled) => vec![(Fate::Failed("it was cancelled".to_owned()), each)],
            Err(trouble) => vec![(Fate::Failed(trouble.to_string()), each)],
        }
    }

    /// Builds the programs with these wrong answers, and puts the right ones back.
    fn build(&self, batch: &[&Mistake]) -> Result<Built, Trouble> {
        // Before any answer is in place: one that stayed there would be graded with the next batch. If the
        // mistake is alone, it is said why.
        let texts = batch.iter().map(|mistake| mistake.text.clone());
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        for (mistake, text) in batch.iter().zip(&texts) {
            self.scratch.answer(&mistake.file, text)?;
        }
        let ids: Vec<&str> = batch.iter().map(|one| one.exercise.as_str()).collect();
        // An error is returned only when the solutions are back in place.
        let built = self.scratch.build(&ids);
        let solutions = self.workbook.tree(SOLUTIONS);
        for mistake in batch {
            let solution = self.workbook.read(&solutions.join(&mistake.file))?;
            self.scratch.answer(&mistake.file, &solution)?;
        }
        built
    }

    fn fate(&self, programs: &BTreeMap<String, PathBuf>, mistake: &Mistake) -> Fate {
        self.try_seeds(programs, mistake)
            .unwrap_or_else(|trouble| Fate::Failed(format!("{}: {trouble}", mistake.place)))
    }

    fn try_seeds(
        &self,
        programs: &BTreeMap<String, PathBuf>,
        mistake: &Mistake,
    ) -> Result<Fate, Trouble> {
        let id = mistake.exercise.as_str();
        let name = self.scratch.program_of(id)?;
        let (program, all) = (&programs[name], &self.properties[name]);
        let named = of_exercise(all, id).find(|property| property.name == mistake.caught_by);
        let Some(named) = named else {
            let property = &mistake.caught_by;
            return Err(format!("exercise {id} has no property `{property}`").into());
        };
        let seeds = if named.is_fixed { 1 } else { self.seeds };
        let mut missed = Vec::new();
        for _ in 0..seeds {
            let seed = Seed::fresh();
            let ended = grade(self.scratch, program, id, std::slice::from_ref(named), seed)?;
            if !is_caught(&ended) {
                missed.push(seed);
            }
            // An answer that never ends is caught, and need not be waited for again.
            if matches!(ended.verdict, Verdict::OutOfTime { .. }) {
                break;
            }
        }
        let Some(&seed) = missed.first() else {
            return Ok(Fate::Caught);
        };
        let misses = Misses {
            missed: missed.len(),
            tried: seeds,
            seed,
        };
        let of_it: Vec<Description> = of_exercise(all, id).cloned().collect();
        // Missed by the property that is named, with this seed. Would another one have caught it?
        let by_all = grade(self.scratch, program, id, &of_it, seed)?;
        Ok(match &by_all.failure {
            Some(failure) if is_caught(&by_all) => {
                let name = failure.case.property.clone();
                Fate::CaughtByAnother(name, misses)
            }
            _ => Fate::Missed(misses),
        })
    }
}

fn say(mistake: &Mistake, fate: &Fate, took: Duration, out: &mut dyn Write) -> Result<(), Trouble> {
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
        Fate::CaughtByAnother(_, misses) | Fate::Missed(misses) => {
            let Misses {
                missed,
                tried,
                seed,
            } = misses;
            let seeds = if *tried == 1 { "seed" } else { "seeds" };
            writeln!(
                out,
                "  {place}: `{caught_by}` holds with {missed} of {tried} {seeds}; one is {seed}"
            )?;
        }
        Fate::Failed(reason) => {
            for line in reason.lines() {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}

/// A `todo!` that was reached is no answer, and so no mistake that could be caught; and what could
/// not be tried has caught nothing.
fn is_caught(ended: &Ended) -> bool {
    !matches!(
        ended.verdict,
        Verdict::Solved | Verdict::NotStarted | Verdict::Waiting { .. } | Verdict::Skipped { .. }
    )
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests;
