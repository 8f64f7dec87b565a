//! A workbook whose answers do everything an answer should not: what the grader must survive.
//!
//! It is graded in a folder of the test's choosing, by a syllabus of the test's choosing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use harness::Workbook;

mod ch1_faults;
mod ch2_words;
mod suites;

fn main() -> ExitCode {
    let path = |variable| env::var_os(variable).map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let syllabus = path("FAULTY_SYLLABUS").unwrap_or_else(|| here.join("faulty/syllabus.toml"));
    let grade = path("FAULTY_GRADE").unwrap_or_else(|| harness::house::target().join("faulty"));
    let workbook = Workbook {
        subject: "faulty",
        suites: &[suites::ch1::suite, suites::ch2::suite],
    };
    harness::cli::grade_at(&workbook, here, &syllabus, &grade)
}
