//! Copies of what a learner wrote, kept where `cargo clean` does not come: `exercises/kept/`.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::workbook::{EXERCISES, Trouble, Workbook};

/// Keeps a copy of `bytes`, which the file at `path` held, and says where. What is kept already
/// is not kept twice, and no copy is ever written over.
///
/// # Errors
/// The copy can't be written.
pub fn keep(workbook: &Workbook, path: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let folder = workbook.root.join(EXERCISES).join("kept");
    fs::create_dir_all(&folder).map_err(|error| workbook.trouble(&folder, error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let copies = (1u32..).map(|number| folder.join(format!("{stem}.{number}.rs")));
    for copy in copies {
        match write_new(&copy, bytes) {
            Ok(()) => return Ok(copy),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&copy).is_ok_and(|kept| kept == bytes) {
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
    // The original is written over next.
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn no_copy_is_written_over_and_none_is_kept_twice() {
        let fixture = Fixture::new();
        let keep = |bytes: &[u8]| {
            let path = fixture.path("exercises/ch1_pads.rs");
            let copy = keep(&fixture.workbook(), &path, bytes).unwrap();
            copy.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(keep(b"one"), "ch1_pads.1.rs");
        assert_eq!(keep(b"two\xff"), "ch1_pads.2.rs");
        assert_eq!(keep(b"one"), "ch1_pads.1.rs");
        assert_eq!(keep(b""), "ch1_pads.3.rs");
        let read = |name: &str| fs::read(fixture.path("exercises/kept").join(name)).unwrap();
        assert_eq!(read("ch1_pads.1.rs"), b"one");
        assert_eq!(read("ch1_pads.2.rs"), b"two\xff");
    }
}
