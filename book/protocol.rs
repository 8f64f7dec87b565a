//! What the grader and the programs that it runs tell each other.
//!
//! The grader asks a program that grades exercises for its properties with [`PROPERTIES`], and
//! tells it to examine an exercise with [`EXAMINE`]. The program writes what it does to a file that
//! it is given, one [`Event`] per line: its standard output belongs to the learner's `println!`.

use std::fmt;

use nojson::{DisplayJson, JsonFormatter, JsonParseError, RawJsonValue};

use crate::json::json_fields;
use crate::verdict::{Case, Failure, Holds, Input, Todo};

/// Asks for the properties, as JSON.
pub const PROPERTIES: &str = "--properties";

/// Asks for the examination of an exercise, whose number follows.
pub const EXAMINE: &str = "--examine";

/// Names a property to try. If none is named, all are tried.
pub const PROPERTY: &str = "--property";

/// Names a folder that several children share. All of them have the same properties to try, and each takes the next one
/// that no other has taken. A child takes a property by creating the file of that name in this folder.
pub const DEALT: &str = "--dealt";

/// Gives the case to try before all others, as JSON.
pub const REPLAY: &str = "--replay";

/// Asks to be told about that case alone: its arguments, and each call before it is made.
pub const NARRATE: &str = "--narrate";

/// Says that the first case that breaks a property is enough: no smaller one is searched for.
pub const FIRST: &str = "--first";

/// Says that after one property has reached a `todo!`, the others are tried, too.
pub const BEGUN: &str = "--begun";

/// Gives the seed.
pub const SEED: &str = "--seed";

/// Says how many bytes may be allocated.
pub const MEMORY: &str = "--memory";

/// Says for how many seconds it may run. The grader ends it before: this is for a child whose grader has gone.
pub const TIME: &str = "--time";

/// Names the file for the events.
pub const EVENTS: &str = "--events";

/// The environment variable with a folder for what takes long to make, so that it is made once: for all children of
/// a run, and for later runs.
pub const SHARED: &str = "GRADE_SHARED";

/// Printed before the first case of a property and before a case that is tried once more for its report, so that
/// what was printed in it can be told from the rest.
// U+001E is the record separator of ASCII, which no answer prints by accident.
pub const CASE_MARK: &str = "\u{1e}case\u{1e}\n";

/// Printed once the verdict is known: what follows comes from properties that no longer change it.
pub const END_MARK: &str = "\u{1e}end\u{1e}\n";

/// A property, as it is described to the grader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The number of the exercise it grades.
    pub exercise: String,
    /// The name of its function.
    pub name: String,
    /// What must hold, in a sentence.
    pub sentence: String,
    /// One thought for a learner who broke it.
    pub think: String,
}

json_fields!(Description {
    exercise,
    name,
    sentence,
    think,
});

/// What a child process writes down for its parent.
#[derive(Debug, PartialEq)]
pub enum Event {
    /// This case is about to be tried. Its arguments are left out, unless they are what is [asked for](NARRATE).
    Trying(Case),
    /// This expression is about to be evaluated. It is only said if it is [asked for](NARRATE).
    Asking(String),
    /// A report that is made now would show these values beside the arguments. They replace those that were
    /// said before. It is only said if it is [asked for](NARRATE).
    Noted(Vec<Input>),
    /// The property of this name was tried, with this result, and took this many milliseconds.
    Tried(String, Holds, u64),
    /// The verdict is known. Other properties may be tried after it. Whatever happens to them, the
    /// verdict stays.
    Done(Ending),
}

/// Whether a line says that a case is about to be tried: they can be counted without being read.
pub fn is_trying(line: &str) -> bool {
    line.starts_with("{\"trying\":")
}

/// How the examination of an exercise ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// Every property holds.
    Held,
    /// A `todo!` was reached.
    Todo(Box<Todo>),
    /// A property could not be tried, for this reason. All others hold.
    Skipped(String),
    /// A property does not hold.
    Failed(Box<Failure>),
}

impl DisplayJson for Event {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.object(|out| match self {
            Event::Trying(case) => out.member("trying", case),
            Event::Asking(call) => out.member("asking", call),
            Event::Noted(notes) => out.member("noted", notes),
            Event::Tried(property, holds, milliseconds) => {
                out.member("tried", property)?;
                out.member("holds", holds)?;
                out.member("milliseconds", milliseconds)
            }
            Event::Done(ending) => out.member("done", ending),
        })
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Event {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Event, JsonParseError> {
        if let Some(case) = json.to_member("trying")?.optional() {
            return Case::try_from(case).map(Event::Trying);
        }
        if let Some(call) = json.to_member("asking")?.optional() {
            return String::try_from(call).map(Event::Asking);
        }
        if let Some(notes) = json.to_member("noted")?.optional() {
            return Vec::try_from(notes).map(Event::Noted);
        }
        if let Some(property) = json.to_member("tried")?.optional() {
            let holds = json.to_member("holds")?.required()?.try_into()?;
            let milliseconds = json.to_member("milliseconds")?.required()?.try_into()?;
            return Ok(Event::Tried(property.try_into()?, holds, milliseconds));
        }
        let ending = json.to_member("done")?.required()?;
        Ending::try_from(ending).map(Event::Done)
    }
}

impl DisplayJson for Ending {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        match self {
            Ending::Held => out.string("held"),
            Ending::Todo(todo) => out.object(|out| out.member("todo", todo)),
            Ending::Skipped(reason) => out.object(|out| out.member("skipped", reason)),
            Ending::Failed(failure) => out.object(|out| out.member("failed", failure)),
        }
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Ending {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Ending, JsonParseError> {
        if let Ok("held") = json.as_string_str() {
            return Ok(Ending::Held);
        }
        let unknown = || json.invalid("not how an examination ends");
        let (word, value) = json.to_object()?.next().ok_or_else(unknown)?;
        match word.as_string_str()? {
            "todo" => Todo::try_from(value).map(|todo| Ending::Todo(Box::new(todo))),
            "skipped" => String::try_from(value).map(Ending::Skipped),
            "failed" => {
                let failure = Failure::try_from(value)?;
                Ok(Ending::Failed(Box::new(failure)))
            }
            _ => Err(unknown()),
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
            with: Vec::new(),
            think: None,
            tries: 1,
            found: Found::First,
            fault: None,
        };
        for event in [
            Event::Trying(Case::default()),
            Event::Asking("f(a)".to_owned()),
            Event::Noted(vec![Input {
                name: "a".to_owned(),
                value: "7".to_owned(),
            }]),
            Event::Tried("a".to_owned(), Holds::Yes, 7),
            Event::Done(Ending::Held),
            Event::Done(Ending::Todo(Box::new(Todo {
                message: "1.1: a".to_owned(),
                case: Case::default(),
                call: None,
            }))),
            Event::Done(Ending::Skipped("no openssl".to_owned())),
            Event::Done(Ending::Failed(Box::new(failure))),
        ] {
            let text = crate::json::line(&event);
            assert!(!text.contains('\n'));
            assert_eq!(is_trying(&text), matches!(event, Event::Trying(_)));
            assert_eq!(crate::json::read(&text), Some(event), "{text}");
        }
        assert_eq!(crate::json::read::<Event>("{\"trying\":{\"prop"), None);
    }
}
