//! A scratch copy of the workbook with the solutions in place of the exercises, so that the grader, built there as it is, grades a wrong answer as it would a learner's.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use harness::Programs;
use harness::cli::{SECONDS_VARIABLE, SEED_VARIABLE};
use harness::paths;
use harness::syllabus::Syllabus;
use harness::verdict::{Report, Seed};

use crate::workbook::{EXERCISES, SOLUTIONS, Trouble, Workbook};

/// How long an exercise may take. An answer that never ends is waited for with every seed, so this
/// is shorter than a learner's time, and four times as long as any exercise takes.
const SECONDS: &str = "6";

/// What grades the exercises. Here they are built another way, so their features don't matter.
const SUITES: Programs = Programs::Targets {
    manifest: "tests/suites/Cargo.toml",
    features: &[],
};

/// The scratch copy.
#[derive(Debug)]
pub struct Scratch {
    house: PathBuf,
    target: PathBuf,
    /// Held as long as this copy is in use.
    lock: File,
    grader: OnceLock<Grader>,
}

/// The grader, which no answer changes.
#[derive(Debug)]
struct Grader {
    program: PathBuf,
    /// The name of the program that grades each exercise.
    by_exercise: BTreeMap<String, String>,
}

/// How a build ended.
#[derive(Debug)]
pub enum Built {
    /// These are the programs of the suites, by their names.
    Suites(BTreeMap<String, PathBuf>),
    /// The compiler has refused it, and says why.
    Refused(String),
}

impl Scratch {
    /// Makes the copy of `workbook` in `folder` anew. Only what differs is written, so that Cargo
    /// builds again only what has changed.
    ///
    /// # Errors
    /// A file can't be read or written, or another process uses the folder.
    pub fn set_up(workbook: &Workbook, folder: &Path) -> Result<Scratch, Trouble> {
        fs::create_dir_all(folder).map_err(|error| workbook.trouble(folder, error))?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => "another `cargo coach mistakes` is at work".into(),
            TryLockError::Error(error) => workbook.trouble(folder, error),
        })?;
        let scratch = Scratch {
            house: folder.join("house"),
            target: folder.join("target"),
            lock,
            grader: OnceLock::new(),
        };
        let mut wanted = BTreeSet::new();
        for file in files(&workbook.root)? {
            let mut source = workbook.root.join(&file);
            if let Ok(inside) = file.strip_prefix(EXERCISES)
                && inside.extension().is_some_and(|end| end == "rs")
            {
                source = workbook.tree(SOLUTIONS).join(inside);
                // A backup, or a stray: `cargo coach derive --check` complains of it.
                if !source.is_file() {
                    continue;
                }
            }
            let bytes = fs::read(&source).map_err(|error| workbook.trouble(&source, error))?;
            put(&scratch.house.join(&file), &bytes)?;
            wanted.insert(file);
        }
        if scratch.house.is_dir() {
            for file in files(&scratch.house)? {
                if !wanted.contains(&file) {
                    fs::remove_file(scratch.house.join(file))?;
                }
            }
        }
        Ok(scratch)
    }

    /// Puts `text` in the place of the answer in `file`, which is named from the folder of the
    /// exercises.
    ///
    /// # Errors
    /// It can't be written.
    pub fn answer(&self, file: &Path, text: &str) -> Result<(), Trouble> {
        Ok(put(
            &self.house.join(EXERCISES).join(file),
            text.as_bytes(),
        )?)
    }

    /// Builds the suites of these exercises.
    ///
    /// # Errors
    /// Cargo can't be run, or fails for another reason than the compiler's; or there is no such
    /// exercise.
    pub fn build(&self, exercises: &[&str]) -> Result<Built, Trouble> {
        let grader = self.grader()?;
        let mut suites = BTreeSet::new();
        for exercise in exercises {
            let suite = grader.by_exercise.get(*exercise);
            suites.insert(suite.ok_or_else(|| format!("no suite grades exercise {exercise}"))?);
        }
        let suites: Vec<&str> = suites.into_iter().map(String::as_str).collect();
        self.build_targets(&suites)
    }

    /// The grader, which is built when it is first asked for.
    fn grader(&self) -> Result<&Grader, Trouble> {
        if let Some(grader) = self.grader.get() {
            return Ok(grader);
        }
        const NAME: &str = "grader";
        let program = match self.build_targets(&[NAME])? {
            Built::Suites(mut built) => built.remove(NAME).ok_or("it is built nowhere")?,
            Built::Refused(errors) => return Err(format!("the grader:\n{errors}").into()),
        };
        let syllabus = Syllabus::load(&paths::syllabus(&self.house))?;
        let by_exercise = SUITES.by_exercise(&self.house, &syllabus)?;
        Ok(self.grader.get_or_init(|| Grader {
            program,
            by_exercise,
        }))
    }

    /// Builds these test targets.
    fn build_targets(&self, targets: &[&str]) -> Result<Built, Trouble> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            // Both each time: what one package asks of a crate, the other must live with.
            .args(["build", "--package", "grader", "--package", "suites"])
            .args(targets.iter().flat_map(|target| ["--test", target]))
            .args(["--quiet", "--locked", "--message-format=json"])
            .env("CARGO_TARGET_DIR", &self.target)
            // A wrong answer may well have an unused variable. Where warnings are errors, they
            // are not errors here.
            .env("CARGO_BUILD_WARNINGS", "allow")
            .current_dir(&self.house)
            .stdin(Stdio::null());
        if let Ok(flags) = env::var("RUSTFLAGS") {
            command.env("RUSTFLAGS", format!("{flags} --cap-lints=warn"));
        }
        let output = command.output()?;
        let messages = String::from_utf8_lossy(&output.stdout);
        let (mut built, mut errors) = (BTreeMap::new(), String::new());
        for message in messages.lines().map(serde_json::from_str) {
            let message: serde_json::Value = message?;
            if let Some(name) = message["target"]["name"].as_str()
                && let Some(program) = message["executable"].as_str()
            {
                built.insert(name.to_owned(), PathBuf::from(program));
            }
            if message["message"]["level"] == "error" {
                errors += message["message"]["rendered"].as_str().unwrap_or_default();
            }
        }
        if output.status.success() {
            return Ok(Built::Suites(built));
        }
        if !errors.is_empty() {
            return Ok(Built::Refused(errors));
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(format!("the grader can't be built: {}", errors.trim()).into())
    }

    /// Runs the grader on these suites, and gives its report.
    ///
    /// # Errors
    /// It can't grade, and says why.
    pub fn grade(
        &self,
        suites: &BTreeMap<String, PathBuf>,
        arguments: &[&str],
        seed: Seed,
    ) -> Result<Report, Trouble> {
        let report = self.target.join("grade").join("report.json");
        // So that the report of an earlier run is not taken for this one's.
        match fs::remove_file(&report) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let built = suites.iter().flat_map(|(suite, program)| {
            let parts: [&OsStr; 3] = ["--built".as_ref(), suite.as_ref(), program.as_ref()];
            parts
        });
        let mut arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        arguments.extend(built);
        let environment = [
            (SEED_VARIABLE, seed.to_string()),
            (SECONDS_VARIABLE, SECONDS.to_owned()),
        ];
        self.run(&self.grader()?.program, &arguments, &environment)?;
        let json = fs::read_to_string(&report)
            .map_err(|error| format!("the grader wrote no {}: {error}", report.display()))?;
        Ok(serde_json::from_str(&json)?)
    }

    /// Runs the grader `program`, whether it finds all solved or not.
    fn run(
        &self,
        program: &Path,
        arguments: &[impl AsRef<OsStr>],
        environment: &[(&str, String)],
    ) -> Result<Output, Trouble> {
        let output = Command::new(program)
            .args(arguments)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            // As Cargo would set it: this is how the grader knows its workbook.
            .env("CARGO_MANIFEST_DIR", self.house.join("tests"))
            .current_dir(&self.house)
            .stdin(Stdio::null())
            .output()?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = match said.trim().trim_start_matches("error: ") {
                "" => output.status.to_string(),
                said => said.to_owned(),
            };
            return Err(format!("the grader could not grade it: {said}").into());
        }
        Ok(output)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // To close the file is not enough while another thread starts a process: until that runs
        // its program, it has the file open, too.
        let _ = self.lock.unlock();
    }
}

/// The files of the workbook at `root`, without those that Git or Cargo keep.
fn files(root: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let trouble = |error| format!("{}: {error}", root.join(&folder).display());
        for entry in fs::read_dir(root.join(&folder)).map_err(trouble)? {
            let entry = entry.map_err(trouble)?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(trouble)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let is_target =
                entry.file_name() == "target" || entry.path().join("CACHEDIR.TAG").is_file();
            if kind.is_dir() && !is_target && (!hidden || entry.file_name() == ".cargo") {
                folders.push(path);
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// Writes `bytes` unless they stand there already: Cargo looks at the time of writing.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::fixture::{Fixture, TWICE};

    fn set_up(fixture: &Fixture) -> Result<Scratch, Trouble> {
        Scratch::set_up(&fixture.workbook(), &fixture.path("target/mistakes"))
    }

    fn house(fixture: &Fixture) -> Vec<String> {
        let files = files(&fixture.path("target/mistakes/house")).unwrap();
        let mut files: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string().replace('\\', "/"))
            .collect();
        files.sort();
        files
    }

    #[test]
    fn the_solutions_are_in_place_of_the_exercises() {
        let fixture = Fixture::new();
        fixture.write(".cargo/config.toml", "");
        fixture.write(".git/HEAD", "");
        fixture.write("elsewhere/CACHEDIR.TAG", "");
        fixture.write("exercises/ch0_stray.rs", "");
        fixture.write("exercises/backup/ch1_pads/twice.1.rs", "");
        fixture.write("given/lib.rs", "given");
        drop(set_up(&fixture).unwrap());
        let mut files = house(&fixture);
        files.retain(|file| !file.starts_with("solutions/") && !file.starts_with("coach/"));
        let expected = [
            ".cargo/config.toml",
            "README.md",
            "exercises/ch1_pads/mod.rs",
            "exercises/ch1_pads/pad.rs",
            "exercises/ch1_pads/thrice.rs",
            "exercises/ch1_pads/twice.rs",
            "exercises/lib.rs",
            "exercises/syllabus.toml",
            "given/lib.rs",
        ];
        assert_eq!(files, expected);
        let read = |path: &str| fixture.read(&format!("target/mistakes/house/{path}"));
        assert_eq!(read("exercises/ch1_pads/twice.rs"), TWICE);
        assert_eq!(read("given/lib.rs"), "given");
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_gone_goes() {
        let fixture = Fixture::new();
        fixture.write("tests/old.rs", "");
        drop(set_up(&fixture).unwrap());
        let file = |path: &str| fixture.path("target/mistakes/house").join(path);
        let long_ago = SystemTime::UNIX_EPOCH;
        for path in house(&fixture) {
            let file = File::options().write(true).open(file(&path)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        fixture.remove("tests/old.rs");
        fixture.write("tests/new.rs", "");
        fixture.write("README.md", "New.");
        set_up(&fixture)
            .unwrap()
            .answer(Path::new("ch1_pads/twice.rs"), TWICE)
            .unwrap();
        let mut written = house(&fixture);
        written.retain(|path| file(path).metadata().unwrap().modified().unwrap() != long_ago);
        assert_eq!(written, ["README.md", "tests/new.rs"]);
        assert!(!house(&fixture).contains(&"tests/old.rs".to_owned()));
    }

    #[test]
    fn one_process_uses_it_at_a_time() {
        let fixture = Fixture::new();
        let first = set_up(&fixture).unwrap();
        let trouble = set_up(&fixture).unwrap_err();
        assert_eq!(
            trouble.to_string(),
            "another `cargo coach mistakes` is at work"
        );
        drop(first);
        set_up(&fixture).unwrap();
    }
}
