//! The programs that exercises are graded in: which program grades which exercise, and how Cargo
//! builds it when it is wanted.
//!
//! After an edit, everything that calls an exercise has to be compiled again. In one program, that
//! would be the whole grader, and take three times as long as the part that was asked for. So the
//! grader calls no exercise. It runs Cargo once more, for the programs that it needs.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use book::paths;
use book::syllabus::Syllabus;
use toml::de::DeTable;

use crate::cargo::{self, Built, Hears};
use crate::run::Cancel;

type Trouble = Box<dyn Error + Send + Sync>;

/// What grades the exercises.
#[derive(Debug, Clone, Copy)]
pub enum Programs {
    /// Test targets. Each chapter has a package for its own.
    Targets {
        /// The folder with a folder for each of these packages, from the root of the workbook.
        suites: &'static str,
        /// More arguments for `cargo build`: which packages, which features.
        arguments: &'static [&'static str],
    },
    /// The running program itself grades them all.
    Itself,
}

impl Programs {
    /// The name of the program that grades each exercise. Nothing is built to find it out: it is
    /// read from `exercise "1.3"` in the sources of the programs.
    ///
    /// # Errors
    /// A file can't be read, or two programs grade the same exercise.
    pub fn by_exercise(
        self,
        root: &Path,
        syllabus: &Syllabus,
    ) -> Result<BTreeMap<String, String>, Trouble> {
        match self {
            Programs::Targets { suites, .. } => {
                let suites = root.join(suites);
                let chapters = syllabus.chapters().iter();
                by_exercise(chapters.map(|chapter| chapter.folder(&suites)))
            }
            Programs::Itself => {
                let ids = syllabus.exercises().map(|(_, exercise)| exercise.id());
                Ok(ids.map(|id| (id.to_owned(), "itself".to_owned())).collect())
            }
        }
    }

    /// Builds the programs with these names, from their current sources.
    ///
    /// # Errors
    /// Cargo can't be run.
    pub fn build(
        self,
        names: &[&str],
        root: &Path,
        hears: Hears<'_>,
        cancel: &Cancel,
    ) -> Result<Built, Trouble> {
        let itself = env::current_exe()?;
        match self {
            Programs::Targets {
                arguments: more, ..
            } => {
                let target = paths::target();
                let mut command = cargo::command();
                // In the folder where this program was built, even if `--target-dir` has chosen it: the inner
                // Cargo does not see the outer command line, and what both need should be compiled
                // once.
                command.current_dir(root).env("CARGO_TARGET_DIR", &target);
                let mut arguments = cargo::as_this_was_built(&itself, &target);
                arguments.extend(more.iter().map(|&argument| argument.to_owned()));
                cargo::build(&mut command, names, &arguments, hears, cancel)
            }
            Programs::Itself => {
                let built = names.iter().map(|&name| (name.to_owned(), itself.clone()));
                Ok(Built::Programs(built.collect()))
            }
        }
    }
}

/// What comes before the number of an exercise in the source of its properties.
const EXERCISE: &str = "exercise \"";

/// The programs of the packages in these folders.
fn by_exercise(
    packages: impl Iterator<Item = PathBuf>,
) -> Result<BTreeMap<String, String>, Trouble> {
    let mut programs = BTreeMap::new();
    for folder in packages {
        let manifest = folder.join("Cargo.toml");
        let text = read(&manifest)?;
        let trouble = |error: &dyn Display| format!("{}: {error}", manifest.display());
        let table = DeTable::parse(&text).map_err(|error| trouble(&error))?;
        let targets = table.get_ref().get("test");
        let targets = targets.and_then(|targets| targets.get_ref().as_array());
        for target in targets.into_iter().flatten() {
            let field = |name: &str| target.get_ref().get(name)?.get_ref().as_str();
            let (Some(name), Some(path)) = (field("name"), field("path")) else {
                continue;
            };
            let root = folder.join(path);
            let children = root.parent().unwrap_or(&folder).to_path_buf();
            let mut ids = Vec::new();
            exercises_in(&root, &children, &mut ids)?;
            for id in ids {
                // An exercise may be in several files of its program.
                if let Some(other) = programs.insert(id.clone(), name.to_owned())
                    && other != name
                {
                    let programs = format!("{other} and {name}");
                    let twice = format!("exercise {id} is graded by two programs, {programs}");
                    return Err(trouble(&twice).into());
                }
            }
        }
    }
    Ok(programs)
}

/// Adds the numbers of the exercises that are graded in `file` and in the modules that it declares,
/// which are in the folder `children`.
fn exercises_in(file: &Path, children: &Path, ids: &mut Vec<String>) -> Result<(), Trouble> {
    let text = read(file)?;
    let mut has_path = false;
    for line in text.lines() {
        // Not `trim`, which takes a millisecond for every two thousand lines: nothing here is optimized.
        let line = line.trim_ascii();
        if let Some((id, _)) = line
            .strip_prefix(EXERCISE)
            .and_then(|rest| rest.split_once('"'))
        {
            ids.push(id.to_owned());
        }
        let module = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'));
        // A module with a path of its own is shared by several programs, and grades nothing.
        if let Some(module) = module
            && !std::mem::take(&mut has_path)
        {
            let (flat, folder) = (children.join(format!("{module}.rs")), children.join(module));
            if flat.is_file() {
                exercises_in(&flat, &folder, ids)?;
            } else {
                exercises_in(&folder.join("mod.rs"), &folder, ids)?;
            }
        }
        has_path |= line.starts_with("#[path");
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use tempfile::TempDir;

    use super::*;
    use crate::cargo::Heard;

    struct Package(TempDir);

    impl Package {
        fn new(targets: &[(&str, &str)]) -> Package {
            let package = Package(tempfile::tempdir().expect("a temporary folder"));
            let target = |(name, path): &(&str, &str)| {
                format!(
                    "[[test]]\nname = \"{name}\"\npath = \"{path}\"\nharness = false\ntest = false\n"
                )
            };
            let targets: String = targets.iter().map(target).collect();
            let head = "[workspace]\n[package]\nname = \"small\"\nedition = \"2024\"\n";
            let features = "[features]\nloud = []\n";
            package.write("Cargo.toml", &[head, features, &targets].concat());
            package
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
            fs::write(path, text).expect("a temporary file");
        }

        fn by_exercise(&self) -> Result<BTreeMap<String, String>, Trouble> {
            by_exercise([self.0.path().to_owned()].into_iter())
        }
    }

    #[test]
    fn cargo_builds_the_programs_that_are_wanted_and_says_which_it_cannot() {
        let package = Package::new(&[("good", "good.rs"), ("bad", "bad.rs")]);
        package.write(
            "good.rs",
            "fn main() { print!(\"{}\", cfg!(feature = \"loud\")) }",
        );
        package.write("bad.rs", "fn main() { 1 }");
        let build = |names: &[&str], arguments: &'static [&'static str], cancel: &Cancel| {
            let programs = Programs::Targets {
                suites: "",
                arguments,
            };
            programs
                .build(names, package.0.path(), Hears::Terminal, cancel)
                .expect("Cargo runs")
        };
        let never = Cancel::default();
        for (arguments, expected) in [(&[][..], "false"), (&["--features=loud"], "true")] {
            let Built::Programs(built) = build(&["good"], arguments, &never) else {
                panic!("it compiles");
            };
            let output = Command::new(&built["good"]).output().expect("it runs");
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
        }
        let refused = build(&["good", "bad"], &[], &never);
        assert!(matches!(refused, Built::Refused(_)), "{refused:?}");
        let (mut lines, mut warnings) = (String::new(), String::new());
        let mut hear = |heard: Heard<'_>| match heard {
            Heard::Line(line) => lines += line,
            Heard::Warning(warning) => warnings += warning,
        };
        let programs = Programs::Targets {
            suites: "",
            arguments: &[],
        };
        let mut heard = |name| {
            let hears = Hears::Screen(&mut hear);
            programs.build(&[name], package.0.path(), hears, &never)
        };
        package.write("good.rs", "fn main() { let unused = 1; }");
        assert!(matches!(heard("good"), Ok(Built::Programs(_))));
        let refused = heard("bad");
        let Ok(Built::Refused(errors)) = refused else {
            panic!("it does not compile: {refused:?}");
        };
        assert!(lines.contains("Compiling small"), "{lines}");
        assert!(warnings.contains("unused"), "{warnings}");
        // In color, and without a terminal.
        assert!(errors.contains("\x1b[") && errors.contains("mismatched types"));
        let gone = Cancel::default();
        gone.cancel();
        package.write("good.rs", "fn main() { /* changed */ }");
        let cancelled = build(&["good"], &[], &gone);
        assert!(matches!(cancelled, Built::Cancelled), "{cancelled:?}");
    }

    #[test]
    fn which_program_grades_an_exercise_is_read_from_its_source() {
        let package = Package::new(&[("first", "a/main.rs"), ("second", "a/second.rs")]);
        package.write(
            "a/main.rs",
            "#[path = \"../shared.rs\"]\nmod shared;\nmod one;\nmod two;\nfn main() {}\n",
        );
        package.write("a/one.rs", "suite! {\n    exercise \"1.1\" {\n    }\n}\n");
        package.write("a/two/mod.rs", "mod half;\n");
        package.write("a/two/half.rs", "    exercise \"1.2\" {\n");
        package.write(
            "a/second.rs",
            "    exercise \"1.10\" {\n    exercise \"2.1\" {\n",
        );
        let expected = [
            ("1.1", "first"),
            ("1.10", "second"),
            ("1.2", "first"),
            ("2.1", "second"),
        ];
        let expected = expected.map(|(id, program)| (id.to_owned(), program.to_owned()));
        assert_eq!(
            package.by_exercise().expect("it can be read"),
            expected.into()
        );

        package.write("a/two/half.rs", "    exercise \"2.1\" {\n");
        let trouble = package.by_exercise().expect_err("2.1 is graded twice");
        let complaint = "exercise 2.1 is graded by two programs, first and second";
        assert!(trouble.to_string().ends_with(complaint), "{trouble}");

        package.write("a/two/mod.rs", "mod lost;\n");
        let trouble = package.by_exercise().expect_err("it is nowhere");
        assert!(trouble.to_string().contains("lost"), "{trouble}");
    }
}
