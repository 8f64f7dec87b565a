//! Grades an exercise in a child process, so that no answer can take the others down: it may loop,
//! overflow its stack, exit, allocate without end or print without end.
//!
//! The child writes what it does, [event](book::protocol::Event) by event, to a file that its parent gave
//! it. Its memory is limited by its allocator, which works alike on every platform; its time is limited
//! by the parent.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use book::json;
use book::protocol::{self, CASE_MARK, Description, END_MARK, Ending, Event, SHARED};
use book::verdict::{Case, Failure, Fault, Found, Holds, Input, Seed, Todo, Tried, Verdict};

use crate::family::Family;
use crate::run::Cancel;

/// What an exercise may take. A solved one takes a second and a few megabytes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes it may have allocated at once.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            time: Duration::from_secs(10),
            memory: 256 << 20,
        }
    }
}

/// How many bytes are kept of what a child prints to each stream: the last ones.
const PRINTED: usize = 16 << 10;

/// How much longer a child may run before it ends by itself. It does so only if this process has gone,
/// killed with everything that it had to do.
const WITHOUT_PARENT: Duration = Duration::from_secs(5);

/// How long the output of a child that has ended may take to arrive. It takes longer only if the
/// answer has left a process behind that holds the pipe open.
const STRAGGLERS: Duration = Duration::from_secs(1);

/// How long a child may take that tells of the case in which another one died.
const NARRATION: Duration = Duration::from_secs(2);

/// The name of the folder for what the children share, beside their events.
const SHARED_FOLDER: &str = "shared";

/// How often we check whether the run was cancelled.
const CANCEL_CHECK: Duration = Duration::from_millis(20);

/// What a child is asked to do. It travels as command line arguments.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The exercise.
    pub id: &'a str,
    /// The program of its suite.
    pub program: &'a Path,
    /// Environment variables that it gets in addition to those of this process.
    pub environment: &'a [(&'a str, String)],
    /// Its properties, or those of them that are asked for.
    pub properties: &'a [Description],
    /// A new folder in which they are [dealt](protocol::DEALT), if several children have this task.
    pub dealt: Option<&'a Path>,
    /// Where the randomness comes from.
    pub seed: Seed,
    /// The case to try before all others.
    pub replay: Option<&'a Case>,
    /// Whether the first case that breaks a property is enough, and no smaller one is searched for.
    pub is_first_enough: bool,
    /// Whether it is in a process group of its own, which ends when it does: whatever the answer
    /// starts, nothing stays behind.
    pub is_apart: bool,
    /// Whether some of the answer is written, but not all: then the other properties are tried even
    /// after one has reached a `todo!`.
    pub is_begun: bool,
    /// Whether it only tells of the case to replay.
    pub is_narration: bool,
}

/// How a child ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The verdict.
    pub verdict: Verdict,
    /// The properties that were asked for, in the order in which they are tried.
    pub properties: Vec<Tried>,
    /// The `todo!` that was reached, if that decided the verdict.
    pub todo: Option<Todo>,
    /// The case it failed on, if there is one.
    pub failure: Option<Failure>,
    /// What the answer printed in its last case.
    pub printed: String,
    /// How long it took.
    pub took: Duration,
}

impl Ended {
    /// An exercise of which nothing is written, without a try.
    pub fn not_started() -> Ended {
        Ended {
            verdict: Verdict::NotStarted,
            properties: Vec::new(),
            todo: None,
            failure: None,
            printed: String::new(),
            took: Duration::ZERO,
        }
    }
}

/// How many exercises, or parts of one, this process has graded. Relaxed is enough for a number that is given out once.
static GRADED: AtomicU32 = AtomicU32::new(0);

/// Grades one exercise in a child process. Returns `None` if the run was cancelled.
///
/// # Errors
/// The child can't be started, or has died without having tried anything.
pub fn grade(
    task: &Task<'_>,
    limits: Limits,
    folder: &Path,
    cancel: &Cancel,
) -> io::Result<Option<Ended>> {
    fs::create_dir_all(folder.join(SHARED_FOLDER))?;
    // With the number of this process in its name: two graders may use the same folder at once.
    let number = GRADED.fetch_add(1, Ordering::Relaxed);
    let name = format!("{}-{number}.events", std::process::id());
    let events = folder.join(name);
    let Some(last_words) = listen(task, limits, &events, cancel)? else {
        return Ok(None);
    };
    let said = Said::read(&last_words.events);

    let mut properties = said.tried(task.properties);
    let mut printed = last_printed(&last_words.output, &last_words.errors);
    let (verdict, todo, failure) = match said.ending {
        Some(ending) => verdict_on(ending, task.id),
        None => {
            let Some(case) = said.last_case() else {
                return Err(io::Error::other(format!(
                    "{} before a case was tried: {}",
                    last_words.status, last_words.errors
                )));
            };
            let verdict = if last_words.in_time {
                cause_of_death(last_words.status, &last_words.errors, limits)
            } else {
                out_of_time(limits)
            };
            let narration = narrated(&case, task, limits, &events, cancel);
            let narration = match narration {
                Some(narration) => {
                    printed.clone_from(&narration.printed);
                    narration
                }
                None => Narration::default(),
            };
            let died_of = died_of(case, narration, said.cases, task);
            for property in &mut properties {
                if property.property == died_of.case.property {
                    property.holds = Holds::No;
                }
            }
            (verdict, None, Some(died_of))
        }
    };
    Ok(Some(Ended {
        verdict,
        properties,
        todo,
        failure,
        printed,
        took: last_words.took,
    }))
}

/// What a child has left when it ended.
struct LastWords {
    status: ExitStatus,
    /// Whether it ended by itself, before its time was up.
    in_time: bool,
    took: Duration,
    /// What it wrote down.
    events: String,
    /// What the answer printed.
    output: String,
    errors: String,
}

/// Runs a child to its end. Nothing is left of one that nobody waits for anymore.
fn listen(
    task: &Task<'_>,
    limits: Limits,
    events: &Path,
    cancel: &Cancel,
) -> io::Result<Option<LastWords>> {
    // A child that is killed can't remove its temporary files, an OpenSSL key among them. So they are in a folder of
    // ours, which is gone when this returns.
    let temporary = tempfile::tempdir_in(events.parent().unwrap_or(Path::new(".")))?;
    let started = Instant::now();
    let mut family = start(task, limits, events, temporary.path())?;
    let mut output = Stream::of(family.child.stdout.take());
    let mut errors = Stream::of(family.child.stderr.take());
    // The child's streams end when the child does.
    let deadline = started + limits.time;
    let in_time = output.ends_by(deadline, cancel) && errors.ends_by(deadline, cancel);
    // It has taken too long, or was cancelled.
    if !in_time {
        family.child.kill()?;
    }
    family.end_others();
    let status = family.child.wait()?;
    if cancel.is_cancelled() {
        let _ = fs::remove_file(events);
        return Ok(None);
    }
    let took = started.elapsed();
    let (output, errors) = (output.text(), errors.text());
    // A child that could not even begin has not created the file. One that was killed may have left
    // half of a character at its end.
    let said = fs::read(events).unwrap_or_default();
    let _ = fs::remove_file(events);
    Ok(Some(LastWords {
        status,
        in_time,
        took,
        events: String::from_utf8_lossy(&said).into_owned(),
        output,
        errors,
    }))
}

/// The variables that name the folder for temporary files: on Unix the first, on Windows one of the others.
const TEMPORARY: [&str; 3] = ["TMPDIR", "TMP", "TEMP"];

fn start(task: &Task<'_>, limits: Limits, events: &Path, temporary: &Path) -> io::Result<Family> {
    let mut command = Command::new(task.program);
    command.env(SHARED, events.with_file_name(SHARED_FOLDER));
    command.envs(TEMPORARY.map(|name| (name, temporary)));
    command.envs(task.environment.iter().map(|(name, value)| (name, value)));
    command.arg(protocol::EXAMINE).arg(task.id);
    command.arg(protocol::SEED).arg(task.seed.to_string());
    command.arg(protocol::MEMORY).arg(limits.memory.to_string());
    let time = limits.time + WITHOUT_PARENT;
    command.arg(protocol::TIME).arg(time.as_secs().to_string());
    command.arg(protocol::EVENTS).arg(events);
    for property in task.properties {
        command.arg(protocol::PROPERTY).arg(&property.name);
    }
    if let Some(folder) = task.dealt {
        command.arg(protocol::DEALT).arg(folder);
    }
    if task.is_first_enough {
        command.arg(protocol::FIRST);
    }
    if task.is_begun {
        command.arg(protocol::BEGUN);
    }
    if let Some(case) = task.replay {
        command.arg(protocol::REPLAY).arg(json::line(case));
    }
    if task.is_narration {
        command.arg(protocol::NARRATE);
    }
    command
        // An answer that reads standard input finds nothing in it, and does not wait for the learner to type.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    Family::start(&mut command, task.is_apart)
}

/// What a child that died has not told of its last case.
#[derive(Default)]
struct Narration {
    /// The case with its arguments, if it got that far.
    case: Option<Case>,
    /// The call that it died in.
    call: Option<String>,
    /// What it had noted before that call.
    notes: Vec<Input>,
    /// What the answer printed in that case.
    printed: String,
}

/// Asks another child of a case in which one died. It tries that case alone, and most likely dies as well, or gets no
/// further in its time. Returns `None` if it can't be started.
fn narrated(
    case: &Case,
    task: &Task<'_>,
    limits: Limits,
    events: &Path,
    cancel: &Cancel,
) -> Option<Narration> {
    let limits = Limits {
        time: limits.time.min(NARRATION),
        ..limits
    };
    let property: Vec<Description> = task
        .properties
        .iter()
        .filter(|property| property.name == case.property)
        .cloned()
        .collect();
    let task = Task {
        properties: &property,
        dealt: None,
        replay: Some(case),
        is_narration: true,
        ..*task
    };
    let last_words = listen(&task, limits, events, cancel).ok().flatten()?;
    let said = Said::read(&last_words.events);
    Some(Narration {
        case: said.last_case(),
        call: said.asking,
        notes: said.noted,
        printed: last_printed(&last_words.output, &last_words.errors),
    })
}

/// What a child has written down.
#[derive(Default)]
struct Said<'a> {
    /// The case that it was trying, while the verdict was not known, as it was written down.
    trying: Option<&'a str>,
    /// The expression that it was evaluating, if it was to tell.
    asking: Option<String>,
    /// What it had noted for a report by then.
    noted: Vec<Input>,
    /// How many it had tried by then.
    cases: u32,
    /// The results of its properties, by their names.
    tried: BTreeMap<String, (Holds, u64)>,
    ending: Option<Ending>,
}

impl<'a> Said<'a> {
    fn read(text: &'a str) -> Said<'a> {
        let mut said = Said::default();
        // The last line of a child that was killed may be cut short.
        for line in text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
        {
            // There are thousands of these, and only the last is read.
            if protocol::is_trying(line) {
                said.cases += 1;
                said.trying = Some(line);
                continue;
            }
            match json::read(line) {
                Some(Event::Trying(_)) => {}
                Some(Event::Asking(call)) => said.asking = Some(call),
                Some(Event::Noted(notes)) => said.noted = notes,
                Some(Event::Tried(property, holds, milliseconds)) => {
                    said.tried.insert(property, (holds, milliseconds));
                }
                Some(Event::Done(ending)) => said.ending = Some(ending),
                None => break,
            }
        }
        said
    }

    /// The case that it was trying last.
    fn last_case(&self) -> Option<Case> {
        match json::read(self.trying?)? {
            Event::Trying(case) => Some(case),
            _ => None,
        }
    }

    /// The results of these properties.
    fn tried(&self, properties: &[Description]) -> Vec<Tried> {
        let tried = |property: &Description| {
            let found = self.tried.get(&property.name).copied();
            let (holds, milliseconds) = found.unwrap_or((Holds::Untried, 0));
            Tried {
                property: property.name.clone(),
                sentence: property.sentence.clone(),
                holds,
                milliseconds,
            }
        };
        properties.iter().map(tried).collect()
    }
}

fn verdict_on(ending: Ending, id: &str) -> (Verdict, Option<Todo>, Option<Failure>) {
    match ending {
        Ending::Held => (Verdict::Solved, None, None),
        Ending::Skipped(reason) => (Verdict::Skipped { reason }, None, None),
        Ending::Todo(todo) => {
            // The text of a `todo!` begins with the number of its exercise. One without a number is
            // the learner's own.
            let of = todo.message.split_once(':').map_or(id, |(of, _)| of);
            let elsewhere = of != id && of.split('.').all(|part| part.parse::<u32>().is_ok());
            let waiting_for = of.to_owned();
            let verdict = if elsewhere {
                Verdict::Waiting { waiting_for }
            } else {
                Verdict::NotStarted
            };
            (verdict, Some(*todo), None)
        }
        Ending::Failed(failure) => {
            let panicked = matches!(failure.fault, Some(Fault::Panicked { .. }));
            let verdict = if panicked {
                Verdict::Panicked
            } else {
                Verdict::Wrong
            };
            (verdict, None, Some(*failure))
        }
    }
}

fn out_of_time(limits: Limits) -> Verdict {
    Verdict::OutOfTime {
        limit_seconds: limits.time.as_secs(),
    }
}

/// What the standard library says on standard error when a stack is full.
const STACK_FULL: &str = "has overflowed its stack";

/// What the standard library says on standard error when an allocation fails.
const ALLOCATION_FAILED: &str = "memory allocation of ";

fn cause_of_death(status: ExitStatus, errors: &str, limits: Limits) -> Verdict {
    // Windows has no signals: an abort is an exit with an NTSTATUS of severity "error".
    let by_itself = |code: &i32| !(cfg!(windows) && code.cast_unsigned() >= 0xc000_0000);
    // A full stack and a failed allocation both end in an abort. Only the message before it tells
    // which it was.
    if errors.contains(STACK_FULL) {
        Verdict::OverflowedStack
    } else if errors.contains(ALLOCATION_FAILED) {
        Verdict::OutOfMemory {
            limit_bytes: limits.memory,
        }
    } else if let Some(code) = status.code().filter(by_itself) {
        Verdict::Exited { code }
    } else {
        Verdict::Aborted {
            status: status.to_string(),
        }
    }
}

/// The failure of a child that died in `case`, its `tries`th, of which another one has told this.
fn died_of(case: Case, narration: Narration, tries: u32, task: &Task<'_>) -> Failure {
    let case = narration.case.unwrap_or(case);
    // The process died in this case, so there was nobody left to make it smaller.
    let found = if task.replay == Some(&case) {
        Found::Replayed
    } else {
        Found::First
    };
    let property = task
        .properties
        .iter()
        .find(|property| property.name == case.property);
    let sentence = property.map(|property| property.sentence.clone());
    Failure {
        case,
        sentence: sentence.unwrap_or_default(),
        with: narration.notes,
        // The report says how it died, and asks the right question there.
        think: None,
        tries,
        found,
        fault: narration.call.map(|call| Fault::Died { call }),
    }
}

/// What the answer printed since the last case began, first to standard output and then to
/// standard error, without the standard library's last words.
fn last_printed(output: &str, errors: &str) -> String {
    let own = |line: &&str| !line.contains(STACK_FULL) && !line.contains(ALLOCATION_FAILED);
    let since = |text: &str| -> String {
        let last = text.rsplit_once(CASE_MARK).map_or(text, |(_, last)| last);
        last.lines()
            // The message of the standard library comes last, and takes more than one line.
            .take_while(own)
            .collect::<Vec<_>>()
            .join("\n")
            .trim_end()
            .to_owned()
    };
    let parts = [since(output), since(errors)];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// One stream of a child, read to its end in a thread of its own, so that a child never waits for
/// its parent to listen.
struct Stream {
    ended: Receiver<Tail>,
    tail: Option<Tail>,
}

/// The end of a stream.
#[derive(Default)]
struct Tail {
    bytes: Vec<u8>,
    left_out: usize,
}

impl Stream {
    fn of(source: Option<impl Read + Send + 'static>) -> Stream {
        let (sender, ended) = mpsc::channel();
        if let Some(source) = source {
            // If the parent has given up on the stream, nobody receives this.
            thread::spawn(move || sender.send(Tail::of(source)).ok());
        }
        Stream { ended, tail: None }
    }

    /// Waits for the end of the stream. Returns whether it came in time, and before the run was
    /// cancelled.
    fn ends_by(&mut self, deadline: Instant, cancel: &Cancel) -> bool {
        while self.tail.is_none() && !cancel.is_cancelled() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.ended.recv_timeout(left.min(CANCEL_CHECK)) {
                Ok(tail) => self.tail = Some(tail),
                Err(RecvTimeoutError::Timeout) if !left.is_zero() => {}
                // The time is up, or there was no stream to read.
                Err(_) => break,
            }
        }
        self.tail.is_some()
    }

    fn text(&mut self) -> String {
        // This wait can't be cancelled, and need not be: the child has ended, so it is short.
        self.ends_by(Instant::now() + STRAGGLERS, &Cancel::default());
        let tail = self.tail.take().unwrap_or_default();
        let text = String::from_utf8_lossy(&tail.bytes);
        match tail.left_out {
            0 => text.into_owned(),
            bytes => format!("… {bytes} bytes before this\n{text}"),
        }
    }
}

impl Tail {
    fn of(mut source: impl Read) -> Tail {
        let mut tail = Tail::default();
        let mut buffer = vec![0; PRINTED];
        let mut is_ended = false;
        // A broken pipe has ended, too.
        while let Ok(read @ 1..) = source.read(&mut buffer) {
            // What comes after the verdict is read, so that the child need not wait, but it is not
            // kept.
            if is_ended {
                continue;
            }
            tail.bytes.extend_from_slice(&buffer[..read]);
            // The mark may have come in two pieces. We look for its first byte first, because an
            // answer may print a hundred megabytes.
            let from = tail.bytes.len().saturating_sub(read + END_MARK.len());
            if tail.bytes[from..].contains(&END_MARK.as_bytes()[0]) {
                let mut windows = tail.bytes[from..].windows(END_MARK.len());
                if let Some(end) = windows.position(|window| window == END_MARK.as_bytes()) {
                    tail.bytes.truncate(from + end);
                    is_ended = true;
                }
            }
            let surplus = tail.bytes.len().saturating_sub(PRINTED);
            tail.bytes.drain(..surplus);
            tail.left_out += surplus;
        }
        tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that arrives in these pieces.
    struct Pieces<'a>(Vec<&'a [u8]>);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            self.0.remove(0).read(buffer)
        }
    }

    #[test]
    fn what_is_printed_after_the_verdict_is_not_kept() {
        let text = format!("before{END_MARK}after");
        for cut in 1..text.len() {
            let (first, second) = text.as_bytes().split_at(cut);
            let tail = Tail::of(Pieces(vec![first, second, b"more"]));
            assert_eq!(tail.bytes, b"before", "cut at {cut}");
        }
        let long = [vec![b'a'; PRINTED], vec![b'b'; 7]].concat();
        let tail = Tail::of(&long[..]);
        assert_eq!((tail.bytes.len(), tail.left_out), (PRINTED, 7));
        assert!(tail.bytes.ends_with(b"b"));
    }
}
