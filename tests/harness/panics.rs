//! The panics of an answer, in whichever thread they happen, and which function of the answer called the
//! library that panicked.

use std::any::Any;
use std::backtrace::Backtrace;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use crate::property::in_one_line;
use crate::search::ASKED;
use book::verdict::Fault;

/// A panic that the hook has seen, and the thread in which it was.
static PANICS: Mutex<Vec<(ThreadId, Fault)>> = Mutex::new(Vec::new());

fn panics() -> MutexGuard<'static, Vec<(ThreadId, Fault)>> {
    // Poisoning is ignored: nothing that is done to the list can be interrupted halfway.
    PANICS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The last panic outside of the workbook: where it was, and what had called it.
static OUTSIDE: Mutex<Option<(String, Backtrace)>> = Mutex::new(None);

/// Says which function of the answer had called the library that panicked, and in which line.
pub(crate) fn name_caller(fault: &mut Fault) {
    let Fault::Panicked {
        location,
        within,
        called_at,
        ..
    } = fault
    else {
        return;
    };
    let outside = OUTSIDE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some((_, trace)) = outside.filter(|(place, _)| place == location) {
        let trace = trace.to_string();
        let mut lines = trace.lines();
        *within = lines.find_map(of_answer);
        *called_at = lines.next().and_then(place_in_answer);
    }
}

/// File and line of a call, from the line of a backtrace that follows its name: `at ./exercises/ch1_symmetric/seal.rs:57:9`.
/// It is there if the crate of the answers has debug information.
fn place_in_answer(line: &str) -> Option<String> {
    let place = line.trim_start().strip_prefix("at ")?.replace('\\', "/");
    let (place, _column) = place.rsplit_once(':')?;
    let (folders, _) = place.split_once("/ch")?;
    let begin = folders.rfind('/').map_or(0, |slash| slash + 1);
    Some(place[begin..].to_owned())
}

/// The function that a line of a backtrace is about, if it is in an exercise: `chapter1::ch1_symmetric::seal::open`
/// is `open`.
fn of_answer(line: &str) -> Option<String> {
    let (_, symbol) = line.trim_start().split_once(": ")?;
    // `<Sender as Send>::send` and `Sender<Side>::send`.
    let path: Vec<&str> = symbol.split("::").collect();
    let chapter = path.get(1)?.strip_prefix("ch")?;
    if !chapter.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut names = path.iter().rev();
    let name = names.find(|name| !name.contains(['{', '<', '>']))?;
    Some((*name).to_owned())
}

/// The panics of this thread.
pub(crate) fn take_own_panics() -> Vec<Fault> {
    take_panics(|thread| thread == thread::current().id())
}

fn take_panics(of: impl Fn(ThreadId) -> bool) -> Vec<Fault> {
    panics()
        .extract_if(.., |(thread, _)| of(*thread))
        .map(|(_, fault)| fault)
        .collect()
}

/// What this returns, or `None` if it panics. The panics that were noted before stay the last ones.
pub fn quietly<T>(call: impl FnOnce() -> T) -> Option<T> {
    let before = take_own_panics();
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    take_own_panics();
    put_back(before);
    result.ok()
}

fn put_back(own: Vec<Fault>) {
    let own = own.into_iter();
    panics().extend(own.map(|fault| (thread::current().id(), fault)));
}

pub(crate) fn panic_elsewhere() -> Option<Fault> {
    let mut elsewhere = take_panics(|thread| thread != thread::current().id()).into_iter();
    elsewhere.next().map(|fault| match fault {
        Fault::Panicked {
            message, location, ..
        } => Fault::Panicked {
            call: None,
            message,
            location,
            within: None,
            called_at: None,
            in_own_thread: true,
        },
        fault => fault,
    })
}

pub(crate) fn note_panic(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string).unwrap_or_default();
    // The workbook's own files are named from its root. This notes the calls, but does not look up
    // their names yet, which would take too long: the search makes an answer panic hundreds of
    // times.
    let is_outside = info
        .location()
        .is_some_and(|place| Path::new(place.file()).is_absolute());
    if is_outside {
        let trace = Backtrace::force_capture();
        *OUTSIDE.lock().unwrap_or_else(PoisonError::into_inner) = Some((location.clone(), trace));
    }
    let message = payload(info.payload()).to_owned();
    let fault = Fault::Panicked {
        call: ASKED.get().map(in_one_line),
        message,
        location,
        within: None,
        called_at: None,
        in_own_thread: false,
    };
    panics().push((thread::current().id(), fault));
}

fn payload(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

/// For an answer that has replaced the panic hook.
pub(crate) fn unknown_panic() -> Fault {
    let message = "(the message was not passed on)".to_owned();
    Fault::Panicked {
        call: ASKED.get().map(in_one_line),
        message,
        location: String::new(),
        within: None,
        called_at: None,
        in_own_thread: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_of_the_answer_is_named() {
        for (line, name) in [
            ("   3: chapter1::ch1_symmetric::seal::open", Some("open")),
            (
                "  12: solutions::ch6_tls12::client::check::{{closure}}",
                Some("check"),
            ),
            (
                "   4: chapter1::ch1_symmetric::channel::Sender::send",
                Some("send"),
            ),
            (
                "   5: <chapter6::ch6_tls12::records::RecordSealer<Side> as given::SealRecord>::seal",
                Some("seal"),
            ),
            ("   6: core::iter::adapters::step_by::StepBy<I>::new", None),
            (
                "             at /rustc/59807616e/library/core/src/panicking.rs:80:14",
                None,
            ),
            ("   7: suites1::checks::round_trip", None),
        ] {
            assert_eq!(of_answer(line).as_deref(), name, "{line}");
        }
        for (line, place) in [
            (
                "             at ./exercises/ch1_symmetric/seal.rs:57:9",
                Some("exercises/ch1_symmetric/seal.rs:57"),
            ),
            (
                "             at C:\\work\\exercises\\ch6_tls12\\client.rs:8:21",
                Some("exercises/ch6_tls12/client.rs:8"),
            ),
            (
                "             at /rustc/59807616e/library/core/src/panicking.rs:80:14",
                None,
            ),
            ("   7: suites1::checks::round_trip", None),
        ] {
            assert_eq!(place_in_answer(line).as_deref(), place, "{line}");
        }
    }
}
