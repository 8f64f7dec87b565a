//! A workbook whose answers do everything an answer should not: what the grader must survive.
//!
//! It is graded in a folder of the test's choosing, by a syllabus of the test's choosing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use book::paths;
use book::protocol::{EXAMINE, PROPERTIES};
use harness::examine;
use runner::{Programs, Workbook};

mod ch1_faults;
mod ch2_words;
mod ch3_parts;
mod ch4_derived;
mod suites;

fn main() -> ExitCode {
    // It is its own suite, too.
    let first = env::args().nth(1);
    if matches!(first.as_deref(), Some(PROPERTIES | EXAMINE)) {
        return examine([
            suites::ch1::suite(),
            suites::ch2::suite(),
            suites::ch3::suite(),
            suites::ch4::suite(),
        ]);
    }
    let path = |variable| env::var_os(variable).map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let syllabus = path("FAULTY_SYLLABUS").unwrap_or_else(|| here.join("syllabus.toml"));
    let grade = path("FAULTY_GRADE").unwrap_or_else(|| paths::target().join("faulty"));
    // Its subject is this folder.
    let tests = here.parent().unwrap_or(here);
    let workbook = Workbook {
        subject: "faulty",
        programs: Programs::Itself,
    };
    runner::cli::grade_at(&workbook, tests, &syllabus, &grade)
}
