//! Finds out which files have changed.
//!
//! The operating system says when something in the folder was touched. Only a comparison of the
//! contents shows whether that was a change. If the system says nothing, as on network file systems
//! and on Windows drives under WSL, the files are polled.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use book::record;
use book::workbook::{EXERCISES, Workbook};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::app::Saved;

/// An editor may write a file in several steps, so we wait until nothing has happened for this long. If a
/// formatter writes the file again later, that cancels the run that has begun. (`notify-debouncer-mini`
/// would do the same, but it does not tell reading from writing, and we read the files ourselves.)
const QUIET: Duration = Duration::from_millis(10);

/// But we wait no longer than this.
const PATIENCE: Duration = Duration::from_millis(50);

/// How often the files are polled if the system does not say when they change.
const POLL: Duration = Duration::from_millis(250);

/// How often they are polled otherwise, to find out whether the system does say it.
const CHECK: Duration = Duration::from_secs(1);

/// What is compared first, because it is cheap: when a file was written, and how long it is.
type Stamp = Option<(SystemTime, u64)>;

/// The files of the exercises, as they were when they were last looked at.
#[derive(Debug)]
pub struct Files {
    folders: Vec<PathBuf>,
    /// The number of the exercise to which a file belongs.
    owners: BTreeMap<PathBuf, String>,
    /// The numbers, in reading order.
    ids: Vec<String>,
    seen: BTreeMap<PathBuf, (Stamp, String)>,
}

impl Files {
    /// The files as they are.
    pub fn new(workbook: &Workbook) -> Files {
        let tree = workbook.tree(EXERCISES);
        let chapters = workbook.syllabus.chapters().iter();
        let folders = chapters.map(|chapter| chapter.folder(&tree));
        let exercises = || workbook.syllabus.exercises();
        let owner = |(chapter, exercise)| {
            let exercise: &book::syllabus::Exercise = exercise;
            (workbook.answer(chapter, exercise), exercise.id().to_owned())
        };
        let mut files = Files {
            folders: folders.chain([tree.clone()]).collect(),
            owners: exercises().map(owner).collect(),
            ids: exercises()
                .map(|(_, exercise)| exercise.id().to_owned())
                .collect(),
            seen: BTreeMap::new(),
        };
        files.changes();
        files
    }

    /// Whether some file looks as if it had been written since then.
    pub fn is_touched(&self) -> bool {
        let stamps = self.paths().into_iter().map(|path| (stamp(&path), path));
        let mut touched = stamps.filter(|(stamp, path)| {
            let seen = self.seen.get(path).map(|(stamp, _)| *stamp);
            // A file that has just gone has no stamp.
            *stamp != seen.flatten()
        });
        touched.next().is_some()
    }

    /// The files whose contents have changed since the last call. One that has gone counts as
    /// empty.
    pub fn changes(&mut self) -> Saved {
        let mut saved = Saved::default();
        let mut exercises = Vec::new();
        for path in self.paths() {
            // The stamp first: whatever is written in between is found next time.
            let now = (stamp(&path), record::fingerprint([&path]));
            let before = self.seen.insert(path.clone(), now.clone());
            if before.is_none_or(|(_, before)| before == now.1) {
                continue;
            }
            match self.owners.get(&path) {
                Some(id) => exercises.push(id.clone()),
                None => saved.is_shared = true,
            }
        }
        let mut ids = self.ids.clone();
        ids.retain(|id| exercises.contains(id));
        saved.exercises = ids;
        saved
    }

    /// The files of the exercises: those that we know already, and those that have come since.
    fn paths(&self) -> Vec<PathBuf> {
        let entries = self
            .folders
            .iter()
            .filter_map(|path| fs::read_dir(path).ok());
        let found = entries.flatten().flatten().map(|entry| entry.path());
        let sources = found.filter(|path| path.extension().is_some_and(|end| end == "rs"));
        let known = self.owners.keys().chain(self.seen.keys()).cloned();
        let mut paths: Vec<PathBuf> = sources.chain(known).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// What [`watch`] reports.
#[derive(Debug)]
pub enum News {
    /// These have other contents.
    Saved(Saved),
    /// The system does not say when files change, so they are polled.
    Polls,
}

/// Watches the files until `tell` returns that nobody wants to know anymore. If it `polls`, they
/// are polled from the beginning.
pub fn watch(mut files: Files, folder: &Path, polls: bool, mut tell: impl FnMut(News) -> bool) {
    let (touched, events) = mpsc::channel();
    let watcher = if polls { None } else { begin(folder, touched) };
    let mut polls = watcher.is_none();
    if polls && !tell(News::Polls) {
        return;
    }
    loop {
        if !polls {
            match events.recv_timeout(CHECK) {
                Ok(()) => settle(&events),
                // The system has given up.
                Err(RecvTimeoutError::Disconnected) => {}
                Err(RecvTimeoutError::Timeout) if !files.is_touched() => continue,
                // The event may be on its way.
                Err(RecvTimeoutError::Timeout) => {
                    if events.recv_timeout(PATIENCE).is_err() {
                        polls = true;
                    }
                    settle(&events);
                }
            }
        } else {
            std::thread::sleep(POLL);
            if !files.is_touched() {
                continue;
            }
            std::thread::sleep(QUIET);
        }
        let saved = files.changes();
        let is_change = saved != Saved::default();
        if polls && watcher.is_some() && is_change && !tell(News::Polls) {
            return;
        }
        // A touch without a change says nothing about the file system: it may be a coincidence, or
        // a tool.
        polls &= is_change || watcher.is_none();
        if is_change && !tell(News::Saved(saved)) {
            return;
        }
    }
}

/// Asks the operating system to say when something in the `folder` is touched, if it can.
fn begin(folder: &Path, touched: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading is not a change, and we do it ourselves. An error means that something was lost.
        let is_access = event.is_ok_and(|event| event.kind.is_access());
        if !is_access {
            let _ = touched.send(());
        }
    })
    .ok()?;
    watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}

/// Waits until nothing happens, but not forever.
fn settle(events: &Receiver<()>) {
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || events.recv_timeout(QUIET.min(left)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use book::fixture::{Fixture, TWICE};

    use super::*;

    const PAD: &str = "exercises/ch1_pads/pad.rs";
    const FILE: &str = "exercises/ch1_pads/twice.rs";

    fn exercises(ids: &[&str]) -> Saved {
        Saved {
            exercises: ids.iter().map(|id| (*id).to_owned()).collect(),
            is_shared: false,
        }
    }

    #[test]
    fn only_the_contents_count() {
        let fixture = Fixture::new();
        let mut files = Files::new(&fixture.workbook());
        assert_eq!(files.changes(), Saved::default());
        // The same again, as an editor or a formatter saves it.
        fixture.write(FILE, fixture.stub("twice"));
        assert_eq!(files.changes(), Saved::default());
        fixture.write(FILE, TWICE);
        assert!(files.is_touched());
        assert_eq!(files.changes(), exercises(&["1.2"]));
        assert!(!files.is_touched());
        // By rename, as many editors write.
        fixture.write("exercises/ch1_pads/twice.rs~", fixture.stub("twice"));
        fs::rename(
            fixture.path("exercises/ch1_pads/twice.rs~"),
            fixture.path(FILE),
        )
        .expect("a rename");
        assert_eq!(files.changes(), exercises(&["1.2"]));
        // Gone, and back.
        fixture.remove(FILE);
        assert!(files.is_touched());
        assert_eq!(files.changes(), exercises(&["1.2"]));
        assert!(!files.is_touched());
        fixture.write(FILE, TWICE);
        assert_eq!(files.changes(), exercises(&["1.2"]));
        // Several at once, and in reading order.
        fixture.write(FILE, "");
        fixture.write(PAD, "");
        assert_eq!(files.changes(), exercises(&["1.1", "1.2"]));
        // What no exercise owns.
        fixture.write("exercises/ch1_pads/mod.rs", "");
        let shared = Saved {
            exercises: Vec::new(),
            is_shared: true,
        };
        assert_eq!(files.changes(), shared);
        // What is not source code, and the copies that `reset` keeps.
        fixture.write("exercises/ch1_pads/twice.rs.swp", "");
        fixture.write("exercises/backup/ch1_pads/twice.1.rs", "");
        assert_eq!(files.changes(), Saved::default());
    }

    #[test]
    fn changes_are_told_with_and_without_the_operating_system() {
        for polls in [false, true] {
            let fixture = Fixture::new();
            let files = Files::new(&fixture.workbook());
            let (tell, told) = mpsc::channel();
            let folder = fixture.path("exercises");
            let watching =
                thread::spawn(move || watch(files, &folder, polls, |news| tell.send(news).is_ok()));
            if polls {
                assert!(matches!(told.recv(), Ok(News::Polls)));
            }
            // Whether by an event, or by polling a moment later, it is found.
            fixture.write(FILE, TWICE);
            let saved = loop {
                match told.recv().expect("it watches") {
                    News::Saved(saved) => break saved,
                    News::Polls => assert!(!polls, "it is said once"),
                }
            };
            assert_eq!(saved, exercises(&["1.2"]));
            drop(told);
            fixture.write(FILE, "");
            watching.join().expect("it ends when nobody listens");
        }
    }
}
