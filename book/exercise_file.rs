//! The file of one exercise: its heading, its task, its `todo!`s.
//!
//! The first line is a comment with the number and the title, `// 1.3 Seal and open`. Everything
//! here works on lines of text, so that it works while a learner's file does not compile.

/// The number and the title in the first line of a file, if it is a heading.
pub fn heading(file: &str) -> Option<(&str, &str)> {
    let (id, title) = file.lines().next()?.strip_prefix("// ")?.split_once(' ')?;
    let (chapter, place) = id.split_once('.')?;
    // `parse` would take a sign, too.
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(chapter) && number(place)).then_some((id, title))
}

/// Whether there is a `todo!` left.
pub fn has_todo(file: &str) -> bool {
    line_with(file, "todo!(").is_some()
}

/// The line, counted from 1, where the learner has work to do on the exercise `id`: its first
/// `todo!`, else its task, else the top of the file.
pub fn place_to_work(file: &str, id: &str) -> usize {
    line_with(file, "todo!(")
        .or_else(|| line_with(file, &format!("/// **{id}**")))
        .unwrap_or(1)
}

fn line_with(file: &str, beginning: &str) -> Option<usize> {
    let mut lines = file.lines();
    let index = lines.position(|line| line.trim_start().starts_with(beginning))?;
    Some(index + 1)
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

    #[test]
    fn work_begins_at_the_todo_or_else_at_the_task_or_else_at_the_top() {
        let task = "// 1.1 The pad\n\nstruct Short;\n\n/// **1.1** Hides.\nfn pad() {\n";
        let stub = format!("{task}    todo!(\"1.1\")\n}}\n");
        assert!(has_todo(&stub) && !has_todo(task));
        assert_eq!(place_to_work(&stub, "1.1"), 7);
        assert_eq!(place_to_work(task, "1.1"), 5);
        assert_eq!(place_to_work(task, "1.2"), 1);
        assert_eq!(place_to_work("", "1.1"), 1);
    }
}
