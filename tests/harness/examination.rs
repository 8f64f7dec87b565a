//! The command line of a program that grades exercises. The grader runs it once for the list of its
//! properties, and once for each exercise: [`book::protocol`].

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use book::json;
use book::protocol::Description;
use book::verdict::{Case, Seed};
use lexopt::prelude::*;

use crate::elsewhere::SAMPLE;
use crate::isolation;
use crate::property::Property;
use crate::search::Search;

/// An exercise that is to be examined.
#[derive(Default)]
struct Order {
    id: String,
    /// The properties that are wanted. If none is named, it is all of them.
    properties: Vec<String>,
    /// They are dealt in this folder.
    dealt: Option<PathBuf>,
    /// Nothing is examined: the value of the property is wanted.
    is_sample: bool,
    /// Nothing is examined: the case to replay is to be told.
    is_narration: bool,
    replay: Option<Case>,
    /// No smaller case is searched for.
    is_first_enough: bool,
    /// Some of the answer is written.
    is_begun: bool,
    seed: Seed,
    memory: usize,
    time: Option<Duration>,
    events: PathBuf,
}

/// The `main` of a program of suites, with the properties of each.
pub fn examine<const N: usize>(suites: [Vec<Property>; N]) -> ExitCode {
    examine_all(&suites)
}

/// The same. It is not generic: reading the command line is compiled once, and not for each program after every edit.
fn examine_all(suites: &[Vec<Property>]) -> ExitCode {
    match run(&suites.concat(), env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // If standard error is closed, there is nobody to tell.
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
        let described: Vec<Description> = properties.iter().map(describe).collect();
        return Ok(writeln!(io::stdout(), "{}", json::line(&described))?);
    };
    isolation::end_without_parent(order.time);
    let mut chosen = properties.to_vec();
    chosen.retain(|property| property.exercise == order.id);
    if !order.properties.is_empty() {
        let is_wanted = |name: &str| order.properties.iter().any(|wanted| wanted == name);
        chosen.retain(|property| is_wanted(property.name));
    }
    if order.is_sample {
        let &[property] = &chosen[..] else {
            return Err("no such property".into());
        };
        isolation::sample(property, order.seed, order.memory)?;
        return Err("this property has no value for another process".into());
    }
    if let (true, &[property], Some(case)) = (order.is_narration, &chosen[..], &order.replay) {
        return Ok(isolation::narrate(
            property,
            &case.replay,
            order.memory,
            &order.events,
        )?);
    }
    let search = Search {
        seed: order.seed,
        dealt: order.dealt.as_deref(),
        replay: order.replay.as_ref(),
        is_first_enough: order.is_first_enough,
        is_begun: order.is_begun,
    };
    Ok(isolation::examine(
        &chosen,
        search,
        order.memory,
        &order.events,
    )?)
}

/// What another process is told about a property.
fn describe(property: &Property) -> Description {
    Description {
        exercise: property.exercise.to_owned(),
        name: property.name.to_owned(),
        sentence: property.sentence.to_owned(),
        think: property.think.to_owned(),
    }
}

/// The order, or `None` if the properties are asked for.
fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Option<Order>, Box<dyn Error>> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut order = Order::default();
    while let Some(argument) = parser.next()? {
        // lexopt gives the names without the dashes that the constants of `book::protocol` have.
        match argument {
            Long("properties") => return Ok(None),
            Long("examine") => order.id = parser.value()?.string()?,
            Long(flag) if flag == &SAMPLE[2..] => {
                order.is_sample = true;
                order.id = parser.value()?.string()?;
            }
            Long("property") => order.properties.push(parser.value()?.string()?),
            Long("dealt") => order.dealt = Some(parser.value()?.into()),
            // A case that can't be read is left out: the search finds what it would have shown.
            Long("replay") => order.replay = json::read(&parser.value()?.string()?),
            Long("narrate") => order.is_narration = true,
            Long("first") => order.is_first_enough = true,
            Long("begun") => order.is_begun = true,
            Long("seed") => order.seed = parser.value()?.parse()?,
            Long("memory") => order.memory = parser.value()?.parse()?,
            Long("time") => order.time = Some(Duration::from_secs(parser.value()?.parse()?)),
            Long("events") => order.events = parser.value()?.into(),
            _ => return Err(argument.unexpected().into()),
        }
    }
    if order.id.is_empty() {
        return Err("the grader runs this program, and `cargo test` runs the grader".into());
    }
    Ok(Some(order))
}
