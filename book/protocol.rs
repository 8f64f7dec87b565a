//! What the grader and the programs that it runs tell each other.
//!
//! A program that grades exercises is asked for its properties with [`PROPERTIES`], and is told to examine
//! an exercise with [`EXAMINE`]. It writes what it does, an [`Event`] a line, to a file that it is
//! given: its standard output belongs to the learner's `println!`.

use serde_json::Value;

use crate::json::{Json, json_fields, object};
use crate::verdict::{Case, Failure};

/// Asks for the properties, as JSON.
pub const PROPERTIES: &str = "--properties";

/// Asks for the examination of an exercise, whose number comes next.
pub const EXAMINE: &str = "--examine";

/// Tells the one property to try, by its name.
pub const PROPERTY: &str = "--property";

/// Tells the case to try before all others, as JSON.
pub const REPLAY: &str = "--replay";

/// Tells the seed.
pub const SEED: &str = "--seed";

/// Tells how many bytes may be allocated.
pub const MEMORY: &str = "--memory";

/// Tells the file of the events.
pub const EVENTS: &str = "--events";

/// Printed before each case, so that what the last case printed can be told from the rest.
pub const CASE_MARK: &str = "\u{1e}case\u{1e}\n";

/// A property, as it is described to the grader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The number of the exercise it grades.
    pub exercise: String,
    /// The name of its function.
    pub name: String,
    /// What must hold, in a sentence.
    pub sentence: String,
    /// One thought for the learner who broke it.
    pub think: String,
    /// Whether its cases are the same in every run.
    pub is_fixed: bool,
}

json_fields!(Description {
    exercise,
    name,
    sentence,
    think,
    is_fixed,
});

/// What a child process writes down for its parent.
#[derive(Debug, PartialEq)]
pub enum Event {
    /// This case is about to be tried.
    Trying(Case),
    /// The exercise has been graded.
    Done(Ending),
}

/// How the examination of an exercise ended.
#[derive(Debug, PartialEq)]
pub enum Ending {
    /// Every property holds.
    Held,
    /// A `todo!` with this message was reached.
    Todo(String),
    /// A property could not be tried, for this reason. All others hold.
    Skipped(String),
    /// A property does not hold.
    Failed(Box<Failure>),
}

impl Json for Event {
    fn to_json(&self) -> Value {
        match self {
            Event::Trying(case) => object([("trying", case.to_json())]),
            Event::Done(ending) => object([("done", ending.to_json())]),
        }
    }

    fn from_json(json: &Value) -> Option<Event> {
        match (json.get("trying"), json.get("done")) {
            (Some(case), _) => Case::from_json(case).map(Event::Trying),
            (_, Some(ending)) => Ending::from_json(ending).map(Event::Done),
            _ => None,
        }
    }
}

impl Json for Ending {
    fn to_json(&self) -> Value {
        match self {
            Ending::Held => Value::from("held"),
            Ending::Todo(message) => object([("todo", message.to_json())]),
            Ending::Skipped(reason) => object([("skipped", reason.to_json())]),
            Ending::Failed(failure) => object([("failed", failure.to_json())]),
        }
    }

    fn from_json(json: &Value) -> Option<Ending> {
        if json == "held" {
            return Some(Ending::Held);
        }
        let (word, value) = json.as_object()?.iter().next()?;
        match word.as_str() {
            "todo" => String::from_json(value).map(Ending::Todo),
            "skipped" => String::from_json(value).map(Ending::Skipped),
            "failed" => {
                let failure = Failure::from_json(value)?;
                Some(Ending::Failed(Box::new(failure)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Found;

    #[test]
    fn every_event_goes_there_and_back() {
        let failure = Failure {
            case: Case::default(),
            sentence: String::new(),
            think: String::new(),
            tries: 1,
            found: Found::First,
            fault: None,
        };
        for event in [
            Event::Trying(Case::default()),
            Event::Done(Ending::Held),
            Event::Done(Ending::Todo("1.1: a".to_owned())),
            Event::Done(Ending::Skipped("no openssl".to_owned())),
            Event::Done(Ending::Failed(Box::new(failure))),
        ] {
            let text = event.to_json().to_string();
            assert!(!text.contains('\n'));
            assert_eq!(crate::json::read(&text), Some(event), "{text}");
        }
        assert_eq!(crate::json::read::<Event>("{\"trying\":{\"prop"), None);
    }
}
