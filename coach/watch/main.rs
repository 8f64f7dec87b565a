//! The command line of `cargo coach watch`.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::panic;
use std::process::ExitCode;
use std::sync::Mutex;

use book::paths;
use book::workbook::{Trouble, Workbook};
use lexopt::prelude::*;
use runner::cli;
use watch::shell::{self, Options};

const USAGE: &str = "\
usage: cargo coach watch [1.3|ch1]   grades an exercise whenever you save its file
       --plain   a line for each verdict instead of the screen, as without a terminal, and for an
                 editor one before it and one after it
       --poll    read the files four times a second, if the file system reports no changes
";

/// What a panic has said. It is printed when the terminal is given back.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

fn main() -> ExitCode {
    panic::set_hook(Box::new(|panic| {
        let trace = Backtrace::capture();
        let text = match trace.status() {
            BacktraceStatus::Captured => format!("{panic}\n{trace}"),
            _ => format!("{panic}\n"),
        };
        if let Ok(mut said) = PANIC.lock() {
            // The first is the cause of the others.
            said.get_or_insert(text);
        }
    }));
    let ended = panic::catch_unwind(|| run(env::args_os().skip(1)));
    let (code, text) = match ended {
        Ok(Ok(text)) => (ExitCode::SUCCESS, text),
        Ok(Err(trouble)) if is_closed(&*trouble) => (ExitCode::SUCCESS, String::new()),
        Ok(Err(trouble)) => (ExitCode::from(2), format!("error: {trouble}\n")),
        Err(panic) => (ExitCode::from(101), said(&*panic)),
    };
    // If standard error is closed, there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
    code
}

fn said(panic: &(dyn Any + Send)) -> String {
    let said = PANIC.lock().ok().and_then(|mut said| said.take());
    let message = panic.downcast_ref::<&str>().copied();
    said.unwrap_or_else(|| format!("panicked: {}\n", message.unwrap_or_default()))
}

/// Whether the reader of standard output has seen enough, as `head` has.
fn is_closed(trouble: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let error = trouble.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(arguments: impl Iterator<Item = OsString>) -> Result<String, Trouble> {
    let options = parse(arguments).map_err(|error| format!("{error}\n\n{USAGE}"))?;
    let Some(mut options) = options else {
        return Ok(USAGE.to_owned());
    };
    options.seed = cli::seed_from_environment()?;
    let limits = cli::limits_from_environment()?;
    let workbook = Workbook::open(&paths::root(), &paths::grade())?;
    // The threads that use it end with the process.
    shell::watch(Box::leak(Box::new(workbook)), &options, limits)?;
    Ok(String::new())
}

/// `None` if help was asked for.
fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("plain") => options.is_plain = true,
            Long("poll") => options.polls = true,
            Value(name) if options.name.is_none() => options.name = Some(name.string()?),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(options))
}
