//! Many wrong answers in one build.
//!
//! Most mistakes change only what is inside functions. Such a function gets all of its bodies side
//! by side, the right one and the wrong ones, and a number in an environment variable chooses
//! between them when the program runs.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The environment variable with the number of the mistake that is to be made. Without it, none is.
pub const CHOICE: &str = "GRADE_MISTAKE";

/// What the crate of the answers needs at its root.
pub const CHOOSER: &str = r#"
/// The number of the mistake that is to be made.
pub(crate) fn chosen_mistake() -> usize {
    static CHOSEN: ::std::sync::OnceLock<usize> = ::std::sync::OnceLock::new();
    let read = || ::std::env::var("GRADE_MISTAKE").map_or(0, |number| number.parse().unwrap_or(0));
    *CHOSEN.get_or_init(read)
}
"#;

/// A file of answers, split at the bodies of its functions. `rest` has a piece before each body, and one
/// after the last.
#[derive(Debug, PartialEq, Eq)]
struct Cut<'a> {
    rest: Vec<&'a str>,
    bodies: Vec<&'a str>,
}

/// The text of a solution with those of these wrong answers beside it that differ from it in the bodies of
/// functions alone, and the numbers of these. Numbers begin at 1.
pub fn side_by_side(solution: &str, wrong: &[(usize, &str)]) -> (String, Vec<usize>) {
    let Some(right) = cut(solution) else {
        return (solution.to_owned(), Vec::new());
    };
    let (mut arms, mut numbers) = (vec![String::new(); right.bodies.len()], Vec::new());
    for &(number, text) in wrong {
        let Some(wrong) = cut(text).filter(|wrong| wrong.rest == right.rest) else {
            continue;
        };
        for ((arms, wrong), right) in arms.iter_mut().zip(&wrong.bodies).zip(&right.bodies) {
            if wrong != right {
                *arms += &format!("{number} => {wrong}\n");
            }
        }
        numbers.push(number);
    }
    let mut text = String::new();
    for ((rest, right), arms) in right.rest.iter().zip(&right.bodies).zip(&arms) {
        text += rest;
        if arms.is_empty() {
            text += right;
        } else {
            text += &format!("{{ match crate::chosen_mistake() {{\n{arms}_ => {right}\n}} }}");
        }
    }
    text += right.rest.last().copied().unwrap_or_default();
    (text, numbers)
}

/// `None` if the text can't be split into Rust's tokens.
fn cut(text: &str) -> Option<Cut<'_>> {
    let mut places = Vec::new();
    bodies(text.parse().ok()?, &mut places);
    let ends = places.iter().map(|place| place.end);
    let begins = places.iter().map(|place| place.start);
    let rest = [0].into_iter().chain(ends).zip(begins.chain([text.len()]));
    Some(Cut {
        rest: rest.map(|(begin, end)| &text[begin..end]).collect(),
        bodies: places.iter().map(|place| &text[place.clone()]).collect(),
    })
}

/// Where the bodies of functions are, with their braces. Of nested functions, only the outer ones
/// count.
fn bodies(tokens: TokenStream, found: &mut Vec<Range<usize>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            // Not the type `fn(u8) -> u8`.
            TokenTree::Ident(word)
                if word == "fn" && matches!(after, [TokenTree::Ident(_), ..]) =>
            {
                let is_end = |token: &TokenTree| {
                    is_braces(token)
                        || matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';')
                };
                let Some(end) = after.iter().position(is_end) else {
                    return;
                };
                let before = &tokens[..tokens.len() - rest.len() - 1];
                if is_braces(&after[end]) && can_choose(before, &after[..end]) {
                    found.push(after[end].span().byte_range());
                }
                rest = &after[end + 1..];
            }
            TokenTree::Group(group) if is_braces(first) => bodies(group.stream(), found),
            _ => {}
        }
    }
}

/// Whether a function, with these tokens before and after the word `fn`, can choose when it runs: a
/// `const fn` can't read the environment, and an `impl` that is returned is of one type.
fn can_choose(before: &[TokenTree], signature: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, word| matches!(token, TokenTree::Ident(ident) if ident == word);
    !before.last().is_some_and(|token| is(token, "const"))
        && !signature.iter().any(|token| is(token, "impl"))
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "\
//! Ünïcode before it.
use std::fmt;
const A: u8 = 1;
fn a(f: fn(u8) -> u8) -> u8 {
    A
}
impl B {
    /// b
    fn b(&self) -> Option<u8> {
        fn inner() -> u8 { 2 }
        Some(inner())
    }
}
trait C { fn c(&self); }
const fn d() -> u8 { 4 }
fn e() -> impl Fn() -> u8 { || 5 }
";

    fn joined(edits: &[(&str, &str)]) -> (String, Vec<usize>) {
        let wrong: Vec<String> = edits
            .iter()
            .map(|(from, to)| RIGHT.replace(from, to))
            .collect();
        let wrong: Vec<(usize, &str)> = (1..).zip(wrong.iter().map(String::as_str)).collect();
        side_by_side(RIGHT, &wrong)
    }

    #[test]
    fn each_body_is_beside_the_right_one_and_the_rest_is_as_it_was() {
        let (text, numbers) = joined(&[
            ("    A\n", "    f(A)\n"),
            ("{ 2 }", "{ 3 }"),
            ("A\n", "0\n"),
        ]);
        assert_eq!(numbers, [1, 2, 3]);
        let a = "\
fn a(f: fn(u8) -> u8) -> u8 { match crate::chosen_mistake() {
1 => {
    f(A)
}
3 => {
    0
}
_ => {
    A
}
} }
impl B {
";
        assert!(text.contains(a), "{text}");
        assert!(
            text.contains("2 => {\n        fn inner() -> u8 { 3 }"),
            "{text}"
        );
        assert!(text.starts_with("//! Ünïcode before it.\nuse std::fmt;\n"));
        assert!(text.ends_with("const fn d() -> u8 { 4 }\nfn e() -> impl Fn() -> u8 { || 5 }\n"));
    }

    #[test]
    fn what_changes_more_than_bodies_is_left_out() {
        for edit in [
            ("u8 = 1", "u8 = 2"),
            ("b(&self)", "b(self)"),
            ("{ 4 }", "{ 5 }"),
            ("|| 5", "|| 6"),
            ("trait C", "fn new() {}\ntrait C"),
            ("use std::fmt;", ""),
            ("Some(inner())", "Some(inner()"),
        ] {
            assert_eq!(joined(&[edit]), (RIGHT.to_owned(), vec![]), "{edit:?}");
        }
        assert_eq!(
            side_by_side("fn f( {}", &[]),
            ("fn f( {}".to_owned(), vec![])
        );
    }
}
