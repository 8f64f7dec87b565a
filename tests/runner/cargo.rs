//! Cargo as a child process: what it is asked to build, and what it says.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nojson::{RawJson, RawJsonValue};

use crate::run::Cancel;

/// How often it is asked whether nobody waits for the build any more.
const CANCEL_CHECK: Duration = Duration::from_millis(20);

/// How a build ended.
#[derive(Debug)]
pub enum Built {
    /// These are the programs, by the names of their targets.
    Programs(BTreeMap<String, PathBuf>),
    /// The compiler has refused it. This is what it said, unless it was said on standard error.
    Refused(String),
    /// Nobody waits for it any more.
    Cancelled,
}

/// Has `cargo` build these test targets, with more `arguments`. If it `is_shown`, the compiler's messages go
/// to standard error, in its own colors, and else into [`Built::Refused`].
///
/// # Errors
/// Cargo can't be run, or fails for another reason than the compiler's.
pub fn build(
    cargo: &mut Command,
    targets: &[&str],
    arguments: &[String],
    is_shown: bool,
    cancel: &Cancel,
) -> Result<Built, Box<dyn Error + Send + Sync>> {
    let (format, stderr) = if is_shown {
        ("json-render-diagnostics", Stdio::inherit())
    } else {
        ("json", Stdio::piped())
    };
    let child = cargo
        .arg("build")
        .args(arguments)
        .args(targets.iter().flat_map(|name| ["--test", name]))
        .arg(format!("--message-format={format}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
        .map_err(|error| format!("Cargo, which builds the suites, can't be run: {error}"))?;
    let Some(output) = finish(child, cancel)? else {
        return Ok(Built::Cancelled);
    };
    let (mut programs, mut errors) = (BTreeMap::new(), String::new());
    for message in output.stdout.lines() {
        let message = RawJson::parse(message)?;
        let said = |path| text(message.value(), path);
        // Of the messages, one a line, only that of a program has an `executable`.
        if let (Some(name), Some(program)) = (said(&["target", "name"]), said(&["executable"])) {
            programs.insert(name, PathBuf::from(program));
        }
        if said(&["message", "level"]).as_deref() == Some("error") {
            errors += &said(&["message", "rendered"]).unwrap_or_default();
        }
    }
    if output.is_success {
        return match targets.iter().find(|name| !programs.contains_key(**name)) {
            Some(name) => Err(format!("Cargo has built no program {name}").into()),
            None => Ok(Built::Programs(programs)),
        };
    }
    // What was shown is not known here, so any failure counts as the compiler's: it has been explained.
    if is_shown || !errors.is_empty() {
        return Ok(Built::Refused(errors));
    }
    Err(format!("Cargo could not build it: {}", output.stderr.trim()).into())
}

/// The text at this path of names into an object, if there is one.
fn text(object: RawJsonValue<'_, '_>, path: &[&str]) -> Option<String> {
    let value = object.to_path_member(path).ok()?.optional()?;
    value.try_into().ok()
}

/// What a process has said.
struct Said {
    is_success: bool,
    stdout: String,
    stderr: String,
}

/// Waits for the child, unless it is cancelled: then it is killed.
fn finish(mut child: Child, cancel: &Cancel) -> std::io::Result<Option<Said>> {
    let (done, ended) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // A thread for each stream: a child whose pipe is full waits for a reader. Reading can't be interrupted,
    // so the thread that watches for `cancel` must not do it.
    let errors = thread::spawn(move || {
        let mut text = Vec::new();
        // A pipe that breaks has ended, too.
        let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut text));
        String::from_utf8_lossy(&text).into_owned()
    });
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = stdout.map(|mut stdout| stdout.read_to_end(&mut text));
        // Nobody listens any more if the build was cancelled.
        let _ = done.send(String::from_utf8_lossy(&text).into_owned());
    });
    let stdout = loop {
        match ended.recv_timeout(CANCEL_CHECK) {
            Ok(text) => break text,
            Err(_) if cancel.is_cancelled() => {
                child.kill()?;
                child.wait()?;
                // The threads are not joined: a compiler that Cargo has started may hold the pipes open.
                return Ok(None);
            }
            Err(_) => {}
        }
    };
    let is_success = child.wait()?.success();
    let stderr = errors.join().unwrap_or_default();
    Ok(Some(Said {
        is_success,
        stdout,
        stderr,
    }))
}

/// The Cargo that runs this, without what it says to a program that it runs: a build script might
/// listen.
pub fn command() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        // The build script of `ring` listens: it would run again for another package's folder, and everything
        // that needs `ring` would be compiled once more.
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
