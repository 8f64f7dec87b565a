//! `cargo coach derive`: writes what is derived, the exercises from the solutions and two tables of chapters
//! from the syllabus. With `--check`, it says where they differ instead.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use book::exercise_file;
use book::record;
use book::syllabus::{Chapter, Exercise};

use crate::Outcome;
use crate::backup;
use crate::hint;
use crate::lists;
use crate::reset;
use book::stub::{self, Todo};
use book::workbook::{EXERCISES, SOLUTIONS, Trouble, Workbook};

/// Between these lines is a table of chapters.
const TABLE: [&str; 2] = ["<!-- syllabus -->", "<!-- /syllabus -->"];

/// A file with such a table.
struct WithTable {
    /// From the root of the workbook.
    file: &'static str,
    /// What each line begins with.
    margin: &'static str,
    /// What a link to a chapter has around the chapter's module.
    link: [&'static str; 2],
}

const README: WithTable = WithTable {
    file: "README.md",
    margin: "",
    link: ["exercises/", "/mod.rs"],
};

/// The text of the front page, from which that of the exercises is derived.
const FRONT_PAGE: WithTable = WithTable {
    file: "solutions/lib.rs",
    margin: "//! ",
    link: ["", ""],
};

/// A file that is derived.
struct Derived {
    path: PathBuf,
    /// What it is derived from, in words.
    from: String,
    text: String,
}

/// Writes what is derived, or with `check` says where it differs. In both cases, reports what is
/// wrong with the solutions, and which hints are missing.
///
/// # Errors
/// A file can't be read or written.
pub fn derive(workbook: &Workbook, check: bool, out: &mut dyn Write) -> Result<Outcome, Trouble> {
    let table_in = |place: &WithTable, out: &mut dyn Write| -> Result<Option<String>, Trouble> {
        match with_table(workbook, place)? {
            Ok(derived) if check => difference(workbook, &derived),
            Ok(derived) => write(workbook, &derived, out).map(|()| None),
            Err(complaint) => Ok(Some(complaint)),
        }
    };
    // First, because the front page of the exercises is derived from that of the solutions.
    let front_page = table_in(&FRONT_PAGE, out)?;
    let (exercises, mut complaints) = exercises(workbook)?;
    // Faulty solutions are not written over a learner's work.
    if complaints.is_empty() {
        for derived in &exercises {
            if check {
                complaints.extend(difference(workbook, derived)?);
            } else {
                write_exercises(workbook, derived, out)?;
            }
        }
    }
    complaints.extend(front_page);
    complaints.extend(table_in(&README, out)?);
    complaints.extend(hints(workbook)?);
    complaints.extend(strays(workbook)?);
    for complaint in &complaints {
        writeln!(out, "{complaint}")?;
    }
    Ok(if complaints.is_empty() {
        Outcome::Done
    } else {
        Outcome::CheckFailed
    })
}

/// The files of the exercises, and what is wrong with the solutions.
fn exercises(workbook: &Workbook) -> Result<(Vec<Derived>, Vec<String>), Trouble> {
    let (mut files, mut complaints) = (Vec::new(), Vec::new());
    let solutions = workbook.tree(SOLUTIONS);
    for file in workbook.files(&solutions, "rs")? {
        let path = solutions.join(&file);
        let shown = workbook.shown(&path);
        let text = workbook.read(&path)?;
        let (stub, todos) = match stub::derive(&text) {
            Ok(derived) => derived,
            Err(error) => {
                complaints.push(error.at(&shown));
                continue;
            }
        };
        let mut complain = |line: usize, what: String| {
            complaints.push(format!("{shown}:{line}: {what}"));
        };
        match of_file(workbook, &file) {
            Some(exercise) => check_exercise(&text, &todos, exercise, &mut complain),
            None => {
                for todo in &todos {
                    let what = "this `todo!` is in a file that is not an exercise of the syllabus";
                    complain(todo.line, what.to_owned());
                }
            }
        }
        if let Some(chapter) = lesson_of(workbook, &file) {
            check_lesson(&text, chapter, &mut complain);
            lists::check_lesson(workbook, &text, chapter, &mut complain);
        }
        if file == Path::new(lists::GLOSSARY) {
            lists::check_glossary(workbook, &text, &mut complain);
        }
        files.push(Derived {
            path: workbook.tree(EXERCISES).join(&file),
            from: format!("as derived from {shown}"),
            text: stub,
        });
    }
    for (chapter, exercise) in workbook.syllabus.exercises() {
        let path = workbook.solution(chapter, exercise);
        if !path.is_file() {
            complaints.push(format!("{}: no such file", workbook.shown(&path)));
        }
    }
    Ok((files, complaints))
}

/// The exercise whose file this is, named from the folder of the tree.
fn of_file<'a>(workbook: &'a Workbook, file: &Path) -> Option<&'a Exercise> {
    let mut exercises = workbook.syllabus.exercises();
    let found =
        exercises.find(|(chapter, exercise)| file == chapter.file(Path::new(""), exercise, "rs"));
    found.map(|(_, exercise)| exercise)
}

/// The chapter whose lesson is in this file.
fn lesson_of<'a>(workbook: &'a Workbook, file: &Path) -> Option<&'a Chapter> {
    let mut chapters = workbook.syllabus.chapters().iter();
    chapters.find(|chapter| file == chapter.lesson(Path::new("")))
}

/// Checks that the number and the title of an exercise are those of the syllabus, that there is a
/// `todo!`, and that each `todo!` begins with the number.
fn check_exercise(
    text: &str,
    todos: &[Todo],
    exercise: &Exercise,
    complain: &mut impl FnMut(usize, String),
) {
    let (id, title) = (exercise.id(), &exercise.title);
    if exercise_file::heading(text) != Some((id, title)) {
        complain(1, format!("the first line is not `// {id} {title}`"));
    }
    if todos.is_empty() {
        complain(1, format!("exercise {id} has no `// todo!(…)`"));
    }
    let number = format!("{id}: ");
    for todo in todos.iter().filter(|todo| !todo.text.starts_with(&number)) {
        let what = format!("this `todo!` does not begin with \"{number}\"");
        complain(todo.line, what);
    }
}

/// Checks that the lesson declares its exercises in the order of the syllabus, and re-exports what
/// is in them.
fn check_lesson(text: &str, chapter: &Chapter, complain: &mut impl FnMut(usize, String)) {
    let lines = || text.lines().zip(1..);
    let is_exercise = |name: &str| chapter.exercises.iter().any(|one| one.module == name);
    let declared = lines().filter_map(|(line, number)| {
        let name = line.strip_prefix("mod ")?.strip_suffix(';')?;
        is_exercise(name).then_some((name, number))
    });
    let declared: Vec<(&str, usize)> = declared.collect();
    // Only the first complaint: after a gap, every exercise is in the wrong place.
    for (index, exercise) in chapter.exercises.iter().enumerate() {
        let (id, name) = (exercise.id(), exercise.module.as_str());
        match declared.get(index) {
            Some((found, _)) if *found == name => {}
            Some((found, line)) => {
                let what = format!("`mod {found};` comes before `mod {name};`, which is {id}");
                return complain(*line, what);
            }
            None => return complain(lines().count(), format!("no `mod {name};` for {id}")),
        }
        let handed_on = format!("pub use {name}::*;");
        if !lines().any(|(line, _)| line == handed_on) {
            let line = declared[index].1;
            return complain(line, format!("there is no `{handed_on}`"));
        }
    }
}

/// Files of hints that are missing or faulty.
fn hints(workbook: &Workbook) -> Result<Vec<String>, Trouble> {
    let read = |(chapter, exercise)| hint::read(workbook, chapter, exercise);
    let faulty = workbook.syllabus.exercises().map(read);
    Ok(faulty
        .filter_map(|hints| hints.err().map(|trouble| trouble.to_string()))
        .collect())
}

/// The file with its table of chapters as it should be, or why it can't have one.
fn with_table(workbook: &Workbook, place: &WithTable) -> Result<Result<Derived, String>, Trouble> {
    let WithTable { file, margin, .. } = place;
    let path = workbook.root.join(file);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Reported like the others, not returned as an error, so that one run shows all of
            // them.
            return Ok(Err(format!("{file}: no such file")));
        }
        Err(error) => return Err(workbook.trouble(&path, error)),
    };
    let [begin, end] = TABLE;
    let parts = text
        .split_once(begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let Some((before, after)) = parts else {
        return Ok(Err(format!(
            "{file}: no {begin} … {end} for the table of chapters"
        )));
    };
    let lines = table(workbook.syllabus.chapters(), place.link);
    let table: String = lines
        .iter()
        .map(|line| format!("{margin}{line}\n"))
        .collect();
    let table = format!("{before}{begin}\n{table}{margin}{end}{after}");
    Ok(Ok(Derived {
        path,
        from: "the table of the syllabus".into(),
        text: stub::with_line_ends_of(&text, &table),
    }))
}

fn table(chapters: &[Chapter], [before, after]: [&str; 2]) -> Vec<String> {
    let mut lines = vec![
        "| chapter | exercises | points |".to_owned(),
        "| --- | ---: | ---: |".to_owned(),
    ];
    let (mut all_exercises, mut all_points) = (0, 0);
    for chapter in chapters {
        let exercises = chapter.exercises.len();
        let points: u32 = chapter
            .exercises
            .iter()
            .map(|exercise| exercise.stars)
            .sum();
        let (number, title, module) = (chapter.number(), &chapter.title, chapter.module.get_ref());
        lines.push(format!(
            "| [{number} {title}]({before}{module}{after}) | {exercises} | {points} |"
        ));
        all_exercises += exercises;
        all_points += points;
    }
    lines.push(format!("| all | {all_exercises} | {all_points} |"));
    lines
}

/// Where a file differs from what is derived, whatever its line ends.
fn difference(workbook: &Workbook, derived: &Derived) -> Result<Option<String>, Trouble> {
    let (shown, from) = (workbook.shown(&derived.path), &derived.from);
    let bytes = match fs::read(&derived.path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Some(format!("{shown}: not {from}: no such file")));
        }
        Err(error) => return Err(workbook.trouble(&derived.path, error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    if stub::alike(&text, &derived.text) {
        return Ok(None);
    }
    let (mut has, mut wants) = (text.lines(), derived.text.lines());
    let mut line = 1;
    loop {
        let (has, wants) = (has.next(), wants.next());
        // If both have ended, they differ in the line end of the last line.
        if has != wants || has.is_none() {
            let said = |line: Option<&str>| line.unwrap_or("(the end)").trim().to_owned();
            let (has, wants) = (said(has), said(wants));
            return Ok(Some(format!(
                "{shown}:{line}: not {from}\n  has    {has}\n  wants  {wants}"
            )));
        }
        line += 1;
    }
}

/// Writes a file of exercises. What a learner wrote in it is kept.
fn write_exercises(
    workbook: &Workbook,
    derived: &Derived,
    out: &mut dyn Write,
) -> Result<(), Trouble> {
    if difference(workbook, derived)?.is_none() {
        return Ok(());
    }
    let inside = derived.path.strip_prefix(workbook.tree(EXERCISES))?;
    let last = workbook.grade.join("derived").join(inside);
    let old = fs::read(&derived.path).ok();
    // What was derived by an earlier run is nobody's work.
    let work = old.filter(|old| !fs::read(&last).is_ok_and(|last| last == *old));
    reset::replace(workbook, &derived.path, work.as_deref(), &derived.text, out)?;
    writeln!(
        out,
        "{} is now {}",
        workbook.shown(&derived.path),
        derived.from
    )?;
    record::write_whole(&last, &derived.text).map_err(|error| workbook.trouble(&last, error))
}

fn write(workbook: &Workbook, derived: &Derived, out: &mut dyn Write) -> Result<(), Trouble> {
    if difference(workbook, derived)?.is_none() {
        return Ok(());
    }
    record::write_whole(&derived.path, &derived.text)
        .map_err(|error| workbook.trouble(&derived.path, error))?;
    writeln!(
        out,
        "{} now has {}",
        workbook.shown(&derived.path),
        derived.from
    )?;
    Ok(())
}

/// Files among the exercises that no solution has, and hints to no exercise.
fn strays(workbook: &Workbook) -> Result<Vec<String>, Trouble> {
    let solutions = workbook.files(&workbook.tree(SOLUTIONS), "rs")?;
    let mut files = workbook.files(&workbook.tree(EXERCISES), "rs")?;
    let is_copy =
        |file: &Path| file.starts_with(backup::FOLDER) || file.starts_with(backup::FORMER_FOLDER);
    let roots = workbook.roots();
    files.retain(|file| !is_copy(file) && !roots.contains(file) && !solutions.contains(file));
    let mut complaints: Vec<String> = files
        .iter()
        .map(|file| {
            let shown = |tree| workbook.shown(&workbook.tree(tree).join(file));
            let (shown, solution) = (shown(EXERCISES), shown(SOLUTIONS));
            format!("{shown}: there is no {solution}")
        })
        .collect();
    let hints = workbook.tree(hint::HINTS);
    for file in workbook.files(&hints, "toml")? {
        // Hints have the path of their exercise, except for the extension.
        if of_file(workbook, &file.with_extension("rs")).is_none() {
            let shown = workbook.shown(&hints.join(file));
            complaints.push(format!("{shown}: the syllabus has no such exercise"));
        }
    }
    Ok(complaints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{complained, said};
    use book::fixture::{Fixture, TWICE};

    const SOLUTION: &str = "solutions/ch1_pads/twice.rs";
    const FILE: &str = "exercises/ch1_pads/twice.rs";
    const LESSON: &str = "solutions/ch1_pads/mod.rs";

    /// Whether checking or writing, the message is the same and nothing is written.
    #[track_caller]
    fn check_complaint(fixture: &Fixture, expected: &str) {
        let before = fixture.read(FILE);
        for check in [true, false] {
            let out = complained(|out| derive(&fixture.workbook(), check, out));
            assert_eq!(out, expected);
        }
        assert_eq!(fixture.read(FILE), before);
    }

    #[track_caller]
    fn check_solution(solution: &str, expected: &str) {
        let fixture = Fixture::new();
        assert_ne!(solution, TWICE);
        fixture.write(SOLUTION, solution);
        check_complaint(&fixture, expected);
    }

    #[track_caller]
    fn check_lesson_is_refused(find: &str, replace: &str, expected: &str) {
        let fixture = Fixture::new();
        let lesson = fixture.read(LESSON);
        assert!(lesson.contains(find));
        fixture.write(LESSON, lesson.replace(find, replace));
        check_complaint(&fixture, expected);
    }

    #[test]
    fn if_everything_is_as_derived_nothing_is_said_or_written() {
        let fixture = Fixture::new();
        for check in [true, false] {
            assert_eq!(said(|out| derive(&fixture.workbook(), check, out)), "");
        }
        for file in [FILE, "README.md"] {
            fixture.write(file, fixture.read(file).replace('\n', "\r\n"));
        }
        for check in [true, false] {
            assert_eq!(said(|out| derive(&fixture.workbook(), check, out)), "");
        }
        assert!(fixture.read(FILE).contains("\r\n"));
    }

    #[test]
    fn checking_names_the_first_differing_line_and_writes_nothing() {
        let fixture = Fixture::new();
        let worked = fixture
            .stub("twice")
            .replace("todo!(\"1.2: twice {text}\")", "text + text");
        fixture.write(FILE, &worked);
        fixture.write(
            "README.md",
            fixture.read("README.md").replace("| 3 | 4 |", "| 3 | 5 |"),
        );
        let check = || complained(|out| derive(&fixture.workbook(), true, out));
        assert_eq!(
            check(),
            "exercises/ch1_pads/twice.rs:5: not as derived from solutions/ch1_pads/twice.rs\n  \
             has    text + text\n  wants  todo!(\"1.2: twice {text}\")\n\
             README.md:6: not the table of the syllabus\n  \
             has    | [1 Pads](exercises/ch1_pads/mod.rs) | 3 | 5 |\n  \
             wants  | [1 Pads](exercises/ch1_pads/mod.rs) | 3 | 4 |\n"
        );
        assert_eq!(fixture.read(FILE), worked);

        fixture.write(FILE, fixture.stub("twice") + "// more\n");
        let longer = "rs:7: not as derived from solutions/ch1_pads/twice.rs\n  has    // more\n  \
                      wants  (the end)\n";
        assert!(check().contains(longer));
        fixture.remove(FILE);
        assert!(check().starts_with(
            "exercises/ch1_pads/twice.rs: not as derived from solutions/ch1_pads/twice.rs: no \
             such file\n"
        ));
    }

    #[test]
    fn what_differs_is_written_and_a_copy_is_kept_of_what_a_learner_wrote() {
        let fixture = Fixture::new();
        fixture.write(FILE, "my work");
        fixture.write("README.md", "a\r\n<!-- syllabus --><!-- /syllabus -->\r\nb");
        assert_eq!(
            said(|out| derive(&fixture.workbook(), false, out)),
            "A copy of exercises/ch1_pads/twice.rs is kept in \
             exercises/backup/ch1_pads/twice.1.rs\n\
             exercises/ch1_pads/twice.rs is now as derived from solutions/ch1_pads/twice.rs\n\
             README.md now has the table of the syllabus\n"
        );
        assert_eq!(fixture.read(FILE), fixture.stub("twice"));
        let copy = fixture.read("exercises/backup/ch1_pads/twice.1.rs");
        assert_eq!(copy, "my work");
        let readme = fixture.read("README.md");
        assert!(readme.starts_with("a\r\n<!-- syllabus -->\r\n| chapter |"));
        assert!(readme.ends_with("\r\n| all | 3 | 4 |\r\n<!-- /syllabus -->\r\nb"));
        assert_eq!(said(|out| derive(&fixture.workbook(), true, out)), "");
    }

    #[test]
    fn no_copy_is_kept_of_what_was_derived_itself() {
        let fixture = Fixture::new();
        for (number, text) in ["one", "two", "three"].into_iter().enumerate() {
            fixture.write(SOLUTION, TWICE.replace("Twice.", text));
            let out = said(|out| derive(&fixture.workbook(), false, out));
            // The first time, nobody knows who has written it.
            assert_eq!(out.starts_with("A copy of"), number == 0);
            assert!(fixture.read(FILE).contains(text));
        }
        assert_eq!(fixture.backups(), ["twice.1.rs"]);
        fixture.write(FILE, fixture.read(FILE) + "// mine\n");
        said(|out| derive(&fixture.workbook(), false, out));
        assert_eq!(fixture.backups(), ["twice.1.rs", "twice.2.rs"]);
    }

    #[test]
    fn a_missing_file_is_written_and_no_copy_is_kept() {
        let fixture = Fixture::new();
        fixture.remove(FILE);
        said(|out| derive(&fixture.workbook(), false, out));
        assert_eq!(fixture.read(FILE), fixture.stub("twice"));
        assert_eq!(fixture.backups(), [""; 0]);
    }

    #[test]
    fn the_heading_is_that_of_the_syllabus_in_number_and_title() {
        for heading in ["// 1.2 Two times", "// 1.3 Twice", "", "//! 1.2 Twice"] {
            check_solution(
                &TWICE.replace("// 1.2 Twice", heading),
                "solutions/ch1_pads/twice.rs:1: the first line is not `// 1.2 Twice`\n",
            );
        }
    }

    #[test]
    fn every_exercise_has_a_todo_and_every_todo_its_number() {
        check_solution(
            &TWICE.replace("// todo!(\"1.2:", "// (\"1.2:"),
            "solutions/ch1_pads/twice.rs:1: exercise 1.2 has no `// todo!(…)`\n",
        );
        let begin = "this `todo!` does not begin with \"1.2: \"";
        for wrong in ["1.3:", "1.2", "1.20:", "", "1.2:"] {
            check_solution(
                &TWICE.replace("\"1.2: twice", &format!("\"{wrong}twice")),
                &format!("solutions/ch1_pads/twice.rs:5: {begin}\n"),
            );
        }
        check_solution(
            &TWICE.replace("twice {text}\")", "twice\");"),
            "solutions/ch1_pads/twice.rs:5: something follows this `todo!(…)`\n",
        );
        let fixture = Fixture::new();
        let todo = "fn f() {\n    // todo!(\"1.1: f\")\n}\n";
        fixture.write(LESSON, fixture.read(LESSON) + todo);
        check_complaint(
            &fixture,
            "solutions/ch1_pads/mod.rs:16: this `todo!` is in a file that is not an exercise of the \
             syllabus\n",
        );
    }

    #[test]
    fn the_lesson_re_exports_its_exercises_in_order() {
        let lesson = "solutions/ch1_pads/mod.rs";
        check_lesson_is_refused(
            "mod pad;\npub use pad::*;\n\nmod twice;",
            "mod twice;\n\nmod pad;\npub use pad::*;",
            &format!("{lesson}:7: `mod twice;` comes before `mod pad;`, which is 1.1\n"),
        );
        check_lesson_is_refused(
            "mod thrice;\n",
            "",
            &format!("{lesson}:13: no `mod thrice;` for 1.3\n"),
        );
        check_lesson_is_refused(
            "pub use twice::*;\n",
            "pub use twice::twice;\n",
            &format!("{lesson}:10: there is no `pub use twice::*;`\n"),
        );
    }

    #[test]
    fn the_lists_that_a_reader_follows_are_checked() {
        check_lesson_is_refused(
            "//! - **1.2**",
            "//! - **1.3**",
            "solutions/ch1_pads/mod.rs:4: this is where 1.2 belongs in the list\n",
        );
        let fixture = Fixture::new();
        fixture.write("solutions/glossary.rs", "//! - **pad**: what hides.\n");
        fixture.write("exercises/glossary.rs", "//! - **pad**: what hides.\n");
        let what = "solutions/glossary.rs:1: where is `pad` introduced?\n";
        check_complaint(&fixture, what);
    }

    #[test]
    fn the_front_page_has_the_table_of_the_syllabus() {
        let fixture = Fixture::new();
        let (front, derived) = ("solutions/lib.rs", "exercises/lib.rs");
        let good = fixture.read(front);
        fixture.write(front, good.replace("| 3 | 4 |", "| 3 | 5 |"));
        let out = complained(|out| derive(&fixture.workbook(), true, out));
        assert!(
            out.contains("solutions/lib.rs:6: not the table of the syllabus\n"),
            "{out}"
        );
        said(|out| derive(&fixture.workbook(), false, out));
        assert_eq!(
            [fixture.read(front), fixture.read(derived)],
            [good.clone(), good]
        );
    }

    #[test]
    fn an_exercise_without_a_file_is_named() {
        let fixture = Fixture::new();
        fixture.remove(SOLUTION);
        check_complaint(
            &fixture,
            "solutions/ch1_pads/twice.rs: no such file\n\
             exercises/ch1_pads/twice.rs: there is no solutions/ch1_pads/twice.rs\n",
        );
    }

    #[test]
    fn missing_hints_are_named() {
        let fixture = Fixture::new();
        fixture.write("coach/hints/ch1_pads/twice.toml", "idea = \"i\"");
        let out = complained(|out| derive(&fixture.workbook(), true, out));
        assert!(out.starts_with("coach/hints/ch1_pads/twice.toml:1: missing field `tool`"));
    }

    #[test]
    fn a_stray_file_is_named_and_left_alone() {
        let fixture = Fixture::new();
        for copy in ["backup/ch1_pads/twice.1.rs", "kept/ch1_pads.1.rs"] {
            fixture.write(&format!("exercises/{copy}"), "");
        }
        fixture.write("exercises/ch1_pads/lib.rs", "");
        fixture.write("exercises/ch1_pads/draft.rs", "mine");
        fixture.write("coach/hints/ch1_pads/draft.toml", "");
        check_complaint(
            &fixture,
            "exercises/ch1_pads/draft.rs: there is no solutions/ch1_pads/draft.rs\n\
             coach/hints/ch1_pads/draft.toml: the syllabus has no such exercise\n",
        );
        assert_eq!(fixture.read("exercises/ch1_pads/draft.rs"), "mine");
    }

    #[test]
    fn a_readme_without_the_table_is_named() {
        let fixture = Fixture::new();
        fixture.write("README.md", "<!-- /syllabus -->\n<!-- syllabus -->\n");
        let none =
            "README.md: no <!-- syllabus --> … <!-- /syllabus --> for the table of chapters\n";
        check_complaint(&fixture, none);
        fixture.remove("README.md");
        check_complaint(&fixture, "README.md: no such file\n");
    }
}
