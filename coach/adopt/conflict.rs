//! The conflicts that Git leaves in a file when two sides have changed the same lines.

/// Whose lines follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    /// Of one side, 0 or 1.
    One(usize),
    /// As it was before either side changed it. Git writes this if it is told to.
    Base,
}

/// The text as each side has it, if there are conflicts in it. What the other side has is left out, but not the
/// ends of its lines, so that each line keeps the number that it has in the file.
pub fn sides(text: &str) -> Option<[String; 2]> {
    let mut sides = [String::new(), String::new()];
    let (mut part, mut found) = (Part::Both, false);
    for line in text.split_inclusive('\n') {
        let next = match (part, line.trim_end()) {
            (Part::Both, line) if is_marker(line, "<<<<<<<") => Some(Part::One(0)),
            (Part::One(0), line) if is_marker(line, "|||||||") => Some(Part::Base),
            (Part::One(0) | Part::Base, "=======") => Some(Part::One(1)),
            (Part::One(1), line) if is_marker(line, ">>>>>>>") => Some(Part::Both),
            _ => None,
        };
        for (index, side) in sides.iter_mut().enumerate() {
            let has_it = next.is_none() && (part == Part::Both || part == Part::One(index));
            side.push_str(if has_it { line } else { "\n" });
        }
        found |= next.is_some();
        part = next.unwrap_or(part);
    }
    found.then_some(sides)
}

/// A marker is followed by the name of its side, or by nothing.
fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|name| name.is_empty() || name.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_keeps_the_numbers_of_its_lines() {
        let text =
            "one\n<<<<<<< HEAD\nmine\n||||||| 4a5b\nold\n=======\nnew\nnewer\n>>>>>>> main\nlast";
        let [mine, new] = sides(text).unwrap();
        assert_eq!(mine, "one\n\nmine\n\n\n\n\n\n\nlast");
        assert_eq!(new, "one\n\n\n\n\n\nnew\nnewer\n\nlast");
        let [mine, new] = sides("<<<<<<<\r\nmine\r\n=======\r\nnew\r\n>>>>>>>\r\n").unwrap();
        assert_eq!((&*mine, &*new), ("\nmine\r\n\n\n\n", "\n\n\nnew\r\n\n"));
    }

    #[test]
    fn what_only_looks_like_a_marker_is_text() {
        for text in [
            "",
            "a\n",
            "=======\n>>>>>>> a\n",
            "<<<<<<<<\n",
            " <<<<<<< a\n",
        ] {
            assert_eq!(sides(text), None, "{text}");
        }
    }
}
