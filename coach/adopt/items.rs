//! The items of a Rust file: its functions, types and imports, and where each is in the text.
//!
//! Only tokens are looked at, so that it works on a file that does not compile, as long as its
//! brackets close.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// An item, or an associated function of an `impl`.
#[derive(Debug)]
pub struct Item {
    /// What kind of item it is.
    pub kind: Kind,
    /// `seal` for a function, `RecordSealer < Side >` for an `impl`: what distinguishes it from
    /// others of its kind.
    pub name: String,
    /// Where it is in the text, with its attributes and the comments before it.
    pub range: Range<usize>,
    /// Where its first token is.
    pub start: usize,
    /// Where its braces are, if it ends with braces.
    pub body: Option<Range<usize>>,
    /// Its tokens, without attributes and visibility: two items of the same shape do the same.
    pub shape: String,
    /// The tokens in its braces, without a `todo!`: empty if that is all there is.
    pub begun: String,
    /// Whether other files may see it.
    pub is_public: bool,
    /// The identifiers in it, except those of fields and methods.
    pub idents: Vec<String>,
    /// The functions of an `impl`.
    pub functions: Vec<Item>,
    /// What a `use` brings into scope.
    pub imports: Vec<Import>,
}

/// The kinds that we distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A function.
    Function,
    /// An `impl` block.
    Impl,
    /// A `use`.
    Use,
    /// Any other, by its keyword.
    Other(&'static str),
}

/// One name that a `use` brings into scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The name, or `*`.
    pub name: String,
    /// What comes after `use`: `std::fmt::Write as _`.
    pub path: String,
}

/// On this line, a bracket is not closed, or something is not a Rust token.
#[derive(Debug, PartialEq, Eq)]
pub struct NotRust {
    /// Counted from 1.
    pub line: usize,
}

/// Keywords that an item can begin with, after its attributes, visibility and modifiers.
const KEYWORDS: [&str; 11] = [
    "fn",
    "impl",
    "use",
    "struct",
    "enum",
    "const",
    "static",
    "type",
    "trait",
    "mod",
    "macro_rules",
];

/// Items with these keywords end at a semicolon, whatever braces are in them.
const END_AT_SEMICOLON: [&str; 4] = ["use", "const", "static", "type"];

impl Item {
    /// Whether there is a `todo!` in it.
    pub fn has_todo(&self) -> bool {
        self.idents.iter().any(|ident| ident == "todo")
    }

    /// What to call it: `fn seal`, `impl Sender`.
    pub fn said(&self) -> String {
        let keyword = match self.kind {
            Kind::Function => "fn",
            Kind::Impl => "impl",
            Kind::Use => "use",
            Kind::Other(keyword) => keyword,
        };
        let name = self.name.replace(" ::", "::").replace(":: ", "::");
        let name = name
            .replace("< ", "<")
            .replace(" <", "<")
            .replace(" >", ">");
        format!("{keyword} {name}")
    }

    /// Whether it is the same item as `other`, by kind and name.
    pub fn is_named_as(&self, other: &Item) -> bool {
        (self.kind, &self.name) == (other.kind, &other.name)
    }
}

/// The items of a file, in their order.
///
/// # Errors
/// It is not made of Rust's tokens.
pub fn items(text: &str) -> Result<Vec<Item>, NotRust> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|error: proc_macro2::LexError| NotRust {
            line: error.span().start().line,
        })?;
    Ok(read(tokens, 0))
}

/// The items in `tokens`; the text before the first of them begins at `begin`.
fn read(tokens: TokenStream, mut begin: usize) -> Vec<Item> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let inner = inner_attribute(rest);
        if inner > 0 {
            begin = end_of(&rest[inner - 1]);
            rest = &rest[inner..];
            continue;
        }
        let (length, keyword) = extent(rest);
        let (item, after) = rest.split_at(length);
        items.push(of(item, keyword, begin));
        begin = end_of(&item[item.len() - 1]);
        rest = after;
    }
    items
}

/// How many tokens an inner attribute has that `tokens` begin with: `#![…]`, or `//!`.
fn inner_attribute(tokens: &[TokenTree]) -> usize {
    match tokens {
        [hash, not, TokenTree::Group(_), ..] if is_punct(hash, '#') && is_punct(not, '!') => 3,
        _ => 0,
    }
}

/// How many tokens the first item has, and its keyword.
fn extent(tokens: &[TokenTree]) -> (usize, Option<&'static str>) {
    let mut keyword = None;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) => {
                let ident = ident.to_string();
                let found = KEYWORDS.into_iter().find(|keyword| *keyword == ident);
                // `const fn` is a function.
                if keyword.is_none() || (keyword == Some("const") && found == Some("fn")) {
                    keyword = found.or(keyword);
                }
            }
            TokenTree::Punct(_) if is_punct(token, ';') => return (index + 1, keyword),
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Brace
                    && !keyword.is_some_and(|keyword| END_AT_SEMICOLON.contains(&keyword)) =>
            {
                return (index + 1, keyword);
            }
            _ => {}
        }
    }
    // The file ends in the middle of an item.
    (tokens.len(), keyword)
}

fn of(tokens: &[TokenTree], keyword: Option<&'static str>, begin: usize) -> Item {
    let is_keyword = |token: &TokenTree| match (token, keyword) {
        (TokenTree::Ident(ident), Some(keyword)) => ident == keyword,
        _ => false,
    };
    let at = tokens.iter().position(is_keyword);
    let after = at.map_or(tokens, |at| &tokens[at + 1..]);
    let brace = match &tokens[tokens.len() - 1] {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    };
    let kind = match keyword {
        Some("fn") => Kind::Function,
        Some("impl") => Kind::Impl,
        Some("use") => Kind::Use,
        Some(keyword) => Kind::Other(keyword),
        None => Kind::Other("macro"),
    };
    let name = match kind {
        Kind::Function | Kind::Other(_) => {
            let mut idents = after.iter().filter_map(ident);
            idents.next().unwrap_or_default()
        }
        Kind::Impl | Kind::Use => {
            // Without the braces or the semicolon at its end, unless the file ends before them.
            let header = after.split_last().map_or(&[][..], |(_, header)| header);
            shape(header)
        }
    };
    let functions = match (kind, brace) {
        (Kind::Impl, Some(group)) => {
            let inside = group.span_open().byte_range().end;
            let mut items = read(group.stream(), inside);
            items.retain(|item| item.kind == Kind::Function);
            items
        }
        _ => Vec::new(),
    };
    let mut imports = Vec::new();
    if let (Kind::Use, Some((_, path))) = (kind, after.split_last()) {
        add_imports(path, "", &mut imports);
    }
    let mut idents = Vec::new();
    add_idents(tokens, &mut idents);
    Item {
        kind,
        name,
        range: begin..end_of(&tokens[tokens.len() - 1]),
        start: tokens[0].span().byte_range().start,
        body: brace.map(|group| group.span().byte_range()),
        shape: shape(tokens),
        begun: brace.map_or_else(String::new, |group| {
            shape(&without_todo(group.stream().into_iter().collect()))
        }),
        is_public: tokens[..at.unwrap_or(0)]
            .iter()
            .filter_map(ident)
            .any(|ident| ident == "pub"),
        idents,
        functions,
        imports,
    }
}

/// The tokens without any `todo!(…)` and the semicolon after it.
fn without_todo(mut tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let is_todo = |tokens: &[TokenTree]| match tokens {
        [TokenTree::Ident(todo), not, TokenTree::Group(_)] => todo == "todo" && is_punct(not, '!'),
        _ => false,
    };
    while let Some(begin) = tokens.windows(3).position(is_todo) {
        let semicolon = tokens
            .get(begin + 3)
            .is_some_and(|token| is_punct(token, ';'));
        tokens.drain(begin..begin + 3 + usize::from(semicolon));
    }
    tokens
}

/// The tokens as text, without attributes and visibility.
fn shape(tokens: &[TokenTree]) -> String {
    let mut shape = String::new();
    let mut rest = tokens;
    loop {
        rest = match rest {
            [] => return shape.trim_end().to_owned(),
            [hash, TokenTree::Group(_), rest @ ..] if is_punct(hash, '#') => rest,
            [TokenTree::Ident(public), TokenTree::Group(of), rest @ ..]
                if public == "pub" && is_restriction(of) =>
            {
                rest
            }
            [TokenTree::Ident(public), rest @ ..] if public == "pub" => rest,
            [TokenTree::Group(group), rest @ ..] => {
                let [open, close] = match group.delimiter() {
                    Delimiter::Parenthesis => ["(", ")"],
                    Delimiter::Brace => ["{", "}"],
                    Delimiter::Bracket => ["[", "]"],
                    Delimiter::None => ["", ""],
                };
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                // rustfmt puts a comma after the last of several lines.
                let inside = match inside.as_slice() {
                    [inside @ .., comma] if is_punct(comma, ',') => inside,
                    inside => inside,
                };
                shape += &format!("{open} {} {close} ", self::shape(inside));
                rest
            }
            [token, rest @ ..] => {
                shape += &format!("{token} ");
                rest
            }
        };
    }
}

/// The `(super)` of `pub(super)`, and not the field of `struct Key(pub (u8, u8))`.
fn is_restriction(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    let first = first.as_ref().and_then(ident);
    group.delimiter() == Delimiter::Parenthesis
        && first.is_some_and(|first| ["super", "crate", "self", "in"].contains(&first.as_str()))
}

/// Adds what the tree of a `use` brings into scope, under a `prefix` that ends in `::`, or is empty.
fn add_imports(tokens: &[TokenTree], prefix: &str, imports: &mut Vec<Import>) {
    if let [before @ .., TokenTree::Group(group)] = tokens
        && group.delimiter() == Delimiter::Brace
    {
        let prefix = format!("{prefix}{}", joined(before));
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        for tree in inside.split(|token| is_punct(token, ',')) {
            add_imports(tree, &prefix, imports);
        }
        return;
    }
    let Some(last) = tokens.last() else {
        return;
    };
    let is_self = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "self");
    let (name, path) = match tokens {
        // In braces, `self` is the path before them.
        [only] if is_self(only) => {
            let parent = prefix.trim_end_matches("::");
            let name = parent.rsplit("::").next().unwrap_or(parent);
            (name.to_owned(), parent.to_owned())
        }
        _ => (last.to_string(), format!("{prefix}{}", joined(tokens))),
    };
    imports.push(Import { name, path });
}

/// A path as it is usually written.
fn joined(tokens: &[TokenTree]) -> String {
    let text: Vec<String> = tokens.iter().map(ToString::to_string).collect();
    let text = text.join(" ");
    // In proc_macro2, `::` is two tokens.
    text.replace(" : : ", "::")
        .replace(" : :", "::")
        .replace(": : ", "::")
}

fn add_idents(tokens: &[TokenTree], idents: &mut Vec<String>) {
    for (index, token) in tokens.iter().enumerate() {
        let is_of_a_value = match &tokens[..index] {
            // A range: `0..SIZE`.
            [.., one, other] if is_punct(one, '.') && is_punct(other, '.') => false,
            [.., before] => is_punct(before, '.'),
            [] => false,
        };
        match token {
            TokenTree::Ident(_) if is_of_a_value => {}
            TokenTree::Ident(ident) => idents.push(ident.to_string()),
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                add_idents(&inside, idents);
            }
            _ => {}
        }
    }
}

fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn end_of(token: &TokenTree) -> usize {
    token.span().byte_range().end
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
//! Lesson
#![allow(dead_code)]

use std::fmt::{self, Write as _, {Debug}};
use std::io::*;

/// Says ü.
#[derive(Debug)]
pub struct Sender {
    pub(super) key: [u8; { 8 * 2 }],
}

// The learner's own.
const fn helper(a: u8) -> u8 { a }

impl Sender {
    const NAME: &str = \"}\";

    /// Sends.
    pub fn send(&mut self) -> char {
        todo!(\"1.5\")
    }
}

const TABLE: [u8; 1] = { [1] };
";

    #[test]
    fn a_file_is_cut_into_its_items() {
        let items = items(FILE).unwrap();
        let said: Vec<String> = items.iter().map(Item::said).collect();
        let expected = [
            "use std::fmt::{ self , Write as _ , { Debug } }",
            "use std::io::*",
            "struct Sender",
            "fn helper",
            "impl Sender",
            "const TABLE",
        ];
        assert_eq!(said.map_spaces(), expected.map(str::to_owned).map_spaces());
        let helper = &FILE[items[3].range.clone()];
        assert!(helper.starts_with("\n\n// The learner's own.\nconst fn helper"));
        assert!(FILE[items[3].start..].starts_with("const fn"));
        assert_eq!(&FILE[items[3].body.clone().unwrap()], "{ a }");
        let send = &items[4].functions[0];
        assert_eq!(send.said(), "fn send");
        assert!(send.has_todo() && !items[3].has_todo());
        assert!(send.is_public && !items[3].is_public);
        assert!(FILE[send.body.clone().unwrap()].starts_with("{\n        todo!"));
    }

    /// Compares names, whatever the spaces.
    trait MapSpaces {
        fn map_spaces(self) -> Vec<String>;
    }

    impl<T: IntoIterator<Item = String>> MapSpaces for T {
        fn map_spaces(self) -> Vec<String> {
            self.into_iter().map(|text| text.replace(' ', "")).collect()
        }
    }

    #[test]
    fn imports_are_followed_into_their_braces() {
        let items = items(FILE).unwrap();
        let import = |name: &str, path: &str| Import {
            name: name.to_owned(),
            path: path.to_owned(),
        };
        assert_eq!(
            items[0].imports,
            [
                import("fmt", "std::fmt"),
                import("_", "std::fmt::Write as _"),
                import("Debug", "std::fmt::Debug"),
            ]
        );
        assert_eq!(items[1].imports, [import("*", "std::io::*")]);
    }

    #[test]
    fn attributes_and_visibility_are_not_part_of_the_shape() {
        let shape = |text| items(text).unwrap()[0].shape.clone();
        let public = "/// Doc.\n#[derive(Debug)]\npub struct A { pub(super) b: u8, pub c: u8 }";
        assert_eq!(shape(public), shape("struct A { b: u8, c: u8 }"));
        assert_eq!(shape("fn f(a: u8,) {}"), shape("fn f(a: u8) {}"));
        assert_ne!(shape("struct A;"), shape("struct B;"));
        assert_ne!(shape("struct A(pub (u8, u8));"), shape("struct A(u8);"));
    }

    #[test]
    fn fields_and_methods_are_not_names_that_must_be_imported() {
        let items = items("fn f(a: A) { a.b.c(d, 0..=E, 0..F) }").unwrap();
        assert_eq!(items[0].idents, ["fn", "f", "a", "A", "a", "d", "E", "F"]);
    }

    #[test]
    fn what_does_not_close_is_refused_with_its_line() {
        assert_eq!(items("fn f() {}\n\nfn g() {{\n").unwrap_err().line, 3);
        assert!(items("fn f() }").is_err());
    }

    #[test]
    fn what_ends_too_early_is_read_as_far_as_it_goes() {
        for text in [
            "impl",
            "use",
            "use a",
            "impl A",
            "pub fn",
            "const",
            "macro_rules!",
            "#[doc",
        ] {
            let _ = items(text);
        }
        assert!(items("").unwrap().is_empty());
    }
}
