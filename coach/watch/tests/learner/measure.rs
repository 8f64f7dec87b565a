//! How long a learner waits between saving a file and reading the verdict, and where that time goes.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use book::workbook::{Choice, Workbook};
use runner::programs::Programs;

use crate::desk::{Copy, Terminal, has_tmux, run};

/// How often each exercise is saved.
const SAVES: usize = 20;

/// From the smallest program, and one exercise each of chapters 3, 5, 6 and 7.
const EXERCISES: [&str; 5] = ["1.1", "3.1", "5.1", "6.7", "7.3"];

/// How long the watcher is left alone.
const IDLE: Duration = Duration::from_secs(20);

/// Where the time of a save goes, in milliseconds.
#[derive(Default)]
struct Times {
    /// From the save to the verdict on the terminal.
    all: Vec<f64>,
    /// Of that, until the watcher notices the save, and for drawing the verdict.
    notice: Vec<f64>,
    /// Of that, what the watcher does before it starts Cargo.
    before: Vec<f64>,
    /// Of that, the build.
    build: Vec<f64>,
    /// Of that, the grading.
    grade: Vec<f64>,
    /// The same build without the watcher.
    alone: Vec<f64>,
    /// Of that, Cargo.
    cargo: Vec<f64>,
    /// Of that, the compiler.
    rustc: Vec<f64>,
    /// Of that, the linker.
    link: Vec<f64>,
}

/// CONTRIBUTING.md says how to run it.
#[test]
#[ignore = "it takes minutes, and its figures mean nothing on a busy machine"]
fn from_save_to_verdict() {
    if !has_tmux() {
        return;
    }
    let load = || fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let copy = Copy::new();
    let workbook = Workbook::open(&copy.root, &copy.target.join("grade")).expect("a workbook");
    // The later exercises call the earlier ones.
    let mut names = Vec::new();
    for (chapter, exercise) in workbook.syllabus.exercises() {
        let file = workbook.solution(chapter, exercise);
        let inside = file
            .strip_prefix(copy.root.join("solutions"))
            .expect("a solution");
        let name = inside.to_str().expect("a name").to_owned();
        copy.save(&name, &copy.solution(&name));
        names.push((exercise.id().to_owned(), name));
    }
    let mut table = format!("load {}", load());
    table +=
        "exercise     all | notice  before   build   grade |   alone   cargo   rustc    link\n";
    let linker = Linker::new(&copy);
    for id in EXERCISES {
        let name = &names
            .iter()
            .find(|(of, _)| of == id)
            .expect("an exercise")
            .1;
        let mut times = Times::default();
        watched(&copy, id, name, &mut times);
        alone(&copy, &workbook, id, name, &linker, &mut times);
        let _ = write!(table, "{id:8}");
        for (times, end) in [
            (&mut times.all, " |"),
            (&mut times.notice, ""),
            (&mut times.before, ""),
            (&mut times.build, ""),
            (&mut times.grade, " |"),
            (&mut times.alone, ""),
            (&mut times.cargo, ""),
            (&mut times.rustc, ""),
            (&mut times.link, "\n"),
        ] {
            let _ = write!(table, "{:8.0}{end}", median(times));
        }
    }
    let _ = writeln!(
        table,
        "ms, medians of {SAVES} saves; load {}",
        load().trim_end()
    );
    println!("{table}{}", idle(&copy));
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The solution, with something new to compile.
fn edited(copy: &Copy, name: &str, number: usize) -> String {
    copy.solution_that(name, &format!("std::hint::black_box({number}_usize);"))
}

/// Saves the file again and again, and waits for the verdict on the terminal.
fn watched(copy: &Copy, id: &str, name: &str, times: &mut Times) {
    const SOLVED: &str = "Solved. Enter goes on to ";
    let command = format!("GRADE_SECONDS=60 cargo coach watch {id}");
    let terminal = Terminal::start(copy, "measured", &command);
    terminal.wait(&[&format!("✓ {id}"), SOLVED]);
    // The first one compiles what differs from the last time, and is not counted.
    for number in 0..=SAVES {
        terminal.rest(Duration::from_millis(500));
        let saved = Instant::now();
        copy.save(name, &edited(copy, name, number));
        let all = milliseconds(terminal.written(SOLVED) - saved);
        if number == 0 {
            continue;
        }
        terminal.rest(Duration::from_millis(200));
        // "0.43 s: built in 0.31 s, graded in 0.09 s"
        let screen = terminal.screen();
        let line = screen.lines().find(|line| line.contains(" s: built in "));
        let words = line.expect("the times").split([' ', ',']);
        let [known, build, grade] = words
            .filter_map(|word| word.parse::<f64>().ok())
            .map(|seconds| seconds * 1000.0)
            .collect::<Vec<_>>()[..]
        else {
            panic!("{screen}");
        };
        times.all.push(all);
        times.notice.push(all - known);
        times.before.push(known - build - grade);
        times.build.push(build);
        times.grade.push(grade);
    }
    terminal.press("q");
    terminal.wait(&["the end: 0"]);
}

/// A linker that calls the real one, and writes down how long it took.
struct Linker {
    folder: PathBuf,
    times: PathBuf,
}

impl Linker {
    fn new(copy: &Copy) -> Linker {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = copy.target.join("linker");
        fs::create_dir_all(&folder).expect("a folder");
        let times = folder.join("times");
        let real = run("sh", &["-c".as_ref(), "command -v cc".as_ref()]);
        let script = format!(
            "#!/bin/sh\nfrom=$(date +%s%N)\n'{}' \"$@\"\nstatus=$?\necho $from $(date +%s%N) >> '{}'\nexit $status\n",
            real.trim(),
            times.display()
        );
        let file = folder.join("cc");
        fs::write(&file, script).expect("a script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a script");
        Linker { folder, times }
    }

    /// The `PATH` with this linker.
    fn path(&self) -> String {
        let path = std::env::var("PATH").unwrap_or_default();
        format!("{}:{path}", self.folder.display())
    }

    /// How long the linker has run since this was last asked.
    fn took(&self) -> f64 {
        let text = fs::read_to_string(&self.times).unwrap_or_default();
        let _ = fs::remove_file(&self.times);
        let lines = text.lines().filter_map(|line| {
            let (from, to) = line.split_once(' ')?;
            Some((to.parse::<f64>().ok()? - from.parse::<f64>().ok()?) / 1e6)
        });
        lines.sum()
    }
}

/// Saves the file again and again, and has Cargo alone build the program that grades the exercise. Nobody can wait
/// less than this.
fn alone(
    copy: &Copy,
    workbook: &Workbook,
    id: &str,
    name: &str,
    linker: &Linker,
    times: &mut Times,
) {
    let Some(Choice::Exercise(..)) = workbook.choose(id).ok() else {
        panic!("no exercise {id}");
    };
    let exercises = runner::Workbook::EXERCISES;
    let programs = exercises
        .programs
        .by_exercise(&copy.root, &workbook.syllabus);
    let program = programs.expect("the suites").remove(id).expect("a program");
    let Programs::Targets { arguments, .. } = exercises.programs else {
        panic!("the exercises are graded by programs of their own");
    };
    // As in `watched`, the first is not counted.
    for number in 0..=SAVES {
        copy.save(name, &edited(copy, name, SAVES + number + 1));
        linker.took();
        let started = Instant::now();
        let cargo = runner::cargo::command()
            .args(["build", "--verbose", "--profile=dev"])
            .args(arguments)
            .args([
                "--test",
                &program,
                "--message-format=json-diagnostic-rendered-ansi",
            ])
            .current_dir(&copy.root)
            .env("CARGO_TARGET_DIR", &copy.target)
            .env("PATH", linker.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let rustc = compiled(cargo.expect("Cargo"));
        let all = milliseconds(started.elapsed());
        if number > 0 {
            let link = linker.took();
            times.alone.push(all);
            times.cargo.push(all - milliseconds(rustc));
            times.rustc.push(milliseconds(rustc) - link);
            times.link.push(link);
        }
    }
}

/// Waits for Cargo, and returns how long the compiler ran: from when Cargo says that it starts it, until the
/// last artifact is there.
fn compiled(mut cargo: Child) -> Duration {
    let (said, times) = mpsc::channel();
    let (out, err) = (cargo.stdout.take(), cargo.stderr.take());
    let began = said.clone();
    thread::spawn(move || {
        for line in BufReader::new(err.expect("a pipe"))
            .lines()
            .map_while(Result::ok)
        {
            if line.trim_start().starts_with("Running ") {
                let _ = began.send(Instant::now());
            }
        }
    });
    thread::spawn(move || {
        for line in BufReader::new(out.expect("a pipe"))
            .lines()
            .map_while(Result::ok)
        {
            if line.contains("\"fresh\":false") {
                let _ = said.send(Instant::now());
            }
        }
    });
    assert!(cargo.wait().expect("Cargo").success());
    let times: Vec<Instant> = times.iter().collect();
    let (first, last) = (times.iter().min(), times.iter().max());
    first
        .zip(last)
        .map_or(Duration::ZERO, |(first, last)| *last - *first)
}

/// How much of a core the watcher takes while nothing changes.
fn idle(copy: &Copy) -> String {
    let terminal = Terminal::start(copy, "idle", "cargo coach watch 1.1");
    terminal.wait(&["✓ 1.1", "Solved."]);
    terminal.rest(Duration::from_secs(1));
    let process = Path::new("/proc").join(terminal.process()).join("task");
    // The time of each thread on a core, in nanoseconds.
    let used = || {
        let threads = fs::read_dir(&process).into_iter().flatten().flatten();
        let used = threads.filter_map(|thread| {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<f64>().ok()
        });
        used.sum::<f64>()
    };
    let (before, started) = (used(), Instant::now());
    terminal.rest(IDLE);
    let share = (used() - before) / 1e9 / started.elapsed().as_secs_f64();
    format!("idle: {:.2} % of a core", share * 100.0)
}
