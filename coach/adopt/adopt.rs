//! `cargo coach adopt FILE`: moves the answers in an old file to the files of their exercises as they are today.
//!
//! The old file is one of two kinds. A newer version of the workbook may have changed the lines of an exercise that
//! the learner has changed, too. Then Git leaves both in the exercise's file, between markers. And
//! before exercises had files of their own, a chapter was one file. In both kinds, a comment like
//! `// 1.3 Seal and open` begins each exercise.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use book::exercise_file;
use book::record;
use book::stub;
use book::syllabus::{Chapter, Exercise};
use book::workbook::{EXERCISES, SOLUTIONS, Trouble, Workbook};
use coach::{backup, reset};

use crate::conflict;
use crate::items::{self, Import, Item, Kind};

/// What was done with the items of the old file.
#[derive(Default)]
struct Placement {
    /// What was moved, by the file of the exercise.
    placed: BTreeMap<String, Vec<String>>,
    /// What was not, with its line and the reason.
    unplaced: Vec<(usize, String)>,
}

/// The file of an exercise, into which answers are moved.
struct Target<'a> {
    exercise: &'a Exercise,
    path: PathBuf,
    /// What is derived from the solution.
    stub: String,
    /// What was in the file, if it was there.
    found: Option<String>,
    /// What is to be in it.
    text: String,
    /// Whether `text` is to be written.
    has_changed: bool,
}

impl<'a> Target<'a> {
    fn of(
        workbook: &Workbook,
        chapter: &Chapter,
        exercise: &'a Exercise,
    ) -> Result<Target<'a>, Trouble> {
        let path = workbook.answer(chapter, exercise);
        let stub = stub::of_file(workbook, &workbook.solution(chapter, exercise))?;
        let found = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(workbook.trouble(&path, error)),
        };
        // A file with conflicts starts over with the stub. The learner's work comes from one of its
        // sides.
        let whole = found
            .as_ref()
            .filter(|text| conflict::sides(text).is_none());
        let text = whole.unwrap_or(&stub).clone();
        Ok(Target {
            exercise,
            path,
            stub,
            found,
            text,
            has_changed: false,
        })
    }
}

/// Moves each answered function of the old file at `file` to the file of its exercise, with the helpers and imports
/// that it needs. Keeps copies of everything that it overwrites, and says what it could not move.
///
/// # Errors
/// The file can't be read, has no exercise in it, or is not made of Rust's tokens. Then nothing is changed.
pub fn adopt(workbook: &Workbook, file: &Path, out: &mut dyn Write) -> Result<(), Trouble> {
    let text = workbook.read(file)?;
    let shown = workbook.shown(file);
    let read = |text: &str, shown: &str| {
        items::items(text).map_err(|error| {
            format!(
                "{shown}:{}: this is not Rust, or a bracket is not closed; nothing was changed",
                error.line
            )
        })
    };
    let sides = conflict::sides(&text);
    let has_conflicts = sides.is_some();
    // One side has the answers, and the other has the newer version. Which is which depends on what
    // Git was asked to do, and makes no difference: the newer version has nothing that could be
    // moved.
    let versions = sides.map_or_else(|| vec![text.clone()], Vec::from);
    let chapter = headings(&versions[0])
        .iter()
        .find_map(|heading| workbook.syllabus.find(heading.id))
        .map(|(chapter, _)| chapter)
        .ok_or_else(|| {
            format!("{shown}: no heading of an exercise, like `// 1.3 Seal and open`; nothing was changed")
        })?;
    let today = Today::of(workbook, chapter)?;
    let exercises = chapter.exercises.iter();
    let mut targets = exercises
        .map(|exercise| Target::of(workbook, chapter, exercise))
        .collect::<Result<Vec<_>, _>>()?;
    let is_here = |path: &Path| fs::canonicalize(file).ok() == fs::canonicalize(path).ok();
    let mut placement = Placement::default();
    for version in &versions {
        let items = read(version, &shown)?;
        let headings = headings(version);
        let old = Old {
            text: version,
            headings: &headings,
            items: &items,
            imports: items.iter().flat_map(|item| &item.imports).collect(),
        };
        old.say_what_belongs_to_none(chapter, &mut placement);
        for target in &mut targets {
            let shown = workbook.shown(&target.path);
            let merge = Merge {
                exercise: target.exercise,
                shown: &shown,
                old: &old,
                today: &today,
                stub: read(&target.stub, &shown)?,
                target_items: read(&target.text, &shown)?,
            };
            if let Some(new) = merge.merged(&target.text, &mut placement) {
                target.text = new;
                target.has_changed = true;
            }
        }
    }
    // Both sides may have it.
    placement.unplaced.sort();
    placement.unplaced.dedup();

    // This is the first thing that is written. If something can't be read or derived, we don't get
    // here.
    let copy = backup::back_up(workbook, file, text.as_bytes())?;
    let shown_copy = workbook.shown(&copy);
    writeln!(out, "A copy of {shown} is kept in {shown_copy}")?;
    for target in &targets {
        let is_this = has_conflicts && is_here(&target.path);
        if !target.has_changed && !is_this {
            continue;
        }
        // What was derived is nobody's work, and the file that is read here has its copy already.
        let work = target.found.as_ref().filter(|_| !is_this);
        let work = work.filter(|found| **found != target.stub);
        let work = work.map(String::as_bytes);
        reset::replace(workbook, &target.path, work, &target.text, out)?;
        // The verdict was about a different text.
        record::remove(&workbook.grade, EXERCISES, target.exercise.id())?;
    }
    // If it stayed there, the compiler would read it as the chapter.
    let module = format!("{}.rs", chapter.module.get_ref());
    if is_here(&workbook.tree(EXERCISES).join(module)) {
        fs::remove_file(file).map_err(|error| workbook.trouble(file, error))?;
    }
    if !targets.iter().any(|target| is_here(&target.path)) {
        return say(&placement, &shown, out);
    }
    // The lines that it names are in the copy now.
    say(&placement, &shown_copy, out)?;
    if has_conflicts {
        writeln!(
            out,
            "\nThe rest of it is the newer version. If a signature has changed, change your answer accordingly.\n\
             Then tell Git that the conflict is resolved: git add {shown}"
        )?;
    }
    Ok(())
}

fn say(placement: &Placement, shown: &str, out: &mut dyn Write) -> Result<(), Trouble> {
    if placement.placed.is_empty() {
        writeln!(out, "No answer in it had to be moved.")?;
    }
    for (file, items) in &placement.placed {
        writeln!(out, "{file} now has {}", items.join(", "))?;
    }
    if !placement.unplaced.is_empty() {
        writeln!(out, "\nNot moved, so take a look yourself:")?;
        for (line, what) in &placement.unplaced {
            writeln!(out, "  {shown}:{line}: {what}")?;
        }
    }
    Ok(())
}

/// The first line of an exercise in an old file.
struct Heading<'a> {
    id: &'a str,
    /// Where the line begins, and where the next one does.
    start: usize,
    end: usize,
}

fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut start = 0;
    let mut headings = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if let Some((id, _)) = exercise_file::heading(line) {
            headings.push(Heading { id, start, end });
        }
        start = end;
    }
    headings
}

/// The old file.
struct Old<'a> {
    text: &'a str,
    headings: &'a [Heading<'a>],
    items: &'a [Item],
    imports: Vec<&'a Import>,
}

impl<'a> Old<'a> {
    fn line(&self, item: &Item) -> usize {
        self.text[..item.start].matches('\n').count() + 1
    }

    /// The heading that `item` is under.
    fn heading(&self, item: &Item) -> Option<&'a Heading<'a>> {
        let mut headings = self.headings.iter().rev();
        headings.find(|heading| heading.start < item.start)
    }

    /// The items of an exercise, without its imports.
    fn of(&self, exercise: &Exercise) -> impl Iterator<Item = &'a Item> {
        let is_of_it = |item: &&Item| {
            let id = self.heading(item).map(|heading| heading.id);
            id == Some(exercise.id()) && item.kind != Kind::Use
        };
        self.items.iter().filter(is_of_it)
    }

    /// The text of `item`, with the comments before it, but not with the heading.
    fn text_of(&self, item: &Item) -> &'a str {
        let end_of_heading = self.heading(item).map_or(0, |heading| heading.end);
        let begin = item.range.start.max(end_of_heading.min(item.start));
        self.text[begin..item.range.end].trim_matches(['\r', '\n'])
    }

    fn say_what_belongs_to_none(&self, chapter: &Chapter, placement: &mut Placement) {
        for item in self.items.iter().filter(|item| item.kind != Kind::Use) {
            let id = self.heading(item).map(|heading| heading.id);
            let is_known = |id: &str| chapter.exercises.iter().any(|one| one.id() == id);
            if !id.is_some_and(is_known) {
                let what = match id {
                    Some(id) => format!("`{}` is in {id}, which does not exist here", item.said()),
                    None => format!("`{}` belongs to no exercise", item.said()),
                };
                placement.unplaced.push((self.line(item), what));
            }
        }
    }
}

/// The chapter in its newer version.
struct Today {
    /// Its items, whichever file they are in.
    items: Vec<Item>,
    /// What its files bring into scope, by name.
    imports: BTreeMap<String, String>,
}

impl Today {
    fn of(workbook: &Workbook, chapter: &Chapter) -> Result<Today, Trouble> {
        let folder = chapter.folder(&workbook.tree(SOLUTIONS));
        let mut items = Vec::new();
        for file in workbook.files(&folder, "rs")? {
            let stub = stub::of_file(workbook, &folder.join(&file))?;
            let found = items::items(&stub)
                .map_err(|error| format!("{}:{}: no Rust", file.display(), error.line))?;
            items.extend(found);
        }
        let imports = items.iter().flat_map(|item| &item.imports);
        // `super` means the same in all of them.
        let imports = imports.map(|import| (import.name.clone(), import.path.clone()));
        let imports = imports.collect();
        Ok(Today { items, imports })
    }

    fn has(&self, item: &Item) -> bool {
        self.items.iter().any(|other| other.shape == item.shape)
    }

    fn defines(&self, name: &str) -> bool {
        let defines = |item: &Item| {
            let can_be_imported = item.is_public && item.kind != Kind::Other("mod");
            can_be_imported && item.name == name
        };
        self.items.iter().any(defines)
    }
}

/// One exercise: what goes from the old file into its own.
struct Merge<'a> {
    exercise: &'a Exercise,
    shown: &'a str,
    old: &'a Old<'a>,
    today: &'a Today,
    stub: Vec<Item>,
    target_items: Vec<Item>,
}

impl Merge<'_> {
    /// The text that is to be in the file of the exercise, if it differs from what is there.
    fn merged(&self, target: &str, placement: &mut Placement) -> Option<String> {
        let mut bodies = Vec::new();
        let (mut added, mut idents, mut names) = (String::new(), BTreeSet::new(), Vec::new());
        let mut unplaced = |item: &Item, what: String| {
            placement.unplaced.push((self.old.line(item), what));
        };
        let mut answer = |old: &Item, stub: Option<&Item>, target: Option<&Item>, said: String| {
            match (stub, target) {
                // Nothing was answered, or the same answer is there already.
                _ if target.is_some_and(|target| target.shape == old.shape) => {}
                (Some(stub), _) if old.has_todo() && old.begun != stub.begun => {
                    unplaced(
                        old,
                        format!("`{said}` still has a `todo!`, so its beginning was not moved"),
                    );
                }
                _ if old.has_todo() => {}
                // Only the body: the signature and the task above it are those of the newer
                // version.
                (Some(stub), Some(target)) if stub.has_todo() && target.has_todo() => {
                    if let (Some(from), Some(to)) = (&old.body, &target.body) {
                        bodies.push((to.clone(), &self.old.text[from.clone()]));
                        idents.extend(old.idents.iter().cloned());
                        names.push(said);
                    }
                }
                // The learner has answered it again since. It must not be written over.
                (Some(stub), Some(_)) if stub.has_todo() => {
                    unplaced(
                        old,
                        format!("`{said}` is already answered in {}", self.shown),
                    );
                }
                // It was handed out like this, so it is not the learner's work.
                (Some(stub), _) if stub.shape == old.shape => {}
                // A helper of the learner's, or something handed out that was changed.
                _ => return false,
            }
            true
        };
        let named =
            |items: &'_ [Item], item: &Item| items.iter().position(|other| other.is_named_as(item));
        let mut others = Vec::new();
        for item in self.old.of(self.exercise) {
            let stub = named(&self.stub, item).map(|index| &self.stub[index]);
            let target = named(&self.target_items, item).map(|index| &self.target_items[index]);
            match item.kind {
                // The guard moves the answer, if it is one. Whatever is left is an item like the
                // others.
                Kind::Function if answer(item, stub, target, item.name.clone()) => {}
                Kind::Impl if let (Some(stub), Some(target)) = (stub, target) => {
                    for function in &item.functions {
                        let in_stub = named(&stub.functions, function);
                        let in_stub = in_stub.map(|index| &stub.functions[index]);
                        // A helper of the learner's is in a block of its own.
                        let blocks = self.target_items.iter();
                        let in_target = blocks
                            .filter(|other| other.is_named_as(target))
                            .flat_map(|other| &other.functions)
                            .find(|other| other.is_named_as(function));
                        let said = format!("{}::{}", short(&item.name), function.name);
                        if !answer(function, in_stub, in_target, said) {
                            others.push((function, Some(item)));
                        }
                    }
                }
                _ if self.today.has(item) || self.is_there(item) => {}
                _ => others.push((item, None)),
            }
        }
        for (item, of) in others {
            let place = of.map_or(String::new(), |of| format!(" of `{}`", of.said()));
            let is_handed_out =
                match of {
                    Some(of) => self.today.items.iter().any(|other| {
                        other.is_named_as(of) && named(&other.functions, item).is_some()
                    }),
                    None => named(&self.today.items, item).is_some(),
                };
            if is_handed_out {
                let what = format!("`{}`{place} differs from what is handed out", item.said());
                placement.unplaced.push((self.old.line(item), what));
                continue;
            }
            let text = self.old.text_of(item);
            added += &match of {
                Some(of) => format!("\nimpl {} {{\n{text}\n}}\n", header(of, self.old.text)),
                None => format!("\n{text}\n"),
            };
            idents.extend(item.idents.iter().cloned());
            names.push(short(&item.name));
        }
        if names.is_empty() {
            return None;
        }

        let mut text = target.to_owned();
        // From the last to the first, so that the places of the others stay valid.
        bodies.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
        for (place, body) in bodies {
            text.replace_range(place, body);
        }
        text += &added;
        let imports = self.imports(&idents);
        if !imports.is_empty() {
            let uses = self.target_items.iter().rev();
            let last = uses.clone().find(|item| item.kind == Kind::Use);
            let heading = target.find('\n').map_or(0, |end| end + 1);
            let place = last.map_or(heading, |item| item.range.end);
            let mut lines: String = imports
                .iter()
                .map(|path| format!("\nuse {path};"))
                .collect();
            if last.is_none() {
                lines.push('\n');
            }
            // Everything that was changed comes after the imports.
            text.insert_str(place, &lines);
        }
        let placed = placement.placed.entry(self.shown.to_owned());
        placed.or_default().extend(names);
        Some(text)
    }

    /// Whether the file of the exercise has this item already.
    fn is_there(&self, item: &Item) -> bool {
        self.target_items
            .iter()
            .any(|other| other.shape == item.shape)
    }

    /// What the moved text needs and the file does not bring into scope yet.
    fn imports(&self, idents: &BTreeSet<String>) -> Vec<String> {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for item in &self.target_items {
            known.extend(item.imports.iter().map(|import| import.name.as_str()));
            known.insert(&item.name);
        }
        let mut imports = BTreeSet::new();
        for import in &self.old.imports {
            let name = import.name.as_str();
            let is_known = known.contains(name);
            match self.today.imports.get(name) {
                // The path in the newer version: what the old file named may have moved.
                Some(path) if idents.contains(name) && !is_known => {
                    imports.insert(path.clone());
                }
                Some(_) => {}
                // The learner's own. A trait is used without being named.
                None if !is_known && (idents.contains(name) || may_be_trait(name)) => {
                    imports.insert(import.path.clone());
                }
                None => {}
            }
        }
        for ident in idents {
            let is_old = self.old.imports.iter().any(|import| import.name == *ident);
            // The old file defined this itself; now another file of the chapter does.
            if self.today.defines(ident) && !known.contains(ident.as_str()) && !is_old {
                imports.insert(format!("super::{ident}"));
            }
        }
        imports.into_iter().collect()
    }
}

fn may_be_trait(name: &str) -> bool {
    name == "_" || name == "*" || name.starts_with(char::is_uppercase)
}

/// `RecordSealer` of `<Side> SealRecord for RecordSealer<Side>`.
fn short(name: &str) -> String {
    let name = name.rsplit(" for ").next().unwrap_or(name);
    let name = match name.strip_prefix("< ") {
        Some(rest) => rest.split_once("> ").map_or(rest, |(_, rest)| rest),
        None => name,
    };
    name.split([' ', '<']).next().unwrap_or(name).to_owned()
}

/// What is between `impl` and the brace.
fn header<'a>(of: &Item, text: &'a str) -> &'a str {
    let end = of.body.as_ref().map_or(of.range.end, |body| body.start);
    let header = &text[of.start..end];
    let place = header.find("impl").map_or(0, |place| place + "impl".len());
    header[place..].trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use book::fixture::Fixture;

    const OLD: &str = "\
//! Lesson

use std::cmp::max;

const LIMIT: u8 = 9;

// 1.1 The pad

/// Hides.
pub fn pad(text: u8) -> u8 {
    // Mine.
    max(text ^ 1, helper(text))
}

// A helper of mine.
fn helper(_: u8) -> u8 {
    0
}

// 1.2 Twice

/// Twice.
pub fn twice(text: u8) -> u8 {
    todo!(\"1.2: twice {text}\")
}

// 1.3 Thrice

/// Thrice.
pub fn thrice(text: u8) -> u8 {
    pad(text).wrapping_mul(3)
}
";

    fn adopted(fixture: &Fixture, path: &str, text: &str) -> String {
        fixture.write(path, text);
        let mut out = Vec::new();
        adopt(&fixture.workbook(), &fixture.path(path), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn answers_go_to_the_files_of_their_exercises_with_what_they_need() {
        let fixture = Fixture::new();
        fixture.solve("1.1");
        let out = adopted(&fixture, "exercises/ch1_pads.rs", OLD);
        assert_eq!(
            out,
            "A copy of exercises/ch1_pads.rs is kept in exercises/backup/ch1_pads.1.rs\n\
             exercises/ch1_pads/pad.rs now has pad, helper\n\
             exercises/ch1_pads/thrice.rs now has thrice\n\n\
             Not moved, so take a look yourself:\n  \
             exercises/ch1_pads.rs:5: `const LIMIT` belongs to no exercise\n"
        );
        assert_eq!(
            fixture.read("exercises/ch1_pads/pad.rs"),
            "// 1.1 The pad\n\nuse std::cmp::max;\n\n/// Hides.\npub fn pad(text: u8) -> u8 {\n    \
             // Mine.\n    max(text ^ 1, helper(text))\n}\n\n// A helper of mine.\n\
             fn helper(_: u8) -> u8 {\n    0\n}\n"
        );
        let thrice = fixture.read("exercises/ch1_pads/thrice.rs");
        assert!(thrice.contains("\nuse super::pad;\n"), "{thrice}");
        let twice = fixture.read("exercises/ch1_pads/twice.rs");
        assert_eq!(twice, fixture.stub("twice"));
        // The compiler would read the old file as the chapter. Its copy is what it was.
        assert!(!fixture.path("exercises/ch1_pads.rs").exists());
        assert_eq!(fixture.read("exercises/backup/ch1_pads.1.rs"), OLD);
        let workbook = fixture.workbook();
        assert!(!workbook.progress().is_solved("1.1"));

        // A second time, nothing is left to do.
        let out = adopted(&fixture, "elsewhere.rs", OLD);
        assert!(out.contains("No answer in it had to be moved."), "{out}");
        assert!(fixture.path("elsewhere.rs").exists());
    }

    #[test]
    fn an_answer_that_is_there_already_is_left_alone() {
        let fixture = Fixture::new();
        let mine = fixture
            .stub("pad")
            .replace("todo!(\"1.1: hide {text}\")", "text");
        fixture.write("exercises/ch1_pads/pad.rs", &mine);
        let out = adopted(&fixture, "old.rs", OLD);
        let pad = fixture.read("exercises/ch1_pads/pad.rs");
        assert!(pad.contains("-> u8 {\n    text\n}"), "{pad}");
        let complaint = "old.rs:9: `pad` is already answered in exercises/ch1_pads/pad.rs";
        assert!(out.contains(complaint), "{out}");
        // It is not a stub, so a copy is kept before the helper is added.
        assert_eq!(fixture.read("exercises/backup/ch1_pads/pad.1.rs"), mine);
    }

    #[test]
    fn methods_are_answers_too_and_helpers_among_them_are_kept() {
        let fixture = Fixture::new();
        let counter = "\
// 1.2 Twice

/// Counts.
pub struct Counter {
    count: u8,
}

impl Counter {
    /// **1.2** Counts on.
    pub fn count(&mut self) -> u8 {
        // todo!(\"1.2: count\")
        self.count += 1;
        self.count
    }
}
";
        fixture.write("solutions/ch1_pads/twice.rs", counter);
        let (stub, _) = stub::derive(counter).unwrap();
        fixture.write("exercises/ch1_pads/twice.rs", stub);
        let old = "\
// 1.2 Twice

pub struct Counter {
    pub count: u8,
    mine: u8,
}

impl Counter {
    pub fn count(&mut self) -> u8 {
        self.next()
    }

    fn next(&mut self) -> u8 {
        self.count
    }
}
";
        let out = adopted(&fixture, "old.rs", old);
        assert_eq!(
            out,
            "A copy of old.rs is kept in exercises/backup/old.1.rs\n\
             exercises/ch1_pads/twice.rs now has Counter::count, next\n\n\
             Not moved, so take a look yourself:\n  \
             old.rs:3: `struct Counter` differs from what is handed out\n"
        );
        let twice = fixture.read("exercises/ch1_pads/twice.rs");
        let helper =
            "\nimpl Counter {\n    fn next(&mut self) -> u8 {\n        self.count\n    }\n}\n";
        assert!(twice.ends_with(helper), "{twice}");
        assert!(
            twice.contains("-> u8 {\n        self.next()\n    }\n"),
            "{twice}"
        );

        // A second time, the helper is there.
        let out = adopted(&fixture, "old.rs", old);
        assert!(out.contains("No answer in it had to be moved."), "{out}");
        assert_eq!(fixture.read("exercises/ch1_pads/twice.rs"), twice);
    }

    #[test]
    fn the_answers_in_a_file_with_conflicts_are_kept_and_the_rest_is_the_newer_version() {
        let fixture = Fixture::new();
        fixture.solve("1.1");
        let learner = "\
use std::cmp::max;

/// Hides.
pub fn pad(text: u8, _old: u8) -> u8 {
    max(text, LEAST.0)
}
";
        let handed_out = "\
/// Hides. (A newer task.)
pub fn pad(text: u8) -> u8 {
    todo!(\"1.1: hide this {text}\")
}
";
        let helper = "\nstruct Least(u8);\n\nconst LEAST: Least = Least(9);\n";
        let path = "exercises/ch1_pads/pad.rs";
        for (one, other, moved) in [
            (learner, handed_out, "pad, Least, LEAST"),
            (handed_out, learner, "Least, LEAST, pad"),
        ] {
            let conflicts = format!(
                "// 1.1 The pad\n\n<<<<<<< HEAD\n{one}=======\n{other}>>>>>>> main\n{helper}"
            );
            let out = adopted(&fixture, path, &conflicts);
            let copy = fixture.backups().pop().unwrap();
            assert_eq!(
                out,
                format!(
                    "A copy of {path} is kept in exercises/backup/ch1_pads/{copy}\n\
                     {path} now has {moved}\n\n\
                     The rest of it is the newer version. If a signature has changed, change your answer \
                     accordingly.\nThen tell Git that the conflict is resolved: git add {path}\n"
                )
            );
            assert_eq!(
                fixture.read(path),
                format!(
                    "// 1.1 The pad\n\nuse std::cmp::max;\n\n/// Hides.\npub fn pad(text: u8) -> u8 {{\n    \
                     max(text, LEAST.0)\n}}\n{helper}"
                )
            );
            assert_eq!(
                fixture.read(&format!("exercises/backup/ch1_pads/{copy}")),
                conflicts
            );
        }
        assert!(!fixture.workbook().progress().is_solved("1.1"));
    }

    #[test]
    fn a_beginning_that_still_has_a_todo_is_not_moved_but_reported() {
        let fixture = Fixture::new();
        let begun = "// 1.1 The pad\n\n<<<<<<< HEAD\npub fn pad(text: u8) -> u8 {\n    \
                     let _hidden = text ^ 1;\n    todo!(\"the rest\")\n}\n=======\n>>>>>>> main\n";
        let out = adopted(&fixture, "exercises/ch1_pads/pad.rs", begun);
        let complaint = "exercises/backup/ch1_pads/pad.1.rs:4: `pad` still has a `todo!`, so its beginning was not moved";
        assert!(out.contains(complaint), "{out}");
        assert_eq!(
            fixture.read("exercises/ch1_pads/pad.rs"),
            fixture.stub("pad")
        );
    }

    #[test]
    fn a_file_that_is_not_an_old_chapter_is_refused_and_nothing_is_changed() {
        let fixture = Fixture::new();
        let refused = |text: &str| {
            fixture.write("old.rs", text);
            let trouble = adopt(
                &fixture.workbook(),
                &fixture.path("old.rs"),
                &mut Vec::new(),
            );
            trouble.unwrap_err().to_string()
        };
        assert_eq!(
            refused("fn f() {}"),
            "old.rs: no heading of an exercise, like `// 1.3 Seal and open`; nothing was changed"
        );
        assert_eq!(
            refused("// 1.1 The pad\n\npub fn pad() {\n"),
            "old.rs:3: this is not Rust, or a bracket is not closed; nothing was changed"
        );
        assert!(refused("// 9.9 Gone\nfn f() {}").starts_with("old.rs: no heading"));
        assert!(!fixture.path("exercises/backup").exists());
        let missing = adopt(&fixture.workbook(), Path::new("none.rs"), &mut Vec::new());
        assert!(missing.unwrap_err().to_string().starts_with("none.rs: "));
    }

    #[test]
    fn an_impl_is_named_by_its_type() {
        assert_eq!(
            short("< Side > SealRecord for RecordSealer < Side >"),
            "RecordSealer"
        );
        assert_eq!(short("< Side > RecordSealer < Side >"), "RecordSealer");
        assert_eq!(short("Sender"), "Sender");
    }
}
