//! `cargo coach derive`: writes what is derived, the exercises from the solutions and the table
//! in `README.md` from the syllabus. `--check` says instead where they differ.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use harness::chapter_file::{self, Section};
use harness::memory;
use harness::syllabus::{Chapter, Exercise};

use crate::reset;
use crate::stub::{self, Todo};
use crate::workbook::{EXERCISES, Ended, SOLUTIONS, Trouble, Workbook};

/// Between these lines of `README.md` stands the table of chapters.
const TABLE: [&str; 2] = ["<!-- syllabus -->", "<!-- /syllabus -->"];

/// A file that is derived.
struct Derived {
    path: PathBuf,
    /// What it is derived from, in words.
    from: String,
    text: String,
}

/// Writes what is derived, or with `check` says where it differs. Complains in both cases of
/// what is wrong with the solutions.
///
/// # Errors
/// A file can't be read or written.
pub fn derive(workbook: &Workbook, check: bool, out: &mut dyn Write) -> Result<Ended, Trouble> {
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
    match readme(workbook)? {
        Ok(derived) if check => complaints.extend(difference(workbook, &derived)?),
        Ok(derived) => write(workbook, &derived, out)?,
        Err(complaint) => complaints.push(complaint),
    }
    complaints.extend(strays(workbook)?);
    for complaint in &complaints {
        writeln!(out, "{complaint}")?;
    }
    Ok(if complaints.is_empty() {
        Ended::Well
    } else {
        Ended::CheckFailed
    })
}

/// The files of the exercises, and what is wrong with the solutions.
fn exercises(workbook: &Workbook) -> Result<(Vec<Derived>, Vec<String>), Trouble> {
    let (mut files, mut complaints) = (Vec::new(), Vec::new());
    for name in rust_files(workbook, SOLUTIONS)? {
        let path = workbook.root.join(SOLUTIONS).join(&name);
        let shown = workbook.shown(&path);
        let text = workbook.read(&path)?;
        let (stubs, todos) = match stub::derive(&text) {
            Ok(derived) => derived,
            Err(error) => {
                complaints.push(error.at(&shown));
                continue;
            }
        };
        let sections = chapter_file::sections(&text);
        let mut complain = |line: usize, what: String| {
            complaints.push(format!("{shown}:{line}: {what}"));
        };
        let chapters = workbook.syllabus.chapters();
        let chapter = chapters.iter().find(|chapter| name == file_name(chapter));
        let listed = chapter.map_or(&[][..], |chapter| &chapter.exercises);
        check_headings(&sections, listed, text.lines().count(), &mut complain);
        check_todos(&sections, &todos, &mut complain);
        files.push(Derived {
            path: workbook.root.join(EXERCISES).join(name),
            from: format!("as derived from {shown}"),
            text: stubs,
        });
    }
    for chapter in workbook.syllabus.chapters() {
        let path = chapter.file(&workbook.root, SOLUTIONS);
        if !path.is_file() {
            complaints.push(format!("{}: no such file", workbook.shown(&path)));
        }
    }
    Ok((files, complaints))
}

/// The headings must be those of the syllabus, in number, title and order.
fn check_headings(
    sections: &[Section<'_>],
    listed: &[Exercise],
    last_line: usize,
    complain: &mut impl FnMut(usize, String),
) {
    for index in 0..sections.len().max(listed.len()) {
        let heading = listed
            .get(index)
            .map(|exercise| format!("// {} {}", exercise.id(), exercise.title));
        match (sections.get(index), heading) {
            (Some(section), Some(heading)) => {
                let found = format!("// {} {}", section.id, section.title);
                if found != heading {
                    let what = format!("`{found}` stands where the syllabus has `{heading}`");
                    return complain(section.line, what);
                }
            }
            (Some(section), None) => {
                let what = format!("the syllabus has no exercise {} here", section.id);
                return complain(section.line, what);
            }
            (None, Some(heading)) => {
                let what = format!("`{heading}` of the syllabus does not follow");
                return complain(last_line, what);
            }
            (None, None) => {}
        }
    }
}

/// Every exercise needs a `todo!`, and every `todo!` begins with the number of its exercise.
fn check_todos(sections: &[Section<'_>], todos: &[Todo], complain: &mut impl FnMut(usize, String)) {
    let section_of = |todo: &Todo| sections.iter().rfind(|section| section.line < todo.line);
    for todo in todos {
        match section_of(todo) {
            Some(section) if todo.text.starts_with(&format!("{}: ", section.id)) => {}
            Some(section) => {
                let what = format!("this `todo!` does not begin with \"{}: \"", section.id);
                complain(todo.line, what);
            }
            None => complain(
                todo.line,
                "this `todo!` stands before the first heading".into(),
            ),
        }
    }
    for section in sections {
        let its_own = |todo| section_of(todo).is_some_and(|of| of.line == section.line);
        if !todos.iter().any(its_own) {
            let what = format!("exercise {} has no `// todo!(…)`", section.id);
            complain(section.line, what);
        }
    }
}

/// `README.md` with its table of chapters as it should be, or what keeps it from having one.
fn readme(workbook: &Workbook) -> Result<Result<Derived, String>, Trouble> {
    let path = workbook.root.join("README.md");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Err("README.md: no such file".into()));
        }
        Err(error) => return Err(workbook.trouble(&path, error)),
    };
    let [begin, end] = TABLE;
    let parts = text
        .split_once(begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let Some((before, after)) = parts else {
        return Ok(Err(format!(
            "README.md: no {begin} … {end} for the table of chapters"
        )));
    };
    let table = table(workbook.syllabus.chapters());
    let table = format!("{before}{begin}\n{table}{end}{after}");
    Ok(Ok(Derived {
        path,
        from: "the table of the syllabus".into(),
        text: stub::with_line_ends_of(&text, &table),
    }))
}

fn table(chapters: &[Chapter]) -> String {
    let mut table = String::from("| chapter | exercises | points |\n| --- | ---: | ---: |\n");
    let (mut all_exercises, mut all_points) = (0, 0);
    for chapter in chapters {
        let exercises = chapter.exercises.len();
        let points: u32 = chapter
            .exercises
            .iter()
            .map(|exercise| exercise.stars)
            .sum();
        let (number, title) = (chapter.number(), &chapter.title);
        let file = format!("{EXERCISES}/{}", file_name(chapter));
        table += &format!("| [{number} {title}]({file}) | {exercises} | {points} |\n");
        all_exercises += exercises;
        all_points += points;
    }
    table + &format!("| all | {all_exercises} | {all_points} |\n")
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
    let name = derived.path.file_name().unwrap_or_default();
    let last = workbook.grade.join("derived").join(name);
    let old = fs::read(&derived.path).ok();
    // What was derived by an earlier run is nobody's work.
    let work = old.filter(|old| !fs::read(&last).is_ok_and(|last| last == *old));
    reset::replace(workbook, &derived.path, work.as_deref(), &derived.text, out)?;
    writeln!(
        out,
        "{} is {} now",
        workbook.shown(&derived.path),
        derived.from
    )?;
    memory::write_whole(&last, &derived.text).map_err(|error| workbook.trouble(&last, error))
}

fn write(workbook: &Workbook, derived: &Derived, out: &mut dyn Write) -> Result<(), Trouble> {
    if difference(workbook, derived)?.is_none() {
        return Ok(());
    }
    memory::write_whole(&derived.path, &derived.text)
        .map_err(|error| workbook.trouble(&derived.path, error))?;
    writeln!(
        out,
        "{} has {} now",
        workbook.shown(&derived.path),
        derived.from
    )?;
    Ok(())
}

/// Files beside the exercises that no solution has.
fn strays(workbook: &Workbook) -> Result<Vec<String>, Trouble> {
    let solutions = rust_files(workbook, SOLUTIONS)?;
    let mut strays = rust_files(workbook, EXERCISES)?;
    strays.retain(|name| !solutions.contains(name));
    let complaint = |name| format!("{EXERCISES}/{name}: there is no {SOLUTIONS}/{name}");
    Ok(strays.iter().map(complaint).collect())
}

/// The names of the Rust files in a folder of the workbook, in order.
fn rust_files(workbook: &Workbook, folder: &str) -> Result<Vec<String>, Trouble> {
    let folder = workbook.root.join(folder);
    let trouble = |error| workbook.trouble(&folder, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if path.is_file() && path.extension().is_some_and(|end| end == "rs") {
            names.push(file_name_of(&path));
        }
    }
    names.sort();
    Ok(names)
}

fn file_name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn file_name(chapter: &Chapter) -> String {
    format!("{}.rs", chapter.module.get_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, SOLUTION, complained, said};

    const SOLUTIONS_FILE: &str = "solutions/ch1_pads.rs";
    const FILE: &str = "exercises/ch1_pads.rs";

    /// Whether checking or writing, the complaint is the same and nothing is written.
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
        assert_ne!(solution, SOLUTION);
        fixture.write(SOLUTIONS_FILE, solution);
        check_complaint(&fixture, expected);
    }

    #[test]
    fn where_all_is_as_derived_nothing_is_said_or_written() {
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
            .stubs()
            .replace("todo!(\"1.2: twice {text}\")", "text + text");
        fixture.write(FILE, &worked);
        fixture.write(
            "README.md",
            fixture.read("README.md").replace("| 3 | 4 |", "| 3 | 5 |"),
        );
        let check = || complained(|out| derive(&fixture.workbook(), true, out));
        assert_eq!(
            check(),
            "exercises/ch1_pads.rs:14: not as derived from solutions/ch1_pads.rs\n  \
             has    text + text\n  wants  todo!(\"1.2: twice {text}\")\n\
             README.md:6: not the table of the syllabus\n  \
             has    | [1 Pads](exercises/ch1_pads.rs) | 3 | 5 |\n  \
             wants  | [1 Pads](exercises/ch1_pads.rs) | 3 | 4 |\n"
        );
        assert_eq!(fixture.read(FILE), worked);

        fixture.write(FILE, fixture.stubs() + "// more\n");
        let longer = "rs:23: not as derived from solutions/ch1_pads.rs\n  has    // more\n  \
                      wants  (the end)\n";
        assert!(check().contains(longer));
        fixture.remove(FILE);
        assert!(check().starts_with(
            "exercises/ch1_pads.rs: not as derived from solutions/ch1_pads.rs: no such file\n"
        ));
    }

    #[test]
    fn what_differs_is_written_and_a_copy_is_kept_of_what_a_learner_wrote() {
        let fixture = Fixture::new();
        fixture.write(FILE, "my work");
        fixture.write("README.md", "a\r\n<!-- syllabus --><!-- /syllabus -->\r\nb");
        assert_eq!(
            said(|out| derive(&fixture.workbook(), false, out)),
            "What stood in exercises/ch1_pads.rs is kept in exercises/kept/ch1_pads.1.rs\n\
             exercises/ch1_pads.rs is as derived from solutions/ch1_pads.rs now\n\
             README.md has the table of the syllabus now\n"
        );
        assert_eq!(fixture.read(FILE), fixture.stubs());
        assert_eq!(fixture.read("exercises/kept/ch1_pads.1.rs"), "my work");
        let readme = fixture.read("README.md");
        assert!(readme.starts_with("a\r\n<!-- syllabus -->\r\n| chapter |"));
        assert!(readme.ends_with("\r\n| all | 3 | 4 |\r\n<!-- /syllabus -->\r\nb"));
        assert_eq!(said(|out| derive(&fixture.workbook(), true, out)), "");
    }

    #[test]
    fn no_copy_is_kept_of_what_was_derived_itself() {
        let fixture = Fixture::new();
        for (number, text) in ["one", "two", "three"].into_iter().enumerate() {
            fixture.write(SOLUTIONS_FILE, SOLUTION.replace("Lesson", text));
            let out = said(|out| derive(&fixture.workbook(), false, out));
            // The first time nobody knows who has written it.
            assert_eq!(out.starts_with("What stood in"), number == 0);
            assert!(fixture.read(FILE).contains(text));
        }
        assert_eq!(fixture.kept(), ["ch1_pads.1.rs"]);
        fixture.write(FILE, fixture.read(FILE) + "// mine\n");
        said(|out| derive(&fixture.workbook(), false, out));
        assert_eq!(fixture.kept(), ["ch1_pads.1.rs", "ch1_pads.2.rs"]);
    }

    #[test]
    fn a_missing_file_is_written_and_no_copy_is_kept() {
        let fixture = Fixture::new();
        fixture.remove(FILE);
        said(|out| derive(&fixture.workbook(), false, out));
        assert_eq!(fixture.read(FILE), fixture.stubs());
        assert_eq!(fixture.kept(), [""; 0]);
    }

    #[test]
    fn headings_are_those_of_the_syllabus_in_number_title_and_order() {
        check_solution(
            &SOLUTION.replace("// 1.2 Twice", "// 1.2 Two times"),
            "solutions/ch1_pads.rs:11: `// 1.2 Two times` stands where the syllabus has \
             `// 1.2 Twice`\n",
        );
        check_solution(
            &SOLUTION.replace("1.2", "1.9"),
            "solutions/ch1_pads.rs:11: `// 1.9 Twice` stands where the syllabus has \
             `// 1.2 Twice`\n",
        );
        check_solution(
            &SOLUTION[..SOLUTION.find("\n// 1.3").unwrap()],
            "solutions/ch1_pads.rs:17: `// 1.3 Thrice` of the syllabus does not follow\n",
        );
        check_solution(
            &format!("{SOLUTION}\n// 1.4 More\nfn f() {{\n    // todo!(\"1.4: f\")\n}}\n"),
            "solutions/ch1_pads.rs:27: the syllabus has no exercise 1.4 here\n",
        );
        let (twice, thrice) = (
            SOLUTION.find("// 1.2").unwrap(),
            SOLUTION.find("// 1.3").unwrap(),
        );
        check_solution(
            &[
                &SOLUTION[..twice],
                &SOLUTION[thrice..],
                "\n",
                &SOLUTION[twice..thrice],
            ]
            .concat(),
            "solutions/ch1_pads.rs:11: `// 1.3 Thrice` stands where the syllabus has \
             `// 1.2 Twice`\n",
        );
    }

    #[test]
    fn every_exercise_has_a_todo_and_every_todo_its_number() {
        check_solution(
            &SOLUTION.replace("// todo!(\"1.2:", "// (\"1.2:"),
            "solutions/ch1_pads.rs:11: exercise 1.2 has no `// todo!(…)`\n",
        );
        let begin = "this `todo!` does not begin with \"1.2: \"";
        for wrong in ["1.3:", "1.2", "1.20:", "", "1.2:"] {
            check_solution(
                &SOLUTION.replace("\"1.2: twice", &format!("\"{wrong}twice")),
                &format!("solutions/ch1_pads.rs:15: {begin}\n"),
            );
        }
        check_solution(
            &SOLUTION.replace(
                "Lesson\n",
                "Lesson\nfn f() {\n    // todo!(\"1.1: f\")\n}\n",
            ),
            "solutions/ch1_pads.rs:3: this `todo!` stands before the first heading\n",
        );
        check_solution(
            &SOLUTION.replace("twice {text}\")", "twice\");"),
            "solutions/ch1_pads.rs:15: something stands behind this `todo!(…)`\n",
        );
    }

    #[test]
    fn a_chapter_without_a_file_is_named() {
        let fixture = Fixture::new();
        fixture.remove(SOLUTIONS_FILE);
        check_complaint(
            &fixture,
            "solutions/ch1_pads.rs: no such file\n\
             exercises/ch1_pads.rs: there is no solutions/ch1_pads.rs\n",
        );
    }

    #[test]
    fn a_stray_file_is_named_and_left_alone() {
        let fixture = Fixture::new();
        fixture.write("exercises/ch0_draft.rs", "mine");
        let stray = "exercises/ch0_draft.rs: there is no solutions/ch0_draft.rs\n";
        check_complaint(&fixture, stray);
        assert_eq!(fixture.read("exercises/ch0_draft.rs"), "mine");
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
