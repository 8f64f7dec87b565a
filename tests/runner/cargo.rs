//! Cargo as a child process: what it is asked to build, and what it says.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use nojson::{RawJson, RawJsonValue};

use crate::family::Family;
use crate::run::Cancel;

/// How often we check whether the build was cancelled.
const CANCEL_CHECK: Duration = Duration::from_millis(20);

/// How a build ended.
#[derive(Debug)]
pub enum Built {
    /// These are the programs, by the names of their targets.
    Programs(BTreeMap<String, PathBuf>),
    /// The compiler has refused it. This is what it said, unless that went to standard error.
    Refused(String),
    /// Nobody waits for it anymore.
    Cancelled,
}

/// Who hears what Cargo and the compiler say.
pub enum Hears<'a> {
    /// Whoever reads standard error: the messages go there, in Cargo's own colors.
    Terminal,
    /// Nobody. The compiler's errors are in [`Built::Refused`].
    Nobody,
    /// A program with a screen of its own: it gets each line that Cargo prints, and the compiler's
    /// messages in color. All processes of the build are in a process group of their own, which is
    /// ended as a whole.
    Screen(&'a mut dyn FnMut(Heard<'_>)),
}

/// What is heard of a build while it runs.
#[derive(Debug)]
pub enum Heard<'a> {
    /// A line from Cargo: what it compiles, what it waits for.
    Line(&'a str),
    /// A warning from the compiler, as it would print it.
    Warning(&'a str),
}

/// Has `cargo` build these test targets, with more `arguments`.
///
/// # Errors
/// Cargo can't be run, or fails for a reason other than a compiler error.
pub fn build(
    cargo: &mut Command,
    targets: &[&str],
    arguments: &[String],
    hears: Hears<'_>,
    cancel: &Cancel,
) -> Result<Built, Box<dyn Error + Send + Sync>> {
    let is_shown = matches!(hears, Hears::Terminal);
    let format = match hears {
        Hears::Terminal => "json-render-diagnostics",
        Hears::Nobody => "json",
        Hears::Screen(_) => "json-diagnostic-rendered-ansi",
    };
    let command = cargo
        .arg("build")
        .args(arguments)
        .args(targets.iter().flat_map(|name| ["--test", name]))
        .arg(format!("--message-format={format}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(if is_shown {
            Stdio::inherit()
        } else {
            Stdio::piped()
        });
    let mut nobody = |_: Heard<'_>| {};
    let (is_apart, hear): (bool, &mut dyn FnMut(Heard<'_>)) = match hears {
        Hears::Screen(hear) => (true, hear),
        _ => (false, &mut nobody),
    };
    let family = Family::start(command, is_apart)
        .map_err(|error| format!("Cargo, which builds the suites, can't be run: {error}"))?;
    let Some(output) = finish(family, cancel, &mut |line| hear(Heard::Line(line)))? else {
        return Ok(Built::Cancelled);
    };
    let (mut programs, mut errors) = (BTreeMap::new(), String::new());
    for message in output.stdout.lines() {
        let message = RawJson::parse(message)?;
        let said = |path| text(message.value(), path);
        // There is one message per line. Only the message about a program has an `executable`.
        if let (Some(name), Some(program)) = (said(&["target", "name"]), said(&["executable"])) {
            programs.insert(name, PathBuf::from(program));
        }
        let rendered = || said(&["message", "rendered"]).unwrap_or_default();
        match said(&["message", "level"]).as_deref() {
            Some("error") => errors += &rendered(),
            Some("warning") => hear(Heard::Warning(&rendered())),
            _ => {}
        }
    }
    if output.is_success {
        return match targets.iter().find(|name| !programs.contains_key(**name)) {
            Some(name) => Err(format!("Cargo has not built the program {name}").into()),
            None => Ok(Built::Programs(programs)),
        };
    }
    // We don't know what was shown, so any failure counts as a compiler error: it has been
    // explained.
    if is_shown || !errors.is_empty() {
        return Ok(Built::Refused(errors));
    }
    Err(format!("Cargo could not build it: {}", output.stderr.trim()).into())
}

/// The string at this path of field names in an object, if there is one.
fn text(object: RawJsonValue<'_, '_>, path: &[&str]) -> Option<String> {
    let value = object.to_path_member(path).ok()?.optional()?;
    value.try_into().ok()
}

/// What a process has said.
struct Output {
    is_success: bool,
    stdout: String,
    stderr: String,
}

/// A line of one of its streams.
enum Line {
    Out(String),
    Err(String),
}

/// Waits for the build, and ends it if it is cancelled.
fn finish(
    mut family: Family,
    cancel: &Cancel,
    hear: &mut dyn FnMut(&str),
) -> io::Result<Option<Output>> {
    let (said, lines) = mpsc::channel();
    // A thread for each stream: a child whose pipe is full waits for a reader. Reading can't be interrupted,
    // so the thread that watches for `cancel` must not do it.
    read(family.child.stdout.take(), said.clone(), Line::Out);
    read(family.child.stderr.take(), said, Line::Err);
    let (mut stdout, mut stderr) = (String::new(), String::new());
    loop {
        match lines.recv_timeout(CANCEL_CHECK) {
            Ok(Line::Out(line)) => stdout += &(line + "\n"),
            Ok(Line::Err(line)) => {
                hear(&line);
                stderr += &(line + "\n");
            }
            // Both have ended.
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.is_cancelled() {
            // The threads are not joined: a compiler that Cargo has started may hold the pipes open.
            family.end()?;
            return Ok(None);
        }
    }
    let is_success = family.child.wait()?.success();
    Ok(Some(Output {
        is_success,
        stdout,
        stderr,
    }))
}

/// Sends the lines of a stream, from a thread of its own.
fn read(
    stream: Option<impl io::Read + Send + 'static>,
    said: Sender<Line>,
    line: impl Fn(String) -> Line + Send + 'static,
) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut bytes = Vec::new();
        // A broken pipe has ended, too. If the build was cancelled, nobody receives the lines any
        // more.
        while let Ok(1..) = stream.read_until(b'\n', &mut bytes) {
            let text = String::from_utf8_lossy(&bytes);
            if said.send(line(text.trim_end().to_owned())).is_err() {
                break;
            }
            bytes.clear();
        }
    });
}

/// The Cargo that runs this program, without the environment variables that it sets for a program:
/// a build script might react to them.
pub fn command() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        // The build script of `ring` does: it would run again for another package's folder, and
        // everything that needs `ring` would be compiled once more.
        let is_of_package = |name: &str| {
            let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_EXE_"];
            of_package.iter().any(|prefix| name.starts_with(prefix))
        };
        if name.to_str().is_some_and(is_of_package) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// The profile and the platform of a test `program` that Cargo has put in its folder `target`, as
/// arguments: `TARGET/debug/deps/grader-0123` or `TARGET/TRIPLE/release/deps/grader-0123`.
pub fn as_this_was_built(program: &Path, target: &Path) -> Vec<String> {
    let inside = program.strip_prefix(target).unwrap_or(program);
    let folders: Vec<&str> = inside.iter().filter_map(OsStr::to_str).collect();
    let (profile, platform) = match folders[..] {
        [profile, "deps", _] => (profile, None),
        [platform, profile, "deps", _] => (profile, Some(platform)),
        // Any other layout says nothing about the profile, and `dev` is the usual one.
        _ => ("debug", None),
    };
    // The folder of the profile `dev` is called `debug`.
    let profile = if profile == "debug" { "dev" } else { profile };
    let mut arguments = vec![format!("--profile={profile}")];
    arguments.extend(platform.map(|platform| format!("--target={platform}")));
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suites_are_built_as_the_grader_was() {
        let target = Path::new("/work/target");
        for (program, expected) in [
            ("debug/deps/grader-0123", &["--profile=dev"][..]),
            ("release/deps/grader-0123", &["--profile=release"]),
            (
                "x86_64-unknown-linux-musl/debug/deps/grader-0123",
                &["--profile=dev", "--target=x86_64-unknown-linux-musl"],
            ),
            ("elsewhere", &["--profile=dev"]),
        ] {
            let program = target.join(program);
            assert_eq!(as_this_was_built(&program, target), expected);
        }
    }
}
