//! Where things are on disk.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the workbook: the folder of the workspace's `Cargo.toml`.
///
/// Cargo says where the crate is that it runs. We ask it first, because a workbook that was moved
/// together with its `target` is not built again, and what the compiler knew is out of date.
pub fn root() -> PathBuf {
    let holds_workbook = |folder: &&Path| syllabus(folder).is_file();
    let running = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    running
        .iter()
        .chain([&built])
        .find_map(|crate_folder| crate_folder.ancestors().find(holds_workbook))
        // Outside of a workbook, any folder will do: opening the syllabus fails, and the error says
        // that it is not there.
        .map_or_else(|| built.clone(), Path::to_path_buf)
}

/// The syllabus of the workbook at `root`.
pub fn syllabus(root: &Path) -> PathBuf {
    root.join("exercises").join("syllabus.toml")
}

/// Cargo's target folder, wherever the learner's settings put it: the nearest folder above the
/// running program that Cargo has marked as a cache, or else `target` in the workbook.
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

/// `path` as you would type it at the root of the workbook, with forward slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.display().to_string().replace('\\', "/")
}
