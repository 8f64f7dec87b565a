//! Looks for a case in which a property does not hold, and makes it small.
//!
//! proptest draws the values and makes them simpler; its `TestRunner::run` is not used, because
//! three things are needed that it does not do: each case is written down before it is tried, so
//! that it can be named when the process dies of it; the exact smallest case is found again in
//! the next run; and looking for a smaller one ends after a set time.

use std::any::Any;
use std::cell::Cell;
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::{Deserialize, Serialize};

use crate::property::{Broken, Property, in_one_line};
use crate::show::{self, Piece};
use crate::verdict::{Case, Failure, Fault, Found, Input, Seed, Spot};

/// How long to look for a smaller case.
const SHRINKING: Duration = Duration::from_secs(2);

/// How many draws may be passed over, for every case that a property wants.
const DRAWS_A_CASE: u32 = 10;

/// Printed before each case, so that what the last case printed can be told from the rest.
pub const CASE_MARK: &str = "\u{1e}case\u{1e}\n";

/// What the standard library's `todo!` puts before its message.
const TODO: &str = "not yet implemented";

thread_local! {
    /// What a property asks for at the moment.
    static ASKED: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Notes what a property is about to ask for, in case the answer is a panic.
#[doc(hidden)]
pub fn ask(expression: &'static str) {
    ASKED.set(Some(expression));
}

static CURRENT_SEED: AtomicU64 = AtomicU64::new(0);

/// The seed of the case that is being tried. What a suite makes once per process (keys) it makes
/// from this, so that a case can be found again.
pub fn seed() -> Seed {
    Seed(CURRENT_SEED.load(Ordering::Relaxed))
}

/// What a child process writes down for its parent.
#[derive(Debug, Serialize, Deserialize)]
pub enum Event {
    /// This case is about to be tried.
    Trying(Case),
    /// The exercise has been graded.
    Done(Ending),
}

/// How the examination of an exercise ended.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ending {
    /// Every property holds.
    Held,
    /// A `todo!` with this message was reached.
    Todo(String),
    /// A property could not be tried, for this reason. All others hold.
    Skipped(String),
    /// A property does not hold.
    Failed(Box<Failure>),
}

/// Why the properties after this one are not tried.
#[derive(Debug)]
pub struct Stop(Ending);

enum Attempt {
    Held,
    PassedOver,
    Skipped(String),
    Todo(String),
    Failed(Fault),
}

impl Attempt {
    /// What there is to stop for where no fault was found: a `todo!`, or something that is missing.
    fn stop(self) -> Result<(), Stop> {
        match self {
            Attempt::Todo(message) => Err(Stop(Ending::Todo(message))),
            Attempt::Skipped(reason) => Err(Stop(Ending::Skipped(reason))),
            Attempt::Held | Attempt::PassedOver | Attempt::Failed(_) => Ok(()),
        }
    }
}

/// The values of one case, in the words of the report, and the property to try on them.
///
/// Here the types of a property end: all that follows is compiled once, and not once for each of
/// hundreds of properties. The learner waits for the grader to be compiled after every edit.
struct Trial<'a> {
    inputs: Vec<(&'static str, Vec<Piece>)>,
    test: Box<dyn FnOnce() -> Result<(), Broken> + 'a>,
}

/// Values that were drawn, and can be made simpler.
trait Simplify {
    /// The values as they are now.
    fn trial(&self) -> Trial<'_>;
    /// As in [`ValueTree`].
    fn simplify(&mut self) -> bool;
    /// As in [`ValueTree`].
    fn complicate(&mut self) -> bool;
}

/// Values that proptest has drawn, and what to do with them.
struct Drawn<'a, T, Show, Test> {
    tree: T,
    show: &'a Show,
    test: &'a Test,
}

impl<T, Show, Test> Simplify for Drawn<'_, T, Show, Test>
where
    T: ValueTree,
    Show: Fn(&T::Value) -> Vec<(&'static str, Vec<Piece>)>,
    Test: Fn(T::Value) -> Result<(), Broken>,
{
    fn trial(&self) -> Trial<'_> {
        let value = self.tree.current();
        Trial {
            inputs: (self.show)(&value),
            test: Box::new(|| (self.test)(value)),
        }
    }

    fn simplify(&mut self) -> bool {
        self.tree.simplify()
    }

    fn complicate(&mut self) -> bool {
        self.tree.complicate()
    }
}

/// Tries the properties of one exercise.
pub struct Examiner<'a> {
    log: &'a mut dyn FnMut(&Event),
    property: Property,
    seed: Seed,
    kept: Option<Spot>,
    tries: u32,
}

/// Tries `properties` in their order, to the first that does not hold; before all others the case
/// `kept` from the last run. One that can't be tried keeps none of the others from it.
pub fn examine(
    properties: &[Property],
    seed: Seed,
    kept: Option<&Case>,
    log: &mut dyn FnMut(&Event),
) -> Ending {
    panic::set_hook(Box::new(note_panic));
    let again = kept.into_iter().filter_map(|case| {
        let property = properties
            .iter()
            .find(|property| property.name == case.property)?;
        Some((property, case.spot.seed, Some(case.spot.clone())))
    });
    let afresh = properties.iter().map(|property| (property, seed, None));
    let mut skipped = None;
    for (&property, seed, kept) in again.chain(afresh) {
        CURRENT_SEED.store(seed.0, Ordering::Relaxed);
        let mut examiner = Examiner {
            log: &mut *log,
            property,
            seed,
            kept,
            tries: 0,
        };
        match (property.examine)(&mut examiner) {
            Ok(()) => {}
            Err(Stop(Ending::Skipped(reason))) => skipped = skipped.or(Some(reason)),
            Err(Stop(ending)) => return ending,
        }
    }
    // A thread that the last case left behind may have panicked since.
    match panic_elsewhere() {
        Some(fault) => {
            let property = *properties
                .last()
                .expect("the syllabus check wants a property");
            let mut examiner = Examiner {
                log,
                property,
                seed,
                kept: None,
                tries: 1,
            };
            let case = Case {
                property: property.name.to_owned(),
                ..Case::default()
            };
            examiner.failed(case, Found::First, fault).0
        }
        None => skipped.map_or(Ending::Held, Ending::Skipped),
    }
}

impl Examiner<'_> {
    /// Draws `cases` values and tries the property on each.
    ///
    /// # Errors
    /// The first case that fails, made as small as the time allows; or a `todo!`.
    pub fn search<S: Strategy>(
        &mut self,
        cases: u32,
        strategy: S,
        show: impl Fn(&S::Value) -> Vec<(&'static str, Vec<Piece>)>,
        test: impl Fn(S::Value) -> Result<(), Broken>,
    ) -> Result<(), Stop> {
        self.search_among(cases, &|runner| {
            Some(Box::new(Drawn {
                tree: strategy.new_tree(runner).ok()?,
                show: &show,
                test: &test,
            }))
        })
    }

    /// Tries the property on each item of a list.
    ///
    /// # Errors
    /// The first item that fails; or a `todo!`.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        show: impl Fn(&T) -> Vec<(&'static str, Vec<Piece>)>,
        test: impl Fn(T) -> Result<(), Broken>,
    ) -> Result<(), Stop> {
        let (show, test) = (&show, &test);
        self.list_of(&mut items.into_iter().map(|item| Trial {
            inputs: show(&item),
            test: Box::new(move || test(item)),
        }))
    }

    fn search_among<'a>(
        &mut self,
        cases: u32,
        draw: &dyn Fn(&mut TestRunner) -> Option<Box<dyn Simplify + 'a>>,
    ) -> Result<(), Stop> {
        if let Some(spot) = self.kept.take() {
            let Some(drawn) = self.found_again(draw, &spot) else {
                return Ok(());
            };
            return match self.attempt_at(drawn.trial(), spot) {
                (case, Attempt::Failed(fault)) => Err(self.failed(case, Found::Kept, fault)),
                (_, attempt) => attempt.stop(),
            };
        }
        let mut wanted = cases;
        for number in 0..cases * DRAWS_A_CASE {
            if wanted == 0 {
                return Ok(());
            }
            let spot = Spot {
                seed: self.seed,
                draw: number,
                path: String::new(),
            };
            let Some(drawn) = draw(&mut self.runner(number)) else {
                continue;
            };
            match self.attempt_at(drawn.trial(), spot) {
                (_, Attempt::Held) => wanted -= 1,
                (case, Attempt::Failed(fault)) => {
                    let (case, fault) = self.shrink(drawn, case, fault);
                    // Once more, so that what the answer printed last is of the smallest case. An
                    // answer that rolls dice may hold this time; then the first finding stands.
                    let again = self.found_again(draw, &case.spot);
                    let again =
                        again.map(|drawn| self.attempt_at(drawn.trial(), case.spot.clone()));
                    let (case, fault) = match again {
                        Some((case, Attempt::Failed(fault))) => (case, fault),
                        _ => (case, fault),
                    };
                    return Err(self.failed(case, Found::Smallest, fault));
                }
                (_, attempt) => attempt.stop()?,
            }
        }
        if wanted == 0 {
            return Ok(());
        }
        let fault = Fault::Different {
            call: "the cases that this property can use".to_owned(),
            expected: format!("{cases} of {} draws", cases * DRAWS_A_CASE),
            got: format!("{}", cases - wanted),
        };
        let case = self.case(
            Vec::new(),
            Spot {
                seed: self.seed,
                ..Spot::default()
            },
        );
        Err(self.failed(case, Found::First, fault))
    }

    fn list_of(&mut self, trials: &mut dyn Iterator<Item = Trial<'_>>) -> Result<(), Stop> {
        let kept = self.kept.take();
        for (draw, trial) in (0..).zip(trials) {
            if kept.as_ref().is_some_and(|spot| spot.draw != draw) {
                continue;
            }
            let spot = Spot {
                seed: self.seed,
                draw,
                path: String::new(),
            };
            match self.attempt_at(trial, spot) {
                (case, Attempt::Failed(fault)) => {
                    let found = if kept.is_some() {
                        Found::Kept
                    } else {
                        Found::First
                    };
                    return Err(self.failed(case, found, fault));
                }
                (_, attempt) => attempt.stop()?,
            }
        }
        Ok(())
    }

    /// Goes the way proptest goes: simpler while it fails, back a little where it holds.
    fn shrink(
        &mut self,
        mut drawn: Box<dyn Simplify + '_>,
        case: Case,
        fault: Fault,
    ) -> (Case, Fault) {
        let until = Instant::now() + SHRINKING;
        let mut spot = case.spot.clone();
        let mut smallest = (case, fault);
        let mut moved = drawn.simplify();
        let mut step = 's';
        while moved && Instant::now() < until {
            spot.path.push(step);
            match self.attempt_at(drawn.trial(), spot.clone()) {
                (case, Attempt::Failed(fault)) => {
                    smallest = (case, fault);
                    step = 's';
                    moved = drawn.simplify();
                }
                _ => {
                    step = 'c';
                    moved = drawn.complicate();
                }
            }
        }
        smallest
    }

    /// The values at `spot`. A path that no longer leads anywhere is followed as far as it goes.
    fn found_again<'a>(
        &self,
        draw: &dyn Fn(&mut TestRunner) -> Option<Box<dyn Simplify + 'a>>,
        spot: &Spot,
    ) -> Option<Box<dyn Simplify + 'a>> {
        let mut drawn = draw(&mut self.runner(spot.draw))?;
        for step in spot.path.chars() {
            let _ = if step == 's' {
                drawn.simplify()
            } else {
                drawn.complicate()
            };
        }
        Some(drawn)
    }

    /// Where the randomness of the draw numbered `draw` comes from.
    fn runner(&self, draw: u32) -> TestRunner {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.0.to_le_bytes());
        seed[8..12].copy_from_slice(&draw.to_le_bytes());
        for (index, byte) in self.property.name.bytes().enumerate() {
            seed[12 + index % 20] ^= byte;
        }
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        TestRunner::new_with_rng(config, rng)
    }

    fn case(&self, inputs: Vec<(&'static str, Vec<Piece>)>, spot: Spot) -> Case {
        let input = |(name, pieces): (&str, Vec<Piece>)| Input {
            name: name.to_owned(),
            value: show::text(&pieces),
        };
        let inputs = inputs.into_iter().map(input).collect();
        Case {
            property: self.property.name.to_owned(),
            inputs,
            spot,
        }
    }

    fn attempt_at(&mut self, trial: Trial<'_>, spot: Spot) -> (Case, Attempt) {
        let case = self.case(trial.inputs, spot);
        let attempt = self.attempt(&case, trial.test);
        (case, attempt)
    }

    fn attempt(
        &mut self,
        case: &Case,
        test: Box<dyn FnOnce() -> Result<(), Broken> + '_>,
    ) -> Attempt {
        self.tries += 1;
        ASKED.set(None);
        (self.log)(&Event::Trying(case.clone()));
        mark_case();
        let result = panic::catch_unwind(AssertUnwindSafe(test));
        let own = take_panics(|thread| thread == thread::current().id());
        let fault = match (result, panic_elsewhere()) {
            (Err(_), _) => own.into_iter().last().unwrap_or_else(unknown_panic),
            (Ok(_), Some(fault)) => fault,
            (Ok(Ok(())), None) => return Attempt::Held,
            (Ok(Err(Broken::Assumption)), None) => return Attempt::PassedOver,
            (Ok(Err(Broken::Skipped(reason))), None) => return Attempt::Skipped(reason),
            (Ok(Err(Broken::By(fault))), None) => fault,
        };
        match fault {
            Fault::Panicked { message, .. } if message.starts_with(TODO) => Attempt::Todo(
                message[TODO.len()..]
                    .trim_start_matches([':', ' '])
                    .to_owned(),
            ),
            fault => Attempt::Failed(fault),
        }
    }

    fn failed(&mut self, case: Case, found: Found, fault: Fault) -> Stop {
        Stop(Ending::Failed(Box::new(Failure {
            case,
            sentence: self.property.sentence.to_owned(),
            think: self.property.think.to_owned(),
            tries: self.tries,
            found,
            fault: Some(fault),
        })))
    }
}

/// A panic that was seen by the hook, and the thread it was in.
static PANICS: Mutex<Vec<(ThreadId, Fault)>> = Mutex::new(Vec::new());

fn panics() -> MutexGuard<'static, Vec<(ThreadId, Fault)>> {
    PANICS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take_panics(of: impl Fn(ThreadId) -> bool) -> Vec<Fault> {
    panics()
        .extract_if(.., |(thread, _)| of(*thread))
        .map(|(_, fault)| fault)
        .collect()
}

fn panic_elsewhere() -> Option<Fault> {
    let mut elsewhere = take_panics(|thread| thread != thread::current().id()).into_iter();
    elsewhere.next().map(|fault| match fault {
        Fault::Panicked {
            message, location, ..
        } => Fault::Panicked {
            call: None,
            message,
            location,
            in_own_thread: true,
        },
        fault => fault,
    })
}

fn note_panic(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string).unwrap_or_default();
    let message = payload(info.payload()).to_owned();
    let fault = Fault::Panicked {
        call: ASKED.get().map(in_one_line),
        message,
        location,
        in_own_thread: false,
    };
    panics().push((thread::current().id(), fault));
}

fn payload(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

/// For an answer that has replaced the panic hook.
fn unknown_panic() -> Fault {
    let message = "(the message was not passed on)".to_owned();
    Fault::Panicked {
        call: ASKED.get().map(in_one_line),
        message,
        location: String::new(),
        in_own_thread: false,
    }
}

/// Both streams, because learners print to the one with `println!` and to the other with `dbg!`.
fn mark_case() {
    // Where there is no stream to print to, there is nothing to tell apart.
    let _ = io::stdout().write_all(CASE_MARK.as_bytes());
    let _ = io::stderr().write_all(CASE_MARK.as_bytes());
}
