//! A run: from the choice of exercises to a [`Report`], which is a value. Printing it and keeping
//! it is up to the caller.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use book::call;
use book::exercise_file::{self, Function};
use book::json;
use book::progress;
use book::protocol::{self, Description};
use book::record::{self, Record};
use book::report::{ChapterTitle, Graded, Next, Report, SCHEMA};
use book::syllabus::{Chapter, Exercise, Syllabus};
use book::verdict::{Failure, Seed, Verdict};

use crate::cargo::{Built, Heard, Hears};
use crate::child::{Ended, Limits, Task};
use crate::parallel;
use crate::parts;
use crate::programs::Programs;

/// How many children grade an exercise at once, at most. Each takes time to start.
const CHILDREN_PER_EXERCISE: usize = 4;

/// Why nothing could be graded.
type Trouble = Box<dyn Error + Send + Sync>;

/// What is graded, and what grades it.
#[derive(Debug, Clone, Copy)]
pub struct Workbook {
    /// Whose answers these are: the folder `exercises` or `solutions`.
    pub subject: &'static str,
    /// What grades them, each exercise in one program.
    pub programs: Programs,
}

impl Workbook {
    /// The learner's answers.
    pub const EXERCISES: Workbook = Workbook::of("exercises", PACKAGES);

    /// The reference answers.
    pub const SOLUTIONS: Workbook = Workbook::of("solutions", WITH_SOLUTIONS);

    const fn of(subject: &'static str, arguments: &'static [&'static str]) -> Workbook {
        Workbook {
            subject,
            programs: Programs::Targets {
                suites: "tests/suites",
                arguments,
            },
        }
    }
}

/// What Cargo is told to build the suites. They are built together with everything that `cargo test` builds by itself, so
/// that a crate that both need has the same features, and is compiled once.
pub const PACKAGES: &[&str] = &[
    "--package=suites*",
    "--package=grader",
    "--package=examples",
    "--package=speed",
];

/// The same, with the solutions.
const WITH_SOLUTIONS: &[&str] = &[
    "--package=suites*",
    "--package=grader",
    "--package=examples",
    "--package=speed",
    "--features=solutions",
];

/// Tells a run that nobody waits for it anymore. Its clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancels the run.
    pub fn cancel(&self) {
        // Relaxed is enough: no other data is handed over with the flag.
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the run was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What happens in a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// Cargo builds these programs.
    Building(&'a [&'a str]),
    /// Cargo or the compiler says something. It is heard here only if the run is [apart](Request::is_apart).
    Heard(Heard<'a>),
    /// This many exercises are going to be graded.
    Grading(usize),
    /// This one has been graded. They come in reading order.
    Graded(&'a Graded),
}

/// How a run ended.
#[derive(Debug)]
pub enum Outcome {
    /// With this report.
    Report(Report),
    /// The answers don't compile. This is what the compiler said, unless that went to standard
    /// error.
    Refused(String),
    /// Nobody waits for it anymore.
    Cancelled,
}

/// What a run is asked for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The exercises, in reading order.
    pub chosen: Vec<(&'a Chapter, &'a Exercise)>,
    /// Where the randomness comes from.
    pub seed: Seed,
    /// Whether the case that broke an answer in the last run is tried before all others.
    pub with_replay: bool,
    /// What an exercise may take.
    pub limits: Limits,
    /// How many children grade at once: as many exercises, or parts of them.
    pub threads: usize,
    /// Whether the caller has the terminal to itself. Then what Cargo says comes as
    /// [progress](Progress::Heard), and the processes of the run are in groups of their own.
    pub is_apart: bool,
    /// Ends the run early.
    pub cancel: Cancel,
}

/// Grades the exercises of a workbook.
#[derive(Debug)]
pub struct Runner<'a> {
    /// What is graded.
    pub workbook: Workbook,
    /// Its table of contents.
    pub syllabus: &'a Syllabus,
    /// The folder of the workspace's `Cargo.toml`.
    pub root: &'a Path,
    /// The folder of the records and the report.
    pub grade: &'a Path,
}

/// An exercise of a run.
struct Chosen<'a> {
    chapter: &'a Chapter,
    exercise: &'a Exercise,
    /// A fingerprint of what the verdict will be about.
    sources: String,
    /// Whether it is the stub as it was handed out. No program has to be built to know that it is not started.
    is_stub: bool,
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
    properties: Vec<Description>,
}

impl Suites {
    /// The program of the exercise `id`, if it is loaded.
    fn of(&self, id: &str) -> Option<&Loaded> {
        self.loaded.get(self.by_exercise.get(id)?)
    }
}

impl Runner<'_> {
    /// Builds what grades the chosen exercises, and grades them. Nothing is printed or kept.
    ///
    /// # Errors
    /// Nothing could be graded: Cargo can't be run, an exercise has no suite, a child can't be started.
    pub fn run(
        &self,
        request: &Request<'_>,
        tell: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Outcome, Trouble> {
        // Before the build: what is edited while it runs is not what it judges.
        let progress = self.progress(&[]);
        // An exercise that is asked for alone is graded even as a stub: its report shows the input that reached the `todo!`.
        let is_alone = request.chosen.len() == 1;
        let chosen = request.chosen.iter().map(|&(chapter, exercise)| Chosen {
            chapter,
            exercise,
            sources: progress.sources(exercise),
            is_stub: !is_alone && progress.is_stub(chapter, exercise),
        });
        let chosen: Vec<Chosen<'_>> = chosen.collect();
        let suites = match self.load(&chosen, request, tell)? {
            Ok(suites) => suites,
            Err(outcome) => return Ok(outcome),
        };
        tell(Progress::Grading(request.chosen.len()));
        let mut exercises = Vec::new();
        parallel::in_order(
            // The workers share everything, so only their number matters.
            &vec![(); request.threads],
            &chosen,
            |(), chosen| self.grade(chosen, &suites, request),
            |_, graded| {
                // An exercise without a verdict was cancelled, and so was the run: that is checked
                // below.
                if let Some(graded) = graded? {
                    tell(Progress::Graded(&graded));
                    exercises.push(graded);
                }
                Ok::<(), Trouble>(())
            },
        )?;
        if request.cancel.is_cancelled() {
            return Ok(Outcome::Cancelled);
        }
        Ok(Outcome::Report(self.report(request, exercises)))
    }

    /// Keeps the records of what was graded, and `report.json`.
    ///
    /// # Errors
    /// A file can't be written.
    pub fn keep(&self, report: &Report) -> io::Result<()> {
        self.keep_records(report)?;
        let text = json::indented(report);
        record::write_whole(&self.grade.join("report.json"), &text)
    }

    fn keep_records(&self, report: &Report) -> io::Result<()> {
        for graded in &report.exercises {
            let record = Record {
                verdict: graded.verdict.clone(),
                sources: graded.sources.clone(),
                replay: graded.failure.as_ref().map(|failure| failure.case.clone()),
            };
            record::write(self.grade, &report.subject, &graded.id, &record)?;
        }
        Ok(())
    }

    /// Why the answers might not compile: what the file of an exercise lacks, and how to get it
    /// back. Empty if nothing is lacking.
    pub fn lacking(&self) -> String {
        let progress = self.progress(&[]);
        let mut out = String::new();
        for (chapter, exercise) in self.syllabus.exercises() {
            let (id, title) = (exercise.id(), &exercise.title);
            let file = progress.place(chapter, exercise).file;
            let (what, remedy) = match progress.lacking(chapter, exercise) {
                Some(names) if names.is_empty() => continue,
                Some(names) => {
                    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                    let names = names.join(", no ");
                    (
                        format!("has no {names}, which other code needs"),
                        "Write it again, or put the stub back (a copy of your file is kept)",
                    )
                }
                None => ("is missing".to_owned(), "Put the stub back"),
            };
            out += &format!("\n{id} {title}: {file} {what}.\n{remedy}: cargo coach reset {id}\n");
        }
        out
    }

    fn progress<'a>(&'a self, fresh: &'a [Graded]) -> progress::Progress<'a> {
        progress::Progress {
            syllabus: self.syllabus,
            root: self.root,
            subject: self.workbook.subject,
            grade: self.grade,
            fresh,
        }
    }

    /// The programs of the chosen exercises that are not stubs. Those that are built already are used as they are.
    /// Each of their exercises has properties, and each of their properties has an exercise.
    fn load(
        &self,
        chosen: &[Chosen<'_>],
        request: &Request<'_>,
        tell: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Result<Suites, Outcome>, Trouble> {
        let programs = self.workbook.programs;
        let by_exercise = programs.by_exercise(self.root, self.syllabus)?;
        let mut names: Vec<&str> = Vec::new();
        // If all are stubs, the program of the first is built: the learner begins there, and then waits for no library.
        let first = chosen
            .iter()
            .position(|chosen| !chosen.is_stub)
            .unwrap_or(0);
        for (
            place,
            Chosen {
                exercise, is_stub, ..
            },
        ) in chosen.iter().enumerate()
        {
            let name = by_exercise.get(exercise.id()).ok_or_else(|| {
                let message = format!("no suite grades exercise {}", exercise.id());
                self.syllabus.error_at(exercise, &message)
            })?;
            let is_needed = !is_stub || place == first;
            if is_needed && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        tell(Progress::Building(&names));
        let mut hear = |heard: Heard<'_>| tell(Progress::Heard(heard));
        let hears = if request.is_apart {
            Hears::Screen(&mut hear)
        } else {
            Hears::Terminal
        };
        let mut built = match programs.build(&names, self.root, hears, &request.cancel)? {
            Built::Programs(built) => built,
            // The inner `Err` ends the run, but the grader has done its work: the answers don't compile.
            Built::Refused(errors) => return Ok(Err(Outcome::Refused(errors))),
            Built::Cancelled => return Ok(Err(Outcome::Cancelled)),
        };
        let mut loaded = BTreeMap::new();
        for name in names {
            let program = built.remove(name);
            let program = program.ok_or_else(|| format!("there is no program {name}"))?;
            let properties = properties_of(&program)?;
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
        // `by_exercise` comes from the text of the sources; only the programs know what was compiled.
        self.check(&suites)?;
        Ok(Ok(suites))
    }

    fn check(&self, suites: &Suites) -> Result<(), Trouble> {
        for (_, exercise) in self.syllabus.exercises() {
            let grades_it = |property: &Description| property.exercise == exercise.id();
            // We don't know what is in a program that is not loaded, so there is no error about it.
            let suite = suites.of(exercise.id());
            if suite.is_some_and(|suite| !suite.properties.iter().any(grades_it)) {
                let message = format!("no suite grades exercise {}", exercise.id());
                return Err(self.syllabus.error_at(exercise, &message).into());
            }
        }
        for Loaded { properties, .. } in suites.loaded.values() {
            for Description { exercise, name, .. } in properties {
                if self.syllabus.find(exercise).is_none() {
                    let syllabus = self.syllabus.name();
                    let message = format!("no exercise {exercise}, but `{name}` grades it");
                    return Err(format!("{syllabus}: {message}").into());
                }
            }
        }
        Ok(())
    }

    fn grade(
        &self,
        chosen: &Chosen<'_>,
        suites: &Suites,
        request: &Request<'_>,
    ) -> Result<Option<Graded>, Trouble> {
        let &Chosen {
            chapter, exercise, ..
        } = chosen;
        let progress = self.progress(&[]);
        let work = progress.to_write(chapter, exercise);
        let names = |has_todo| {
            let functions = work
                .iter()
                .filter(move |function| function.has_todo == has_todo);
            functions.map(|function| function.name.clone())
        };
        let is_begun = names(false).next().is_some();
        let ended = if chosen.is_stub {
            Some(Ended::not_started())
        } else {
            self.examine(exercise.id(), is_begun, suites, request)?
        };
        let place = progress.place(chapter, exercise);
        // The function that was called: of this exercise, or of one that it needs.
        // Where no call is known, it is the function that panicked.
        let asked = |failure: &Failure| {
            let fault = failure.fault.as_ref()?;
            let line = |file: &str, functions: &[Function]| {
                let function = match (fault.call(), fault.place()) {
                    (Some(call), _) => exercise_file::called(functions, call),
                    (None, Some(panicked)) => exercise_file::around(functions, file, panicked),
                    (None, None) => None,
                };
                function.map(|function| function.line)
            };
            if let Some(line) = line(&place.file, &work) {
                return Some((place.file.clone(), line));
            }
            self.syllabus.all_needs(exercise).iter().find_map(|id| {
                let (chapter, needed) = self.syllabus.find(id)?;
                let file = progress.place(chapter, needed).file;
                let line = line(&file, &progress.to_write(chapter, needed))?;
                Some((file, line))
            })
        };
        let Some(mut ended) = ended else {
            return Ok(None);
        };
        if let Some(failure) = &mut ended.failure {
            let source = fs::read_to_string(self.root.join(&place.file)).unwrap_or_default();
            call::in_words_of_the_task(failure, &source);
        }
        let is_solved = ended.verdict == Verdict::Solved;
        let asked = ended.failure.as_ref().and_then(asked);
        let (file, line) = asked.unwrap_or((place.file.clone(), place.line));
        Ok(Some(Graded {
            id: place.id,
            title: place.title,
            chapter: chapter.module.get_ref().clone(),
            stars: exercise.stars,
            file,
            line,
            verdict: match ended.verdict {
                Verdict::NotStarted if is_begun => Verdict::Begun {
                    written: names(false).collect(),
                    next: names(true).next(),
                },
                verdict => verdict,
            },
            properties: ended.properties,
            todo: ended.todo,
            solved: is_solved.then(|| exercise.solved.clone()),
            is_later: !is_solved && progress.is_later(exercise.id()),
            // `report` fills them in: what an exercise calls may be graded after it.
            suspects: Vec::new(),
            failure: ended.failure,
            printed: ended.printed,
            seconds: ended.took.as_secs_f64(),
            sources: chosen.sources.clone(),
        }))
    }

    /// Has the exercise `id` graded by its program. Returns `None` if the run was cancelled.
    fn examine(
        &self,
        id: &str,
        is_begun: bool,
        suites: &Suites,
        request: &Request<'_>,
    ) -> Result<Option<Ended>, Trouble> {
        let suite = suites.of(id).ok_or("its suite is not loaded")?;
        let mut properties = suite.properties.clone();
        properties.retain(|property| property.exercise == id);
        // A replay is from an earlier run, so nothing of this one is needed.
        let record = self.progress(&[]).record(id);
        let replay = record.and_then(|record| record.replay);
        let task = Task {
            id,
            program: &suite.program,
            environment: &[],
            properties: &properties,
            dealt: None,
            seed: request.seed,
            replay: replay.as_ref().filter(|_| request.with_replay),
            is_first_enough: false,
            is_apart: request.is_apart,
            is_begun,
            is_narration: false,
        };
        // If there are fewer exercises than threads, several children grade each: one more than there are threads for it,
        // because while one starts, or waits for a program, the others work. If the last case is not replayed, the seed was
        // given or is a fresh one that was asked for. Then it is one child, so that an answer that keeps something from one
        // property to the next does the same each time.
        let threads = request.threads / request.chosen.len().max(1);
        let children = if request.with_replay && threads > 1 {
            (threads + 1).min(CHILDREN_PER_EXERCISE)
        } else {
            1
        };
        parts::grade(&task, children, request.limits, self.grade, &request.cancel)
            .map_err(|error| format!("exercise {id} could not be graded: {error}").into())
    }

    /// Grades the exercises that the wrong answers of `report` call, if their current answers have
    /// no verdict: the fault may be there.
    ///
    /// # Errors
    /// As with [`run`](Self::run). The report is as it was.
    pub fn look_further(&self, request: &Request<'_>, report: &mut Report) -> Result<(), Trouble> {
        let wrong = report
            .exercises
            .iter()
            .filter(|graded| graded.failure.is_some());
        let progress = self.progress(&report.exercises);
        let mut needs: Vec<&str> = Vec::new();
        for graded in wrong {
            if let Some((_, exercise)) = self.syllabus.find(&graded.id) {
                needs.extend(progress.unjudged_needs(exercise));
            }
        }
        let in_order = self.syllabus.exercises();
        let chosen: Vec<_> = in_order
            .filter(|(_, exercise)| needs.contains(&exercise.id()))
            .collect();
        if chosen.is_empty() {
            return Ok(());
        }
        let further = Request {
            chosen,
            cancel: request.cancel.clone(),
            ..*request
        };
        let Outcome::Report(further) = self.run(&further, &mut |_| {})? else {
            return Ok(());
        };
        self.keep_records(&further)?;
        let mut all = report.exercises.clone();
        all.extend(further.exercises.iter().cloned());
        self.complete(&mut report.exercises, &all);
        report.next = self.next(&report.exercises, &all);
        report.points_in_all = self.progress(&all).points().0;
        report.further = further.exercises;
        Ok(())
    }

    /// Fills in what is known only once all are graded. These `exercises` are some of `all`.
    fn complete(&self, exercises: &mut [Graded], all: &[Graded]) {
        let progress = self.progress(all);
        for graded in exercises {
            if graded.failure.is_some()
                && let Some((_, exercise)) = self.syllabus.find(&graded.id)
            {
                graded.suspects = progress.suspects(exercise);
            }
        }
    }

    /// Where to go on, now that these `exercises` are graded. `all` includes what was graded beside
    /// them.
    fn next(&self, exercises: &[Graded], all: &[Graded]) -> Option<Next> {
        let progress = self.progress(all);
        // What is left for later is skipped, unless it was asked for alone.
        let is_alone = exercises.len() == 1;
        let exercises = || {
            exercises
                .iter()
                .filter(|graded| is_alone || !graded.is_later)
        };
        let wrong = exercises().find(|graded| graded.failure.is_some());
        // At the first answer that is not right yet, or at what it calls. Otherwise at the first
        // that was asked for and is not written, or at what it waits for.
        let wrong = wrong.map(|wrong| wrong.suspects.first().unwrap_or(&wrong.id));
        let unwritten = || {
            exercises().find_map(|graded| match &graded.verdict {
                Verdict::NotStarted | Verdict::Begun { .. } => Some(&graded.id),
                Verdict::Waiting { waiting_for } => Some(waiting_for),
                _ => None,
            })
        };
        let asked = wrong.or_else(unwritten);
        let next = match asked.and_then(|id| self.syllabus.find(id)) {
            Some((chapter, exercise)) => progress.place(chapter, exercise),
            None => progress.next()?,
        };
        // The function that is wrong may not be the first of its exercise. The head of its report
        // names its place, and what comes last must not send the learner to another one.
        Some(match all.iter().find(|graded| graded.id == next.id) {
            Some(Graded { file, line, .. }) => Next {
                file: file.clone(),
                line: *line,
                ..next
            },
            None => next,
        })
    }

    fn report(&self, request: &Request<'_>, mut exercises: Vec<Graded>) -> Report {
        let all = exercises.clone();
        self.complete(&mut exercises, &all);
        let next = self.next(&exercises, &all);
        let title = |chapter: &Chapter| ChapterTitle {
            module: chapter.module.get_ref().clone(),
            number: chapter.number().to_owned(),
            title: chapter.title.clone(),
        };
        let is_graded = |chapter: &&Chapter| {
            let module = chapter.module.get_ref();
            exercises.iter().any(|graded| graded.chapter == *module)
        };
        let (points_in_all, possible_in_all) = self.progress(&exercises).points();
        Report {
            schema: SCHEMA,
            subject: self.workbook.subject.to_owned(),
            seed: request.seed,
            points: exercises.iter().map(Graded::points).sum(),
            possible: exercises.iter().map(|graded| graded.stars).sum(),
            points_in_all,
            possible_in_all,
            further: Vec::new(),
            chapters: self
                .syllabus
                .chapters()
                .iter()
                .filter(is_graded)
                .map(title)
                .collect(),
            exercises,
            next,
        }
    }
}

/// The properties in `program`.
///
/// # Errors
/// It can't be run, or does not grade exercises.
pub fn properties_of(program: &Path) -> Result<Vec<Description>, Trouble> {
    let output = Command::new(program)
        .arg(protocol::PROPERTIES)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    // The exit status says nothing here: any other program may succeed, too. What counts is the answer.
    json::read(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| format!("{} does not grade exercises", program.display()).into())
}

#[cfg(test)]
mod tests {
    use book::fixture::Fixture;

    use super::*;

    #[test]
    fn what_was_renamed_or_deleted_is_named_with_what_brings_it_back() {
        let fixture = Fixture::new();
        let lacking = || {
            let workbook = fixture.workbook();
            let runner = Runner {
                workbook: super::Workbook {
                    subject: "exercises",
                    programs: Programs::Itself,
                },
                syllabus: &workbook.syllabus,
                root: &workbook.root,
                grade: &workbook.grade,
            };
            runner.lacking()
        };
        assert_eq!(lacking(), "");
        let twice = "exercises/ch1_pads/twice.rs";
        fixture.write(twice, fixture.stub("twice").replace("twice(", "double("));
        fixture.remove("exercises/ch1_pads/thrice.rs");
        assert_eq!(
            lacking(),
            "\n1.2 Twice: exercises/ch1_pads/twice.rs has no `twice`, which other code needs.\n\
             Write it again, or put the stub back (a copy of your file is kept): cargo coach reset 1.2\n\
             \n1.3 Thrice: exercises/ch1_pads/thrice.rs is missing.\n\
             Put the stub back: cargo coach reset 1.3\n"
        );
    }
}
