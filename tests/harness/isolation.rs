//! The child's half of grading: examines an exercise, and writes down what happens, event by event.
//!
//! The events go to a file that the parent gave it, because standard output belongs to the learner's
//! `println!`. The memory of an answer is limited by the allocator, which works alike on every platform.

use std::env;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use book::json;
use book::protocol::{END_MARK, Event, SHARED};
use book::verdict::{Replay, Seed};

use crate::property::Property;
use crate::search::Search;
use crate::{elsewhere, search};

/// How long the other properties are tried once the verdict is known.
const REST: Duration = Duration::from_secs(1);

/// How often a child checks whether its parent is still there.
const PARENT_CHECK: Duration = Duration::from_millis(200);

/// The stack that an answer runs on: as large as that of a main thread on Linux, on every platform.
const STACK: usize = 8 << 20;

// There is no limit until `examine` sets one: listing the properties needs none.
#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// The child's side: examines `properties` and writes each event to the file at `events`.
///
/// # Errors
/// The file of events can't be written.
pub fn examine(
    properties: &[Property],
    search: Search<'_>,
    memory: usize,
    events: &Path,
) -> io::Result<()> {
    let mut file = File::create(events)?;
    let mut is_known = false;
    let mut log = |event: &Event| {
        // These cases no longer change the verdict.
        if is_known && matches!(event, Event::Trying(_)) {
            return;
        }
        let line = json::line(event) + "\n";
        // Without its events, a child has no result, and its parent says so.
        let _ = file.write_all(line.as_bytes());
        if let Event::Done(_) = event {
            is_known = true;
            mark(END_MARK);
            // An answer may have used up all threads. Then it may go on until its time is up.
            let _ = thread::Builder::new().spawn(end_soon);
        }
    };
    confined(memory, || {
        search::examine(properties, search, &mut log);
    })
}

/// The side of a process that is asked to tell of one case. It writes its arguments to the file at `events`, and
/// then each call.
///
/// # Errors
/// The file of events can't be written.
pub fn narrate(
    property: Property,
    replay: &Replay,
    memory: usize,
    events: &Path,
) -> io::Result<()> {
    let file = File::create(events)?;
    confined(memory, || search::narrate(property, replay, file))
}

/// From now on, ends the process soon after its parent has gone, whatever the answer is doing: without
/// a parent, nobody else ends an answer that loops. If the system does not tell us who the parent is,
/// it ends after this `time`.
pub(crate) fn end_without_parent(time: Option<Duration>) {
    let started = Instant::now();
    let before = parent();
    let guard = move || {
        while parent() == before && time.is_none_or(|time| started.elapsed() < time) {
            thread::sleep(PARENT_CHECK);
        }
        process::exit(1);
    };
    // Without it, the parent still ends the process, as long as it is there.
    let _ = thread::Builder::new().spawn(guard);
}

/// The number of the parent. If it has gone, another process has taken its place.
fn parent() -> Option<u32> {
    #[cfg(unix)]
    return Some(std::os::unix::process::parent_id());
    #[cfg(not(unix))]
    None
}

/// Ends the process, whatever the answer is doing: the verdict is known, and someone is waiting for
/// it.
fn end_soon() {
    thread::sleep(REST);
    process::exit(0);
}

/// Prints `mark` to both streams, because learners print to the one with `println!` and to the other with `dbg!`.
pub(crate) fn mark(mark: &str) {
    // If there is no stream to print to, there is nothing to tell apart.
    let _ = io::stdout().write_all(mark.as_bytes());
    let _ = io::stderr().write_all(mark.as_bytes());
}

/// The side of a process that is asked for the value of a property: [`elsewhere()`](crate::elsewhere()).
///
/// # Errors
/// No thread can be started.
pub fn sample(property: Property, seed: Seed, memory: usize) -> io::Result<()> {
    elsewhere::be_a_sample();
    confined(memory, || {
        // It tells the value, and ends the process.
        let search = Search {
            seed,
            dealt: None,
            replay: None,
            is_first_enough: true,
            is_begun: false,
        };
        search::examine(&[property], search, &mut |_| {});
    })
}

/// The folder for what takes long to make, if there is one. The processes of this run and of later ones share it.
pub fn shared() -> Option<PathBuf> {
    env::var_os(SHARED).map(PathBuf::from)
}

/// How many bytes may be allocated.
pub(crate) fn memory() -> usize {
    ALLOCATOR.limit()
}

/// Runs an answer with the memory and the stack that it is allowed.
fn confined(memory: usize, examination: impl FnOnce() + Send) -> io::Result<()> {
    // It fails if more is in use already. Nothing is.
    let _ = ALLOCATOR.set_limit(memory);
    thread::scope(|scope| {
        let examiner = thread::Builder::new()
            .name("your answer".to_owned())
            .stack_size(STACK);
        // The handle is not needed: the scope waits for the thread.
        examiner.spawn_scoped(scope, examination).map(|_| ())
    })
}
