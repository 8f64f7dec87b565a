//! The programs of the suites, built by Cargo when they are wanted.
//!
//! After an edit, all that calls an exercise is to be compiled again. In one program that is the
//! whole of the grader, and takes three times as long as the one suite that was asked for. So the
//! grader calls no exercise. It runs Cargo once more, for the suites that it needs.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::house;

/// What runs a suite.
#[derive(Debug, Clone, Copy)]
pub enum Programs {
    /// A test target of the workspace that has the suite's name, with these features.
    Targets {
        /// As in `cargo test --features`.
        features: &'static [&'static str],
    },
    /// The running program itself.
    Itself,
}

impl Programs {
    /// Where the programs of these suites are, built from what their sources say now.
    ///
    /// # Errors
    /// Cargo can't be run, or has failed. The compiler has then told why on standard error.
    pub fn of(
        self,
        suites: &[&'static str],
        root: &Path,
    ) -> Result<BTreeMap<&'static str, PathBuf>, Box<dyn Error + Send + Sync>> {
        match self {
            Programs::Targets { features } => build(suites, features, root),
            Programs::Itself => {
                let itself = env::current_exe()?;
                Ok(suites
                    .iter()
                    .map(|&suite| (suite, itself.clone()))
                    .collect())
            }
        }
    }
}

fn build(
    suites: &[&'static str],
    features: &[&str],
    root: &Path,
) -> Result<BTreeMap<&'static str, PathBuf>, Box<dyn Error + Send + Sync>> {
    let target = house::target();
    let output = cargo()
        .arg("build")
        .args(suites.iter().flat_map(|suite| ["--test", suite]))
        .args(features.iter().flat_map(|feature| ["--features", feature]))
        .args(as_this_was_built(&env::current_exe()?, &target))
        .arg("--message-format=json-render-diagnostics")
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("Cargo, which builds the suites, can't be run: {error}"))?;
    if !output.status.success() {
        return Err("Cargo could not build this, so nothing was graded".into());
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut programs = BTreeMap::new();
    for message in messages.lines() {
        let message: serde_json::Value = serde_json::from_str(message)?;
        let name = message["target"]["name"].as_str();
        let suite = suites.iter().find(|&&suite| Some(suite) == name);
        if let (Some(suite), Some(program)) = (suite, message["executable"].as_str()) {
            programs.insert(*suite, PathBuf::from(program));
        }
    }
    match suites.iter().find(|suite| !programs.contains_key(*suite)) {
        Some(suite) => Err(format!("Cargo has built no program for the suite {suite}").into()),
        None => Ok(programs),
    }
}

/// The Cargo that runs this, without what it says to a program that it runs: a build script might
/// listen.
fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
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
fn as_this_was_built(program: &Path, target: &Path) -> Vec<String> {
    let inside = program.strip_prefix(target).unwrap_or(program);
    let folders: Vec<&str> = inside.iter().filter_map(OsStr::to_str).collect();
    let (profile, platform) = match folders[..] {
        [profile, "deps", _] => (profile, None),
        [platform, profile, "deps", _] => (profile, Some(platform)),
        _ => ("debug", None),
    };
    let profile = if profile == "debug" { "dev" } else { profile };
    let mut arguments = vec![format!("--profile={profile}")];
    arguments.extend(platform.map(|platform| format!("--target={platform}")));
    arguments
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn cargo_builds_the_suites_that_are_wanted_and_tells_which_it_can_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
            fs::write(path, text).expect("a temporary file");
        };
        let target = |name| format!("[[test]]\nname = \"{name}\"\nharness = false\ntest = false\n");
        let package = "[workspace]\n[package]\nname = \"small\"\nedition = \"2024\"\n";
        let features = "[features]\nloud = []\n";
        let manifest = [package, features, &target("good"), &target("bad")].concat();
        write("Cargo.toml", &manifest);
        write(
            "tests/good.rs",
            "fn main() { print!(\"{}\", cfg!(feature = \"loud\")) }",
        );
        write("tests/bad.rs", "fn main() { 1 }");

        for (features, expected) in [(&[][..], "false"), (&["loud"], "true")] {
            let suites = Programs::Targets { features };
            let built = suites.of(&["good"], folder.path()).expect("it compiles");
            let output = Command::new(&built["good"]).output().expect("it runs");
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
        }
        let suites = Programs::Targets { features: &[] };
        let trouble = suites.of(&["good", "bad"], folder.path());
        let trouble = trouble.expect_err("one of them does not compile");
        assert_eq!(
            trouble.to_string(),
            "Cargo could not build this, so nothing was graded"
        );
    }

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
