//! What the grader can say about an answer.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::num::ParseIntError;
use std::str::FromStr;

use nojson::{DisplayJson, JsonFormatter, JsonObjectFormatter, JsonParseError, RawJsonValue};

use crate::json::{field, json_fields};

/// The verdict on one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every property holds.
    Solved,
    /// Its `todo!` was reached, and none of it is written.
    NotStarted,
    /// Some of its functions are written, and every property that could be tried without reaching a
    /// `todo!` holds.
    Begun {
        /// The functions that are written.
        written: Vec<String>,
        /// The next one to write. `None` if the learner's own `todo!` was reached.
        next: Option<String>,
    },
    /// The `todo!` of an earlier exercise was reached.
    Waiting {
        /// The number of that exercise.
        waiting_for: String,
    },
    /// A property could not be tried on this machine. All others hold, which is not enough.
    Skipped {
        /// What was missing.
        reason: String,
    },
    /// A property was broken.
    Wrong,
    /// The answer panicked.
    Panicked,
    /// The answer recursed until its stack was full.
    OverflowedStack,
    /// The answer ended its process by a signal or `abort`.
    Aborted {
        /// How the operating system put it.
        status: String,
    },
    /// The answer called `exit`.
    Exited {
        /// The status it gave.
        code: i32,
    },
    /// The answer had not finished in the time given.
    OutOfTime {
        /// The time given.
        limit_seconds: u64,
    },
    /// The answer asked for more memory than it was given.
    OutOfMemory {
        /// The memory given.
        limit_bytes: usize,
    },
}

impl Verdict {
    /// Whether it says that an answer is wrong, in whatever way.
    pub fn is_fault(&self) -> bool {
        match self {
            Verdict::Solved
            | Verdict::NotStarted
            | Verdict::Begun { .. }
            | Verdict::Waiting { .. }
            | Verdict::Skipped { .. } => false,
            Verdict::Wrong
            | Verdict::Panicked
            | Verdict::OverflowedStack
            | Verdict::Aborted { .. }
            | Verdict::Exited { .. }
            | Verdict::OutOfTime { .. }
            | Verdict::OutOfMemory { .. } => true,
        }
    }

    /// Whether the process has died of the answer, or was ended.
    pub fn is_death(&self) -> bool {
        self.is_fault() && !matches!(self, Verdict::Wrong | Verdict::Panicked)
    }

    /// The word for it in JSON.
    fn word(&self) -> &'static str {
        match self {
            Verdict::Solved => "solved",
            Verdict::NotStarted => "not_started",
            Verdict::Begun { .. } => "begun",
            Verdict::Waiting { .. } => "waiting",
            Verdict::Skipped { .. } => "skipped",
            Verdict::Wrong => "wrong",
            Verdict::Panicked => "panicked",
            Verdict::OverflowedStack => "overflowed_stack",
            Verdict::Aborted { .. } => "aborted",
            Verdict::Exited { .. } => "exited",
            Verdict::OutOfTime { .. } => "out_of_time",
            Verdict::OutOfMemory { .. } => "out_of_memory",
        }
    }

    /// The word for it as the field `verdict` of a JSON object, and the fields of the variant.
    pub(crate) fn members(&self, out: &mut JsonObjectFormatter<'_, '_, '_>) -> fmt::Result {
        out.member("verdict", self.word())?;
        match self {
            Verdict::Begun { written, next } => {
                out.member("written", written)?;
                out.member("next_function", next)
            }
            Verdict::Waiting { waiting_for } => out.member("waiting_for", waiting_for),
            Verdict::Skipped { reason } => out.member("reason", reason),
            Verdict::Aborted { status } => out.member("status", status),
            Verdict::Exited { code } => out.member("code", code),
            Verdict::OutOfTime { limit_seconds } => out.member("limit_seconds", limit_seconds),
            Verdict::OutOfMemory { limit_bytes } => out.member("limit_bytes", limit_bytes),
            Verdict::Solved
            | Verdict::NotStarted
            | Verdict::Wrong
            | Verdict::Panicked
            | Verdict::OverflowedStack => Ok(()),
        }
    }
}

impl DisplayJson for Verdict {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.object(|out| self.members(out))
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Verdict {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Verdict, JsonParseError> {
        let word = json.to_member("verdict")?.required()?;
        Ok(match word.as_string_str()? {
            "solved" => Verdict::Solved,
            "not_started" => Verdict::NotStarted,
            "begun" => Verdict::Begun {
                written: field(json, "written")?,
                next: field(json, "next_function")?,
            },
            "waiting" => Verdict::Waiting {
                waiting_for: field(json, "waiting_for")?,
            },
            "skipped" => Verdict::Skipped {
                reason: field(json, "reason")?,
            },
            "wrong" => Verdict::Wrong,
            "panicked" => Verdict::Panicked,
            "overflowed_stack" => Verdict::OverflowedStack,
            "aborted" => Verdict::Aborted {
                status: field(json, "status")?,
            },
            "exited" => Verdict::Exited {
                code: field(json, "code")?,
            },
            "out_of_time" => Verdict::OutOfTime {
                limit_seconds: field(json, "limit_seconds")?,
            },
            "out_of_memory" => Verdict::OutOfMemory {
                limit_bytes: field(json, "limit_bytes")?,
            },
            _ => return Err(word.invalid("not a verdict")),
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Solved => write!(out, "solved"),
            Verdict::NotStarted => write!(out, "not started"),
            Verdict::Begun { next: None, .. } => write!(out, "begun"),
            Verdict::Begun {
                next: Some(next), ..
            } => write!(out, "begun, next is {next}"),
            Verdict::Waiting { waiting_for } => write!(out, "waiting for {waiting_for}"),
            Verdict::Skipped { reason } => write!(out, "skipped: {reason}"),
            Verdict::Wrong => write!(out, "wrong"),
            Verdict::Panicked => write!(out, "panicked"),
            Verdict::OverflowedStack => write!(out, "overflowed its stack"),
            Verdict::Aborted { .. } => write!(out, "aborted"),
            Verdict::Exited { .. } => write!(out, "exited"),
            Verdict::OutOfTime { .. } => write!(out, "ran out of time"),
            Verdict::OutOfMemory { .. } => write!(out, "ran out of memory"),
        }
    }
}

/// A case in which a property did not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The case.
    pub case: Case,
    /// The sentence that was broken.
    pub sentence: String,
    /// What was computed from the arguments of the case, by name.
    pub with: Vec<Input>,
    /// One thought for the learner, if there is one that fits: a panic, a timeout or a full stack
    /// has other causes than a wrong answer.
    pub think: Option<String>,
    /// How many cases were tried in all.
    pub tries: u32,
    /// What kind of case it is.
    pub found: Found,
    /// What happened, unless the process died of it.
    pub fault: Option<Fault>,
}

json_fields!(Failure {
    case,
    sentence,
    with,
    think,
    tries,
    found,
    fault,
});

/// A case of a property, as the learner sees it, and how to try it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The property's function.
    pub property: String,
    /// Its arguments.
    pub inputs: Vec<Input>,
    /// How to try the case again.
    pub replay: Replay,
}

json_fields!(Case {
    property,
    inputs,
    replay
});

/// A `todo!` that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What it says.
    pub message: String,
    /// The case in which it was reached.
    pub case: Case,
    /// The expression that was evaluated, if there was one.
    pub call: Option<String>,
}

json_fields!(Todo {
    message,
    case,
    call,
});

/// What is known about one property after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The property's function.
    pub property: String,
    /// The sentence that must hold.
    pub sentence: String,
    /// Whether it does.
    pub holds: Holds,
    /// How long it took to find out.
    pub milliseconds: u64,
}

json_fields!(Tried {
    property,
    sentence,
    holds,
    milliseconds
});

/// Whether a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// In every case that was tried.
    Yes,
    /// It was broken.
    No,
    /// A `todo!` was reached.
    Todo,
    /// It can't be tried on this machine.
    Skipped,
    /// There was no time for it: the verdict was known without it.
    Untried,
}

impl DisplayJson for Holds {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.string(match self {
            Holds::Yes => "yes",
            Holds::No => "no",
            Holds::Todo => "todo",
            Holds::Skipped => "skipped",
            Holds::Untried => "untried",
        })
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Holds {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Holds, JsonParseError> {
        Ok(match json.as_string_str()? {
            "yes" => Holds::Yes,
            "no" => Holds::No,
            "todo" => Holds::Todo,
            "skipped" => Holds::Skipped,
            "untried" => Holds::Untried,
            _ => return Err(json.invalid("not whether a property holds")),
        })
    }
}

/// One argument of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The argument's name.
    pub name: String,
    /// Its value, as it is shown.
    pub value: String,
}

json_fields!(Input { name, value });

/// What it takes to try a case again: what was drawn, and how it was made smaller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// The seed of the run.
    pub seed: Seed,
    /// The number of the draw.
    pub draw: u32,
    /// The steps that made it smaller, as proptest calls them: `s` for simplify, `c` for
    /// complicate.
    pub path: String,
}

json_fields!(Replay { seed, draw, path });

/// How a failing case was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It was drawn or listed, and not made smaller.
    First,
    /// A smaller one was searched for, and not found.
    Smallest,
    /// It was made smaller for as long as time allowed.
    Small,
    /// It was kept from the last run.
    Replayed,
}

impl DisplayJson for Found {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.string(match self {
            Found::First => "first",
            Found::Smallest => "smallest",
            Found::Small => "small",
            Found::Replayed => "replayed",
        })
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Found {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Found, JsonParseError> {
        Ok(match json.as_string_str()? {
            "first" => Found::First,
            "smallest" => Found::Smallest,
            "small" => Found::Small,
            "replayed" => Found::Replayed,
            _ => return Err(json.invalid("not how a case is found")),
        })
    }
}

/// What happened in a failing case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An answer was not the one expected.
    Different {
        /// The expression that was evaluated.
        call: String,
        /// What it should have been.
        expected: String,
        /// What it was.
        got: String,
    },
    /// The answer panicked.
    Panicked {
        /// The expression that was evaluated, if there was one.
        call: Option<String>,
        /// What it said.
        message: String,
        /// File, line and column.
        location: String,
        /// If the panic is in a library: the function of the answer that called it.
        within: Option<String>,
        /// File and line of that call.
        called_at: Option<String>,
        /// Whether it was in a thread that the answer had started.
        in_own_thread: bool,
    },
    /// The answer took its process down, or was still at work when its time was up.
    Died {
        /// The expression that was evaluated.
        call: String,
    },
}

impl Fault {
    /// The expression that was evaluated, if there was one.
    pub fn call(&self) -> Option<&str> {
        match self {
            Fault::Different { call, .. } | Fault::Died { call } => Some(call),
            Fault::Panicked { call, .. } => call.as_deref(),
        }
    }

    /// File and line, or file, line and column, of where the answer panicked, or of where it called the library that did.
    pub fn place(&self) -> Option<&str> {
        match self {
            Fault::Panicked {
                location,
                called_at,
                ..
            } => called_at.as_deref().or(Some(location)),
            Fault::Different { .. } | Fault::Died { .. } => None,
        }
    }
}

impl DisplayJson for Fault {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        out.object(|out| match self {
            Fault::Different {
                call,
                expected,
                got,
            } => {
                out.member("kind", "different")?;
                out.member("call", call)?;
                out.member("expected", expected)?;
                out.member("got", got)
            }
            Fault::Panicked {
                call,
                message,
                location,
                within,
                called_at,
                in_own_thread,
            } => {
                out.member("kind", "panicked")?;
                out.member("call", call)?;
                out.member("message", message)?;
                out.member("location", location)?;
                out.member("within", within)?;
                out.member("called_at", called_at)?;
                out.member("in_own_thread", in_own_thread)
            }
            Fault::Died { call } => {
                out.member("kind", "died")?;
                out.member("call", call)
            }
        })
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Fault {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Fault, JsonParseError> {
        let kind = json.to_member("kind")?.required()?;
        Ok(match kind.as_string_str()? {
            "different" => Fault::Different {
                call: field(json, "call")?,
                expected: field(json, "expected")?,
                got: field(json, "got")?,
            },
            "panicked" => Fault::Panicked {
                call: field(json, "call")?,
                message: field(json, "message")?,
                location: field(json, "location")?,
                within: field(json, "within")?,
                called_at: field(json, "called_at")?,
                in_own_thread: field(json, "in_own_thread")?,
            },
            "died" => Fault::Died {
                call: field(json, "call")?,
            },
            _ => return Err(kind.invalid("not a fault")),
        })
    }
}

/// Where a run's randomness comes from. Written as 16 hex digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl Seed {
    /// A fresh one.
    pub fn fresh() -> Seed {
        // It is not a secret. It only has to be a different one in every run. The standard library
        // draws the keys of its hash maps from the system's randomness, so the hash of nothing is
        // as random as they are.
        Seed(RandomState::new().hash_one(()))
    }
}

impl FromStr for Seed {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Seed, ParseIntError> {
        u64::from_str_radix(text, 16).map(Seed)
    }
}

impl DisplayJson for Seed {
    fn fmt(&self, out: &mut JsonFormatter<'_, '_>) -> fmt::Result {
        // As text: a reader that keeps numbers as doubles would round it (RFC 8259 §6).
        out.string(self)
    }
}

impl TryFrom<RawJsonValue<'_, '_>> for Seed {
    type Error = JsonParseError;

    fn try_from(json: RawJsonValue<'_, '_>) -> Result<Seed, JsonParseError> {
        let seed = json.as_string_str()?.parse();
        seed.map_err(|error: ParseIntError| json.invalid(error))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::json;

    #[track_caller]
    fn check<T>(value: T)
    where
        T: DisplayJson + Debug + PartialEq,
        T: for<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>, Error = JsonParseError>,
    {
        let text = json::line(&value);
        assert_eq!(json::read(&text), Some(value), "{text}");
    }

    #[test]
    fn every_verdict_goes_there_and_back() {
        let text = || "text".to_owned();
        let verdicts = [
            Verdict::Solved,
            Verdict::NotStarted,
            Verdict::Begun {
                written: vec![text()],
                next: Some(text()),
            },
            Verdict::Begun {
                written: vec![],
                next: None,
            },
            Verdict::Waiting {
                waiting_for: text(),
            },
            Verdict::Skipped { reason: text() },
            Verdict::Wrong,
            Verdict::Panicked,
            Verdict::OverflowedStack,
            Verdict::Aborted { status: text() },
            Verdict::Exited { code: -1 },
            Verdict::OutOfTime { limit_seconds: 10 },
            Verdict::OutOfMemory {
                limit_bytes: 256 << 20,
            },
        ];
        for verdict in verdicts {
            check(verdict);
        }
        for unknown in [
            r#"{"verdict":"perfect"}"#,
            r#"{"verdict":1}"#,
            r#"{"verdict":"waiting"}"#,
            r#"{"verdict":"exited","code":2147483648}"#,
            r#""solved""#,
        ] {
            assert_eq!(json::read::<Verdict>(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_fresh_seed_is_a_different_one() {
        let seeds: Vec<Seed> = (0..100).map(|_| Seed::fresh()).collect();
        for (index, seed) in seeds.iter().enumerate() {
            assert!(!seeds[..index].contains(seed), "{seed}");
        }
    }

    #[test]
    fn what_is_known_about_a_property_goes_there_and_back() {
        for holds in [
            Holds::Yes,
            Holds::No,
            Holds::Todo,
            Holds::Skipped,
            Holds::Untried,
        ] {
            check(Tried {
                property: "text".to_owned(),
                sentence: "text".to_owned(),
                holds,
                milliseconds: 7,
            });
        }
        assert_eq!(json::read::<Holds>(r#""perhaps""#), None);
    }

    #[test]
    fn every_failure_goes_there_and_back() {
        let text = || "text".to_owned();
        let different = Fault::Different {
            call: text(),
            expected: text(),
            got: text(),
        };
        let panicked = Fault::Panicked {
            call: None,
            message: text(),
            location: text(),
            within: Some(text()),
            called_at: Some(text()),
            in_own_thread: true,
        };
        for (fault, found) in [
            (None, Found::First),
            (Some(different.clone()), Found::Smallest),
            (Some(different), Found::Small),
            (Some(panicked), Found::Replayed),
            (Some(Fault::Died { call: text() }), Found::First),
        ] {
            check(Failure {
                case: Case {
                    property: text(),
                    inputs: vec![Input {
                        name: text(),
                        value: text(),
                    }],
                    replay: Replay {
                        seed: Seed(u64::MAX),
                        draw: 3,
                        path: text(),
                    },
                },
                sentence: text(),
                with: vec![Input {
                    name: text(),
                    value: text(),
                }],
                think: Some(text()),
                tries: 2,
                found,
                fault,
            });
        }
    }
}
