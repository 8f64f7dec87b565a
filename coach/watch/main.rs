//! The command line of `cargo coach watch`.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use book::paths;
use book::workbook::{Trouble, Workbook};
use lexopt::prelude::*;
use runner::cli;
use watch::ending;
use watch::shell::{self, Options};

const USAGE: &str = "\
usage: cargo coach watch [1.3|ch1]   grades an exercise whenever you save its file
       --plain   a line for each verdict instead of the screen, as without a terminal, and for an
                 editor one before it and one after it
       --poll    read the files four times a second, if the file system reports no changes
";

fn main() -> ExitCode {
    ending::end(|| run(env::args_os().skip(1)))
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
