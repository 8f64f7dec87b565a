//! Many wrong answers in one build.
//!
//! Most mistakes change only what is inside functions. Such a function gets all of its bodies side
//! by side, the right one and the wrong ones, and a number in an environment variable chooses
//! between them when the program runs.
//!
//! A function, a constant or a `static` that a wrong answer has for itself is added to the file under a
//! name of its own.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The environment variable with the number of the mistake that is to be made. Without it, none is.
pub const CHOICE: &str = "GRADE_MISTAKE";

/// What a crate of answers needs at its root.
pub const CHOOSER: &str = r#"
/// The number of the mistake that is to be made.
pub(crate) fn chosen_mistake() -> usize {
    static CHOSEN: ::std::sync::OnceLock<usize> = ::std::sync::OnceLock::new();
    let read = || ::std::env::var("GRADE_MISTAKE").map_or(0, |number| number.parse().unwrap_or(0));
    *CHOSEN.get_or_init(read)
}
"#;

/// The text of a solution with those of these wrong answers beside it that can be chosen when it runs,
/// and the numbers of these. Numbers begin at 1.
pub fn side_by_side(solution: &str, wrong: &[(usize, &str)]) -> (String, Vec<usize>) {
    let Some(right) = items(solution) else {
        return (solution.to_owned(), Vec::new());
    };
    let arms = |item: &Item<'_>| vec![String::new(); item.bodies.len()];
    let mut arms: Vec<Vec<String>> = right.iter().map(arms).collect();
    let (mut added, mut numbers) = (String::new(), Vec::new());
    for &(number, text) in wrong {
        let wrong = items(text).and_then(|wrong| Beside::of(&right, &wrong, number));
        let Some(wrong) = wrong else { continue };
        for (item, body, text) in wrong.bodies {
            arms[item][body] += &format!("{number} => {text}\n");
        }
        for item in wrong.added {
            added += &format!("\n{item}\n");
        }
        numbers.push(number);
    }
    let (mut text, mut copied) = (String::new(), 0);
    let bodies = right.iter().flat_map(|item| &item.bodies);
    for (body, arms) in bodies.zip(arms.iter().flatten()) {
        if !arms.is_empty() {
            text += &solution[copied..body.start];
            let right = &solution[body.clone()];
            text += &format!("{{ match crate::chosen_mistake() {{\n{arms}_ => {right}\n}} }}");
            copied = body.end;
        }
    }
    (text + &solution[copied..] + &added, numbers)
}

/// What a wrong answer puts beside the right one.
struct Beside {
    /// A body for each function that differs: the place of its item among the right ones, the function's place in that
    /// item, and the body.
    bodies: Vec<(usize, usize, String)>,
    /// Items that only the wrong answer has.
    added: Vec<String>,
}

impl Beside {
    /// `None` if it differs in more than can be chosen when the program runs: in a type, in a method's signature.
    fn of(right: &[Item<'_>], wrong: &[Item<'_>], number: usize) -> Option<Beside> {
        let (mut both, mut own) = (Vec::new(), Vec::new());
        for item in wrong {
            match right.iter().position(|other| other.rest == item.rest) {
                Some(place) => both.push((place, item)),
                None => own.push(item),
            }
        }
        // An item with a private name may stay beside another one in its place.
        let is_kept = |place: usize| both.iter().any(|(other, _)| *other == place);
        let may_stay = |item: &Item<'_>| item.is_use() || item.private_name().is_some();
        if !(0..right.len()).all(|place| is_kept(place) || may_stay(&right[place])) {
            return None;
        }
        let (uses, own): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
            own.into_iter().partition(|item| item.is_use());
        let names: BTreeSet<String> = own.iter().filter_map(|item| item.private_name()).collect();
        let imported: BTreeSet<String> = uses.iter().flat_map(|item| item.imported()).collect();
        let is_own = |item: &&Item<'_>| item.private_name().is_some() || item.is_impl_for(&names);
        // The uses are put into bodies, where no other item finds them.
        if !own.iter().all(is_own)
            || own.iter().any(|item| item.mentions(&item.range, &imported))
            || both
                .iter()
                .any(|(_, item)| item.mentions_outside_bodies(&names))
        {
            return None;
        }
        let uses: String = uses.iter().map(|item| item.text(&item.range)).collect();
        let mut bodies = Vec::new();
        for (place, item) in both {
            let right = &right[place];
            for (index, (body, of_right)) in item.bodies.iter().zip(&right.bodies).enumerate() {
                let text = item.renamed(body, &names, number);
                if text != right.text(of_right) || item.mentions(body, &imported) {
                    let text = if uses.is_empty() {
                        text
                    } else {
                        format!("{{ {uses} {text} }}")
                    };
                    bodies.push((place, index, text));
                }
            }
        }
        let added = own
            .iter()
            .map(|item| item.renamed(&item.range, &names, number));
        (!bodies.is_empty()).then(|| Beside {
            bodies,
            added: added.collect(),
        })
    }
}

/// An item of a file: a function, an `impl`, a `use`.
struct Item<'a> {
    file: &'a str,
    tokens: Vec<TokenTree>,
    /// Where it is, with its attributes.
    range: Range<usize>,
    /// Where the bodies of its functions are, with their braces.
    bodies: Vec<Range<usize>>,
    /// What is before, between and behind the bodies.
    rest: Vec<&'a str>,
}

impl Item<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.file[range.clone()]
    }

    /// Its tokens from the first word on that says what it is. With a `pub`, that is the first one.
    fn head(&self) -> &[TokenTree] {
        let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
        let first = self.tokens.iter().position(is_word);
        &self.tokens[first.unwrap_or(self.tokens.len())..]
    }

    fn is_use(&self) -> bool {
        matches!(self.head(), [first, ..] if is(first, "use"))
    }

    /// The name of a function, type, constant or `static` that no other file can know.
    fn private_name(&self) -> Option<String> {
        let named = ["fn", "struct", "enum", "type", "const", "static"];
        match self.head() {
            [one, other, TokenTree::Ident(name), ..] if is(one, "const") && is(other, "fn") => {
                Some(name.to_string())
            }
            [one, TokenTree::Ident(name), ..] if named.iter().any(|word| is(one, word)) => {
                Some(name.to_string())
            }
            _ => None,
        }
    }

    /// Whether it is an `impl` for a type, or of a trait, with one of these names.
    fn is_impl_for(&self, names: &BTreeSet<String>) -> bool {
        let head = self.head();
        let end = head.iter().position(is_braces).unwrap_or(head.len());
        matches!(head, [first, ..] if is(first, "impl"))
            && head[..end]
                .iter()
                .any(|token| names.contains(&token.to_string()))
    }

    /// The words of a `use`, with those of its path.
    fn imported(&self) -> Vec<String> {
        let known = ["use", "crate", "super", "self", "as", "std"];
        let words = words(&self.tokens).into_iter().map(|(word, _)| word);
        words
            .filter(|word| !known.contains(&word.as_str()))
            .collect()
    }

    /// Whether one of these names is in this part of it.
    fn mentions(&self, range: &Range<usize>, names: &BTreeSet<String>) -> bool {
        let is_in = |place: &Range<usize>| range.start <= place.start && place.end <= range.end;
        words(&self.tokens)
            .iter()
            .any(|(word, place)| names.contains(word) && is_in(place))
    }

    fn mentions_outside_bodies(&self, names: &BTreeSet<String>) -> bool {
        let is_outside =
            |place: &Range<usize>| !self.bodies.iter().any(|body| body.contains(&place.start));
        words(&self.tokens)
            .iter()
            .any(|(word, place)| names.contains(word) && is_outside(place))
    }

    /// This part of it, with a number behind these names.
    fn renamed(&self, range: &Range<usize>, names: &BTreeSet<String>, number: usize) -> String {
        let (mut text, mut copied) = (String::new(), range.start);
        for (word, place) in words(&self.tokens) {
            if names.contains(&word) && range.start <= place.start && place.end <= range.end {
                text += &format!("{}_{number}", self.text(&(copied..place.end)));
                copied = place.end;
            }
        }
        text + self.text(&(copied..range.end))
    }
}

/// The words among these tokens, and where they are; not those behind a dot, which are methods and fields.
fn words(tokens: &[TokenTree]) -> Vec<(String, Range<usize>)> {
    let (mut found, mut dots) = (Vec::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Ident(word) if dots != 1 => {
                found.push((word.to_string(), word.span().byte_range()));
            }
            TokenTree::Group(group) => {
                found.extend(words(&group.stream().into_iter().collect::<Vec<_>>()));
            }
            _ => {}
        }
        let is_dot = is_mark(token, '.');
        dots = if is_dot { dots + 1 } else { 0 };
    }
    found
}

/// `None` if the text can't be split into Rust's tokens.
fn items(file: &str) -> Option<Vec<Item<'_>>> {
    let tokens: Vec<TokenTree> = file.parse::<TokenStream>().ok()?.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut items = Vec::new();
    while let [first, ..] = rest {
        let (tokens, after) = rest.split_at(end_of_item(rest));
        rest = after;
        let range =
            first.span().byte_range().start..tokens[tokens.len() - 1].span().byte_range().end;
        let mut places = Vec::new();
        bodies(tokens, &mut places);
        let ends = places.iter().map(|place| place.end);
        let begins = places.iter().map(|place| place.start);
        let pieces = [range.start]
            .into_iter()
            .chain(ends)
            .zip(begins.chain([range.end]));
        items.push(Item {
            file,
            tokens: tokens.to_vec(),
            rest: pieces.map(|(begin, end)| &file[begin..end]).collect(),
            range,
            bodies: places,
        });
    }
    Some(items)
}

/// How many of these tokens belong to the first item: up to a semicolon or to its braces, which in a `use`, or in the
/// value of a constant, are not the end.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    // `#![…]`, or a comment on the file.
    if let [hash, mark, _, ..] = tokens
        && (is_mark(hash, '#') && is_mark(mark, '!'))
    {
        return 3;
    }
    let is_word = |token: &&TokenTree| matches!(token, TokenTree::Ident(_)) && !is(token, "pub");
    let mut words = tokens.iter().filter(is_word);
    let goes_on = words.next().is_some_and(|first| {
        let is_constant = is(first, "const") && !words.next().is_some_and(|next| is(next, "fn"));
        is_constant || is(first, "use") || is(first, "static")
    });
    let is_end = |token: &TokenTree| !goes_on && is_braces(token) || is_mark(token, ';');
    tokens
        .iter()
        .position(is_end)
        .map_or(tokens.len(), |place| place + 1)
}

/// Where the bodies of functions are, with their braces. Of nested functions, only the outer ones
/// count.
fn bodies(tokens: &[TokenTree], found: &mut Vec<Range<usize>>) {
    let mut rest = tokens;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            // Not the type `fn(u8) -> u8`.
            TokenTree::Ident(word)
                if word == "fn" && matches!(after, [TokenTree::Ident(_), ..]) =>
            {
                let is_end = |token: &TokenTree| is_braces(token) || is_mark(token, ';');
                let Some(end) = after.iter().position(is_end) else {
                    return;
                };
                let before = &tokens[..tokens.len() - rest.len() - 1];
                if is_braces(&after[end]) && can_choose(before, &after[..end]) {
                    found.push(after[end].span().byte_range());
                }
                rest = &after[end + 1..];
            }
            TokenTree::Group(group) if is_braces(first) => {
                bodies(&group.stream().into_iter().collect::<Vec<_>>(), found);
            }
            _ => {}
        }
    }
}

/// Whether a function, with these tokens before and after the word `fn`, can choose when it runs: a
/// `const fn` can't read the environment, and an `impl` that is returned is of one type.
fn can_choose(before: &[TokenTree], signature: &[TokenTree]) -> bool {
    !before.last().is_some_and(|token| is(token, "const"))
        && !signature.iter().any(|token| is(token, "impl"))
}

fn is(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

#[cfg(test)]
mod tests;
