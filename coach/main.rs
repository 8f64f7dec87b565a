//! The command line of `cargo coach`.
//!
//! The exit status is 0 if what was asked for is done, 1 if a check has failed, and 2 if it could not be done.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use book::paths;
use book::workbook::{Trouble, Workbook};
use coach::{
    Outcome, UntilClosed, cargo, derive, hint, list, progress, reset, skip, solution, textbook,
};
use lexopt::prelude::*;

const USAGE: &str = "\
usage: cargo coach watch [1.3|ch1]          grades an exercise whenever you save its file
       cargo coach list [1.3|ch1]           the board, without building anything
       cargo coach hint [1.3 [2]]           the next of three hints, or the second; without 1.3,
                                            for the exercise where you are
       cargo coach solution 1.3 [--yes]     one way to solve it
       cargo coach reset 1.3                puts the stub back; also for a chapter: 1, ch1
       cargo coach skip 1.6                 leaves it for later, or takes it up again
       cargo coach book [--no-open]         the textbook, in your browser
       cargo coach adopt FILE               moves your answers to the newer version of their files,
                                            from one with Git conflicts, or from an old chapter
";

const USAGE_FOR_AUTHORS: &str = "\
for those who write exercises:
       cargo coach derive [--check]         exercises from solutions, and the tables of chapters
       cargo coach mistakes [1.3|ch1] [--seeds 20]   are the wrong answers caught?
       cargo coach mistakes [1.3|ch1] --reports FOLDER   what a learner would read about each
";

/// How many seeds a mistake is tried with by default.
// `mistakes` has the same number. It is not linked, so that no hint waits for it to be compiled.
const SEEDS: usize = 20;

/// Lines get no longer than this, however wide the terminal.
const WIDEST: usize = 100;

/// How long lines get if there is no terminal, or it does not say how wide it is.
const USUAL: usize = 80;

/// Lines get no shorter than this, however narrow.
const NARROWEST: usize = 24;

#[derive(Debug, PartialEq, Eq)]
enum Request {
    Progress,
    Help,
    Watch(Vec<OsString>),
    List(Option<String>),
    Hint {
        id: Option<String>,
        level: Option<usize>,
    },
    Solution {
        id: String,
        yes: bool,
    },
    Reset(String),
    Skip(String),
    Book {
        open: bool,
    },
    Adopt(PathBuf),
    Derive {
        check: bool,
    },
    Mistakes {
        name: Option<String>,
        seeds: usize,
        reports: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let mut out = UntilClosed(io::stdout());
    match run(env::args_os().skip(1), &mut out) {
        Ok(code) => code,
        Err(trouble) => {
            // If standard error is closed, there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {}", trouble.to_string().trim_end());
            ExitCode::from(2)
        }
    }
}

fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
) -> Result<ExitCode, Trouble> {
    let request = parse(arguments).map_err(|error| format!("{error}\n\n{USAGE}"))?;
    if request == Request::Help {
        out.write_all(USAGE.as_bytes())?;
        out.write_all(USAGE_FOR_AUTHORS.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let workbook = Workbook::open(&paths::root(), &paths::grade())?;
    let outcome = match request {
        // Help has returned above.
        Request::Help | Request::Progress => {
            let outcome = progress::progress(&workbook, out);
            write!(out, "\n{USAGE}")?;
            outcome
        }
        Request::Watch(arguments) => return watch(&workbook, &arguments),
        Request::List(name) => list::list(&workbook, name.as_deref(), out),
        Request::Hint { id, level } => hint::hint(&workbook, id.as_deref(), level, width(), out),
        Request::Solution { id, yes } => {
            // The question goes to standard error: standard output may be a file, for the solution alone.
            let (mut input, mut question) = (io::stdin().lock(), io::stderr());
            let terminal: Option<(&mut dyn io::BufRead, &mut dyn Write)> = io::stdin()
                .is_terminal()
                .then_some((&mut input, &mut question));
            solution::solution(&workbook, &id, yes, terminal, out)
        }
        Request::Reset(name) => reset::reset(&workbook, &name, out),
        Request::Skip(id) => skip::skip(&workbook, &id, out),
        Request::Book { open } => {
            // If nobody is at a terminal, nobody is at a browser.
            let open = open && io::stdout().is_terminal();
            textbook::textbook(&workbook, &paths::target().join("doc"), open, out)
        }
        Request::Derive { check } => derive::derive(&workbook, check, out),
        Request::Adopt(file) => return run_package(&workbook, "adopt", &[file.into()]),
        Request::Mistakes {
            name,
            seeds,
            reports,
        } => {
            let mut arguments = vec![OsString::from(format!("--seeds={seeds}"))];
            if let Some(folder) = reports {
                arguments.extend(["--reports".into(), folder.into()]);
            }
            arguments.extend(name.map(OsString::from));
            return run_package(&workbook, "mistakes", &arguments);
        }
    };
    Ok(match outcome? {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::CheckFailed => ExitCode::from(1),
    })
}

/// How long lines get: as long as the terminal is wide, within reason.
fn width() -> usize {
    let said = || env::var("COLUMNS").ok()?.parse().ok();
    let width = said().or_else(|| io::stdout().is_terminal().then(terminal_width)?);
    // Some terminals say 0 if they don't know.
    width
        .filter(|&width| width > 0)
        .unwrap_or(USUAL)
        .clamp(NARROWEST, WIDEST)
}

/// Asks `stty`, which is on every system but Windows. With one of the crates that ask the terminal
/// itself, the first hint would take a third longer.
fn terminal_width() -> Option<usize> {
    let mut stty = Command::new("stty");
    let asked = stty.arg("size").stdin(Stdio::inherit()).output().ok()?;
    // The lines, and then the columns.
    let said = String::from_utf8(asked.stdout).ok()?;
    said.split_whitespace().nth(1)?.parse().ok()
}

/// Lets another program of the workbook do it, which reports errors by itself. It is built when it
/// is first called, so that no hint waits for it.
fn run_package(
    workbook: &Workbook,
    package: &str,
    arguments: &[OsString],
) -> Result<ExitCode, Trouble> {
    let status = cargo(workbook, "run")
        .args(["--quiet", "--package", package, "--"])
        .args(arguments)
        .status()?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        Some(1) => Ok(ExitCode::from(1)),
        // For example 101, with which Cargo ends if the package does not compile.
        Some(_) => Ok(ExitCode::from(2)),
        None => Err(format!("`{package}` did not finish: {status}").into()),
    }
}

/// Becomes the watcher, which is built when it is first called.
fn watch(workbook: &Workbook, arguments: &[OsString]) -> Result<ExitCode, Trouble> {
    let built = paths::target().join("debug").join("watch");
    if !built.with_extension(env::consts::EXE_EXTENSION).is_file() {
        let _ = writeln!(
            io::stderr(),
            "Building the watcher. Only the first start takes this long."
        );
    }
    let mut cargo = cargo(workbook, "run");
    cargo
        .args(["--quiet", "--package", "watch", "--"])
        .args(arguments);
    // In place of this process, not as its child: whoever ends the one ends the other.
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut cargo).into());
    #[cfg(not(unix))]
    match cargo.status()?.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        _ => Ok(ExitCode::from(2)),
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next()? {
        None => return Ok(Request::Progress),
        Some(Long("help") | Short('h')) => return Ok(Request::Help),
        Some(Value(command)) => command.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    if command == "watch" {
        // The watcher parses them itself.
        return Ok(Request::Watch(parser.raw_args()?.collect()));
    }
    let commands = [
        "list", "hint", "solution", "reset", "skip", "book", "adopt", "derive", "mistakes",
    ];
    // Before the options, so that a mistyped command is reported, and not an option that it does not have.
    if !commands.contains(&command.as_str()) {
        return Err(format!("no command `{command}`").into());
    }
    let (mut yes, mut open, mut check, mut seeds) = (false, true, false, SEEDS);
    let (mut name, mut file, mut level, mut reports) = (None, None, None, None);
    while let Some(argument) = parser.next()? {
        match (argument, command.as_str()) {
            (Long("help") | Short('h'), _) => return Ok(Request::Help),
            (Long("yes") | Short('y'), "solution") => yes = true,
            (Long("no-open"), "book") => open = false,
            (Long("check"), "derive") => check = true,
            (Long("seeds"), "mistakes") => seeds = parser.value()?.parse::<NonZero<_>>()?.get(),
            (Long("reports"), "mistakes") => reports = Some(parser.value()?.into()),
            (Value(value), "adopt") if file.is_none() => file = Some(PathBuf::from(value)),
            (Value(value), "list" | "hint" | "solution" | "reset" | "skip" | "mistakes")
                if name.is_none() =>
            {
                name = Some(value.string()?);
            }
            (Value(value), "hint") if level.is_none() => level = Some(value.parse()?),
            (other, _) => return Err(other.unexpected()),
        }
    }
    let wanted = |name: Option<String>| {
        name.ok_or_else(|| format!("which exercise? For instance: cargo coach {command} 1.3"))
    };
    Ok(match command.as_str() {
        "list" => Request::List(name),
        "hint" => Request::Hint { id: name, level },
        "solution" => Request::Solution {
            id: wanted(name)?,
            yes,
        },
        "reset" => Request::Reset(wanted(name)?),
        "skip" => Request::Skip(wanted(name)?),
        "book" => Request::Book { open },
        "adopt" => Request::Adopt(
            file.ok_or("which file? One with Git conflicts, or the old file of a chapter")?,
        ),
        "derive" => Request::Derive { check },
        _ => Request::Mistakes {
            name,
            seeds,
            reports,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &str, expected: Request) {
        let arguments = arguments.split_whitespace().map(OsString::from);
        assert_eq!(parse(arguments).unwrap(), expected);
    }

    #[track_caller]
    fn check_refused(arguments: &str, expected: &str) {
        let arguments = arguments.split_whitespace().map(OsString::from);
        assert_eq!(parse(arguments).unwrap_err().to_string(), expected);
    }

    #[test]
    fn commands_are_understood() {
        let id = || "1.3".to_owned();
        check("", Request::Progress);
        check("--help", Request::Help);
        check("hint -h", Request::Help);
        check("list", Request::List(None));
        check("list ch1", Request::List(Some("ch1".to_owned())));
        check("watch", Request::Watch(vec![]));
        check(
            "watch 1.3 --poll",
            Request::Watch(vec!["1.3".into(), "--poll".into()]),
        );
        let hint = |id: Option<String>, level| Request::Hint { id, level };
        check("hint", hint(None, None));
        check("hint 1.3", hint(Some(id()), None));
        check("hint 1.3 2", hint(Some(id()), Some(2)));
        check(
            "solution 1.3",
            Request::Solution {
                id: id(),
                yes: false,
            },
        );
        check(
            "solution --yes 1.3",
            Request::Solution {
                id: id(),
                yes: true,
            },
        );
        check("reset 1.3", Request::Reset(id()));
        check("skip 1.3", Request::Skip(id()));
        check("book", Request::Book { open: true });
        check("book --no-open", Request::Book { open: false });
        check("adopt ch1.rs", Request::Adopt("ch1.rs".into()));
        check("derive", Request::Derive { check: false });
        check("derive --check", Request::Derive { check: true });
        check(
            "mistakes",
            Request::Mistakes {
                name: None,
                seeds: 20,
                reports: None,
            },
        );
        check(
            "mistakes 1.3 --seeds 3 --reports seen",
            Request::Mistakes {
                name: Some(id()),
                seeds: 3,
                reports: Some("seen".into()),
            },
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        check_refused("hints 1.3", "no command `hints`");
        check_refused("--yes", "invalid option '--yes'");
        check_refused("hint 1.3 --yes", "invalid option '--yes'");
        check_refused("book 1.3", "unexpected argument \"1.3\"");
        check_refused("hint 1.3 2 3", "unexpected argument \"3\"");
        check_refused(
            "hint 1.3 1.4",
            "cannot parse argument \"1.4\": invalid digit found in string",
        );
        check_refused("derive 1.3", "unexpected argument \"1.3\"");
        check_refused("adopt a.rs b.rs", "unexpected argument \"b.rs\"");
        check_refused(
            "adopt",
            "which file? One with Git conflicts, or the old file of a chapter",
        );
        check_refused(
            "reset",
            "which exercise? For instance: cargo coach reset 1.3",
        );
        check_refused(
            "mistakes --seeds 0",
            "cannot parse argument \"0\": number would be zero for non-zero type",
        );
    }
}
