//! Copies of what a learner wrote, where `cargo clean` does not reach: `exercises/backup/`.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use book::workbook::{EXERCISES, Trouble, Workbook};

/// The folder of the copies, among the exercises.
pub const FOLDER: &str = "backup";

/// Where copies were put before exercises had files of their own. They are left alone.
pub const FORMER_FOLDER: &str = "kept";

/// Keeps a copy of `bytes`, which the file at `path` held, and returns where: under the file's own
/// name, with a number. If there is a copy already, no second one is made, and no copy is ever
/// overwritten.
///
/// # Errors
/// The copy can't be written.
pub fn back_up(workbook: &Workbook, path: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let exercises = workbook.tree(EXERCISES);
    let inside = path
        .strip_prefix(&exercises)
        .unwrap_or_else(|_| Path::new(path.file_name().unwrap_or_default()));
    let folder = exercises.join(FOLDER).join(inside);
    let folder = folder.parent().unwrap_or(&exercises);
    fs::create_dir_all(folder).map_err(|error| workbook.trouble(folder, error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let copies = (1u32..).map(|number| folder.join(format!("{stem}.{number}.rs")));
    for copy in copies {
        // The number is taken by creating the file: asking first would let two coaches take the same.
        match write_new(&copy, bytes) {
            Ok(()) => return Ok(copy),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&copy).is_ok_and(|old| old == bytes) {
                    return Ok(copy);
                }
            }
            Err(error) => return Err(workbook.trouble(&copy, error)),
        }
    }
    unreachable!("a disk with 2^32 copies on it has run out before")
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    // The original is overwritten next.
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use book::fixture::Fixture;

    #[test]
    fn no_copy_is_overwritten_and_none_is_made_twice() {
        let fixture = Fixture::new();
        let back_up = |path: &str, bytes: &[u8]| {
            let copy = back_up(&fixture.workbook(), &fixture.path(path), bytes).unwrap();
            fixture.workbook().shown(&copy)
        };
        let pad = |bytes| back_up("exercises/ch1_pads/pad.rs", bytes);
        assert_eq!(pad(b"one"), "exercises/backup/ch1_pads/pad.1.rs");
        assert_eq!(pad(b"two\xff"), "exercises/backup/ch1_pads/pad.2.rs");
        assert_eq!(pad(b"one"), "exercises/backup/ch1_pads/pad.1.rs");
        assert_eq!(pad(b""), "exercises/backup/ch1_pads/pad.3.rs");
        let read =
            |name: &str| fs::read(fixture.path("exercises/backup/ch1_pads").join(name)).unwrap();
        assert_eq!(read("pad.1.rs"), b"one");
        assert_eq!(read("pad.2.rs"), b"two\xff");
        // A file from elsewhere is copied under its name.
        assert_eq!(
            back_up("elsewhere/pad.rs", b"three"),
            "exercises/backup/pad.1.rs"
        );
    }
}
