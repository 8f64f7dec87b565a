//! The learner's progress: what the records say about the exercises, and where to go on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::exercise_file::{self, Function};
use crate::paths;
use crate::record::{self, Record};
use crate::report::{Graded, Next};
use crate::stub;
use crate::syllabus::{Chapter, Exercise, Syllabus};
use crate::verdict::Verdict;
use crate::workbook::SOLUTIONS;

/// What is known about an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The last verdict, if there is one.
    pub verdict: Option<Verdict>,
    /// Whether its sources were edited since.
    pub is_stale: bool,
    /// Whether the learner has left it for later, and has not solved it since.
    pub is_later: bool,
    /// Where the learner works on it.
    pub place: Next,
}

/// Someone's answers, and the records of them.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The table of contents.
    pub syllabus: &'a Syllabus,
    /// The folder of the workspace's `Cargo.toml`.
    pub root: &'a Path,
    /// Whose answers: the folder `exercises` or `solutions`.
    pub subject: &'a str,
    /// The folder of the records.
    pub grade: &'a Path,
    /// What was graded since, and is not in a record yet.
    pub fresh: &'a [Graded],
}

impl Progress<'_> {
    /// What is recorded about an exercise.
    pub fn record(&self, id: &str) -> Option<Record> {
        record::read(self.grade, self.subject, id)
    }

    /// Whether the last verdict on the exercise is that it is solved, whatever was edited since.
    pub fn is_solved(&self, id: &str) -> bool {
        self.verdict(id) == Some(Verdict::Solved)
    }

    fn verdict(&self, id: &str) -> Option<Verdict> {
        let fresh = self.fresh.iter().find(|graded| graded.id == id);
        let fresh = fresh.map(|graded| graded.verdict.clone());
        fresh.or_else(|| self.record(id).map(|record| record.verdict))
    }

    /// The exercises that `exercise` calls, directly or through others, and whose answers are wrong
    /// as they are now.
    pub fn suspects(&self, exercise: &Exercise) -> Vec<String> {
        let mut needs = self.syllabus.all_needs(exercise);
        needs.retain(|need| {
            self.verdict_now(need)
                .is_some_and(|verdict| verdict.is_fault())
        });
        needs.into_iter().map(str::to_owned).collect()
    }

    /// The exercises that `exercise` calls and whose current answers have no verdict: they were
    /// edited since they were judged, or never judged. A stub is left out: it is not an answer.
    pub fn unjudged_needs(&self, exercise: &Exercise) -> Vec<&str> {
        let mut needs = self.syllabus.all_needs(exercise);
        needs.retain(|need| {
            let found = self.syllabus.find(need);
            let is_answered = |(chapter, exercise)| {
                let work = self.to_write(chapter, exercise);
                work.iter().any(|function| !function.has_todo)
            };
            self.verdict_now(need).is_none() && found.is_some_and(is_answered)
        });
        needs
    }

    /// The verdict on the answer as it is now.
    fn verdict_now(&self, id: &str) -> Option<Verdict> {
        if let Some(fresh) = self.fresh.iter().find(|graded| graded.id == id) {
            return Some(fresh.verdict.clone());
        }
        let (record, (_, exercise)) = (self.record(id)?, self.syllabus.find(id)?);
        (record.sources == self.sources(exercise)).then_some(record.verdict)
    }

    /// What is known about `exercise`.
    pub fn standing(&self, chapter: &Chapter, exercise: &Exercise) -> Standing {
        let verdict = self.verdict(exercise.id());
        Standing {
            is_stale: verdict.is_some() && self.verdict_now(exercise.id()).is_none(),
            verdict,
            is_later: self.is_later(exercise.id()),
            place: self.place(chapter, exercise),
        }
    }

    /// Points earned, and points that can be earned.
    pub fn points(&self) -> (u32, u32) {
        let exercises = || self.syllabus.exercises().map(|(_, exercise)| exercise);
        let solved = exercises().filter(|exercise| self.is_solved(exercise.id()));
        let earned = solved.map(|exercise| exercise.stars).sum();
        (earned, exercises().map(|exercise| exercise.stars).sum())
    }

    /// Whether the learner has left the exercise for later, and has not solved it since.
    pub fn is_later(&self, id: &str) -> bool {
        record::is_later(self.grade, self.subject, id) && !self.is_solved(id)
    }

    /// Where to go on: the first exercise that is not known to be solved. After all others come
    /// those that the learner has left for later, and then those that were skipped: something is
    /// missing on this machine, and all that the learner can do is install it.
    pub fn next(&self) -> Option<Next> {
        let unsolved = || {
            let exercises = self.syllabus.exercises();
            exercises.filter(|(_, exercise)| !self.is_solved(exercise.id()))
        };
        let is_skipped = |id: &str| matches!(self.verdict(id), Some(Verdict::Skipped { .. }));
        let (chapter, exercise) = unsolved()
            .find(|(_, exercise)| !is_skipped(exercise.id()) && !self.is_later(exercise.id()))
            .or_else(|| unsolved().find(|(_, exercise)| !is_skipped(exercise.id())))
            .or_else(|| unsolved().next())?;
        Some(self.place(chapter, exercise))
    }

    /// Where the learner works on `exercise`: at the first of its functions that is not written, or
    /// else at the first of all.
    pub fn place(&self, chapter: &Chapter, exercise: &Exercise) -> Next {
        let file = self.file(chapter, exercise);
        let work = self.to_write(chapter, exercise);
        let unwritten = work.iter().find(|function| function.has_todo);
        // A missing file has a place, too: its first line.
        let next = unwritten.or(work.first());
        Next {
            id: exercise.id().to_owned(),
            title: exercise.title.clone(),
            file: paths::shown(self.root, &file),
            line: next.map_or(1, |function| function.line),
            is_begun: work.iter().any(|function| !function.has_todo),
        }
    }

    /// Whether the learner has written nothing in the file of `exercise`, not even a comment.
    pub fn is_stub(&self, chapter: &Chapter, exercise: &Exercise) -> bool {
        let read = |path: PathBuf| fs::read_to_string(path).ok();
        let solution = chapter.file(&self.root.join(SOLUTIONS), exercise, "rs");
        let stub = read(solution).and_then(|solution| stub::derive(&solution).ok());
        let answer = read(self.file(chapter, exercise));
        answer
            .zip(stub)
            .is_some_and(|(answer, (stub, _))| stub::alike(&answer, &stub))
    }

    /// The items that other files use and the file of `exercise` lacks. `None` if the whole file is missing.
    pub fn lacking(&self, chapter: &Chapter, exercise: &Exercise) -> Option<Vec<String>> {
        let read = |path: PathBuf| fs::read_to_string(path).ok();
        let answer = read(self.file(chapter, exercise))?;
        let solution = chapter.file(&self.root.join(SOLUTIONS), exercise, "rs");
        let solution = read(solution).unwrap_or_default();
        Some(exercise_file::lacking(&answer, &solution))
    }

    /// The functions of `exercise` that the learner has to write, as they are in its file.
    pub fn to_write(&self, chapter: &Chapter, exercise: &Exercise) -> Vec<Function> {
        let read = |path: &Path| fs::read_to_string(path).ok();
        let solution = chapter.file(&self.root.join(SOLUTIONS), exercise, "rs");
        // A missing file has no functions.
        let answer = read(&self.file(chapter, exercise)).unwrap_or_default();
        exercise_file::to_write(&answer, read(&solution).as_deref())
    }

    fn file(&self, chapter: &Chapter, exercise: &Exercise) -> PathBuf {
        chapter.file(&self.root.join(self.subject), exercise, "rs")
    }

    /// A fingerprint of what a verdict on `exercise` is about: its file, those of the exercises that it
    /// calls, and what the exercises of their chapters share.
    pub fn sources(&self, exercise: &Exercise) -> String {
        let needs = self.syllabus.all_needs(exercise);
        let ids = needs.into_iter().chain([exercise.id()]);
        let found = ids.filter_map(|id| self.syllabus.find(id));
        // In order, and each of them once: the order in which a folder is read depends on the file
        // system.
        let (mut files, mut chapters) = (BTreeSet::new(), BTreeSet::new());
        for (chapter, exercise) in found {
            files.insert(self.file(chapter, exercise));
            if chapters.insert(chapter.number()) {
                files.extend(self.shared(chapter));
            }
        }
        record::fingerprint(files)
    }

    /// The files of a chapter that belong to no exercise: its lesson, and what its exercises share.
    fn shared(&self, chapter: &Chapter) -> Vec<PathBuf> {
        let folder = chapter.folder(&self.root.join(self.subject));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        let of_exercise = |file: &PathBuf| {
            let mut exercises = chapter.exercises.iter();
            exercises.any(|exercise| self.file(chapter, exercise) == *file)
        };
        files.retain(|file| file.extension().is_some_and(|end| end == "rs") && !of_exercise(file));
        files
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const SYLLABUS: &str = r#"
[[chapter]]
module = "ch1_pads"
title = "Pads"

[[chapter.exercise]]
id = "1.1"
module = "pad"
title = "The pad"
stars = 1
solved = ""
reading = []

[[chapter.exercise]]
id = "1.2"
module = "twice"
title = "Twice"
stars = 2
needs = ["1.1"]
solved = ""
reading = []
"#;

    struct Fixture {
        folder: TempDir,
        syllabus: Syllabus,
    }

    impl Fixture {
        fn new() -> Fixture {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("syllabus.toml");
            fs::write(&path, SYLLABUS).unwrap();
            let syllabus = Syllabus::load(&path).unwrap();
            let fixture = Fixture { folder, syllabus };
            fixture.write("pad", "// 1.1 The pad\n/// **1.1** Hides.\nfn pad() {}\n");
            fixture.write("twice", "// 1.2 Twice\nfn twice() {\n    todo!()\n}\n");
            fixture
        }

        fn progress(&self) -> Progress<'_> {
            Progress {
                syllabus: &self.syllabus,
                root: self.folder.path(),
                subject: "exercises",
                grade: self.folder.path(),
                fresh: &[],
            }
        }

        fn write(&self, name: &str, text: &str) {
            let folder = self.folder.path().join("exercises/ch1_pads");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{name}.rs")), text).unwrap();
        }

        fn judge(&self, id: &str, verdict: Verdict) {
            self.judge_sources(id, verdict, String::new());
        }

        fn judge_sources(&self, id: &str, verdict: Verdict, sources: String) {
            let record = Record {
                verdict,
                sources,
                replay: None,
            };
            record::write(self.folder.path(), "exercises", id, &record).unwrap();
        }
    }

    #[test]
    fn the_learner_goes_on_at_the_first_exercise_that_is_not_solved() {
        let fixture = Fixture::new();
        let next = || fixture.progress().next();
        let pad = Next {
            id: "1.1".to_owned(),
            title: "The pad".to_owned(),
            file: "exercises/ch1_pads/pad.rs".to_owned(),
            line: 3,
            is_begun: true,
        };
        assert_eq!(next(), Some(pad.clone()));
        fixture.judge("1.1", Verdict::Solved);
        let twice = next().unwrap();
        assert_eq!((twice.line, twice.is_begun), (2, false));
        assert_eq!(fixture.progress().points(), (1, 3));
        fixture.judge("1.2", Verdict::Solved);
        assert_eq!(next(), None);
        let skipped = || Verdict::Skipped {
            reason: "scales not found".to_owned(),
        };
        fixture.judge("1.1", skipped());
        assert_eq!(next(), Some(pad));
        fixture.judge("1.2", Verdict::Wrong);
        assert_eq!(next().unwrap().id, "1.2");
        fixture.judge("1.1", Verdict::Wrong);
        assert_eq!(next().unwrap().id, "1.1");
        let leave = |id| record::mark_later(fixture.folder.path(), "exercises", id, true).unwrap();
        leave("1.1");
        assert_eq!(next().unwrap().id, "1.2");
        leave("1.2");
        assert_eq!(next().unwrap().id, "1.1");
        fixture.judge("1.1", Verdict::Solved);
        assert!(fixture.progress().is_later("1.2") && !fixture.progress().is_later("1.1"));
    }

    #[test]
    fn what_an_answer_calls_is_suspect_only_while_it_is_unchanged_since_its_verdict() {
        let fixture = Fixture::new();
        let (_, pad) = fixture.syllabus.find("1.1").unwrap();
        let (_, twice) = fixture.syllabus.find("1.2").unwrap();
        let suspects = || fixture.progress().suspects(twice);
        let unjudged = || -> Vec<String> {
            let progress = fixture.progress();
            let needs = progress.unjudged_needs(twice).into_iter();
            needs.map(str::to_owned).collect()
        };
        let judge = |verdict| {
            let sources = fixture.progress().sources(pad);
            fixture.judge_sources("1.1", verdict, sources);
        };
        // As on a fresh clone: a stub was never judged.
        fixture.write("pad", "// 1.1 The pad\nfn pad() {\n    todo!()\n}\n");
        assert_eq!((suspects(), unjudged()), (vec![], vec![]));
        // It was written, but not judged.
        fixture.write("pad", "// 1.1 The pad\nfn pad() {}\n");
        assert_eq!((suspects(), unjudged()), (vec![], vec!["1.1".to_owned()]));
        judge(Verdict::Solved);
        assert_eq!((suspects(), unjudged()), (vec![], vec![]));
        judge(Verdict::Wrong);
        assert_eq!((suspects(), unjudged()), (vec!["1.1".to_owned()], vec![]));
        // It was restored or fixed, and not judged since.
        fixture.write("pad", "// 1.1 The pad\nfn pad() { 1; }\n");
        assert_eq!((suspects(), unjudged()), (vec![], vec!["1.1".to_owned()]));
        // One that is not started is not the cause: the exercise that calls it would be waiting for
        // it.
        judge(Verdict::NotStarted);
        assert_eq!((suspects(), unjudged()), (vec![], vec![]));
    }

    #[test]
    fn a_stub_is_one_only_as_long_as_nothing_of_it_is_changed() {
        let fixture = Fixture::new();
        let (chapter, twice) = fixture.syllabus.find("1.2").unwrap();
        let is_stub = || fixture.progress().is_stub(chapter, twice);
        // A stub can't be told from an answer without the solution.
        assert!(!is_stub());
        let solution = "// 1.2 Twice\nfn twice() {\n    // todo!()\n    2\n}\n";
        let folder = fixture.folder.path().join("solutions/ch1_pads");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("twice.rs"), solution).unwrap();
        assert!(is_stub());
        let stub = "// 1.2 Twice\nfn twice() {\n    todo!()\n}\n";
        fixture.write("twice", &stub.replace('\n', "\r\n"));
        assert!(is_stub());
        // What looks like a stub, line by line, may be an answer.
        let answer = stub.replace("    todo!()", "    /*\n    todo!()\n    */\n    2");
        for text in [&answer, solution] {
            fixture.write("twice", text);
            assert!(!is_stub(), "{text}");
        }
    }

    #[test]
    fn an_edit_of_the_answer_or_of_what_it_calls_changes_its_sources() {
        let fixture = Fixture::new();
        let of = |id| {
            let (_, exercise) = fixture.syllabus.find(id).unwrap();
            fixture.progress().sources(exercise)
        };
        let before = [of("1.1"), of("1.2")];
        fixture.write("twice", "// 1.2 Twice\n");
        assert_eq!(of("1.1"), before[0]);
        assert_ne!(of("1.2"), before[1]);
        let before = [of("1.1"), of("1.2")];
        fixture.write("pad", "// 1.1 The pad\n");
        assert!(of("1.1") != before[0] && of("1.2") != before[1]);
        let before = [of("1.1"), of("1.2")];
        fixture.write("shared", "struct Shared;\n");
        assert!(of("1.1") != before[0] && of("1.2") != before[1]);
    }
}
