//! Searches for a case in which a property does not hold, and makes it small.
//!
//! proptest draws the values and makes them simpler. Its `TestRunner::run` is not used, because we
//! need three things that it does not do: each case is written down before it is tried, so that it
//! can be named if the process dies of it; the next run tries exactly the same smallest case again;
//! and the search for a smaller one ends after a set time.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::isolation::mark;
use crate::notes;
use crate::panics::{name_caller, note_panic, panic_elsewhere, take_own_panics, unknown_panic};
use crate::property::{Broken, Cases, Property, in_one_line};
use crate::show::{self, Piece};
pub use crate::values::Values;
use crate::values::{Drawn, Inputs, Listed, Source, size};
use book::json;
use book::protocol::{CASE_MARK, Ending, Event};
use book::verdict::{Case, Failure, Fault, Found, Holds, Input, Replay, Seed, Todo};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How long to search for a smaller case.
const SHRINKING: Duration = Duration::from_secs(2);

/// After this many draws in a row without a smaller case, the case counts as the smallest.
const FRUITLESS: u32 = 256;

/// How many draws there may be for every case that a property needs, including those that don't
/// count.
const DRAWS_A_CASE: u32 = 10;

/// What the standard library's `todo!` puts before its message.
const TODO: &str = "not yet implemented";

// proptest does not tell a strategy which draw it is asked for, so the number of the draw waits here.
thread_local! {
    /// How many draws for the property came before, and how many arguments come before this one.
    pub(crate) static TURN: Cell<(u32, usize)> = const { Cell::new((0, 0)) };

    /// The property that is being tried.
    static PROPERTY: Cell<Option<Property>> = const { Cell::new(None) };

    /// The arguments of the case that a narration is about.
    static KNOWN: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };

    /// What a property is asking for at the moment.
    pub(crate) static ASKED: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Notes what a property is about to ask for, in case the answer is a panic.
#[doc(hidden)]
pub fn ask(expression: &'static str) {
    ASKED.set(Some(expression));
    if NARRATION.get().is_some() {
        tell_notes();
        tell(&Event::Asking(in_one_line(expression)));
    }
}

/// The same, unless something is asked for already. Returns whether it did ask.
pub fn ask_if_nothing_is(expression: &'static str) -> bool {
    let is_asked = ASKED.get().is_some();
    if !is_asked {
        ask(expression);
    }
    !is_asked
}

/// Whether this process tells of one case that another process has not survived: of each call, before it is made.
pub fn is_narration() -> bool {
    NARRATION.get().is_some()
}

/// In a [narration](is_narration), tells what has been noted so far, in case the next call does not return.
pub fn tell_notes() {
    if NARRATION.get().is_none() {
        return;
    }
    let notes = KNOWN.with_borrow(|known| notes::so_far(known));
    let notes = notes.into_iter().map(|(name, value)| Input { name, value });
    tell(&Event::Noted(notes.collect()));
}

/// Notes that the answer has returned: a panic from here on has nothing to do with it.
#[doc(hidden)]
pub fn answered() {
    ASKED.set(None);
}

/// The property that is being tried in this thread.
pub(crate) fn current_property() -> Option<Property> {
    PROPERTY.get()
}

static CURRENT_SEED: AtomicU64 = AtomicU64::new(0);

/// The seed of the case that is being tried. What a suite makes once per process (keys) it makes
/// from this, so that a case can be tried again.
pub fn seed() -> Seed {
    Seed(CURRENT_SEED.load(Ordering::Relaxed))
}

/// Whose turn it is: how many draws for this property there were before this one, and how many
/// arguments come before this one. A strategy that goes through a list of edges picks the next one
/// by the first number, so that each run sees all of them. The second number is where it begins, so
/// that a long argument is not always drawn beside a long one.
pub fn turn() -> (usize, usize) {
    let (draw, argument) = TURN.get();
    (draw as usize, argument)
}

/// Why no more cases of a property are tried.
struct Stop(Ending);

enum Attempt {
    Held,
    PassedOver,
    Skipped(String),
    Todo(String, Option<String>),
    Failed(Fault),
}

impl Attempt {
    /// The reason to stop if no fault was found in this case: a `todo!`, or something that is
    /// missing.
    fn stop(self, case: Case) -> Result<(), Stop> {
        match self {
            Attempt::Todo(message, call) => {
                let todo = Todo {
                    message,
                    case,
                    call,
                };
                Err(Stop(Ending::Todo(Box::new(todo))))
            }
            Attempt::Skipped(reason) => Err(Stop(Ending::Skipped(reason))),
            // The callers have handled the failures already, each with a `Found` of its own.
            Attempt::Held | Attempt::PassedOver | Attempt::Failed(_) => Ok(()),
        }
    }
}

/// Tries the properties of one exercise.
struct Examiner<'a> {
    log: &'a mut dyn FnMut(&Event),
    property: Property,
    seed: Seed,
    replayed: Option<Replay>,
    is_first_enough: bool,
    is_begun: bool,
    tries: u32,
    /// How large the last arguments were.
    size: usize,
    /// The last arguments that failed, as text, including those that have no name.
    values: Vec<String>,
    /// Whether what a report says beside the arguments is noted.
    is_noted: bool,
}

/// What a search is for, and where it begins.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Where the randomness comes from.
    pub seed: Seed,
    /// The folder in which the properties are [dealt](book::protocol::DEALT), if other processes try some of them.
    pub dealt: Option<&'a Path>,
    /// A case that broke a property in the last run.
    pub replay: Option<&'a Case>,
    /// Whether the first case that breaks a property is enough: a learner wants a small one, but the catalogue of
    /// mistakes only wants to know whether there is one.
    pub is_first_enough: bool,
    /// Whether the search goes on after a property has reached a `todo!`: to the other items of its list, and to the
    /// other properties. Some of the answer is written, and those may be about that part.
    pub is_begun: bool,
}

impl Search<'_> {
    /// Whether this process is to try the property of this name: no other process does.
    fn takes(self, name: &str) -> bool {
        let taken = |folder: &Path| match File::create_new(folder.join(name)) {
            // Whatever else is wrong with the folder: a property that is tried twice is better than one that is not.
            Err(error) => error.kind() == ErrorKind::AlreadyExists,
            Ok(_) => false,
        };
        !self.dealt.is_some_and(taken)
    }

    /// Whether another process has found a broken property. Properties are taken in their order, so it comes before any
    /// that is taken from then on.
    fn is_decided(self) -> bool {
        self.dealt
            .is_some_and(|folder| folder.join(DECIDED).exists())
    }

    /// Tells the other processes that a property is broken.
    fn decide(self) {
        if let Some(folder) = self.dealt {
            // If it can't be told, they search for small cases, and the verdict comes later.
            let _ = File::create(folder.join(DECIDED));
        }
    }
}

/// The file that says, among those of the properties, that one is broken. No property has a name like this.
const DECIDED: &str = "is.decided";

/// Tries `properties` in their order. The first that does not hold is the verdict, which is
/// reported at once. The others are still tried, to say how many hold, but no small case is
/// searched for.
///
/// The case `replay` broke one of them in the last run. It is the first case of that property, but
/// all properties before that one are tried first. They are simpler, so if one of them is broken,
/// that explains more.
pub fn examine(properties: &[Property], search: Search<'_>, log: &mut dyn FnMut(&Event)) -> Ending {
    // The standard hook would print every panic of the search; the report shows the one that counts.
    panic::set_hook(Box::new(note_panic));
    let (mut failed, mut todo, mut skipped) = (None, None, None);
    let (mut last, mut is_known) = (None, false);
    for &property in properties {
        // Asked first, so that it is about a property that was taken before.
        let is_decided = search.is_decided();
        if !search.takes(property.name) {
            continue;
        }
        last = Some(property);
        if is_decided && failed.is_none() && !mem::replace(&mut is_known, true) {
            // From now on, this process has as much time as the one that found it.
            log(&Event::Done(Ending::Held));
        }
        let again = search.replay.filter(|case| case.property == property.name);
        let again = again.map(|case| (case.replay.seed, Some(case.replay.clone())));
        let turns = again.into_iter().chain([(search.seed, None)]);
        let is_first_enough = search.is_first_enough || failed.is_some() || is_decided;
        let started = Instant::now();
        let result = turns.into_iter().try_for_each(|(seed, replayed)| {
            CURRENT_SEED.store(seed.0, Ordering::Relaxed);
            let mut examiner = Examiner {
                replayed,
                is_first_enough,
                is_begun: search.is_begun,
                ..Examiner::of(&mut *log, property, seed)
            };
            examiner.examine()
        });
        let holds = match result {
            Ok(()) | Err(Stop(Ending::Held)) => Holds::Yes,
            Err(Stop(Ending::Skipped(reason))) => {
                skipped = skipped.or(Some(reason));
                Holds::Skipped
            }
            Err(Stop(Ending::Todo(reached))) => {
                todo = todo.or(Some(reached));
                Holds::Todo
            }
            Err(Stop(Ending::Failed(failure))) => {
                if failed.is_none() {
                    search.decide();
                    log(&Event::Done(Ending::Failed(failure.clone())));
                }
                failed = failed.or(Some(failure));
                Holds::No
            }
        };
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        log(&Event::Tried(property.name.to_owned(), holds, milliseconds));
        let is_enough = match holds {
            Holds::No => search.is_first_enough,
            Holds::Todo => !search.is_begun && failed.is_none(),
            _ => false,
        };
        if is_enough {
            break;
        }
    }
    if let Some(failure) = failed {
        return Ending::Failed(failure);
    }
    let ending = match (todo, skipped) {
        (Some(todo), _) => Ending::Todo(todo),
        (None, skipped) => last
            .and_then(|last| left_behind(last, search.seed, log))
            .unwrap_or_else(|| skipped.map_or(Ending::Held, Ending::Skipped)),
    };
    log(&Event::Done(ending.clone()));
    ending
}

/// The panic of a thread that a case has left behind, if there was one since. It is said of the property that was tried
/// last.
fn left_behind(property: Property, seed: Seed, log: &mut dyn FnMut(&Event)) -> Option<Ending> {
    let fault = panic_elsewhere()?;
    let mut examiner = Examiner {
        tries: 1,
        ..Examiner::of(log, property, seed)
    };
    let case = Case {
        property: property.name.to_owned(),
        ..Case::default()
    };
    Some(examiner.failed(case, Found::First, fault, None).0)
}

/// Tries one case again, and tells of it what [`examine`] leaves out: its arguments, and each call before it is made. So
/// there is something to report if a process dies in that case.
pub(crate) fn narrate(property: Property, replay: &Replay, file: File) {
    panic::set_hook(Box::new(note_panic));
    CURRENT_SEED.store(replay.seed.0, Ordering::Relaxed);
    let mut log = |event: &Event| tell(event);
    let mut examiner = Examiner {
        is_noted: true,
        ..Examiner::of(&mut log, property, replay.seed)
    };
    // It can be set only once, and is.
    let _ = NARRATION.set(Mutex::new(file));
    let (mut drawn, mut listed);
    let source = match property.cases {
        Cases::Drawn(_) => {
            drawn = examiner.found_again(replay);
            Source::Drawn {
                drawn: &mut drawn,
                taken: 0,
            }
        }
        Cases::Listed => {
            listed = Listed {
                index: replay.draw as usize,
                ..Listed::default()
            };
            Source::Listed(&mut listed)
        }
        Cases::One => Source::None,
    };
    examiner.attempt(source, replay.clone());
}

/// The file that [`narrate`] writes to.
static NARRATION: OnceLock<Mutex<File>> = OnceLock::new();

/// Writes an event to the file of the narration, if there is one.
fn tell(event: &Event) {
    if let Some(file) = NARRATION.get() {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // What can't be written is missing from the report, and nothing else.
        let _ = writeln!(file, "{}", json::line(event));
    }
}

impl<'a> Examiner<'a> {
    /// One that has tried nothing yet, and is to try one case.
    fn of(log: &'a mut dyn FnMut(&Event), property: Property, seed: Seed) -> Examiner<'a> {
        Examiner {
            log,
            property,
            seed,
            replayed: None,
            is_first_enough: true,
            is_begun: false,
            tries: 0,
            size: 0,
            values: Vec::new(),
            is_noted: false,
        }
    }
}

impl Examiner<'_> {
    /// Tries the property on every case that it needs.
    ///
    /// # Errors
    /// The case that fails, made as small as the time allows; or a `todo!`.
    fn examine(&mut self) -> Result<(), Stop> {
        match self.property.cases {
            Cases::Drawn(cases) => self.search(cases),
            Cases::Listed => self.list(),
            // With one case, a replay could only be the same.
            Cases::One => {
                let replay = self.replay(0);
                match self.attempt(Source::None, replay) {
                    (case, Attempt::Failed(fault)) => {
                        Err(self.explained(case, Found::First, fault))
                    }
                    (case, attempt) => attempt.stop(case),
                }
            }
        }
    }

    fn search(&mut self, cases: u32) -> Result<(), Stop> {
        if let Some(replay) = self.replayed.take() {
            let mut drawn = self.found_again(&replay);
            return match self.attempt_at(&mut drawn, replay) {
                (case, Attempt::Failed(fault)) => Err(self.explained(case, Found::Replayed, fault)),
                (case, attempt) => attempt.stop(case),
            };
        }
        let mut wanted = cases;
        for number in 0..cases * DRAWS_A_CASE {
            if wanted == 0 {
                return Ok(());
            }
            let mut drawn = self.drawn(number);
            match self.attempt_at(&mut drawn, self.replay(number)) {
                (_, Attempt::Held) => wanted -= 1,
                (case, Attempt::Failed(fault)) if self.is_first_enough => {
                    return Err(self.explained(case, Found::First, fault));
                }
                (case, Attempt::Failed(fault)) => {
                    let (case, fault, found) = self.smallest(drawn, case, fault);
                    return Err(self.explained(case, found, fault));
                }
                (case, attempt) => attempt.stop(case)?,
            }
        }
        // The last draw may have been the last case that was wanted.
        if wanted == 0 {
            return Ok(());
        }
        // With almost nothing tried, the property must not count as one that holds.
        let fault = Fault::Different {
            call: "the cases that this property can use".to_owned(),
            expected: format!("{cases} of {} draws", cases * DRAWS_A_CASE),
            got: format!("{}", cases - wanted),
        };
        let replay = Replay {
            seed: self.seed,
            ..Replay::default()
        };
        let case = case(self.property, Vec::new(), replay);
        Err(self.failed(case, Found::First, fault, None))
    }

    fn list(&mut self) -> Result<(), Stop> {
        let replayed = self.replayed.take();
        let mut listed = Listed::default();
        let found = match replayed {
            Some(_) => Found::Replayed,
            None => Found::First,
        };
        let first = replayed.as_ref().map_or(0, |replay| replay.draw);
        let mut todo = Ok(());
        for draw in first.. {
            listed.index = draw as usize;
            let attempt = self.attempt(Source::Listed(&mut listed), self.replay(draw));
            // There was no item left, so this was not an attempt.
            if listed.ended {
                return todo;
            }
            match attempt {
                (case, Attempt::Failed(fault)) => {
                    return Err(self.explained(case, found, fault));
                }
                (case, attempt @ Attempt::Todo(..)) if self.is_begun => {
                    todo = todo.and(attempt.stop(case));
                }
                (case, attempt) => attempt.stop(case)?,
            }
            if replayed.is_some() {
                return todo;
            }
        }
        todo
    }

    /// The smallest case that can be found. Once the case that was drawn is as small as it gets,
    /// others are drawn: the way to a smaller case may lead through cases in which the property
    /// holds, or that don't count.
    fn smallest(&mut self, drawn: Drawn, case: Case, fault: Fault) -> (Case, Fault, Found) {
        let until = Instant::now() + SHRINKING;
        let first = case.replay.draw + 1;
        let mut smallest = self.failing(case, fault);
        self.shrink(drawn, &mut smallest, until);
        let mut fruitless = 0;
        for number in first.. {
            if fruitless == FRUITLESS {
                let found = if is_simple(&smallest.values) {
                    Found::Smallest
                } else {
                    Found::Small
                };
                return (smallest.case, smallest.fault, found);
            }
            if Instant::now() > until {
                break;
            }
            fruitless += 1;
            let mut drawn = self.drawn(number);
            if let (case, Attempt::Failed(fault)) = self.attempt_at(&mut drawn, self.replay(number))
            {
                let mut other = self.failing(case, fault);
                // A case that is smaller to begin with is made smaller, too. A larger one would
                // most likely end up the same.
                if other.key() < smallest.key() {
                    self.shrink(drawn, &mut other, until);
                    smallest = other;
                    fruitless = 0;
                }
            }
        }
        (smallest.case, smallest.fault, Found::Small)
    }

    /// The case that was tried last, which failed.
    fn failing(&mut self, case: Case, fault: Fault) -> Failing {
        Failing {
            size: self.size,
            values: mem::take(&mut self.values),
            case,
            fault,
        }
    }

    /// Shrinks as proptest does: simpler while the case fails, back a little when it holds.
    fn shrink(&mut self, mut drawn: Drawn, smallest: &mut Failing, until: Instant) {
        let mut replay = smallest.case.replay.clone();
        let mut moved = drawn.simplify();
        let mut step = 's';
        while moved && Instant::now() < until {
            replay.path.push(step);
            match self.attempt_at(&mut drawn, replay.clone()) {
                (case, Attempt::Failed(fault)) => {
                    *smallest = self.failing(case, fault);
                    step = 's';
                    moved = drawn.simplify();
                }
                _ => {
                    step = 'c';
                    moved = drawn.complicate();
                }
            }
        }
    }

    /// The arguments at `replay`. A path that no longer leads anywhere is followed as far as it goes.
    fn found_again(&self, replay: &Replay) -> Drawn {
        let mut drawn = self.drawn(replay.draw);
        let mut values = Values {
            source: Source::Drawn {
                drawn: &mut drawn,
                taken: 0,
            },
            inputs: Vec::new(),
            begin: None,
        };
        // It ends where the property would begin.
        let _ = (self.property.test)(&mut values);
        for step in replay.path.chars() {
            let _ = if step == 's' {
                drawn.simplify()
            } else {
                drawn.complicate()
            };
        }
        drawn
    }

    /// The arguments that are drawn as number `draw`: none yet, but everything that determines what
    /// they will be.
    fn drawn(&self, draw: u32) -> Drawn {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.0.to_le_bytes());
        seed[8..12].copy_from_slice(&draw.to_le_bytes());
        // The rest is from the name: two properties with the same arguments draw different values.
        for (index, byte) in self.property.name.bytes().enumerate() {
            seed[12 + index % 20] ^= byte;
        }
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let config = Config {
            // The record of the exercise keeps the case. proptest would add a file beside the sources.
            failure_persistence: None,
            ..Config::default()
        };
        Drawn {
            draw,
            runner: TestRunner::new_with_rng(config, rng),
            trees: Vec::new(),
            next: 0,
            last: None,
        }
    }

    fn replay(&self, draw: u32) -> Replay {
        Replay {
            seed: self.seed,
            draw,
            path: String::new(),
        }
    }

    fn attempt_at(&mut self, drawn: &mut Drawn, replay: Replay) -> (Case, Attempt) {
        self.attempt(Source::Drawn { drawn, taken: 0 }, replay)
    }

    fn attempt(&mut self, source: Source<'_>, replay: Replay) -> (Case, Attempt) {
        let property = self.property;
        PROPERTY.set(Some(property));
        // Empty if the arguments themselves are what fails.
        let mut inputs = Vec::new();
        let mut begin = |drawn: Inputs| {
            self.tries += 1;
            self.size = size(&drawn);
            inputs = drawn;
            ASKED.set(None);
            notes::forget(self.is_noted);
            // There are thousands of cases, and most of them hold. So this says only how to find the case again:
            // writing all arguments down was a tenth of the time of grading.
            let told = if is_narration() {
                inputs.clone()
            } else {
                Vec::new()
            };
            let told = case(property, told, replay.clone());
            KNOWN.set(values_of(&told));
            (self.log)(&Event::Trying(told));
            // A report shows what the answer printed in the case that it tells of, and that is tried once more, alone.
            // To mark all the others would wake the parent for each: that was a tenth of the time of grading.
            if self.tries == 1 || self.is_noted {
                mark(CASE_MARK);
            }
        };
        let mut values = Values {
            source,
            inputs: Vec::new(),
            begin: Some(&mut begin),
        };
        let result = panic::catch_unwind(AssertUnwindSafe(|| (property.test)(&mut values)));
        // Panics that the answer caught itself are taken out, too: they must not be found after the
        // next case.
        let own = take_own_panics();
        let attempt = match (result, panic_elsewhere()) {
            // It may have caught earlier ones. The last is the one that ended the case.
            (Err(_), _) => failed_by(own.into_iter().last().unwrap_or_else(unknown_panic)),
            (Ok(_), Some(fault)) => failed_by(fault),
            (Ok(Ok(())), None) => Attempt::Held,
            (Ok(Err(Broken::Assumption)), None) => Attempt::PassedOver,
            (Ok(Err(Broken::Skipped(reason))), None) => Attempt::Skipped(reason),
            (Ok(Err(Broken::By(fault))), None) => failed_by(*fault),
        };
        match attempt {
            Attempt::Held | Attempt::PassedOver => inputs.clear(),
            _ => {
                let pieces = inputs.iter().map(|(_, pieces)| pieces);
                self.values = pieces.map(|pieces| show::text(pieces)).collect();
            }
        }
        (case(property, inputs, replay), attempt)
    }

    /// Tries a case that failed once more, to note what its report says beside the arguments, and
    /// so that what the answer printed last is from this case. If something random in the answer
    /// makes it hold this time, the first result counts.
    fn explained(&mut self, case: Case, found: Found, fault: Fault) -> Stop {
        let (replay, tries) = (case.replay.clone(), self.tries);
        self.is_noted = true;
        let again = match self.property.cases {
            Cases::Drawn(_) => self.attempt_at(&mut self.found_again(&replay), replay),
            Cases::Listed => {
                let mut listed = Listed {
                    index: replay.draw as usize,
                    ..Listed::default()
                };
                self.attempt(Source::Listed(&mut listed), replay)
            }
            Cases::One => self.attempt(Source::None, replay),
        };
        self.is_noted = false;
        self.tries = tries;
        match again {
            (again, Attempt::Failed(fault)) => {
                let noted = notes::take(&values_of(&again));
                self.failed(again, found, fault, Some(noted))
            }
            _ => self.failed(case, found, fault, None),
        }
    }

    /// What the report says about a case that failed, with what was noted about it.
    fn failed(
        &mut self,
        case: Case,
        found: Found,
        mut fault: Fault,
        noted: Option<Vec<(String, String)>>,
    ) -> Stop {
        name_caller(&mut fault);
        let think = noted
            .as_ref()
            .and_then(|_| notes::thought())
            .unwrap_or(self.property.think);
        let noted = noted.unwrap_or_default().into_iter();
        Stop(Ending::Failed(Box::new(Failure {
            case,
            sentence: self.property.sentence.to_owned(),
            with: noted.map(|(name, value)| Input { name, value }).collect(),
            think: thought(think, &fault),
            tries: self.tries,
            found,
            fault: Some(fault),
        })))
    }
}

/// The thought that fits a fault: the property's if the answer is wrong. A panic has other causes.
fn thought(think: &str, fault: &Fault) -> Option<String> {
    let Fault::Panicked { message, .. } = fault else {
        return Some(think.to_owned());
    };
    // How messages of the standard library begin, or end.
    let thoughts = [
        (
            "subtract with overflow",
            "Which of the two is larger here, and what does it mean if it is the second?",
        ),
        (
            "with overflow",
            "How large do these numbers get, and which type has room for the result?",
        ),
        (
            "divisor of zero",
            "When is the divisor zero, and what should come back then?",
        ),
        (
            "divide by zero",
            "When is the divisor zero, and what should come back then?",
        ),
        (
            "index out of bounds",
            "Which length does your answer take for granted?",
        ),
        (
            "out of range for slice",
            "Which length does your answer take for granted?",
        ),
        (
            // That of `split_at`.
            "mid > len",
            "Which length does your answer take for granted?",
        ),
        (
            "TryFromSliceError",
            "Which length does your answer take for granted?",
        ),
        (
            "source slice length",
            "Which length does your answer take for granted?",
        ),
        (
            "on a `None` value",
            "What should come back in this case, in place of a panic?",
        ),
        (
            "on an `Err` value",
            "What should come back in this case, in place of a panic?",
        ),
    ];
    let fits = thoughts.iter().find(|(part, _)| message.contains(part));
    fits.map(|(_, thought)| (*thought).to_owned())
}

/// A case that failed.
struct Failing {
    size: usize,
    /// The arguments, as text, including those that have no name.
    values: Vec<String>,
    case: Case,
    fault: Fault,
}

impl Failing {
    /// Of two cases, the one with the smaller key is smaller. If they are equally large, it is the one with the
    /// smaller digits: fewer ones among the zeros.
    fn key(&self) -> (usize, &[String]) {
        (self.size, &self.values)
    }
}

/// Whether nothing in the arguments of a case looks as if it could be smaller: there is no number of more than six
/// digits, and there are no bytes of which more than eight are not zero. Arguments become smaller
/// one at a time, so two that depend on each other may both stay large, and the next draws may not
/// find that out.
fn is_simple(values: &[String]) -> bool {
    values.iter().all(|value| {
        let is_bytes = value.contains(" byte");
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric());
        words.all(|word| {
            if is_bytes {
                let bytes = word.as_bytes().chunks(2);
                bytes.filter(|byte| *byte != b"00").count() <= 8
            } else {
                let digits = word.trim_start_matches('0');
                digits.len() <= 6 || !digits.bytes().all(|digit| digit.is_ascii_digit())
            }
        })
    })
}

/// A case in the words of the report.
fn case(property: Property, inputs: Inputs, replay: Replay) -> Case {
    let input = |(name, pieces): (&str, Vec<Piece>)| Input {
        name: name.to_owned(),
        value: show::text(&pieces),
    };
    let named = inputs.into_iter().filter(|(name, _)| !name.is_empty());
    Case {
        property: property.name.to_owned(),
        inputs: named.map(input).collect(),
        replay,
    }
}

/// The names and values of the arguments of a case.
fn values_of(case: &Case) -> Vec<(String, String)> {
    let inputs = case.inputs.iter();
    let values = inputs.map(|input| (input.name.clone(), input.value.clone()));
    values.collect()
}

/// A `todo!` is not a failure.
fn failed_by(fault: Fault) -> Attempt {
    match fault {
        // `todo!()` says only these words. A message comes after a colon.
        Fault::Panicked { message, call, .. } if message.starts_with(TODO) => Attempt::Todo(
            message[TODO.len()..]
                .trim_start_matches([':', ' '])
                .to_owned(),
            call,
        ),
        fault => Attempt::Failed(fault),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::Just;

    use super::*;

    crate::suite! {
        exercise "1.1" {
            /// no small number is refused
            #[think = "Which one?"]
            fn a_small_one({number} in Just(7)) { crate::check!(number > 7, "more", number); }

            /// no large number is refused
            #[think = "Which one?"]
            fn a_large_one({number} in Just(123_456_789)) { crate::check!(number < 7, "less", number); }
        }
    }

    #[test]
    fn a_case_is_the_smallest_only_if_what_has_no_name_is_small_too() {
        let found = suite().into_iter().map(|property| {
            let search = Search {
                seed: Seed::fresh(),
                dealt: None,
                replay: None,
                is_first_enough: false,
                is_begun: false,
            };
            match examine(&[property], search, &mut |_| {}) {
                Ending::Failed(failure) => failure.found,
                other => panic!("{other:?}"),
            }
        });
        assert_eq!(found.collect::<Vec<_>>(), [Found::Smallest, Found::Small]);
    }

    /// What is said of the properties that are dealt in this folder.
    fn events_in(dealt: &Path) -> Vec<Event> {
        let mut events = Vec::new();
        let search = Search {
            seed: Seed::fresh(),
            dealt: Some(dealt),
            replay: None,
            is_first_enough: false,
            is_begun: false,
        };
        examine(&suite(), search, &mut |event| {
            // An event is not cloned anywhere else.
            events.extend(json::read::<Event>(&json::line(event)));
        });
        events
    }

    #[test]
    fn what_another_process_has_taken_is_not_tried() {
        let dealt = tempfile::tempdir().unwrap();
        fs::write(dealt.path().join("a_small_one"), "").unwrap();
        let tried_in = |dealt: &Path| {
            let mut tried = Vec::new();
            for event in events_in(dealt) {
                if let Event::Tried(name, ..) = event {
                    tried.push(name);
                }
            }
            tried
        };
        assert_eq!(tried_in(dealt.path()), ["a_large_one"]);
        // Now both are taken.
        assert!(tried_in(dealt.path()).is_empty());
        // Nothing can be dealt in a folder that is missing: what it would deal is tried.
        let both = ["a_small_one", "a_large_one"];
        assert_eq!(tried_in(&dealt.path().join("missing")), both);
    }

    #[test]
    fn once_one_process_has_found_a_fault_the_others_hurry() {
        let dealt = tempfile::tempdir().unwrap();
        fs::write(dealt.path().join("a_small_one"), "").unwrap();
        // The first process searches for a small case, and says so once it has one.
        let [Event::Done(Ending::Failed(failure)), ..] = &events_of(dealt.path())[..] else {
            panic!("the large one is broken");
        };
        assert_eq!(failure.found, Found::Small);
        assert!(dealt.path().join(DECIDED).exists());
        fs::remove_file(dealt.path().join("a_large_one")).unwrap();
        let events = events_of(dealt.path());
        let [
            Event::Done(Ending::Held),
            Event::Done(Ending::Failed(failure)),
            ..,
        ] = &events[..]
        else {
            panic!("{events:?}");
        };
        assert_eq!(failure.found, Found::First);
    }

    /// The same, without the cases.
    fn events_of(dealt: &Path) -> Vec<Event> {
        let mut events = events_in(dealt);
        events.retain(|event| !matches!(event, Event::Trying(_)));
        events
    }
}
