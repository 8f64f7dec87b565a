//! Where the learner works: a copy of the workbook, and terminals.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use book::workbook::Workbook;

/// How long anything may take. The first build is waited for, too.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Whether tmux is installed. If not, this says so.
pub fn has_tmux() -> bool {
    let found = Command::new("tmux").arg("-V").output().is_ok();
    if !found {
        println!("skipped: tmux is not installed");
    }
    found
}

/// What a program prints.
pub fn run(program: &str, arguments: &[&OsStr]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A copy of the workbook as Git has it, with a target folder of its own, which is kept for the next time. There is
/// only one.
pub struct Copy {
    /// The folder of its `Cargo.toml`.
    pub root: PathBuf,
    /// Its target folder.
    pub target: PathBuf,
    /// Whether nothing was ever built in it.
    pub is_new: bool,
    _turn: MutexGuard<'static, ()>,
}

static TURN: Mutex<()> = Mutex::new(());

impl Copy {
    /// A fresh copy: nothing is solved, and nothing is on record.
    pub fn new() -> Copy {
        // A failed test leaves nothing behind that could disturb the next one.
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let here = book::paths::root();
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("learner");
        let copy = Copy {
            root: place.join("workbook"),
            target: place.join("target"),
            is_new: !place.join("target/debug").exists(),
            _turn: turn,
        };
        let _ = fs::remove_dir_all(&copy.root);
        let _ = fs::remove_dir_all(copy.target.join("grade"));
        let files = ["-C".as_ref(), here.as_os_str(), "ls-files".as_ref()];
        // With the times of the originals, so that only what has changed is built again. The
        // exercises differ from those that were built last.
        for name in run("git", &files).lines() {
            let (from, to) = (here.join(name), copy.root.join(name));
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            if from.is_file() {
                fs::copy(&from, &to).expect("a copy");
                if !name.starts_with("exercises/") {
                    let time = fs::metadata(&from).and_then(|file| file.modified());
                    let file = File::options().append(true).open(&to).expect("the copy");
                    file.set_modified(time.expect("a time")).expect("a time");
                }
            }
        }
        copy
    }

    /// The numbers of the exercises, in reading order.
    pub fn ids(&self) -> Vec<String> {
        let workbook = Workbook::open(&self.root, &self.target.join("grade")).expect("a workbook");
        let exercises = workbook.syllabus.exercises();
        exercises
            .map(|(_, exercise)| exercise.id().to_owned())
            .collect()
    }

    /// The file of an exercise.
    pub fn exercise(&self, name: &str) -> PathBuf {
        self.root.join("exercises").join(name)
    }

    /// The reference answer of an exercise.
    pub fn solution(&self, name: &str) -> String {
        fs::read_to_string(self.root.join("solutions").join(name)).expect("a solution")
    }

    /// The reference answer of an exercise, with this statement at its beginning.
    pub fn solution_that(&self, name: &str, statement: &str) -> String {
        let solution = self.solution(name);
        let comment = solution.lines().find(|line| line.contains("// todo!"));
        solution.replace(comment.expect("a comment"), statement)
    }

    pub fn save(&self, name: &str, text: &str) {
        fs::write(self.exercise(name), text).expect("a saved file");
    }

    /// Saves as many editors do: writes another file, and gives it the name.
    pub fn save_by_rename(&self, name: &str, text: &str) {
        let draft = self.exercise(&format!("{name}~"));
        fs::write(&draft, text).expect("a saved file");
        fs::rename(&draft, self.exercise(name)).expect("a saved file");
    }

    /// Waits until no process is left that was started from the target folder of this copy.
    #[track_caller]
    pub fn is_left(&self) {
        self.wait(<[String]>::is_empty);
    }

    /// Waits for a process that was started from the target folder of this copy, with this text in its arguments.
    #[track_caller]
    pub fn has_process(&self, arguments: &str) {
        self.wait(|all| all.iter().any(|process| process.contains(arguments)));
    }

    /// Waits until this is true of the processes that were started from the target folder of this copy.
    #[track_caller]
    fn wait(&self, is_so: impl Fn(&[String]) -> bool) {
        let until = Instant::now() + PATIENCE;
        loop {
            let processes = self.processes();
            if is_so(&processes) {
                return;
            }
            assert!(Instant::now() < until, "{processes:#?}");
            thread::yield_now();
        }
    }

    /// The processes that were started from the target folder of this copy.
    fn processes(&self) -> Vec<String> {
        let all = run("ps", &["-eo".as_ref(), "args".as_ref()]);
        let target = self.target.display().to_string();
        let found = all
            .lines()
            .filter(|line| line.contains(&target) && !line.contains("tmux"));
        // The shell in the terminal does not count either.
        let found = found.filter(|line| !line.contains("CARGO_TARGET_DIR="));
        found.map(str::to_owned).collect()
    }
}

/// A terminal with a shell in it.
pub struct Terminal {
    socket: String,
    pipe: PathBuf,
    /// What is written to the terminal, and when.
    written: Receiver<(Instant, Vec<u8>)>,
}

impl Terminal {
    /// A terminal of 80 columns and 24 lines that runs a `command` in the folder of the copy. Then it says whether
    /// input is read in whole lines again, as a shell expects it, and how the command ended.
    pub fn start(copy: &Copy, name: &str, command: &str) -> Terminal {
        let socket = format!("learner-{}-{name}", std::process::id());
        let pipe = std::env::temp_dir().join(&socket);
        run("mkfifo", &[pipe.as_os_str()]);
        let terminal = Terminal {
            written: listen(pipe.clone()),
            socket,
            pipe,
        };
        // The shell survives Ctrl-C, so that it can tell how the command ended.
        let command = format!(
            "cd '{}' && export CARGO_TARGET_DIR='{}' GRADE_SECONDS=3 RUST_BACKTRACE=0; \
             unset CARGO_MANIFEST_DIR NO_COLOR; trap : INT; {command}; end=$?; \
             stty -a | grep -o '.icanon'; echo \"the end: $end\"; cat",
            copy.root.display(),
            copy.target.display()
        );
        terminal.tmux(&["-f/dev/null", "new-session", "-d", "-x80", "-y24", &command]);
        let pipe = format!("cat > '{}'", terminal.pipe.display());
        terminal.tmux(&["pipe-pane", &pipe]);
        terminal
    }

    /// What tmux answers to a command.
    pub fn tmux(&self, arguments: &[&str]) -> String {
        let mut all: Vec<&OsStr> = vec!["-L".as_ref(), self.socket.as_ref()];
        all.extend(arguments.iter().map(|argument| OsStr::new(*argument)));
        run("tmux", &all)
    }

    pub fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    pub fn resize(&self, columns: usize, rows: usize) {
        let (columns, rows) = (format!("-x{columns}"), format!("-y{rows}"));
        self.tmux(&["resize-window", &columns, &rows]);
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// The ID of the process that the shell started.
    pub fn process(&self) -> String {
        let shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]);
        let all = run("ps", &["-eo".as_ref(), "pid=,ppid=".as_ref()]);
        let child = all.lines().find_map(|line| {
            let (child, parent) = line.trim().split_once(' ')?;
            (parent.trim() == shell.trim()).then(|| child.to_owned())
        });
        child.expect("it has started one")
    }

    /// Waits until all of these are on the screen.
    #[track_caller]
    pub fn wait(&self, texts: &[&str]) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if texts.iter().all(|text| screen.contains(text)) {
                return screen;
            }
            assert!(
                !screen.contains("the end: "),
                "the command ended before {texts:?} was on the screen:\n{screen}"
            );
            let left = until.saturating_duration_since(Instant::now());
            // We look again whenever something was written, and at least once a second.
            let written = self.written.recv_timeout(left.min(Duration::from_secs(1)));
            let has_gone = matches!(written, Err(RecvTimeoutError::Disconnected));
            let is_late = left.is_zero() || has_gone;
            assert!(!is_late, "{texts:?} is not on the screen:\n{screen}");
        }
    }

    /// Skips what is written, until nothing has been written for this long.
    pub fn rest(&self, quiet: Duration) {
        while self.written.recv_timeout(quiet).is_ok() {}
    }

    /// When this text was written to the terminal.
    #[track_caller]
    pub fn written(&self, text: &str) -> Instant {
        let mut all = Vec::new();
        loop {
            let written = self.written.recv_timeout(PATIENCE);
            let (when, bytes) = written.unwrap_or_else(|_| panic!("{text:?} was not written"));
            all.extend(bytes);
            if String::from_utf8_lossy(&all).contains(text) {
                return when;
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
        let _ = fs::remove_file(&self.pipe);
    }
}

fn listen(pipe: PathBuf) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, written) = mpsc::channel();
    thread::spawn(move || {
        let mut pipe = File::open(pipe).expect("a pipe");
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            let bytes = buffer[..length].to_vec();
            if sender.send((Instant::now(), bytes)).is_err() {
                return;
            }
        }
    });
    written
}
