//! Asks other processes of the same program for a value.
//!
//! One process alone can't tell chance from a counter that starts at 1 whenever the program starts,
//! or from a generator whose seed is a constant. Two processes can: they get the same values.

use std::env;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use book::protocol::{MEMORY, PROPERTY, SEED};

use crate::property::Broken;
use crate::{isolation, search};

/// Asks for the value of a property, whose exercise follows.
pub(crate) const SAMPLE: &str = "--sample";

/// How long another process may take. The grader ends its children, but does not know about theirs.
const TIME: Duration = Duration::from_secs(10);

/// Whether this is one of the other processes.
static IS_SAMPLE: AtomicBool = AtomicBool::new(false);

/// What `value` is in each of `N` new processes of this program, which run it before anything else
/// of the answer.
///
/// Use it in properties without arguments, at most once in each. `value` has the run's seed in all
/// of the processes, so that keys made from the seed are the same. It is computed in this process
/// first: if it fails, that is reported as usual.
///
/// ```no_run
/// # fn secret() -> Result<[u8; 32], String> { Ok([0; 32]) }
/// harness::suite! {
///     exercise "1.1" {
///         /// each time the program runs, the secret is different
///         #[think = "Where does chance come from?"]
///         fn each_process_has_its_own_secret() {
///             let secret = || Ok(harness::accepted!(secret()).to_vec());
///             let [secret, secret_of_another_process] = harness::elsewhere(secret)?;
///             harness::differ!(secret_of_another_process, secret);
///         }
///     }
/// }
/// ```
///
/// # Errors
/// `value` is broken, in this process or in another one; or this program can't be started again.
pub fn elsewhere<const N: usize>(
    value: impl FnOnce() -> Result<Vec<u8>, Broken>,
) -> Result<[Vec<u8>; N], Broken> {
    let values = ask_processes(&value()?, N)?;
    Ok(values.try_into().expect("there are N processes"))
}

/// What the value is in this many processes, if this is not one of them. It is not generic, so that it is not compiled after
/// every edit.
fn ask_processes(value: &[u8], count: usize) -> Result<Vec<Vec<u8>>, Broken> {
    if IS_SAMPLE.load(Ordering::Relaxed) {
        let told =
            writeln!(io::stdout(), "\n{}", to_hex(value)).and_then(|()| io::stdout().flush());
        process::exit(i32::from(told.is_err()));
    }
    let again = |error| Broken::Skipped(format!("this program can't be started again: {error}"));
    let children: Result<Vec<Child>, _> = (0..count).map(|_| start()).collect();
    children
        .map_err(again)?
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().map_err(again)?;
            // What comes before is the learner's `println!`.
            let text = String::from_utf8_lossy(&output.stdout);
            let value = text.lines().last().and_then(from_hex);
            value.filter(|_| output.status.success()).ok_or_else(|| {
                let ended = format!("the process ended: {}", output.status);
                Broken::expected("the same in a new process", "a value", ended)
            })
        })
        .collect()
}

/// From now on, this process is one that is asked for a value.
pub(crate) fn be_a_sample() {
    IS_SAMPLE.store(true, Ordering::Relaxed);
    thread::spawn(|| {
        thread::sleep(TIME);
        process::exit(1);
    });
}

/// This program, asked for the value of the property that is being tried.
fn start() -> io::Result<Child> {
    let property =
        search::current_property().ok_or_else(|| io::Error::other("no property is being tried"))?;
    Command::new(env::current_exe()?)
        .args([SAMPLE, property.exercise, PROPERTY, property.name])
        .args([SEED, &search::seed().to_string()])
        .args([MEMORY, &isolation::memory().to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits?;
    let bytes = pairs.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(16 * high + low).ok(),
        _ => None,
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_through() {
        for value in [vec![], vec![0], (0..=255).collect()] {
            assert_eq!(from_hex(&to_hex(&value)), Some(value));
        }
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("a line of the learner's"), None);
    }
}
