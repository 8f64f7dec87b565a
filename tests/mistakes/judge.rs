//! Grades the wrong answers of the catalogue. Each must be caught by the property it names, whatever
//! the seed.
//!
//! Compiling takes most of the time, so as many as can share a build. Those that change only what is inside
//! functions are side by side in one build, and one of them is chosen for each run. Others share a
//! build if they can't meet: an answer is graded as if it were alone if no exercise that it calls, or
//! that calls it, is wrong in the same build.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use book::protocol::Description;
use book::syllabus::Syllabus;
use book::verdict::{Seed, Verdict};
use book::workbook::{Trouble, Workbook};
use runner::cargo::Built;
use runner::{parallel, run};

use crate::builds::{self, Joint, number};
use crate::catalogue::{self, Mistake};
use crate::fate::{self, Fate, Judge, Misses, Program, Properties, of_exercise};
use crate::scratch::Scratch;

/// How many answers are graded at once, for each thread that this machine runs at once. Some take ten seconds and do
/// nothing in them: a peer waits for more.
const AT_ONCE: usize = 4;

/// Grades the mistakes in the exercise or chapter called `name`, or all, each with `seeds` seeds, in a copy
/// of the workbook in the folder `scratch`. Returns whether all are caught, and nothing is missing
/// in the catalogue.
///
/// A property whose cases are fixed is given all of them as well: its keys differ from seed to seed, and so does what
/// the wrong answer draws.
///
/// If there is a folder for `reports`, none is judged. What a learner who makes them would read is written there, in
/// a file for each exercise.
///
/// # Errors
/// The catalogue can't be read, the copy can't be built, or the solutions themselves are not solved.
pub fn judge_all(
    workbook: &Workbook,
    name: Option<&str>,
    seeds: usize,
    scratch: &Path,
    reports: Option<&Path>,
    out: &mut dyn Write,
) -> Result<bool, Trouble> {
    if let Some(name) = name {
        // For its error: with a wrong name, `select` below would find nothing, and all would seem
        // well.
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

    if let Some(folder) = reports {
        fs::create_dir_all(folder)?;
        for id in &chosen {
            fs::write(folder.join(format!("{}.txt", id.1.id())), "")?;
        }
    }
    let started = Instant::now();
    writeln!(out, "The solutions first, in a copy of the workbook.")?;
    let scratch = Scratch::set_up(workbook, scratch)?;
    let ids: Vec<&str> = chosen.iter().map(|(_, exercise)| exercise.id()).collect();
    // Each with a folder of its own: two may grade the same exercise at once.
    let desks: Vec<PathBuf> = (1..=AT_ONCE * parallel::threads())
        .map(|desk| scratch.desk().join(desk.to_string()))
        .collect();
    let joints = Joint::build(workbook, &scratch, &mistakes, &ids)?;
    let properties = check_solutions(
        &scratch,
        &desks[..parallel::threads()],
        &joints[0].programs,
        &ids,
    )?;
    writeln!(out, "They are solved.  {}\n", seconds(started.elapsed()))?;

    let started = Instant::now();
    let programs = mistakes
        .iter()
        .map(|mistake| scratch.program_of(&mistake.exercise))
        .collect::<Result<Vec<&str>, Trouble>>()?;
    let (mut caught, mut said) = (0, 0);
    // Repeated at the end: of 1,500 lines, a log may keep only the last.
    let mut not_caught = Vec::new();
    let mut fates = BTreeMap::new();
    // In the order of the catalogue.
    let mut tell = |of_these: &[usize], fates_of_these: Vec<(Fate, Duration)>| {
        fates.extend(of_these.iter().copied().zip(fates_of_these));
        while let Some((fate, took)) = fates.remove(&said) {
            say(&mistakes[said], &fate, took, out)?;
            match (fate, reports) {
                (Fate::Caught, _) => caught += 1,
                (Fate::Reported(report), Some(folder)) => {
                    keep(folder, &mistakes[said], &report)?;
                }
                (fate, _) => say(&mistakes[said], &fate, took, &mut not_caught)?,
            }
            said += 1;
        }
        Ok::<(), Trouble>(())
    };

    let judge = Judge {
        properties: &properties,
        seeds,
        is_reporter: reports.is_some(),
    };
    let side_by_side: Vec<(usize, &Joint)> = joints
        .iter()
        .flat_map(|joint| joint.mistakes.iter().map(move |&index| (index, joint)))
        .collect();
    parallel::in_order(
        &desks,
        &side_by_side,
        |desk, &(index, joint)| {
            let started = Instant::now();
            let program = Program {
                name: programs[index],
                path: &joint.programs[programs[index]],
                chosen: Some(number(index)),
            };
            let fate = judge.fate(desk, &program, &mistakes[index]);
            (fate, started.elapsed())
        },
        |&(index, _), fate| tell(&[index], vec![fate]),
    )?;

    let joined: BTreeSet<usize> = side_by_side.iter().map(|&(index, _)| index).collect();
    let alone: Vec<usize> = (0..mistakes.len())
        .filter(|index| !joined.contains(index))
        .collect();
    for of_it in batches(&workbook.syllabus, &mistakes, &alone) {
        let these: Vec<&Mistake> = of_it.iter().map(|&index| &mistakes[index]).collect();
        tell(&of_it, batch(workbook, &scratch, &desks, &judge, &these))?;
    }

    if !not_caught.is_empty() {
        out.write_all(b"\nNot caught:\n")?;
        out.write_all(&not_caught)?;
    }
    let (all, took) = (mistakes.len(), started.elapsed());
    if let Some(folder) = reports {
        writeln!(
            out,
            "\nThe reports of {all} mistakes are in {}",
            folder.display()
        )?;
        return Ok(true);
    }
    let each = took / u32::try_from(all.max(1))?;
    let plural = if seeds == 1 { "" } else { "s" };
    writeln!(
        out,
        "\n{caught} of {all} mistakes caught by the property they name, with {seeds} seed{plural} each, \
         in {} ({} each)",
        seconds(took),
        seconds(each)
    )?;
    Ok(caught == all && complaints.is_empty())
}

/// `these` mistakes, by their places in the catalogue, in groups that share a build. A group has at
/// most one mistake for each exercise, and none for an exercise that another one of the group
/// calls, directly or through others.
fn batches(syllabus: &Syllabus, mistakes: &[Mistake], these: &[usize]) -> Vec<Vec<usize>> {
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
    for &index in these {
        let id = ids[index];
        let is_free = |batch: &&mut Vec<usize>| !batch.iter().any(|&other| meet(ids[other], id));
        match batches.iter_mut().find(is_free) {
            Some(batch) => batch.push(index),
            None => batches.push(vec![index]),
        }
    }
    batches
}

/// The solutions themselves must be solved: otherwise it means nothing that a mistake is caught.
fn check_solutions(
    scratch: &Scratch,
    desks: &[PathBuf],
    programs: &BTreeMap<String, PathBuf>,
    ids: &[&str],
) -> Result<Properties, Trouble> {
    let mut properties = BTreeMap::new();
    for (name, program) in programs {
        properties.insert(name.clone(), run::properties_of(program)?);
    }
    let seed = Seed::fresh();
    let grade = |desk: &PathBuf, id: &&str| -> Result<Verdict, Trouble> {
        let name = scratch.program_of(id)?;
        let of_it: Vec<Description> = of_exercise(&properties[name], id).cloned().collect();
        let program = Program {
            name,
            path: &programs[name],
            chosen: None,
        };
        Ok(fate::grade_patiently(desk, &program, id, &of_it, seed)?.verdict)
    };
    parallel::in_order(desks, ids, grade, |id, verdict| match verdict? {
        Verdict::Solved => Ok::<(), Trouble>(()),
        verdict => {
            Err(format!("the solution of {id} is itself {verdict}, with seed {seed}").into())
        }
    })?;
    Ok(properties)
}

/// Grades mistakes that can't meet, at the `desks`. What can't be compiled together is compiled one by one.
fn batch(
    workbook: &Workbook,
    scratch: &Scratch,
    desks: &[PathBuf],
    judge: &Judge<'_>,
    batch_of: &[&Mistake],
) -> Vec<(Fate, Duration)> {
    let started = Instant::now();
    let built = builds::together(workbook, scratch, batch_of);
    // The build is shared, so each mistake is charged its share.
    let each = started.elapsed() / u32::try_from(batch_of.len()).unwrap_or(1).max(1);
    match built {
        Ok(Built::Programs(programs)) => {
            let fate = |desk: &PathBuf, mistake: &&Mistake| {
                let started = Instant::now();
                let fate = match scratch.program_of(&mistake.exercise) {
                    Ok(name) => {
                        let path = &programs[name];
                        let program = Program {
                            name,
                            path,
                            chosen: None,
                        };
                        judge.fate(desk, &program, mistake)
                    }
                    Err(trouble) => Fate::Failed(trouble.to_string()),
                };
                (fate, each + started.elapsed())
            };
            let mut fates = Vec::new();
            let Ok(()) = parallel::in_order(desks, batch_of, fate, |_, fate| {
                fates.push(fate);
                Ok::<(), Infallible>(())
            });
            fates
        }
        _ if batch_of.len() > 1 => {
            let one_by_one = batch_of.iter();
            one_by_one
                .flat_map(|&one| batch(workbook, scratch, desks, judge, &[one]))
                .collect()
        }
        Ok(Built::Refused(errors)) => {
            let place = &batch_of[0].place;
            let reason = format!("{place}: it does not compile\n{}", errors.trim_end());
            vec![(Fate::Failed(reason), each)]
        }
        Ok(Built::Cancelled) => vec![(Fate::Failed("it was cancelled".to_owned()), each)],
        Err(trouble) => vec![(Fate::Failed(trouble.to_string()), each)],
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
        Fate::Caught | Fate::Reported(_) => {}
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
        Fate::Silent(property) => {
            let says = mistake.says.as_deref().unwrap_or_default();
            writeln!(
                out,
                "  {place}: the report, about `{property}`, does not say {says:?}"
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

/// Adds the report of a mistake to the file of its exercise.
fn keep(folder: &Path, mistake: &Mistake, report: &str) -> Result<(), Trouble> {
    let file = folder.join(format!("{}.txt", mistake.exercise));
    let mut file = File::options().append(true).open(file)?;
    Ok(writeln!(file, "## {}\n{report}", mistake.what)?)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests;
