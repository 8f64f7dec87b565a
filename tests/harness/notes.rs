//! What a report says beside the arguments of a property: the values that were computed from them,
//! and a thought that fits a way of failing better than the thought of its property.
//!
//! Notes cost nothing while a property holds. The case that is reported is tried once more, and
//! only then are they taken.

use std::any;
use std::cell::{Cell, RefCell};
use std::fmt::Debug;

use crate::property::in_one_line;
use crate::show::{self, Piece, Show};
use book::call::name_of;

/// A value longer than this is of no use to a reader, unless it is bytes, which are cut.
const LONGEST: usize = 400;

/// A value under its name.
type Note = (String, String);

thread_local! {
    /// Whether notes are taken.
    static ARE_TAKEN: Cell<bool> = const { Cell::new(false) };

    /// What the property itself has noted, in this case.
    static SAID: RefCell<Vec<Note>> = const { RefCell::new(Vec::new()) };

    /// The arguments of the call that was made last.
    static ARGUMENTS: RefCell<Vec<Note>> = const { RefCell::new(Vec::new()) };

    /// The thought that fits if the next comparison fails.
    static THOUGHT: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Whether notes are taken: the case is going to be reported.
#[doc(hidden)]
pub fn are_taken() -> bool {
    ARE_TAKEN.get()
}

/// Notes a value that was computed from the arguments, under the name that the task has for it. A
/// later value of the same name takes its place.
#[doc(hidden)]
pub fn note(name: &str, value: String) {
    SAID.with_borrow_mut(|notes| {
        notes.retain(|(other, _)| other != name);
        notes.push((name.to_owned(), value));
    });
}

/// Forgets what was noted under this name: it no longer holds.
pub fn withdraw(name: &str) {
    SAID.with_borrow_mut(|notes| notes.retain(|(other, _)| other != name));
}

/// Forgets what the property has noted: it was about a call that has returned what it should, and
/// the next one is about other values.
pub fn start_over() {
    SAID.take();
}

/// Functions that return the same when they are called again, and change nothing.
const REPEATABLE: [&str; 27] = [
    "Some",
    "anchor",
    "asked",
    "as_slice",
    "bytes",
    "ca_with",
    "clone",
    "code",
    "concat",
    "deep",
    "expect",
    "extension",
    "flipped",
    "get",
    "into",
    "len",
    "line",
    "made",
    "make",
    "named",
    "pattern",
    "roots",
    "spelled",
    "to_vec",
    "unsigned",
    "with_names",
    "with_raw_names",
];

/// Whether an argument can be computed again to be shown: the functions that make it have no state,
/// and nothing in them is random.
#[doc(hidden)]
pub fn is_repeatable(expression: &str) -> bool {
    expression.match_indices('(').all(|(place, _)| {
        let before = expression[..place].trim_end();
        let is_end = |c: char| !c.is_alphanumeric() && c != '_';
        let name = before.rsplit(is_end).next().unwrap_or(before);
        // Without a name, the parenthesis is around an expression.
        name.is_empty() && !before.ends_with('!') || REPEATABLE.contains(&name)
    })
}

/// Forgets the arguments of the last call.
#[doc(hidden)]
pub fn new_call() {
    ARGUMENTS.take();
}

/// Notes an argument of a call.
// One at a time, so that little is compiled for each of thousands of calls: the learner waits for it.
#[doc(hidden)]
pub fn argument(expression: &'static str, pieces: Option<Vec<Piece>>) {
    let Some((name, pieces)) = name_of(&in_one_line(expression)).zip(pieces) else {
        return;
    };
    // The task knows its constants by their names, which are in the call.
    if is_constant(&name) {
        return;
    }
    let text = show::text(&pieces);
    if text.len() <= LONGEST {
        ARGUMENTS.with_borrow_mut(|arguments| arguments.push((name, text)));
    }
}

fn is_constant(name: &str) -> bool {
    let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.len() > 1 && name.chars().all(is_upper)
}

/// Sets the thought for what fails from here on.
#[doc(hidden)]
pub fn think(thought: Option<&'static str>) {
    THOUGHT.set(thought);
}

/// The thought that was set in this case.
pub(crate) fn thought() -> Option<&'static str> {
    THOUGHT.get()
}

/// Forgets what was noted about the last case.
pub(crate) fn forget(are_taken: bool) {
    ARE_TAKEN.set(are_taken);
    SAID.take();
    ARGUMENTS.take();
    THOUGHT.set(None);
}

/// What was noted, except what is known: the arguments of the property.
pub(crate) fn take(known: &[Note]) -> Vec<Note> {
    ARE_TAKEN.set(false);
    together(ARGUMENTS.take(), SAID.take(), known)
}

/// The same, while more may be noted.
pub(crate) fn so_far(known: &[Note]) -> Vec<Note> {
    let copy = |notes: &Vec<Note>| notes.clone();
    together(ARGUMENTS.with_borrow(copy), SAID.with_borrow(copy), known)
}

fn together(arguments: Vec<Note>, said: Vec<Note>, known: &[Note]) -> Vec<Note> {
    let mut notes = arguments;
    for note in said {
        notes.retain(|(name, _)| *name != note.0);
        notes.push(note);
    }
    // A number that the property draws may be inside a type of the task: `3` and `Prime(3)`.
    let is_known = |(name, value): &Note| {
        let mut known = known.iter();
        known.any(|(other, known)| name == other && value.contains(known.as_str()))
    };
    notes.retain(|note| !is_known(note));
    notes
}

/// Notes an argument of a call in the property's own words, in place of how it would be shown by
/// itself.
pub fn in_words(expression: &str, words: &str) {
    if let Some(name) = name_of(&in_one_line(expression)) {
        note(&name, words.to_owned());
    }
}

/// A value that may have no form in which it can be shown.
#[derive(Debug)]
pub struct Described<'a, T: ?Sized>(pub &'a T);

/// Describes a value by [`Show`].
pub trait DescribedByShow {
    /// The value, in pieces.
    fn described(&self) -> Option<Vec<Piece>>;
}

impl<T: Show + ?Sized> DescribedByShow for &&Described<'_, T> {
    fn described(&self) -> Option<Vec<Piece>> {
        Some(self.0.pieces())
    }
}

/// Describes a value by `Debug`.
pub trait DescribedByDebug {
    /// The value, in pieces.
    fn described(&self) -> Option<Vec<Piece>>;
}

impl<T: Debug + ?Sized> DescribedByDebug for &Described<'_, T> {
    fn described(&self) -> Option<Vec<Piece>> {
        Some(of_debug(&self.0, any::type_name::<T>()))
    }
}

/// What `Debug` says. A list of anything more than numbers has its items below one another.
fn of_debug(value: &dyn Debug, type_name: &str) -> Vec<Piece> {
    let line = format!("{value:?}");
    let is_list = line.starts_with('[') && line.len() > 60 && line.contains('(');
    if !is_list {
        return show::of_debug(value, type_name);
    }
    let items = format!("{value:#?}");
    let items = items.lines().filter_map(|line| line.strip_prefix("    "));
    let items = items.map(|line| line.strip_suffix(',').unwrap_or(line));
    vec![Piece::Text(items.collect::<Vec<_>>().join("\n"))]
}

/// Does not describe a value.
pub trait NotDescribed {
    /// Nothing.
    fn described(&self) -> Option<Vec<Piece>>;
}

impl<T: ?Sized> NotDescribed for Described<'_, T> {
    fn described(&self) -> Option<Vec<Piece>> {
        None
    }
}

/// Notes the arguments of a call that is about to be made, for the report.
#[doc(hidden)]
#[macro_export]
macro_rules! arguments_of {
    ($($argument:expr),*) => {
        if $crate::notes::are_taken() {
            #[allow(
                unused_imports,
                reason = "which of the three is used depends on the type"
            )]
            use $crate::notes::{DescribedByDebug as _, DescribedByShow as _, NotDescribed as _};
            $crate::notes::new_call();
            $(if $crate::notes::is_repeatable(stringify!($argument)) {
                let described = (&&&$crate::notes::Described(&$argument)).described();
                $crate::notes::argument(stringify!($argument), described);
            })*
        }
    };
}

/// Shows values that are computed from the arguments, under their names, if the property is broken
/// from here on: `with!(ciphertext)`, or `with!("e · d" = e * d)`. What is on the right is computed
/// for a report only.
#[macro_export]
macro_rules! with {
    ($($name:ident),+ $(,)?) => {
        $($crate::with!(@ stringify!($name), $name);)+
    };
    ($($name:literal = $value:expr),+ $(,)?) => {
        $($crate::with!(@ $name, $value);)+
    };
    (@ $name:expr, $value:expr) => {
        if $crate::notes::are_taken() {
            let value = $crate::show::text(&$crate::pieces!(&$value));
            $crate::notes::note($name, value);
        }
    };
}

/// The thought for what fails from here on, in place of the property's.
#[macro_export]
macro_rules! think_of {
    ($thought:literal) => {
        $crate::notes::think(Some($thought))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_state_is_computed_once() {
        for (expression, is) in [
            ("&changed.flipped(&sealed)", true),
            ("&sealed[..(length - 1)]", true),
            ("&client.send(&message)", false),
            ("&[&zeros[..], &ciphertext].concat()", true),
            ("accepted!(open(&key))", false),
        ] {
            assert_eq!(is_repeatable(expression), is, "{expression}");
        }
    }

    struct Unspeakable;

    #[test]
    fn what_can_be_shown_is_noted_and_what_is_known_is_not() {
        forget(true);
        const TLS_1_2: u16 = 0x0303;
        let (message, number, unspeakable) = (vec![1_u8, 2], 7, Unspeakable);
        crate::arguments_of!(&message, number, unspeakable, &[3_u8], TLS_1_2);
        crate::with!("twice" = 2 * number);
        let known = [("number".to_owned(), "7".to_owned())];
        let noted = take(&known);
        let noted: Vec<(&str, &str)> = noted
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(noted, [("message", "0102 (2 bytes)"), ("twice", "14")]);
        let costly = || -> u64 { panic!("it is not computed in vain") };
        crate::with!("twice" = costly());
        assert!(take(&[]).is_empty());
    }
}
