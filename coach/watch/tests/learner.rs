//! A learner at a real terminal: in a fresh copy of the workbook, `cargo coach watch`, files that are saved, keys.
//!
//! The terminal is tmux's. If it is missing, or the shell is not a Unix shell, this says so and
//! tries nothing.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take. The first build is waited for, too.
const PATIENCE: Duration = Duration::from_secs(300);

fn run(program: &str, arguments: &[&OsStr]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A copy of the workbook as Git has it, with a target folder of its own, which is kept for the next time.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn new() -> Copy {
        let here = book::paths::root();
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("learner");
        let copy = Copy {
            root: place.join("workbook"),
            target: place.join("target"),
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

    fn exercise(&self, name: &str) -> PathBuf {
        self.root.join("exercises").join(name)
    }

    fn solution(&self, name: &str) -> String {
        fs::read_to_string(self.root.join("solutions").join(name)).expect("a solution")
    }

    fn save(&self, name: &str, text: &str) {
        fs::write(self.exercise(name), text).expect("a saved file");
    }

    /// Saves as many editors do: writes another file, and gives it the name.
    fn save_by_rename(&self, name: &str, text: &str) {
        let draft = self.exercise(&format!("{name}~"));
        fs::write(&draft, text).expect("a saved file");
        fs::rename(&draft, self.exercise(name)).expect("a saved file");
    }
}

/// A terminal with a shell in it.
struct Terminal {
    socket: String,
    pipe: PathBuf,
    /// Something was written to the terminal.
    written: Receiver<()>,
}

impl Terminal {
    fn start(copy: &Copy, name: &str, command: &str) -> Terminal {
        let socket = format!("learner-{}-{name}", std::process::id());
        let pipe = std::env::temp_dir().join(&socket);
        run("mkfifo", &[pipe.as_os_str()]);
        let terminal = Terminal {
            written: listen(pipe.clone()),
            socket,
            pipe,
        };
        let command = format!(
            "cd '{}' && export CARGO_TARGET_DIR='{}' GRADE_SECONDS=3 && unset CARGO_MANIFEST_DIR NO_COLOR; {command}; \
             echo \"the end: $?\"; stty -a | grep -o '.icanon'; cat",
            copy.root.display(),
            copy.target.display()
        );
        terminal.tmux(&["-f/dev/null", "new-session", "-d", "-x80", "-y24", &command]);
        let pipe = format!("cat > '{}'", terminal.pipe.display());
        terminal.tmux(&["pipe-pane", &pipe]);
        terminal
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut all: Vec<&OsStr> = vec!["-L".as_ref(), self.socket.as_ref()];
        all.extend(arguments.iter().map(|argument| OsStr::new(*argument)));
        run("tmux", &all)
    }

    fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    fn resize(&self, columns: usize, rows: usize) {
        let (columns, rows) = (format!("-x{columns}"), format!("-y{rows}"));
        self.tmux(&["resize-window", &columns, &rows]);
    }

    fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Waits until all of these are on the screen.
    #[track_caller]
    fn wait(&self, texts: &[&str]) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if texts.iter().all(|text| screen.contains(text)) {
                return screen;
            }
            let left = until.saturating_duration_since(Instant::now());
            // We look again whenever something was written, and at least once a second.
            let written = self.written.recv_timeout(left.min(Duration::from_secs(1)));
            let has_gone = matches!(written, Err(RecvTimeoutError::Disconnected));
            let is_late = left.is_zero() || has_gone;
            assert!(!is_late, "{texts:?} is not on the screen:\n{screen}");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
        let _ = fs::remove_file(&self.pipe);
    }
}

fn listen(pipe: PathBuf) -> Receiver<()> {
    let (sender, written) = mpsc::channel();
    thread::spawn(move || {
        let mut pipe = File::open(pipe).expect("a pipe");
        let mut buffer = [0; 4096];
        while let Ok(1..) = pipe.read(&mut buffer) {
            if sender.send(()).is_err() {
                return;
            }
        }
    });
    written
}

/// The processes that were started from the target folder of the copy.
fn left_behind(copy: &Copy) -> Vec<String> {
    let all = run("ps", &["-eo".as_ref(), "args".as_ref()]);
    let of_copy = copy.target.display().to_string();
    let found = all
        .lines()
        .filter(|line| line.contains(&of_copy) && !line.contains("tmux"));
    // The shell in the terminal does not count either.
    let found = found.filter(|line| !line.contains("CARGO_TARGET_DIR="));
    found.map(str::to_owned).collect()
}

const PAD: &str = "ch1_symmetric/one_time_pad.rs";
const TWICE: &str = "ch1_symmetric/two_time_pad.rs";
const SEAL: &str = "ch1_symmetric/seal.rs";

#[test]
fn a_learner_solves_three_exercises_without_another_command() {
    if Command::new("tmux").arg("-V").output().is_err() {
        println!("skipped: there is no tmux");
        return;
    }
    let copy = Copy::new();
    let terminal = Terminal::start(&copy, "watch", "cargo coach watch");
    let wait = |texts: &[&str]| terminal.wait(texts);
    wait(&["· 1.1 The one-time pad", "Next: read the task in"]);

    // Three, each saved in another way.
    copy.save(PAD, &copy.solution(PAD));
    wait(&["✓ 1.1", "Solved. Enter goes on to 1.2"]);
    terminal.press("Enter");
    wait(&["· 1.2 The pad used twice", "Next: read the task in"]);
    copy.save_by_rename(TWICE, &copy.solution(TWICE));
    wait(&["✓ 1.2", "Solved. Enter goes on to 1.3"]);
    terminal.press("Enter");
    wait(&["· 1.3 Seal and open", "Next: read the task in"]);
    // As when a formatter saves again.
    copy.save(SEAL, "// half");
    copy.save(SEAL, &copy.solution(SEAL));
    wait(&["✓ 1.3", "Solved. Enter goes on to 1.4"]);

    // One is broken, and does not compile, and is gone, and comes back.
    let broken = copy.solution(PAD).replace("text ^ pad", "text | pad");
    copy.save(PAD, &broken);
    wait(&["✗ 1.1", "Expected", "Next: change the answer"]);
    copy.save(PAD, &broken.replace("text | pad", "\"\""));
    wait(&["✗ 1.1", "does not compile", "error[E0", "one_time_pad.rs:"]);
    fs::remove_file(copy.exercise(PAD)).expect("it is there");
    terminal.press("t");
    terminal.press("End");
    wait(&["is missing", "cargo coach reset 1.1"]);
    terminal.press("t");
    copy.save(PAD, &copy.solution(PAD));
    wait(&["✓ 1.1", "Solved."]);

    faults(&copy, &terminal);
    keys(&copy, &terminal);

    // Every size.
    for (columns, rows) in [(20, 10), (40, 12), (300, 100), (200, 40), (80, 24)] {
        terminal.resize(columns, rows);
        let screen = wait(&["1.4"]);
        assert!(screen.lines().count() <= rows, "{screen}");
    }
    wait(&["h hint", "q quit"]);

    terminal.press("q");
    // The terminal is as it was.
    wait(&["the end: 0", " icanon"]);
    assert_eq!(left_behind(&copy), [""; 0]);
}

/// What an answer should not do. The watcher stays.
fn faults(copy: &Copy, terminal: &Terminal) {
    let solution = copy.solution(PAD);
    let with = |statement: &str| {
        let comment = solution.lines().find(|line| line.contains("// todo!"));
        solution.replace(comment.expect("a comment"), statement)
    };
    for (statement, expected) in [
        ("loop {}", "no answer after 3 s"),
        ("std::process::abort();", "its process was ended"),
        ("std::process::exit(0);", "it called `exit(0)`"),
        ("panic!(\"oh\");", "oh"),
        ("let _ = vec![1_u8; 1 << 40];", "MiB it may have"),
        (
            "for _ in 0..1_000 { println!(\"{}\", \"x\".repeat(100_000)) } panic!(\"printed\");",
            "printed",
        ),
    ] {
        copy.save(PAD, &with(statement));
        terminal.wait(&["✗ 1.1", expected]);
    }
    // It is cancelled while it loops.
    copy.save(PAD, &with("loop {}"));
    terminal.wait(&["1.1 is being graded"]);
    copy.save(PAD, &solution);
    terminal.wait(&["✓ 1.1", "Solved."]);
}

/// Every key, at 1.4, which is not started.
fn keys(copy: &Copy, terminal: &Terminal) {
    let wait = |texts: &[&str]| terminal.wait(texts);
    terminal.press("Enter");
    wait(&["· 1.4", "Next: read the task in"]);
    terminal.press("h");
    wait(&["1.4 A nonce for each record, hint 1 of 3"]);
    terminal.press("h");
    wait(&["hint 2 of 3"]);
    terminal.press("Escape");
    terminal.press("l");
    wait(&["› · 1.4", "✓ 1.3", "choose"]);
    terminal.press("Down");
    wait(&["› · 1.5"]);
    terminal.press("Enter");
    wait(&["· 1.5 A channel", "Next:"]);
    terminal.press("p");
    wait(&["· 1.4 A nonce", "Next:"]);
    terminal.press("n");
    wait(&["· 1.5 A channel", "Next:"]);
    terminal.press("s");
    // What is left for later is skipped.
    wait(&["· 1.4 A nonce", "is left for later"]);
    terminal.press("?");
    wait(&["Save a file of an exercise"]);
    terminal.press("q");
    terminal.press("t");
    wait(&["Esc back"]);
    terminal.press("Escape");
    terminal.press("r");
    wait(&["· 1.4 A nonce", "Next:"]);
    terminal.press("S");
    wait(&["Show its solution?"]);
    terminal.press("n");
    wait(&["Next: read the task in"]);
    terminal.press("S");
    terminal.press("y");
    wait(&["One way to solve 1.4"]);
    terminal.press("Escape");
    // An answer that is put back. A copy of it is kept.
    let name = "ch1_symmetric/record_nonce.rs";
    copy.save(name, &copy.solution(name));
    wait(&["✓ 1.4", "Solved."]);
    terminal.press("R");
    wait(&["Put the stub of 1.4 back?"]);
    terminal.press("y");
    wait(&["· 1.4 A nonce", "Next: read the task in"]);
    let backup = copy.exercise("backup/ch1_symmetric/record_nonce.1.rs");
    let backup = fs::read_to_string(backup).expect("a copy");
    assert_eq!(backup, copy.solution(name));
}
