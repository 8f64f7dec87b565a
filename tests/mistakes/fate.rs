//! How a wrong answer fares.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::slice;
use std::time::Duration;

use book::call;
use book::protocol::Description;
use book::verdict::{Holds, Seed, Verdict};
use book::workbook::Trouble;
use runner::Cancel;
use runner::child::{self, Ended, Limits, Task};
use runner::print;

use crate::catalogue::Mistake;
use crate::side_by_side::CHOICE;

/// What a wrong answer may take. One that never ends is waited for, so this is not much more than a learner's time. But
/// several are graded at once, on a machine that may be busy, and one that is only late would count as caught.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(12),
    memory: 256 << 20,
};

/// What takes this long until it is caught is graded with one seed only. A peer gives up after ten seconds, and twenty answers
/// that it waits for, with twenty seeds each, would take longer than the other three thousand.
const LONG: Duration = Duration::from_secs(10);

/// What it may take if the report matters, and not how fast it comes.
const PATIENCE: Limits = Limits {
    time: Duration::from_secs(30),
    ..LIMITS
};

/// How many reports are read for what they should say. Which property is the first that is broken can depend
/// on what is drawn, and each has a thought of its own.
const REPORTS: usize = 8;

/// How a mistake fared.
#[derive(Debug, PartialEq, Eq)]
pub enum Fate {
    Caught,
    /// By this property, and not always by the one that is named.
    CaughtByAnother(String, Misses),
    Missed(Misses),
    /// It is caught, and the report, which is about this property, does not say what it should.
    Silent(String),
    /// It can't be tried, for this reason.
    Failed(String),
    /// It was not judged: this is what a learner who makes it reads.
    Reported(String),
}

/// With how many of the seeds that were tried a mistake was missed, and one of those seeds.
#[derive(Debug, PartialEq, Eq)]
pub struct Misses {
    pub missed: usize,
    pub tried: usize,
    pub seed: Seed,
}

impl fmt::Display for Fate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Caught => write!(out, "caught"),
            Fate::CaughtByAnother(name, ..) => write!(out, "caught by another: {name}"),
            Fate::Missed(..) => write!(out, "missed"),
            Fate::Silent(_) => write!(out, "not explained"),
            Fate::Failed(_) => write!(out, "error"),
            Fate::Reported(_) => write!(out, "reported"),
        }
    }
}

/// The properties of each program, by its name.
pub type Properties = BTreeMap<String, Vec<Description>>;

/// Those of the exercise `id`.
pub fn of_exercise<'a>(
    properties: &'a [Description],
    id: &str,
) -> impl Iterator<Item = &'a Description> {
    properties
        .iter()
        .filter(move |property| property.exercise == id)
}

/// Grades the exercise `id`, in the folder `desk`.
pub fn grade(
    desk: &Path,
    program: &Program<'_>,
    id: &str,
    properties: &[Description],
    seed: Seed,
) -> Result<Ended, Trouble> {
    grade_within(LIMITS, desk, program, id, properties, seed, true)
}

/// The same for a solution, which is late only if the machine is busy.
pub fn grade_patiently(
    desk: &Path,
    program: &Program<'_>,
    id: &str,
    properties: &[Description],
    seed: Seed,
) -> Result<Ended, Trouble> {
    grade_within(PATIENCE, desk, program, id, properties, seed, true)
}

/// Grades it until the first case that breaks a property, or also looks for a smaller one.
fn grade_within(
    limits: Limits,
    desk: &Path,
    program: &Program<'_>,
    id: &str,
    properties: &[Description],
    seed: Seed,
    is_first_enough: bool,
) -> Result<Ended, Trouble> {
    let chosen = program.chosen.map(|number| (CHOICE, number.to_string()));
    let task = Task {
        id,
        program: program.path,
        environment: chosen.as_slice(),
        properties,
        dealt: None,
        seed,
        replay: None,
        is_first_enough,
        is_apart: false,
        // Some of a wrong answer is written, even if not all of it.
        is_begun: true,
        is_narration: false,
    };
    let ended = child::grade(&task, limits, desk, &Cancel::default())
        .map_err(|error| format!("the grader could not grade it: {error}"))?;
    Ok(ended.ok_or("the grading was cancelled")?)
}

/// The program that grades a wrong answer.
#[derive(Debug)]
pub struct Program<'a> {
    /// The name of its target.
    pub name: &'a str,
    /// Where it is.
    pub path: &'a Path,
    /// If it has several wrong answers side by side, the number of the one that is graded.
    pub chosen: Option<usize>,
}

/// Grades wrong answers.
#[derive(Debug)]
pub struct Judge<'a> {
    pub properties: &'a Properties,
    /// With how many seeds each answer is graded. They follow each other, because a seed modulo eight chooses the
    /// RSA keys: eight of them see all.
    pub seeds: usize,
    /// Whether the report is wanted, and not whether it is caught.
    pub is_reporter: bool,
}

impl Judge<'_> {
    /// How `mistake` fares with this program, in the folder `desk`, which nobody else uses at that
    /// time.
    pub fn fate(&self, desk: &Path, program: &Program<'_>, mistake: &Mistake) -> Fate {
        let fate = if self.is_reporter {
            self.report(desk, program, mistake).map(Fate::Reported)
        } else {
            self.try_seeds(desk, program, mistake)
        };
        fate.unwrap_or_else(|trouble| Fate::Failed(format!("{}: {trouble}", mistake.place)))
    }

    fn try_seeds(
        &self,
        desk: &Path,
        program: &Program<'_>,
        mistake: &Mistake,
    ) -> Result<Fate, Trouble> {
        let id = mistake.exercise.as_str();
        let all = &self.properties[program.name];
        let named = of_exercise(all, id).find(|property| property.name == mistake.caught_by);
        let Some(named) = named else {
            let property = &mistake.caught_by;
            return Err(format!("exercise {id} has no property `{property}`").into());
        };
        let Seed(first) = Seed::fresh();
        let mut missed = Vec::new();
        for number in 0..self.seeds as u64 {
            let seed = Seed(first.wrapping_add(number));
            let ended = grade(desk, program, id, slice::from_ref(named), seed)?;
            if !is_caught(&ended) {
                missed.push(seed);
            }
            // What is caught by waiting is caught so each time: an answer that never ends, or one that a peer gives up on.
            if is_caught(&ended) && ended.took >= LONG {
                break;
            }
        }
        let Some(&seed) = missed.first() else {
            return self.explained(desk, program, mistake);
        };
        let misses = Misses {
            missed: missed.len(),
            tried: self.seeds,
            seed,
        };
        let of_it: Vec<Description> = of_exercise(all, id).cloned().collect();
        // Missed by the property that is named, with this seed. Would another one have caught it?
        let by_all = grade(desk, program, id, &of_it, seed)?;
        Ok(match &by_all.failure {
            Some(failure) if is_caught(&by_all) => {
                let name = failure.case.property.clone();
                Fate::CaughtByAnother(name, misses)
            }
            _ => Fate::Missed(misses),
        })
    }
}

impl Judge<'_> {
    /// How a mistake fares that is caught: whether the report says what it should. It is about the first property that
    /// is broken, which need not be the one that is named.
    fn explained(
        &self,
        desk: &Path,
        program: &Program<'_>,
        mistake: &Mistake,
    ) -> Result<Fate, Trouble> {
        let Some(says) = &mistake.says else {
            return Ok(Fate::Caught);
        };
        let id = mistake.exercise.as_str();
        let all = of_exercise(&self.properties[program.name], id);
        let all: Vec<Description> = all.cloned().collect();
        let mut about = String::new();
        for _ in 0..REPORTS {
            let mut ended = grade(desk, program, id, &all, Seed::fresh())?;
            // All properties before the broken one take time, and more of it on a busy machine.
            if matches!(ended.verdict, Verdict::OutOfTime { .. }) && !says.contains("no answer") {
                ended = grade_within(PATIENCE, desk, program, id, &all, Seed::fresh(), true)?;
            }
            let Some(failure) = &ended.failure else {
                return Err(
                    "it is caught if its property is tried alone, but not with all others".into(),
                );
            };
            if print::explanation(failure, &ended.verdict).contains(says) {
                return Ok(Fate::Caught);
            }
            about.clone_from(&failure.case.property);
        }
        Ok(Fate::Silent(about))
    }

    /// What the learner reads about a mistake, with the smallest case that can be found.
    fn report(
        &self,
        desk: &Path,
        program: &Program<'_>,
        mistake: &Mistake,
    ) -> Result<String, Trouble> {
        let id = mistake.exercise.as_str();
        let all = of_exercise(&self.properties[program.name], id);
        let all: Vec<Description> = all.cloned().collect();
        let seed = Seed::fresh();
        let mut ended = grade_within(PATIENCE, desk, program, id, &all, seed, false)?;
        if let (Some(failure), Ok(source)) = (&mut ended.failure, &mistake.text) {
            call::in_words_of_the_task(failure, source);
        }
        let Some(failure) = &ended.failure else {
            return Ok(format!("{}\n", ended.verdict));
        };
        let count = |holds| {
            let tried = ended.properties.iter();
            tried.filter(|property| property.holds == holds).count()
        };
        let held = format!("{} of {} hold", count(Holds::Yes), ended.properties.len());
        let report = print::explained(failure, &ended.verdict);
        Ok(format!(
            "  Broken      {} ({held})\n{report}",
            failure.case.property
        ))
    }
}

/// If a `todo!` was reached, there is no answer, and so no mistake that could be caught. And what
/// could not be tried has caught nothing.
fn is_caught(ended: &Ended) -> bool {
    ended.verdict.is_fault()
}
