//! The loop: hands events to the state, and does what it asks for.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use book::verdict::Seed;
use book::workbook::{Choice, EXERCISES, Trouble, Workbook};
use coach::{hint, reset, skip, solution};
use runner::child::Limits;

use crate::app::{App, Effect, Event, Phase, Step};
use crate::board::Board;
use crate::ending;
use crate::files::{self, Files, News};
use crate::line;
use crate::terminal::{self, Terminal};
use crate::view;
use crate::work::{Job, Running};

/// How often the spinner turns.
const MOMENT: Duration = Duration::from_millis(100);

/// The widest text.
const WIDEST: usize = 100;

/// What is asked for on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The exercise or the chapter to begin at.
    pub name: Option<String>,
    /// Whether lines are printed, even if there is a terminal.
    pub is_plain: bool,
    /// Whether files are polled from the beginning.
    pub polls: bool,
    /// A seed that was asked for.
    pub seed: Option<Seed>,
}

/// Where the verdicts go.
enum Output {
    Screen(Terminal),
    Lines {
        /// Whether the beginning and the end of a run are printed, too, for an editor.
        is_for_editor: bool,
    },
}

/// Watches until the learner has had enough.
///
/// # Errors
/// There is no such exercise, or no terminal anymore.
pub fn watch(
    workbook: &'static Workbook,
    options: &Options,
    limits: Limits,
) -> Result<(), Trouble> {
    let board = Board::read(workbook);
    let at = beginning(workbook, options.name.as_deref(), &board)?;
    let (sender, events) = mpsc::channel();
    let is_plain = options.is_plain || !terminal::is_here();
    signals(&sender)?;
    // Before the first run, so that nothing that is saved meanwhile is missed.
    look(workbook, options.polls, &sender);
    let mut output = if is_plain {
        Output::Lines {
            is_for_editor: options.is_plain,
        }
    } else {
        let terminal = Terminal::take()?;
        ending::thread(&sender, terminal::listen);
        Output::Screen(terminal)
    };
    let mut shell = Shell {
        workbook,
        app: App::new(board, at, terminal::size()),
        seed: options.seed,
        limits,
        sender,
        running: None,
        pending: None,
        since: Instant::now(),
    };
    // Whatever happens, no child process is left behind: dropping the shell ends whatever runs, before
    // the terminal is given back.
    shell.run(&events, &mut output)
}

/// Where to begin: at what was asked for, or where the learner is.
fn beginning(workbook: &Workbook, name: Option<&str>, board: &Board) -> Result<String, Trouble> {
    let first = |ids: &[&str]| {
        let unsolved = ids.iter().find(|id| {
            let place = board.place(id);
            place.is_some_and(|place| !place.is_solved)
        });
        let first = unsolved.or(ids.first());
        first
            .map(|&id| id.to_owned())
            .ok_or("there are no exercises")
    };
    let ids = |exercises: &[book::syllabus::Exercise]| {
        let ids = exercises.iter().map(|exercise| exercise.id().to_owned());
        ids.collect::<Vec<_>>()
    };
    let ids = match name.map(|name| workbook.choose(name)).transpose()? {
        Some(Choice::Exercise(_, exercise)) => return Ok(exercise.id().to_owned()),
        Some(Choice::Chapter(chapter)) => ids(&chapter.exercises),
        None => match &board.next {
            Some(next) => return Ok(next.clone()),
            None => board
                .places
                .iter()
                .map(|place| place.row.id.clone())
                .collect(),
        },
    };
    Ok(first(&ids.iter().map(String::as_str).collect::<Vec<_>>())?)
}

/// Ends the watcher in an orderly way when the operating system asks it to end.
fn signals(sender: &Sender<Event>) -> io::Result<()> {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
        ending::thread(sender, move |events| {
            for _ in signals.forever() {
                let _ = events.send(Event::End);
            }
        });
    }
    Ok(())
}

fn look(workbook: &'static Workbook, polls: bool, sender: &Sender<Event>) {
    let files = Files::new(workbook);
    let folder = workbook.tree(EXERCISES);
    ending::thread(sender, move |events| {
        let tell = |news| {
            let event = match news {
                News::Saved(saved) => Event::Saved(saved),
                News::Polls => Event::Polls,
            };
            events.send(event).is_ok()
        };
        files::watch(files, &folder, polls, tell);
    });
}

struct Shell {
    workbook: &'static Workbook,
    app: App,
    seed: Option<Seed>,
    limits: Limits,
    sender: Sender<Event>,
    running: Option<Running>,
    /// What begins when the run that was cancelled has ended.
    pending: Option<Job>,
    /// Since when the learner has been waiting.
    since: Instant,
}

impl Shell {
    fn run(&mut self, events: &Receiver<Event>, output: &mut Output) -> Result<(), Trouble> {
        let mut effects = self.app.start();
        loop {
            let reads_board = effects.contains(&Effect::Board);
            for effect in effects {
                match (&effect, &output) {
                    (Effect::Quit, _) => return Ok(()),
                    (Effect::Grade { id, .. }, Output::Lines { is_for_editor })
                        if *is_for_editor =>
                    {
                        print(&line::begin(id))?;
                    }
                    _ => {}
                }
                self.perform(effect);
            }
            self.go_on();
            self.show(output)?;
            if reads_board {
                // Now, because the learner waits for something else.
                self.send(Event::Board(Board::read(self.workbook)));
            }
            let event = self.next(events)?;
            // The message of that panic is printed when the terminal is given back.
            assert!(
                !matches!(event, Event::Broken),
                "a thread of the watcher has panicked"
            );
            let is_end = matches!(event, Event::Run(_, Step::Ended(..)));
            match (&event, &mut *output) {
                (Event::Resized(..), Output::Screen(terminal)) => terminal.forget(),
                (Event::Saved(_) | Event::Key(_), _) => self.since = Instant::now(),
                (Event::Polls, Output::Lines { .. }) => {
                    print(
                        "This file system reports no changes: the files are read four times a second.",
                    )?;
                }
                (Event::Run(_, Step::Waits(whom)), Output::Lines { .. }) => {
                    print(&format!("waits: {whom}"))?;
                }
                _ => {}
            }
            let before = self.app.ended.clone();
            effects = self.app.update(event);
            // A cancelled run has changed nothing, and neither has one with another number.
            let is_new = is_end && (self.app.phase == Phase::Idle || before != self.app.ended);
            if let (true, Output::Lines { is_for_editor }) = (is_new, &output)
                && let Some(line) = line::verdict(&self.app)
            {
                print(&line)?;
                if let Some(line) = line::end(&self.app).filter(|_| *is_for_editor) {
                    print(&line)?;
                }
            }
        }
    }

    /// The next event. While something runs, time passes.
    fn next(&self, events: &Receiver<Event>) -> Result<Event, Trouble> {
        if self.app.phase == Phase::Idle && self.pending.is_none() {
            return Ok(events.recv()?);
        }
        // Short, so that a run that was cancelled does not keep the learner waiting.
        let moment = match self.pending {
            Some(_) => Duration::from_millis(5),
            None => MOMENT,
        };
        match events.recv_timeout(moment) {
            Ok(event) => Ok(event),
            Err(RecvTimeoutError::Timeout) => Ok(Event::Moment),
            Err(error) => Err(error.into()),
        }
    }

    fn show(&mut self, output: &mut Output) -> Result<(), Trouble> {
        if let Output::Screen(terminal) = output {
            let screen = view::draw(&self.app);
            self.app.scroll = screen.scroll;
            terminal.show(screen)?;
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) {
        let workbook = self.workbook;
        match effect {
            Effect::Grade { run, id, is_fresh } => {
                if let Some(running) = &self.running {
                    running.cancel();
                }
                self.pending = Some(Job {
                    run,
                    id,
                    is_fresh,
                    since: self.since,
                    seed: self.seed.filter(|_| !is_fresh),
                    limits: self.limits,
                });
            }
            Effect::Row(id) => self.app.board.refresh(workbook, &id),
            Effect::Hint(id) => {
                let width = self.app.size.0.clamp(24, WIDEST);
                self.send(said(
                    |out| hint::hint(workbook, Some(&id), None, width, out),
                    |text| Event::Page(String::new(), text),
                ));
            }
            Effect::Solution(id) => self.send(said(
                |out| solution::solution(workbook, &id, true, None, out),
                |text| Event::Page(format!("One way to solve {id}"), text),
            )),
            Effect::Skip(id) => self.send(said(
                |out| skip::skip(workbook, &id, out),
                |text| Event::Skipped(first_line(&text), Board::read(workbook)),
            )),
            Effect::Reset(id) => self.send(said(
                |out| reset::reset(workbook, &id, out),
                |text| Event::Notice(text.lines().collect::<Vec<_>>().join(". ")),
            )),
            // These are left to the loop.
            Effect::Board | Effect::Quit => {}
        }
    }

    fn send(&self, event: Event) {
        // We receive it ourselves.
        let _ = self.sender.send(event);
    }

    /// Begins what is pending, if nothing else runs anymore.
    fn go_on(&mut self) {
        if self.running.as_ref().is_some_and(Running::has_ended) {
            self.running = None;
        }
        if self.running.is_none()
            && let Some(job) = self.pending.take()
        {
            let running = Running::start(self.workbook, job, self.sender.clone());
            self.running = Some(running);
        }
    }
}

/// What a command of the coach says, or why it can't.
fn said(
    command: impl FnOnce(&mut dyn io::Write) -> Result<coach::Outcome, Trouble>,
    event: impl FnOnce(String) -> Event,
) -> Event {
    let mut out = Vec::new();
    match command(&mut out) {
        Ok(_) => event(String::from_utf8_lossy(&out).into_owned()),
        Err(trouble) => Event::Notice(trouble.to_string()),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Prints a line. Whoever reads it may have seen enough.
fn print(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
