//! How the watcher ends: with an exit status and a last message, after it has given the terminal back. It does so
//! even after a panic.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::mpsc::Sender;
use std::thread;

use book::workbook::Trouble;

use crate::app::Event;

/// What a panic has said. It is printed when the terminal is given back.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// The `main` of the watcher: does `work`, and prints what it returns or why it failed.
pub fn end(work: impl FnOnce() -> Result<String, Trouble>) -> ExitCode {
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
    let (code, text) = match panic::catch_unwind(AssertUnwindSafe(work)) {
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

/// Does `work` in a thread of its own. If the thread panics, the watcher ends: otherwise it would wait forever for
/// what the thread has to say.
pub fn thread(events: &Sender<Event>, work: impl FnOnce(&Sender<Event>) + Send + 'static) {
    let events = events.clone();
    thread::spawn(move || {
        let done = panic::catch_unwind(AssertUnwindSafe(|| work(&events)));
        if done.is_err() {
            // If the watcher is ending already, nobody listens anymore.
            let _ = events.send(Event::Broken);
        }
    });
}
