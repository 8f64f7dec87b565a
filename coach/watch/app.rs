//! What the watcher knows and does: events go in, effects come out. It reads no file, starts no process and draws
//! nothing.

use std::time::Duration;

use book::report::{Graded, Report};
use book::verdict::Verdict;

use crate::board::Board;

/// What has happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The terminal now has this many columns and lines.
    Resized(usize, usize),
    /// A moment has passed.
    Moment,
    /// The contents of these files have changed.
    Saved(Saved),
    /// Files are polled from now on, because the system does not say when they change.
    Polls,
    /// The run of this number has come this far.
    Run(u64, Step),
    /// This is what is known now.
    Board(Board),
    /// A page to read: its title, and the text.
    Page(String, String),
    /// A message of one line.
    Notice(String),
    /// The exercise was left for later, or taken up again. The message of one line says which.
    Skipped(String, Board),
    /// The terminal has gone, or the operating system asks us to end.
    End,
    /// A thread of the watcher has panicked. Without this event, the watcher would wait forever.
    Broken,
}

/// A key that has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter or a sign.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Ctrl-C.
    Interrupt,
}

/// Files whose contents have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// The numbers of the exercises whose files they are, in reading order.
    pub exercises: Vec<String>,
    /// Whether there are others among them, which several exercises share.
    pub is_shared: bool,
}

/// How far a run has come.
#[derive(Debug)]
pub enum Step {
    /// It waits for another grader, or for another Cargo.
    Waits(String),
    /// Cargo builds. This is its last message.
    Builds(String),
    /// It grades.
    Grades,
    /// It has ended like this, and took this long.
    Ended(Ended, Took),
    /// More is known about the exercises that the wrong answer calls.
    Further(Box<Report>),
}

/// How long a run took, from the time the watcher noticed what was saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Took {
    /// Until the verdict.
    pub all: Duration,
    /// Of that, Cargo and the compiler.
    pub build: Duration,
    /// Of that, the exercise.
    pub grade: Duration,
}

/// How a run has ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// With a verdict, and with the compiler's warnings.
    Graded(Box<Report>, String),
    /// The answers don't compile. This is what the compiler said, and what helps.
    Refused(String),
    /// It could not be graded, for this reason.
    Trouble(String),
    /// Nobody waits for it anymore.
    Cancelled,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Begin to grade this exercise, as the run of this number. One that is running is cancelled.
    Grade {
        /// The number of the run.
        run: u64,
        /// The number of the exercise.
        id: String,
        /// Whether the kept case is left out.
        is_fresh: bool,
    },
    /// Ask for a [`Event::Board`], once the run has begun.
    Board,
    /// Read again what the board says about this exercise, which has been graded.
    Row(String),
    /// Show the next hint to this exercise.
    Hint(String),
    /// Leave this exercise for later, or take it up again.
    Skip(String),
    /// Put the stub of this exercise back.
    Reset(String),
    /// Show one way to solve this exercise.
    Solution(String),
    /// End.
    Quit,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// The exercise and its report.
    Exercise,
    /// All exercises. The mark is at this one.
    List(usize),
    /// The keys.
    Help,
    /// A text to read.
    Page {
        /// Its title.
        title: String,
        /// The text, with styles.
        text: String,
        /// Whether the next hint is a key away.
        is_hint: bool,
    },
    /// The full report.
    Report,
    /// A question, to be answered with yes or no.
    Asks(Question),
}

/// A question to answer before something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether to put the stub back.
    Reset,
    /// Whether to show the solution while the exercise is not solved.
    Solution,
}

/// What runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// A run that has not said anything yet.
    Starts,
    /// A run that waits.
    Waits(String),
    /// A build.
    Builds(String),
    /// A grading.
    Grades,
}

/// The state of the watcher.
#[derive(Debug)]
pub struct App {
    /// What is known about all exercises.
    pub board: Board,
    /// The number of the exercise that is shown.
    pub at: String,
    /// What is on the screen.
    pub view: View,
    /// The first line of it that is visible.
    pub scroll: usize,
    /// What runs.
    pub phase: Phase,
    /// How the last run on this exercise has ended, and how long it took.
    pub ended: Option<(Ended, Took)>,
    /// Whether the files were saved since.
    pub is_old: bool,
    /// A message of one line.
    pub notice: Option<String>,
    /// Whether files are polled.
    pub is_polling: bool,
    /// How many columns and lines there are.
    pub size: (usize, usize),
    /// How many moments have passed in this run.
    pub moments: usize,
    run: u64,
}

impl App {
    /// The watcher at the exercise `at`.
    pub fn new(board: Board, at: String, size: (usize, usize)) -> App {
        App {
            board,
            at,
            view: View::Exercise,
            scroll: 0,
            phase: Phase::Idle,
            ended: None,
            is_old: false,
            notice: None,
            is_polling: false,
            size,
            moments: 0,
            run: 0,
        }
    }

    /// What was graded, if the last run has ended with a verdict.
    pub fn graded(&self) -> Option<(&Graded, &Report)> {
        match &self.ended {
            Some((Ended::Graded(report, _), _)) => Some((report.exercises.first()?, report)),
            _ => None,
        }
    }

    /// Whether the exercise that is shown was found to be solved, and nothing was saved since.
    pub fn has_solved(&self) -> bool {
        let graded = self.graded();
        !self.is_old && graded.is_some_and(|(graded, _)| graded.verdict == Verdict::Solved)
    }

    /// Begins: grades the exercise that is shown.
    pub fn start(&mut self) -> Vec<Effect> {
        self.grade(false)
    }

    /// Takes note of what has happened, and returns what to do.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Resized(columns, lines) => {
                self.size = (columns, lines);
                Vec::new()
            }
            Event::Moment => {
                self.moments += 1;
                Vec::new()
            }
            Event::Saved(saved) => self.saved(&saved),
            Event::Polls => {
                self.is_polling = true;
                Vec::new()
            }
            Event::Run(run, step) if run == self.run => self.step(step),
            // It was cancelled; the next one has begun.
            Event::Run(..) => Vec::new(),
            Event::Board(board) => {
                self.board = board;
                Vec::new()
            }
            Event::Page(title, text) => {
                let is_hint = matches!(&self.view, View::Page { is_hint: true, .. });
                self.show(View::Page {
                    title,
                    text,
                    is_hint,
                })
            }
            Event::Notice(notice) => {
                // This comes instead of a page that was asked for.
                if matches!(&self.view, View::Page { text, .. } if text.is_empty()) {
                    self.show(View::Exercise);
                }
                self.notice = Some(notice);
                Vec::new()
            }
            Event::Skipped(notice, board) => {
                self.board = board;
                let is_later = self.board.next.as_ref() != Some(&self.at);
                let effects = match self.board.next.clone().filter(|_| is_later) {
                    Some(next) => self.go(&next),
                    None => Vec::new(),
                };
                self.notice = Some(notice);
                effects
            }
            Event::End | Event::Broken => vec![Effect::Quit],
        }
    }

    fn step(&mut self, step: Step) -> Vec<Effect> {
        match step {
            Step::Waits(whom) => self.phase = Phase::Waits(whom),
            Step::Builds(said) => self.phase = Phase::Builds(said),
            Step::Grades => self.phase = Phase::Grades,
            Step::Ended(Ended::Cancelled, _) => self.phase = Phase::Idle,
            Step::Ended(ended, took) => {
                self.phase = Phase::Idle;
                self.ended = Some((ended, took));
                self.is_old = false;
                if matches!(self.view, View::Exercise | View::Report) {
                    self.scroll = 0;
                }
                return vec![Effect::Row(self.at.clone())];
            }
            Step::Further(further) => {
                if let Some((Ended::Graded(report, _), _)) = &mut self.ended {
                    *report = further;
                }
                return vec![Effect::Board];
            }
        }
        Vec::new()
    }

    fn saved(&mut self, saved: &Saved) -> Vec<Effect> {
        let needs = |id: &String| {
            let place = self.board.place(&self.at);
            place.is_some_and(|place| place.needs.contains(id))
        };
        let is_here = saved.exercises.contains(&self.at);
        // One file is where the learner works. Several were changed by a tool: if what is shown depends on them, it stays.
        let stays = is_here || saved.exercises.len() > 1 && saved.exercises.iter().any(needs);
        match saved.exercises.first() {
            Some(first) if !stays => {
                let first = first.clone();
                self.go(&first)
            }
            None if !saved.is_shared => Vec::new(),
            _ => {
                if !matches!(self.view, View::Report) {
                    self.view = View::Exercise;
                }
                self.grade(false)
            }
        }
    }

    /// Goes to the exercise `id`, and grades it.
    fn go(&mut self, id: &str) -> Vec<Effect> {
        if id != self.at {
            id.clone_into(&mut self.at);
            self.ended = None;
        }
        self.show(View::Exercise);
        self.grade(false)
    }

    fn grade(&mut self, is_fresh: bool) -> Vec<Effect> {
        self.run += 1;
        self.phase = Phase::Starts;
        self.moments = 0;
        self.is_old = true;
        self.notice = None;
        let grade = Effect::Grade {
            run: self.run,
            id: self.at.clone(),
            is_fresh,
        };
        vec![grade, Effect::Board]
    }

    fn show(&mut self, view: View) -> Vec<Effect> {
        self.view = view;
        self.scroll = 0;
        Vec::new()
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        if key == Key::Interrupt {
            return vec![Effect::Quit];
        }
        if self.scrolls(key) {
            return Vec::new();
        }
        match (&self.view, key) {
            (View::Asks(question), _) => {
                let question = *question;
                self.answer(question, key)
            }
            (View::List(at), Key::Enter) => {
                let place = self.board.places.get(*at);
                let id = place.map(|place| place.row.id.clone());
                self.go(&id.unwrap_or_else(|| self.at.clone()))
            }
            (View::Page { is_hint: true, .. }, Key::Char('h')) => {
                vec![Effect::Hint(self.at.clone())]
            }
            // A key closes what covers the exercise: these, and the one that has opened it.
            (View::List(_), Key::Char('l'))
            | (View::Help, Key::Char('?'))
            | (View::Report, Key::Char('t')) => self.show(View::Exercise),
            (
                View::List(_) | View::Help | View::Page { .. } | View::Report,
                Key::Escape | Key::Enter | Key::Char('q'),
            ) => self.show(View::Exercise),
            _ => self.command(key),
        }
    }

    fn command(&mut self, key: Key) -> Vec<Effect> {
        let at = self.at.clone();
        match key {
            Key::Char('q') => vec![Effect::Quit],
            Key::Char('h') => {
                self.show(View::Page {
                    title: String::new(),
                    text: String::new(),
                    is_hint: true,
                });
                vec![Effect::Hint(at)]
            }
            Key::Char('l') => {
                let places = &self.board.places;
                let here = places.iter().position(|place| place.row.id == at);
                self.show(View::List(here.unwrap_or_default()))
            }
            Key::Char('n') => self.beside(1),
            Key::Char('p') => self.beside(-1),
            Key::Char('s') => vec![Effect::Skip(at)],
            Key::Char('R') => self.show(View::Asks(Question::Reset)),
            Key::Char('S') if self.board.place(&at).is_some_and(|place| place.is_solved) => {
                vec![Effect::Solution(at)]
            }
            Key::Char('S') => self.show(View::Asks(Question::Solution)),
            Key::Enter if self.has_solved() => match self.board.next.clone() {
                Some(next) => self.go(&next),
                None => Vec::new(),
            },
            Key::Char('t') | Key::Enter if self.ended.is_some() => self.show(View::Report),
            Key::Char('r') => {
                self.show(View::Exercise);
                self.grade(true)
            }
            Key::Char('?') => self.show(View::Help),
            _ => Vec::new(),
        }
    }

    fn beside(&mut self, steps: isize) -> Vec<Effect> {
        match self.board.beside(&self.at, steps).map(str::to_owned) {
            Some(id) if id != self.at => self.go(&id),
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, question: Question, key: Key) -> Vec<Effect> {
        self.show(View::Exercise);
        match (key, question) {
            (Key::Char('y' | 'Y'), Question::Reset) => vec![Effect::Reset(self.at.clone())],
            (Key::Char('y' | 'Y'), Question::Solution) => vec![Effect::Solution(self.at.clone())],
            _ => Vec::new(),
        }
    }

    /// Moves what is visible, or the mark in the list. Returns whether that is what the key means.
    fn scrolls(&mut self, key: Key) -> bool {
        let page = isize::try_from(self.size.1.saturating_sub(6).max(1)).unwrap_or(isize::MAX);
        let steps = match key {
            Key::Up | Key::Char('k') => -1,
            Key::Down | Key::Char('j') => 1,
            Key::PageUp => -page,
            Key::PageDown | Key::Char(' ') => page,
            Key::Home => isize::MIN,
            Key::End => isize::MAX,
            _ => return false,
        };
        match &mut self.view {
            View::List(at) => {
                let last = self.board.places.len().saturating_sub(1);
                *at = at.saturating_add_signed(steps).min(last);
            }
            // How many lines there are is known when they are drawn.
            _ => self.scroll = self.scroll.saturating_add_signed(steps),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use book::fixture::Fixture;
    use book::verdict::Seed;

    use super::*;

    /// The watcher at 1.1 of a small workbook, whose first run has ended.
    fn app() -> App {
        let board = Board::read(&Fixture::new().workbook());
        let mut app = App::new(board, "1.1".to_owned(), (80, 24));
        assert_eq!(app.start(), grade(1, "1.1", false));
        end(&mut app, 1, Ended::Refused("error".to_owned()));
        app
    }

    fn grade(run: u64, id: &str, is_fresh: bool) -> [Effect; 2] {
        let id = id.to_owned();
        [Effect::Grade { run, id, is_fresh }, Effect::Board]
    }

    fn end(app: &mut App, run: u64, ended: Ended) {
        app.update(Event::Run(run, Step::Ended(ended, Took::default())));
    }

    fn solved() -> Ended {
        let graded = r#"{"id":"1.1","title":"","chapter":"","stars":1,"file":"","line":1,"verdict":"solved","solved":"",
            "is_later":false,"suspects":[],"properties":[],"todo":null,"failure":null,"printed":"","seconds":0,"sources":""}"#;
        let graded: String = graded.lines().map(str::trim).collect();
        let report = Report {
            schema: 0,
            subject: String::new(),
            seed: Seed(0),
            points: 1,
            possible: 1,
            points_in_all: 1,
            possible_in_all: 4,
            exercises: vec![book::json::read(&graded).expect("a verdict")],
            further: Vec::new(),
            chapters: Vec::new(),
            next: None,
        };
        Ended::Graded(Box::new(report), String::new())
    }

    fn press(app: &mut App, key: char) -> Vec<Effect> {
        app.update(Event::Key(Key::Char(key)))
    }

    fn save(app: &mut App, ids: &[&str], is_shared: bool) -> Vec<Effect> {
        let exercises = ids.iter().map(|id| (*id).to_owned()).collect();
        app.update(Event::Saved(Saved {
            exercises,
            is_shared,
        }))
    }

    #[test]
    fn what_is_saved_is_graded_and_shown() {
        let mut app = app();
        assert_eq!(save(&mut app, &["1.1"], false), grade(2, "1.1", false));
        assert_eq!(save(&mut app, &["1.2"], false), grade(3, "1.2", false));
        assert_eq!(app.at, "1.2");
        // A file that belongs to no exercise may be used by this one.
        assert_eq!(save(&mut app, &[], true), grade(4, "1.2", false));
        // Several at once were not saved by the learner: the one that is shown is graded, or the
        // first.
        assert_eq!(
            save(&mut app, &["1.1", "1.2"], false),
            grade(5, "1.2", false)
        );
        assert_eq!(
            save(&mut app, &["1.1", "1.3"], false),
            grade(6, "1.1", false)
        );
        app.board.places[0].needs = vec!["1.3".to_owned()];
        assert_eq!(
            save(&mut app, &["1.2", "1.3"], true),
            grade(7, "1.1", false)
        );
    }

    #[test]
    fn a_run_that_was_cancelled_is_ignored() {
        let mut app = app();
        save(&mut app, &["1.1"], false);
        save(&mut app, &["1.1"], false);
        end(&mut app, 2, solved());
        assert!(!app.has_solved());
        assert_eq!(app.phase, Phase::Starts);
        end(&mut app, 3, solved());
        assert!(app.has_solved());
    }

    #[test]
    fn solved_goes_on_with_enter_and_not_by_itself() {
        let mut app = app();
        press(&mut app, 'r');
        end(&mut app, 2, solved());
        assert_eq!(app.at, "1.1");
        app.board.next = Some("1.2".to_owned());
        let effects = app.update(Event::Key(Key::Enter));
        assert_eq!(effects, grade(3, "1.2", false));
        // Not solved: Enter shows the report.
        end(&mut app, 3, Ended::Refused(String::new()));
        app.update(Event::Key(Key::Enter));
        assert_eq!((app.at.as_str(), &app.view), ("1.2", &View::Report));
    }

    #[test]
    fn keys_do_what_the_help_says() {
        let mut app = app();
        let id = || "1.1".to_owned();
        assert_eq!(press(&mut app, 'h'), [Effect::Hint(id())]);
        app.update(Event::Page(String::new(), "idea".to_owned()));
        assert_eq!(press(&mut app, 'h'), [Effect::Hint(id())]);
        press(&mut app, 'q');
        assert_eq!(app.view, View::Exercise);
        assert_eq!(press(&mut app, 's'), [Effect::Skip(id())]);
        assert_eq!(press(&mut app, 'r'), grade(2, "1.1", true));
        assert_eq!(press(&mut app, 'p'), []);
        assert_eq!(press(&mut app, 'n'), grade(3, "1.2", false));
        assert_eq!(press(&mut app, 'p'), grade(4, "1.1", false));
        press(&mut app, 'l');
        app.update(Event::Key(Key::End));
        let effects = app.update(Event::Key(Key::Enter));
        assert_eq!(effects, grade(5, "1.3", false));
        press(&mut app, '?');
        assert_eq!(app.view, View::Help);
        app.update(Event::Key(Key::Escape));
        assert_eq!(press(&mut app, 'q'), [Effect::Quit]);
        assert_eq!(app.update(Event::Key(Key::Interrupt)), [Effect::Quit]);
        assert_eq!(app.update(Event::End), [Effect::Quit]);
    }

    #[test]
    fn what_cannot_be_undone_is_asked_first() {
        let mut app = app();
        for (key, effect) in [
            ('R', Effect::Reset("1.1".to_owned())),
            ('S', Effect::Solution("1.1".to_owned())),
        ] {
            for no in ['n', 'q', key] {
                assert_eq!(press(&mut app, key), []);
                assert_eq!(press(&mut app, no), []);
                assert_eq!(app.view, View::Exercise);
            }
            press(&mut app, key);
            assert_eq!(press(&mut app, 'y'), [effect]);
        }
        // Once it is solved, there is nothing to spoil.
        app.board.places[0].is_solved = true;
        assert_eq!(press(&mut app, 'S'), [Effect::Solution("1.1".to_owned())]);
    }

    #[test]
    fn what_is_skipped_is_left_and_reported() {
        let mut app = app();
        let mut board = app.board.clone();
        board.next = Some("1.2".to_owned());
        let effects = app.update(Event::Skipped("left".to_owned(), board));
        assert_eq!(effects, grade(2, "1.2", false));
        assert_eq!(app.notice.as_deref(), Some("left"));
    }
}
