//! Where things stand on disk.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the workbook: the folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR"));
    harness
        .ancestors()
        .nth(2)
        .expect("this crate is <root>/tests/harness")
        .to_path_buf()
}

/// The syllabus of the workbook at `root`.
pub fn syllabus(root: &Path) -> PathBuf {
    root.join("exercises").join("syllabus.toml")
}

/// Cargo's target folder, wherever the learner's settings put it: the nearest folder above the
/// running program that Cargo has marked as a cache, and else `target` in the workbook.
pub fn target() -> PathBuf {
    let marked = env::current_exe().ok().and_then(|program| {
        let marked = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
        program.ancestors().find(marked).map(Path::to_path_buf)
    });
    marked.unwrap_or_else(|| root().join("target"))
}

/// The folder in which the grader keeps what it knows between runs.
pub fn grade() -> PathBuf {
    target().join("grade")
}

/// `path` as a reader at the root of the workbook would type it, with forward slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.display().to_string().replace('\\', "/")
}
