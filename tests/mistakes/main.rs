//! `cargo coach mistakes` runs this.

use std::env;
use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use book::paths;
use book::workbook::{Trouble, Workbook};
use lexopt::prelude::*;

/// How many seeds a mistake is tried with by default.
const SEEDS: usize = 20;

/// The exit status is 0 if every mistake is caught, 1 if not, 2 if they could not be judged.
fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(trouble) => {
            eprintln!("error: {}", trouble.to_string().trim_end());
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Trouble> {
    let (mut name, mut seeds, mut reports) = (None, SEEDS, None);
    let mut parser = lexopt::Parser::from_args(env::args_os().skip(1));
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seeds") => seeds = parser.value()?.parse::<NonZero<_>>()?.get(),
            Long("reports") => reports = Some(PathBuf::from(parser.value()?)),
            Value(value) if name.is_none() => name = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let workbook = Workbook::open(&paths::root(), &paths::grade())?;
    let scratch = paths::target().join("mistakes");
    mistakes::judge_all(
        &workbook,
        name.as_deref(),
        seeds,
        &scratch,
        reports.as_deref(),
        &mut io::stdout(),
    )
}
