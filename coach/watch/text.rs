//! Lines of text with ANSI styles, cut and broken so that they fit a screen.

use anstyle::Style;
use textwrap::core::display_width;

/// How wide a tab is shown.
const TAB: &str = "    ";

/// The lines of a `text`, broken where they are wider than `width` columns. Of the sequences that a
/// terminal might obey, only styles are left. Each line begins with the styles that apply there,
/// and ends without any.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut styles) = (Vec::new(), String::new());
    for line in text.lines() {
        broken(line, width.max(1), &mut styles, &mut lines);
    }
    lines
}

fn broken(line: &str, width: usize, styles: &mut String, lines: &mut Vec<String>) {
    let (mut out, mut columns) = (styles.clone(), 0);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some((style, after)) = escape(rest) {
            out += style;
            if matches!(style, "\x1b[0m" | "\x1b[m") {
                styles.clear();
            } else {
                *styles += style;
            }
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let mut buffer = [0; 4];
        let shown = match c {
            '\t' => TAB,
            c if c.is_control() => " ",
            c => c.encode_utf8(&mut buffer),
        };
        let wide = display_width(shown);
        if columns + wide > width {
            lines.push(ended(out, styles));
            (out, columns) = (styles.clone(), 0);
        }
        out += shown;
        columns += wide;
    }
    lines.push(ended(out, styles));
}

fn ended(mut line: String, styles: &str) -> String {
    if !styles.is_empty() {
        line += "\x1b[0m";
    }
    line
}

/// The escape sequence at the beginning of `text`, and what comes after it. It is empty unless it sets a style.
fn escape(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('\x1b')?;
    let Some(parameters) = inside.strip_prefix('[') else {
        // A link or a title: it goes up to a bell, or to another escape and the character after it.
        let end = inside.strip_prefix(']').and_then(|rest| rest.find('\x07'));
        let length = end.map_or(1, |end| end + 3);
        return Some(("", text.get(length..).unwrap_or_default()));
    };
    let end = parameters.find(|c: char| ('@'..='~').contains(&c));
    let Some(end) = end else {
        return Some(("", ""));
    };
    let (sequence, after) = text.split_at(end + 3);
    let is_style = sequence.ends_with('m');
    Some((if is_style { sequence } else { "" }, after))
}

/// The beginning of a `text` without styles, as much as fits into this many columns.
pub fn cut(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut width = 0;
    let fits = |c: &char| {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        // The last column is for the dots.
        width < columns
    };
    let beginning: String = text.chars().take_while(fits).collect();
    match columns {
        0 => String::new(),
        _ => format!("{}…", beginning.trim_end()),
    }
}

/// `text` in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` without its styles.
pub fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_keep_their_style() {
        assert_eq!(lines("abcdef\n\ngh", 4), ["abcd", "ef", "", "gh"]);
        assert_eq!(
            lines("a\x1b[31mbcd\x1b[0me", 2),
            ["a\x1b[31mb\x1b[0m", "\x1b[31mcd\x1b[0m", "e"]
        );
        // A wide letter is not cut in two.
        assert_eq!(lines("a語b", 2), ["a", "語", "b"]);
        assert_eq!(lines("語", 0), ["", "語"]);
    }

    #[test]
    fn nothing_but_styles_is_obeyed() {
        let evil = "a\x1b[2Jb\x1b[10;10Hc\x1b]0;title\x07d\x1bce\rf\tg\x1b[";
        assert_eq!(lines(evil, 80), ["abcdce f    g"]);
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        assert_eq!(cut("abcd", 4), "abcd");
        assert_eq!(cut("abcde", 4), "abc…");
        assert_eq!(cut("語語語", 4), "語…");
        assert_eq!(cut("abc", 0), "");
    }
}
