//! A chapter's source file, cut into its exercises.
//!
//! A comment line that begins with a number, `// 1.3 Seal and open`, heads an exercise; the
//! exercise runs to the next such line. What stands before the first heading belongs to the
//! chapter: its lesson, its imports.
//!
//! Everything here works on lines of text, so that it works while a learner's file does not
//! compile.

/// The part of a chapter's file that belongs to one exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'a> {
    /// The exercise's number, as its heading has it.
    pub id: &'a str,
    /// The exercise's title, as its heading has it.
    pub title: &'a str,
    /// The line of the heading, counted from 1.
    pub line: usize,
    /// The text from the heading to the next heading, or to the end of the file.
    pub text: &'a str,
    /// Where `text` begins in the file, in bytes.
    pub start: usize,
}

impl Section<'_> {
    /// Where `text` ends in the file, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether there is a `todo!` left in it.
    pub fn has_todo(&self) -> bool {
        self.line_with("todo!(").is_some()
    }

    /// The line, counted from 1, where the learner has work to do: the exercise's first `todo!`,
    /// and else its task, and else its heading.
    pub fn place_to_work(&self) -> usize {
        let task = format!("/// **{}**", self.id);
        let line = self.line_with("todo!(").or_else(|| self.line_with(&task));
        self.line + line.unwrap_or(0)
    }

    fn line_with(&self, beginning: &str) -> Option<usize> {
        let mut lines = self.text.lines();
        lines.position(|line| line.trim_start().starts_with(beginning))
    }
}

/// The exercises of a chapter's file, in the order they stand there.
pub fn sections(file: &str) -> Vec<Section<'_>> {
    let mut headings = Vec::new();
    let mut start = 0;
    for (index, line) in file.split_inclusive('\n').enumerate() {
        if let Some((id, title)) = heading(line) {
            headings.push((id, title, index + 1, start));
        }
        start += line.len();
    }
    let ends = headings
        .iter()
        .skip(1)
        .map(|&(.., start)| start)
        .chain([file.len()]);
    let section = |(&(id, title, line, start), end): (&(_, _, _, usize), usize)| Section {
        id,
        title,
        line,
        text: &file[start..end],
        start,
    };
    headings.iter().zip(ends).map(section).collect()
}

/// The exercise numbered `id` in a chapter's file.
pub fn section<'a>(file: &'a str, id: &str) -> Option<Section<'a>> {
    sections(file).into_iter().find(|section| section.id == id)
}

/// The number and title of a heading, where `line` is one.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (id, title) = line.trim_end().strip_prefix("// ")?.split_once(' ')?;
    let (chapter, place) = id.split_once('.')?;
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(chapter) && number(place)).then_some((id, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "//! Lesson\n\n// 1.1 The pad\n\nfn pad() {\n    todo!(\"1.1\")\n}\n\
                        // 1.20 Twice\nfn twice() {}\n// 1.3\n// 0x1.2 not a heading\n";

    #[test]
    fn a_file_is_cut_at_its_headings() {
        let found: Vec<_> = sections(FILE)
            .iter()
            .map(|part| (part.id, part.title, part.line))
            .collect();
        assert_eq!(found, [("1.1", "The pad", 3), ("1.20", "Twice", 8)]);
        let whole: String = sections(FILE).iter().map(|part| part.text).collect();
        assert_eq!(whole, FILE[FILE.find("// 1.1").unwrap()..]);
    }

    #[test]
    fn work_begins_at_the_todo_or_else_at_the_task_or_else_at_the_heading() {
        let begun = "// 1.1 The pad\n\nstruct Short;\n\n/// **1.1** Hides.\nfn pad() {}\n";
        assert_eq!(section(begun, "1.1").unwrap().place_to_work(), 5);
        assert!(section(FILE, "1.1").unwrap().has_todo());
        assert!(!section(begun, "1.1").unwrap().has_todo());
        assert_eq!(section(FILE, "1.1").unwrap().place_to_work(), 6);
        assert_eq!(section(FILE, "1.20").unwrap().place_to_work(), 8);
        assert_eq!(section(FILE, "1.2"), None);
    }
}
