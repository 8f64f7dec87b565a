//! What rustdoc makes of an exercise: a page for each public item of its file.

/// The page of an item: `fn.seal.html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// What rustdoc calls this kind of item.
    kind: &'static str,
    /// The item's name.
    pub name: &'a str,
}

impl Page<'_> {
    /// Its file, in the folder of the chapter.
    pub fn file(&self) -> String {
        format!("{}.{}.html", self.kind, self.name)
    }
}

/// The pages of an exercise, in the order of its file.
pub fn pages(text: &str) -> Vec<Page<'_>> {
    text.lines().filter_map(page).collect()
}

/// The page to begin with: that of the item with the first `// todo!(…)` in this solution.
pub fn first(solution: &str) -> Option<Page<'_>> {
    let mut current = None;
    for line in solution.lines() {
        if line.trim_start().starts_with("// todo!(") {
            return pages(solution)
                .into_iter()
                .find(|page| Some(page.name) == current);
        }
        current = page(line)
            .map(|page| page.name)
            .or_else(|| implemented(line))
            .or(current);
    }
    None
}

/// The page of the item that begins in this line. Only what is not indented is an item of its own.
fn page(line: &str) -> Option<Page<'_>> {
    let item = line.strip_prefix("pub ")?;
    let kinds = [
        ("const fn ", "fn"),
        ("fn ", "fn"),
        ("struct ", "struct"),
        ("enum ", "enum"),
        ("trait ", "trait"),
        ("type ", "type"),
        ("const ", "constant"),
    ];
    kinds.into_iter().find_map(|(keyword, kind)| {
        let name = identifier(item.strip_prefix(keyword)?);
        Some(Page { kind, name })
    })
}

/// The type that has its methods in the block that begins in this line: `RecordSealer` for
/// `impl<Side> SealRecord for RecordSealer<Side> {`.
fn implemented(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("impl")?;
    let rest = match rest.strip_prefix('<') {
        Some(generics) => generics.split_once('>')?.1,
        None => rest,
    };
    let name = rest.split_once(" for ").map_or(rest, |(_, name)| name);
    Some(identifier(name.trim_start()))
}

/// What comes before the first character that can't be in an identifier.
pub fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: &str = "\
// 1.5 A channel

use super::Rejected;

/// No number left.
pub struct Exhausted;

pub(super) fn shared() {}

/// A limit.
pub const LIMIT: u64 = 1;

pub struct Sender<Side> {
    side: Side,
}

impl<Side> Sealer for Sender<Side> {
    fn seal(&mut self) {
        // todo!(\"1.5: seal\")
        let seal = ();
    }
}

pub enum Kind {
    One,
}

pub const fn open() {
    // todo!(\"1.5: open\")
}
";

    #[test]
    fn public_items_have_pages() {
        let files: Vec<String> = pages(CHANNEL).iter().map(Page::file).collect();
        assert_eq!(
            files,
            [
                "struct.Exhausted.html",
                "constant.LIMIT.html",
                "struct.Sender.html",
                "enum.Kind.html",
                "fn.open.html"
            ]
        );
    }

    #[test]
    fn the_first_page_is_the_one_with_something_to_do() {
        let file = |text| first(text).map(|page| page.file());
        assert_eq!(file(CHANNEL).as_deref(), Some("struct.Sender.html"));
        let inherent = CHANNEL.replace("impl<Side> Sealer for Sender<Side>", "impl Sender<Kind>");
        assert_eq!(file(&inherent).as_deref(), Some("struct.Sender.html"));
        let solved = CHANNEL.replacen("// todo!", "// done", 1);
        assert_eq!(file(&solved).as_deref(), Some("fn.open.html"));
        assert_eq!(file("pub fn open() {}\n"), None);
    }
}
