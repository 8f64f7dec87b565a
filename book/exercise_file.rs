//! The file of one exercise: its heading, its task, its `todo!`s.
//!
//! The first line is a comment with the number and the title, `// 1.3 Seal and open`. Everything
//! here works on lines of text, so that it works while a learner's file does not compile.

/// The number and the title in the first line of a file, if it is a heading.
pub fn heading(file: &str) -> Option<(&str, &str)> {
    let (id, title) = file.lines().next()?.strip_prefix("// ")?.split_once(' ')?;
    let (chapter, place) = id.split_once('.')?;
    // `parse` would accept a sign, too.
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(chapter) && number(place)).then_some((id, title))
}

/// A function in the file of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name, as you would say it: `open`, `Sender::send`.
    pub name: String,
    /// The line of its `fn`, counted from 1.
    pub line: usize,
    /// Whether it has a `todo!`.
    pub has_todo: bool,
    /// Whether it has one in a comment. In a solution, these are the functions that a learner has
    /// to write.
    pub is_marked: bool,
}

/// The functions of a file, in order, without those of the learner's own tests.
pub fn functions(file: &str) -> Vec<Function> {
    let mut functions: Vec<Function> = Vec::new();
    let mut of_type = String::new();
    for (index, line) in file.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.trim_start();
        // The brace that ends an `impl` is in the first column; rustfmt has indented those inside.
        if line.starts_with('}') {
            of_type.clear();
        } else if let Some(name) = implemented(line).filter(|_| !line.ends_with('}')) {
            name.clone_into(&mut of_type);
        }
        if let Some(name) = function(code) {
            let name = match of_type.as_str() {
                "" => name.to_owned(),
                of_type => format!("{of_type}::{name}"),
            };
            functions.push(Function {
                name,
                line: index + 1,
                has_todo: false,
                is_marked: false,
            });
        }
        if let Some(last) = functions.last_mut() {
            match code.strip_prefix("//") {
                Some(comment) => last.is_marked |= comment.trim_start().starts_with("todo!("),
                None => last.has_todo |= before_comment(code).contains("todo!("),
            }
        }
    }
    functions
}

fn before_comment(code: &str) -> &str {
    code.split("//").next().unwrap_or(code)
}

/// The name of the function whose definition begins on this line.
fn function(code: &str) -> Option<&str> {
    let mut words = code.split(' ');
    let word = words.find(|word| {
        let is_before = ["const", "async", "unsafe", "default"].contains(word);
        !is_before && !word.starts_with("pub")
    })?;
    (word == "fn").then(|| identifier(words.next().unwrap_or_default()))
}

/// The name of the type whose `impl` begins on this line.
fn implemented(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("impl")?;
    let name = match rest.split_once(" for ") {
        Some((_, name)) => name,
        // The parameters of the `impl` are in angle brackets.
        None if rest.starts_with('<') => rest.split_once("> ")?.1,
        None => rest.strip_prefix(' ')?,
    };
    // `fmt::Display` is called `Display`.
    let path = name.split(['<', ' ', '{']).next()?;
    path.rsplit("::").next().map(identifier)
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The functions of an `answer` that a learner has to write: those that are marked in the
/// `solution`, or all if there is no solution. A function that the answer lacks is left out.
pub fn to_write(answer: &str, solution: Option<&str>) -> Vec<Function> {
    let mut functions = functions(answer);
    if let Some(solution) = solution {
        let wanted = self::functions(solution);
        let is_wanted = |function: &Function| {
            let mut wanted = wanted.iter();
            wanted.any(|wanted| wanted.is_marked && wanted.name == function.name)
        };
        functions.retain(is_wanted);
    }
    functions
}

/// The names of the parameters of the function with this name, without `self`.
pub fn parameters(file: &str, name: &str) -> Option<Vec<String>> {
    let signature = file
        .match_indices(&format!("fn {name}"))
        .find_map(|(place, text)| {
            let rest = &file[place + text.len()..];
            let rest = rest.strip_prefix('(').or_else(|| {
                let generics = rest.strip_prefix('<')?;
                Some(generics.split_once(">(")?.1)
            })?;
            let mut depth = 1;
            let end = rest.find(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            })?;
            Some(&rest[..end])
        })?;
    // A comma inside a type is not followed by a name and a colon.
    let names = signature.split(',').filter_map(|parameter| {
        let (name, kind) = parameter.split_once(':')?;
        let name = name.trim().trim_start_matches("mut ").trim();
        let is_name = !kind.starts_with(':') && identifier(name) == name;
        (is_name && name != "self").then(|| name.to_owned())
    });
    Some(names.collect())
}

/// The tests that learners have written for themselves: the modules under `#[cfg(test)]`, one after the other.
pub fn own_tests(file: &str) -> String {
    let (mut tests, mut is_inside) = (String::new(), false);
    for line in file.split_inclusive('\n') {
        is_inside |= line.starts_with("#[cfg(test)]");
        if is_inside {
            tests += line;
        }
        // rustfmt has put it in the first column, and everything inside further right.
        if line.starts_with('}') {
            is_inside = false;
        }
    }
    tests
}

/// What others use by the name that it has in the `solution`, and an `answer` lacks: `open`,
/// `Sender::send`, `Rejected`. It was renamed or deleted.
pub fn lacking(answer: &str, solution: &str) -> Vec<String> {
    let functions = functions(answer);
    let types: Vec<&str> = answer.lines().filter_map(public_type).collect();
    let mut lacking = names(solution);
    lacking.retain(|name| {
        let mut functions = functions.iter();
        !types.contains(&name.as_str()) && !functions.any(|function| function.name == *name)
    });
    lacking
}

/// The names of the functions and types of a file that others may use, in order.
fn names(file: &str) -> Vec<String> {
    let functions = functions(file);
    let mut names = Vec::new();
    for (index, line) in file.lines().enumerate() {
        let function = functions.iter().find(|function| function.line == index + 1);
        let is_public = line.trim_start().starts_with("pub");
        // A method of a trait is not public by itself, but the learner may have to write one.
        if let Some(function) = function.filter(|function| is_public || function.is_marked) {
            names.push(function.name.clone());
        } else if let Some(name) = public_type(line) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The name of the type or constant whose definition begins on this line.
fn public_type(line: &str) -> Option<&str> {
    let (keyword, rest) = line.strip_prefix("pub ")?.split_once(' ')?;
    let is_type = ["struct", "enum", "trait", "type", "const", "static"].contains(&keyword);
    is_type.then(|| identifier(rest))
}

/// The first of the `functions` that is called in the expression `call`. If several types have a
/// function of this name, it is the one of the type that the call names.
pub fn called<'a>(functions: &'a [Function], call: &str) -> Option<&'a Function> {
    let place = |function: &Function| {
        let name = function.name.rsplit("::").next()?;
        let calls = call.match_indices(name).filter(|(place, _)| {
            let is_end = |c: char| !c.is_alphanumeric() && c != '_';
            call[..*place].chars().next_back().is_none_or(is_end)
                && call[place + name.len()..].starts_with('(')
        });
        calls.map(|(place, _)| place).next()
    };
    let called = functions
        .iter()
        .filter(|function| place(function).is_some());
    let is_named = |function: &Function| call.contains(&format!("{}(", function.name));
    called.min_by_key(|function| (place(function), !is_named(function)))
}

/// The last of the `functions` in `file` that begins at `place` or before it: file and line, with the column or without.
pub fn around<'a>(functions: &'a [Function], file: &str, place: &str) -> Option<&'a Function> {
    let place = place.replace('\\', "/");
    let line = place.strip_prefix(file)?.strip_prefix(':')?;
    let line: usize = line.split(':').next()?.parse().ok()?;
    let before = functions.iter().filter(|function| function.line <= line);
    before.max_by_key(|function| function.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_a_number_and_a_title_in_the_first_line() {
        assert_eq!(
            heading("// 1.20 The pad\r\nfn pad() {}"),
            Some(("1.20", "The pad"))
        );
        for other in [
            "",
            "// 1.3",
            "// 0x1.2 no",
            "//! Lesson",
            "\n// 1.1 The pad",
            "// 1. The pad",
        ] {
            assert_eq!(heading(other), None, "{other:?}");
        }
    }

    const STUB: &str = "\
// 1.5 A channel

impl Error for Exhausted {}

pub const fn next(number: u64) -> u64 {
    number + 1
}

impl fmt::Display for Exhausted {
    fn fmt(&self) {}
}

impl<'a> Sender<'a> {
    // fn and todo!() in a comment don't count.
    pub fn new() -> Sender {}

    pub(super) fn send(&mut self) {
        todo!(\"1.5: send\")
    }
}

impl Receiver {
    pub fn receive<T>(&mut self) -> T { todo!() }
}

fn last() {}

#[cfg(test)]
mod tests {
    fn own() {}
}
";

    #[test]
    fn functions_are_found_with_their_type_their_line_and_their_todo() {
        let found = functions(STUB);
        let found: Vec<_> = found
            .iter()
            .map(|function| (function.name.as_str(), function.line, function.has_todo))
            .collect();
        let expected = [
            ("next", 5, false),
            ("Exhausted::fmt", 10, false),
            ("Sender::new", 15, false),
            ("Sender::send", 17, true),
            ("Receiver::receive", 23, true),
            ("last", 26, false),
        ];
        assert_eq!(found, expected);
        assert_eq!(functions(""), []);
    }

    #[test]
    fn the_functions_to_write_are_those_that_the_solution_marks() {
        let solution = STUB.replace("todo!(\"1.5: send\")", "// todo!(\"1.5: send\")\n 1");
        let solution = solution.replace("{ todo!() }", "{\n    // todo!()\n}");
        let names = |functions: Vec<Function>| -> Vec<String> {
            functions
                .into_iter()
                .map(|function| function.name)
                .collect()
        };
        // A function that was commented out is gone.
        let answer = STUB.replace("todo!(\"1.5: send\")", "// todo!(\"1.5: send\")\n 1");
        let work = to_write(&answer, Some(&solution));
        assert_eq!(names(work.clone()), ["Sender::send", "Receiver::receive"]);
        let todos: Vec<bool> = work.iter().map(|function| function.has_todo).collect();
        assert_eq!(todos, [false, true]);
        assert_eq!(names(to_write("fn a() {}", Some(&solution))), [""; 0]);
        assert_eq!(names(to_write("fn a() {}", None)), ["a"]);
    }

    #[test]
    fn own_tests_are_told_from_the_rest() {
        let module =
            |name: &str| format!("#[cfg(test)]\r\nmod {name} {{\r\n    fn f() {{}}\r\n}}\r\n");
        let (one, other) = (module("one"), module("other"));
        let text = format!("fn a() {{\r\n}}\r\n{one}fn b() {{\r\n}}\r\n{other}// The end.");
        assert_eq!(own_tests(&text), one + &other);
        assert_eq!(own_tests("fn a() {\n    // #[cfg(test)]\n}\n"), "");
    }

    #[test]
    fn what_was_renamed_or_deleted_is_lacking() {
        let solution = "\
pub struct Rejected;
pub fn seal() {
    // todo!(\"1.3: seal\")
}
pub const fn open<T>() {}
fn helper() {}
impl Seal for Sealer {
    fn seal(&self) {
        // todo!(\"1.3: seal\")
    }
    fn given(&self) {}
}
";
        let lacking = |answer: &str| lacking(answer, solution);
        assert_eq!(lacking(solution), [""; 0]);
        assert_eq!(lacking(""), ["Rejected", "seal", "open", "Sealer::seal"]);
        let renamed = solution
            .replace("open", "reopen")
            .replace("struct Rejected", "enum Reject");
        assert_eq!(lacking(&renamed), ["Rejected", "open"]);
        assert_eq!(lacking(&solution.replace("fn helper() {}", "")), [""; 0]);
    }

    #[test]
    fn the_function_around_a_line_is_found() {
        let function = |name: &str, line| Function {
            name: name.to_owned(),
            line,
            has_todo: false,
            is_marked: true,
        };
        let functions = [function("seal", 10), function("open", 20)];
        let file = "exercises/ch1/seal.rs";
        for (place, name) in [
            ("exercises/ch1/seal.rs:10:1", Some("seal")),
            ("exercises/ch1/seal.rs:19:5", Some("seal")),
            ("exercises/ch1/seal.rs:20", Some("open")),
            ("exercises\\ch1\\seal.rs:99:1", Some("open")),
            ("exercises/ch1/seal.rs:9:1", None),
            ("exercises/ch1/other.rs:30:1", None),
            ("", None),
        ] {
            let found = around(&functions, file, place);
            assert_eq!(
                found.map(|function| function.name.as_str()),
                name,
                "{place}"
            );
        }
    }

    #[test]
    fn the_function_that_is_called_first_is_found() {
        let functions = functions("fn open() {}\nimpl S {\n    fn seal() {}\n}\n");
        let called = |call| called(&functions, call).map(|function| function.line);
        assert_eq!(called("open(&key, &seal(&key))"), Some(1));
        assert_eq!(called("sender.seal(&open(1))"), Some(3));
        assert_eq!(called("reopen(1), open_all(2), open"), None);
    }

    #[test]
    fn of_several_types_it_is_the_one_that_is_named() {
        let functions = functions("impl A {\n    fn take() {}\n}\nimpl B {\n    fn take() {}\n}\n");
        let called = |call| called(&functions, call).map(|function| function.line);
        assert_eq!(called("B::take(1), in a(2)"), Some(5));
        assert_eq!(called("it.take(1)"), Some(2));
    }
}
