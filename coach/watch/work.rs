//! Grades an exercise, in a thread of its own.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use book::verdict::Seed;
use book::workbook::Workbook;
use runner::cargo::Heard;
use runner::child::Limits;
use runner::parallel;
use runner::run::{Outcome, Progress};
use runner::turn::Turn;
use runner::{Cancel, Request, Runner};

use crate::app::{Ended, Event, Step, Took};

/// What is to be graded.
#[derive(Debug, Clone)]
pub struct Job {
    /// The number of the run.
    pub run: u64,
    /// The exercise.
    pub id: String,
    /// Whether the kept case is left out.
    pub is_fresh: bool,
    /// Since when the learner has been waiting.
    pub since: Instant,
    /// A seed that was asked for.
    pub seed: Option<Seed>,
    /// What the exercise may take.
    pub limits: Limits,
}

/// A run that is going on. Dropping this ends the run, with all of its processes.
#[derive(Debug)]
pub struct Running {
    cancel: Cancel,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Begins. What happens is sent to `events`, and at the end how it has ended.
    pub fn start(workbook: &'static Workbook, job: Job, events: Sender<Event>) -> Running {
        let cancel = Cancel::default();
        let cancelled = cancel.clone();
        let thread = thread::spawn(move || {
            let tell = |step| {
                // Nobody listens anymore once the watcher ends.
                let _ = events.send(Event::Run(job.run, step));
            };
            let graded = panic::catch_unwind(AssertUnwindSafe(|| {
                grade(workbook, &job, &cancelled, &tell);
            }));
            if graded.is_err() {
                let ended = Ended::Trouble("the grader has panicked".to_owned());
                tell(Step::Ended(ended, Took::default()));
            }
        });
        let thread = Some(thread);
        Running { cancel, thread }
    }

    /// Tells it that nobody waits for it anymore. It ends soon.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Whether it has ended, with all of its processes.
    pub fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.cancel.cancel();
        // It has caught its panics.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn grade(workbook: &Workbook, job: &Job, cancel: &Cancel, tell: &dyn Fn(Step)) {
    let wait = || tell(Step::Waits("another grader is running".to_owned()));
    let Some(_turn) = Turn::take(&workbook.grade, cancel, wait) else {
        return tell(Step::Ended(Ended::Cancelled, Took::default()));
    };
    let runner = Runner {
        workbook: runner::Workbook::EXERCISES,
        syllabus: &workbook.syllabus,
        root: &workbook.root,
        grade: &workbook.grade,
    };
    let request = Request {
        chosen: workbook.syllabus.find(&job.id).into_iter().collect(),
        seed: job.seed.unwrap_or_else(Seed::fresh),
        with_replay: job.seed.is_none() && !job.is_fresh,
        limits: job.limits,
        threads: parallel::threads(),
        is_apart: true,
        cancel: cancel.clone(),
    };
    let mut warnings = String::new();
    let (mut building, mut grading) = (None, None);
    let outcome = runner.run(&request, &mut |progress| {
        match &progress {
            Progress::Building(_) => building = Some(Instant::now()),
            Progress::Grading(_) => grading = Some(Instant::now()),
            Progress::Heard(Heard::Warning(warning)) => warnings += warning,
            _ => {}
        }
        if let Some(step) = step(&progress) {
            tell(step);
        }
    });
    let now = Instant::now();
    let between = |from: Option<Instant>, to: Instant| {
        from.map_or(Duration::ZERO, |from| to.saturating_duration_since(from))
    };
    let took = Took {
        all: now.saturating_duration_since(job.since),
        build: between(building, grading.unwrap_or(now)),
        grade: between(grading, now),
    };
    let mut report = match outcome {
        Ok(Outcome::Report(report)) => report,
        Ok(Outcome::Refused(errors)) => {
            let lacking = runner.lacking();
            let text = format!("{}\n{lacking}", errors.trim_end());
            return tell(Step::Ended(Ended::Refused(text), took));
        }
        Ok(Outcome::Cancelled) => return tell(Step::Ended(Ended::Cancelled, took)),
        Err(trouble) => return tell(Step::Ended(Ended::Trouble(trouble.to_string()), took)),
    };
    // Kept before it is reported: the board is read when it is.
    if let Err(error) = runner.keep(&report) {
        return tell(Step::Ended(Ended::Trouble(error.to_string()), took));
    }
    let ended = Ended::Graded(Box::new(report.clone()), warnings);
    tell(Step::Ended(ended, took));
    // The verdict is on the screen, and this may take a while. What can't be looked at is not mentioned.
    let _ = runner.look_further(&request, &mut report);
    if !report.further.is_empty() && runner.keep(&report).is_ok() {
        tell(Step::Further(Box::new(report)));
    }
}

/// What is shown of a run while it goes on.
fn step(progress: &Progress<'_>) -> Option<Step> {
    Some(match progress {
        Progress::Building(_) => Step::Builds(String::new()),
        Progress::Heard(Heard::Line(line)) => match line.trim().strip_prefix("Blocking ") {
            Some(rest) => Step::Waits(format!("Cargo is {rest}")),
            // After the name come the version, and a path that nobody needs.
            None => {
                let words: Vec<&str> = line.split_whitespace().take(2).collect();
                Step::Builds(words.join(" "))
            }
        },
        Progress::Grading(_) => Step::Grades,
        Progress::Heard(Heard::Warning(_)) | Progress::Graded(_) => return None,
    })
}
