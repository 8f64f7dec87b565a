//! The command line of a suite's program, which the grader runs: once for what the suite holds, and
//! once for each exercise.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use lexopt::prelude::*;
use serde::{Deserialize, Serialize};

use crate::isolation;
use crate::property::Property;
use crate::verdict::{Case, Seed};

/// Asks for the properties of the suite, as JSON.
pub const PROPERTIES: &str = "--properties";

/// Asks for the examination of an exercise, whose number comes next.
pub const EXAMINE: &str = "--examine";

/// What is told of a [`Property`] to another process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct About {
    /// The number of the exercise it grades.
    pub exercise: String,
    /// The name of its function.
    pub name: String,
    /// What must hold, in a sentence.
    pub sentence: String,
    /// One thought for the learner who broke it.
    pub think: String,
}

impl From<&Property> for About {
    fn from(property: &Property) -> About {
        About {
            exercise: property.exercise.to_owned(),
            name: property.name.to_owned(),
            sentence: property.sentence.to_owned(),
            think: property.think.to_owned(),
        }
    }
}

/// An exercise that is to be examined.
#[derive(Default)]
struct Order {
    id: String,
    property: Option<String>,
    replay: Option<Case>,
    seed: Seed,
    memory: usize,
    events: PathBuf,
}

/// What is in the suite of `program`.
///
/// # Errors
/// It can't be run, or is none.
pub fn ask(program: &Path) -> Result<Vec<About>, Box<dyn Error + Send + Sync>> {
    let output = Command::new(program)
        .arg(PROPERTIES)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("{} is no suite's program", program.display()).into())
}

/// The `main` of a program of suites, with the properties of each.
pub fn examine(suites: impl IntoIterator<Item = Vec<Property>>) -> ExitCode {
    let properties: Vec<Property> = suites.into_iter().flatten().collect();
    match run(&properties, env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {trouble}");
            ExitCode::from(2)
        }
    }
}

fn run(
    properties: &[Property],
    arguments: impl Iterator<Item = OsString>,
) -> Result<(), Box<dyn Error>> {
    let Some(order) = parse(arguments)? else {
        let about: Vec<About> = properties.iter().map(About::from).collect();
        return Ok(io::stdout().write_all(&serde_json::to_vec(&about)?)?);
    };
    let mut chosen = properties.to_vec();
    chosen.retain(|property| property.exercise == order.id);
    if let Some(name) = &order.property {
        chosen.retain(|property| property.name == name);
    }
    let (seed, replay) = (order.seed, order.replay.as_ref());
    Ok(isolation::examine(
        &chosen,
        seed,
        replay,
        order.memory,
        &order.events,
    )?)
}

/// The order, or none where the properties are asked for.
fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Option<Order>, Box<dyn Error>> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut order = Order::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("properties") => return Ok(None),
            Long("examine") => order.id = parser.value()?.string()?,
            Long("property") => order.property = Some(parser.value()?.string()?),
            Long("replay") => {
                order.replay = Some(serde_json::from_str(&parser.value()?.string()?)?)
            }
            Long("seed") => order.seed = parser.value()?.parse()?,
            Long("memory") => order.memory = parser.value()?.parse()?,
            Long("events") => order.events = parser.value()?.into(),
            _ => return Err(argument.unexpected().into()),
        }
    }
    if order.id.is_empty() {
        return Err("the grader runs this program, and `cargo test` the grader".into());
    }
    Ok(Some(order))
}
