//! A scratch copy of the workbook with the solutions in place of the exercises. The programs that
//! grade a learner's answer are built there, unchanged, and grade a wrong one.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use book::workbook::{EXERCISES, SOLUTIONS, Trouble, Workbook};
use runner::cargo::{self, Built, Hears};
use runner::{Cancel, Programs};

/// What grades the exercises.
const SUITES: Programs = runner::Workbook::EXERCISES.programs;

/// The scratch copy.
#[derive(Debug)]
pub struct Scratch {
    copy: PathBuf,
    target: PathBuf,
    /// Held as long as this copy is in use.
    lock: File,
    /// The name of the program that grades each exercise.
    by_exercise: BTreeMap<String, String>,
}

impl Scratch {
    /// Brings the copy of `workbook` in `folder` up to date. Only what differs is written, so that
    /// Cargo builds again only what has changed.
    ///
    /// # Errors
    /// A file can't be read or written, or another process uses the folder.
    pub fn set_up(workbook: &Workbook, folder: &Path) -> Result<Scratch, Trouble> {
        fs::create_dir_all(folder).map_err(|error| workbook.trouble(folder, error))?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => "another `cargo coach mistakes` is running".into(),
            TryLockError::Error(error) => workbook.trouble(folder, error),
        })?;
        let mut scratch = Scratch {
            copy: folder.join("workbook"),
            target: folder.join("target"),
            lock,
            by_exercise: BTreeMap::new(),
        };
        let roots = workbook.roots();
        let mut wanted = BTreeSet::new();
        for file in files(&workbook.root)? {
            let mut source = workbook.root.join(&file);
            if let Ok(inside) = file.strip_prefix(EXERCISES)
                && inside.extension().is_some_and(|end| end == "rs")
            {
                let solution = workbook.tree(SOLUTIONS).join(inside);
                if solution.is_file() {
                    source = solution;
                } else if !roots.iter().any(|root| root == inside) {
                    // A backup, or a stray: `cargo coach derive --check` reports it.
                    continue;
                }
            }
            let bytes = fs::read(&source).map_err(|error| workbook.trouble(&source, error))?;
            put(&scratch.copy.join(&file), &bytes)?;
            wanted.insert(file);
        }
        if scratch.copy.is_dir() {
            for file in files(&scratch.copy)? {
                if !wanted.contains(&file) {
                    fs::remove_file(scratch.copy.join(file))?;
                }
            }
        }
        scratch.by_exercise = SUITES.by_exercise(&scratch.copy, &workbook.syllabus)?;
        Ok(scratch)
    }

    /// The folder for what comes and goes while exercises are graded.
    pub fn desk(&self) -> PathBuf {
        self.target.join("grade")
    }

    /// The name of the program that grades this exercise.
    ///
    /// # Errors
    /// There is none.
    pub fn program_of(&self, exercise: &str) -> Result<&str, Trouble> {
        let name = self.by_exercise.get(exercise);
        Ok(name.ok_or_else(|| format!("no suite grades exercise {exercise}"))?)
    }

    /// Puts `text` in place of the answer in `file`, which is named from the folder of the
    /// exercises.
    ///
    /// # Errors
    /// It can't be written.
    pub fn answer(&self, file: &Path, text: &str) -> Result<(), Trouble> {
        Ok(put(&self.copy.join(EXERCISES).join(file), text.as_bytes())?)
    }

    /// Builds the programs that grade these exercises.
    ///
    /// # Errors
    /// Cargo can't be run, or fails for a reason other than a compiler error; or there is no such
    /// exercise.
    pub fn build(&self, exercises: &[&str]) -> Result<Built, Trouble> {
        let names = exercises.iter().map(|exercise| self.program_of(exercise));
        let names = names.collect::<Result<BTreeSet<&str>, Trouble>>()?;
        let names: Vec<&str> = names.into_iter().collect();
        let mut command = cargo::command();
        command
            // If the copies shared a folder, they would wait for each other: Cargo locks it.
            .env("CARGO_TARGET_DIR", &self.target)
            // A wrong answer may well have an unused variable. Even if warnings are errors
            // elsewhere, they are not errors here.
            .env("CARGO_BUILD_WARNINGS", "allow")
            .current_dir(&self.copy);
        // `-D warnings` among these flags bypasses that setting. The cap turns it back into warnings.
        if let Ok(flags) = env::var("RUSTFLAGS") {
            command.env("RUSTFLAGS", format!("{flags} --cap-lints=warn"));
        }
        // `--quiet` leaves only errors on standard error, which is reported if Cargo fails. `--locked`,
        // because with other versions of the libraries the copy would not be a copy.
        let arguments = [runner::run::PACKAGES, &["--quiet", "--locked"]].concat();
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        cargo::build(
            &mut command,
            &names,
            &arguments,
            Hears::Nobody,
            &Cancel::default(),
        )
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Closing the file is not enough while another thread starts a process: until that process
        // runs its program, it has the file open, too.
        let _ = self.lock.unlock();
    }
}

/// The files of the workbook at `root`, without those of Git and Cargo.
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
            // Cargo marks its folder, whatever it is called.
            let is_target =
                entry.file_name() == "target" || entry.path().join("CACHEDIR.TAG").is_file();
            // What is hidden belongs to Git and to editors. `.cargo` belongs to the workbook.
            if kind.is_dir() && !is_target && (!hidden || entry.file_name() == ".cargo") {
                folders.push(path);
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// Writes `bytes` unless the file has them already: Cargo looks at the modification time.
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
    use book::fixture::{Fixture, TWICE};

    fn set_up(fixture: &Fixture) -> Result<Scratch, Trouble> {
        Scratch::set_up(&fixture.workbook(), &fixture.path("target/mistakes"))
    }

    fn copied(fixture: &Fixture) -> Vec<String> {
        let files = files(&fixture.path("target/mistakes/workbook")).unwrap();
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
        fixture.write("tests/suites/ch1_pads/Cargo.toml", "");
        fixture.write(".cargo/config.toml", "");
        fixture.write(".git/HEAD", "");
        fixture.write("elsewhere/CACHEDIR.TAG", "");
        fixture.write("exercises/ch0_stray.rs", "");
        fixture.write("exercises/ch1_pads/lib.rs", "mod pad;");
        fixture.write("exercises/backup/ch1_pads/twice.1.rs", "");
        fixture.write("given/lib.rs", "given");
        drop(set_up(&fixture).unwrap());
        let mut files = copied(&fixture);
        let elsewhere = ["solutions/", "coach/", "tests/"];
        files.retain(|file| !elsewhere.iter().any(|folder| file.starts_with(folder)));
        let expected = [
            ".cargo/config.toml",
            "README.md",
            "exercises/ch1_pads/lib.rs",
            "exercises/ch1_pads/mod.rs",
            "exercises/ch1_pads/pad.rs",
            "exercises/ch1_pads/thrice.rs",
            "exercises/ch1_pads/twice.rs",
            "exercises/lib.rs",
            "exercises/syllabus.toml",
            "given/lib.rs",
        ];
        assert_eq!(files, expected);
        let read = |path: &str| fixture.read(&format!("target/mistakes/workbook/{path}"));
        assert_eq!(read("exercises/ch1_pads/twice.rs"), TWICE);
        assert_eq!(read("exercises/ch1_pads/lib.rs"), "mod pad;");
        assert_eq!(read("given/lib.rs"), "given");
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_gone_is_removed() {
        let fixture = Fixture::new();
        fixture.write("tests/suites/ch1_pads/Cargo.toml", "");
        fixture.write("tests/old.rs", "");
        drop(set_up(&fixture).unwrap());
        let file = |path: &str| fixture.path("target/mistakes/workbook").join(path);
        let long_ago = SystemTime::UNIX_EPOCH;
        for path in copied(&fixture) {
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
        let mut written = copied(&fixture);
        written.retain(|path| file(path).metadata().unwrap().modified().unwrap() != long_ago);
        assert_eq!(written, ["README.md", "tests/new.rs"]);
        assert!(!copied(&fixture).contains(&"tests/old.rs".to_owned()));
    }

    #[test]
    fn one_process_uses_it_at_a_time() {
        let fixture = Fixture::new();
        fixture.write("tests/suites/ch1_pads/Cargo.toml", "");
        let first = set_up(&fixture).unwrap();
        let trouble = set_up(&fixture).unwrap_err();
        assert_eq!(
            trouble.to_string(),
            "another `cargo coach mistakes` is running"
        );
        drop(first);
        set_up(&fixture).unwrap();
    }
}
