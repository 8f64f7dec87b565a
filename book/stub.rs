//! How an exercise is made from its solution: if a comment in a solution reads `// todo!(…)`, the
//! exercise has it uncommented, and nothing more of that block.

use std::path::Path;

use crate::workbook::{Trouble, Workbook};

/// How the comment begins.
const MARK: &str = "// todo!(";

/// One `// todo!(…)` of a solution.
#[derive(Debug, PartialEq, Eq)]
pub struct Todo {
    /// Its first line, counted from 1.
    pub line: usize,
    /// The first string in it, as it is written.
    pub text: String,
}

/// A `// todo!(…)` that nothing can be derived from.
#[derive(Debug, PartialEq, Eq)]
pub struct StubError {
    /// The line where it is, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: &'static str,
}

impl StubError {
    /// The message, with the name of the file it is about.
    pub fn at(&self, file: &str) -> String {
        format!("{file}:{}: {}", self.line, self.message)
    }
}

/// The stub that is derived from a file of the solutions.
///
/// # Errors
/// The file can't be read, or nothing can be derived from it.
pub fn of_file(workbook: &Workbook, solution: &Path) -> Result<String, Trouble> {
    let text = workbook.read(solution)?;
    let (stub, _) = derive(&text).map_err(|error| error.at(&workbook.shown(solution)))?;
    Ok(stub)
}

/// The stub, and every `todo!` in it, derived from a file of the solutions.
///
/// # Errors
/// A `// todo!(…)` has no end, or something follows it, or the indentation does not show where its
/// block ends.
pub fn derive(solution: &str) -> Result<(String, Vec<Todo>), StubError> {
    let lines: Vec<&str> = solution.split_inclusive('\n').collect();
    let (mut stub, mut todos) = (String::new(), Vec::new());
    let mut index = 0;
    while let Some(&line) = lines.get(index) {
        if !line.trim_start().starts_with(MARK) {
            stub.push_str(line);
            index += 1;
            continue;
        }
        let number = index + 1;
        let error = |message| StubError {
            line: number,
            message,
        };
        let (comment, text) = comment(&lines[index..]).map_err(error)?;
        for line in comment {
            let (indentation, line) = line.split_at(indentation(line));
            let line = line.trim_start_matches("//");
            stub.push_str(indentation);
            stub.push_str(line.strip_prefix(' ').unwrap_or(line));
        }
        todos.push(Todo { line: number, text });

        // rustfmt has indented the rest of the block at least as far; its end is the first line
        // that is not.
        let rest = lines[index..].iter();
        let outside =
            |other: &&str| !other.trim().is_empty() && indentation(other) < indentation(line);
        let length = rest.take_while(|line| !outside(line)).count();
        index += length;
        // Text that rustfmt can't indent, such as a string of several lines, would end the block too early.
        if !lines
            .get(index)
            .is_some_and(|line| line.trim_start().starts_with('}'))
        {
            return Err(error(
                "the block of this `todo!` ends with a `}` that is further left, and no line before \
                 that one may be",
            ));
        }
    }
    Ok((stub, todos))
}

/// The lines of the comment that `lines` begin with, to the end of its `todo!(…)`, and the first
/// string in it.
fn comment<'a>(lines: &'a [&'a str]) -> Result<(&'a [&'a str], String), &'static str> {
    // This is not a lexer of Rust. A `todo!` needs no raw strings and no characters in quotes.
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    let mut strings = String::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(code) = line.trim_start().strip_prefix("//") else {
            break;
        };
        for (place, char) in code.char_indices() {
            match char {
                _ if escaped => escaped = false,
                '\\' if in_string => escaped = true,
                '"' => in_string = !in_string,
                '(' if !in_string => depth += 1,
                ')' if !in_string => depth -= 1,
                _ => {}
            }
            if in_string || char == '"' {
                strings.push(char);
            }
            if char == ')' && depth == 0 && !in_string {
                return match code[place + 1..].trim() {
                    "" => Ok((&lines[..=index], first_string(&strings))),
                    _ => Err("something follows this `todo!(…)`"),
                };
            }
        }
    }
    Err("this `todo!(…)` has no end")
}

/// The `one` of `"one""two"`.
fn first_string(strings: &str) -> String {
    let first = strings.trim_start_matches('"').split('"').next();
    first.unwrap_or_default().to_owned()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether two texts say the same, whatever their line ends.
pub fn alike(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines()) && one.ends_with('\n') == other.ends_with('\n')
}

/// `text` with the line ends that `model` has.
pub fn with_line_ends_of(model: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    match model.split_inclusive('\n').next() {
        Some(line) if line.ends_with("\r\n") => plain.replace('\n', "\r\n"),
        Some(line) if line.ends_with('\n') => plain,
        // A model without a line end does not say which one it wants.
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(solution: &str, expected: &str) {
        assert_eq!(derive(solution).unwrap().0, expected);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(derive(&crlf(solution)).unwrap().0, crlf(expected));
    }

    #[track_caller]
    fn check_refused(solution: &str, line: usize, message: &str) {
        let error = derive(solution).unwrap_err();
        assert_eq!((error.line, error.message), (line, message));
    }

    #[test]
    fn the_todo_is_uncommented_and_the_rest_of_its_block_goes() {
        check(
            r#"
fn f() {
    // todo!("1.1: f")
    if a {
        b
    }

    c
}

fn g() {}
"#,
            r#"
fn f() {
    todo!("1.1: f")
}

fn g() {}
"#,
        );
    }

    #[test]
    fn what_is_before_the_todo_stays() {
        check(
            r#"
impl A {
    fn f() {
        let given = 1;
        // todo!("1.1: f")
        given
    }
    // not a todo
}
"#,
            r#"
impl A {
    fn f() {
        let given = 1;
        todo!("1.1: f")
    }
    // not a todo
}
"#,
        );
    }

    #[test]
    fn a_todo_of_several_lines_is_uncommented_whole() {
        check(
            r#"
fn f() {
    // todo!(
    //     "1.1: a) (b \" {} \
    //      c",
    //     g(1)
    // )
    // A comment that goes.
    1
}
"#,
            r#"
fn f() {
    todo!(
        "1.1: a) (b \" {} \
         c",
        g(1)
    )
}
"#,
        );
    }

    #[test]
    fn the_text_of_a_todo_is_its_first_string() {
        let solution = r#"
fn f() {
    // todo!("1.1: {}", "b")
}
fn g() {
    // todo!(
    //     "1.2: c",
    // )
}
"#;
        let (_, todos) = derive(solution).unwrap();
        let todo = |line, text: &str| Todo {
            line,
            text: text.to_owned(),
        };
        assert_eq!(todos, [todo(3, "1.1: {}"), todo(6, "1.2: c")]);
    }

    #[test]
    fn a_todo_without_an_end_is_refused() {
        let message = "this `todo!(…)` has no end";
        check_refused("{\n    // todo!(\"1.1: (\"\n    1\n}\n", 2, message);
        check_refused("{\n    // todo!(\"1.1: )", 2, message);
    }

    #[test]
    fn something_after_a_todo_is_refused() {
        let message = "something follows this `todo!(…)`";
        check_refused("{\n    // todo!(\"1.1\");\n    1\n}\n", 2, message);
    }

    #[test]
    fn a_block_whose_end_can_t_be_seen_is_refused() {
        let message = derive("// todo!(\"1.1\")\n1\n").unwrap_err().message;
        assert!(message.starts_with("the block of this `todo!` ends with a `}`"));
        check_refused(
            "{\n    // todo!(\"1.1\")\n    \"\\\nleft\"\n}\n",
            2,
            message,
        );
        check_refused("{\n    // todo!(\"1.1\")\n    1\n", 2, message);
    }

    #[test]
    fn line_ends_don_t_count_but_the_end_of_the_file_does() {
        assert!(alike("a\r\nb\n", "a\nb\r\n"));
        assert!(!alike("a\n", "a"));
        assert!(!alike("a\n", "a\n\n"));
        assert_eq!(with_line_ends_of("x\r\ny\n", "a\nb\r\n"), "a\r\nb\r\n");
        assert_eq!(with_line_ends_of("x\ny\r\n", "a\nb\r\n"), "a\nb\n");
        assert_eq!(with_line_ends_of("", "a\r\n"), "a\r\n");
    }
}
