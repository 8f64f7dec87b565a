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

fn both(one: (&str, &str), other: (&str, &str)) -> (String, Vec<usize>) {
    let wrong = RIGHT.replace(one.0, one.1).replace(other.0, other.1);
    side_by_side(RIGHT, &[(1, &wrong)])
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
fn what_a_wrong_answer_has_for_itself_gets_a_name_of_its_own() {
    let helper =
        "    f(..seen(A))\n}\n/// A helper.\nfn seen(seen: u8) -> u8 {\n    b.seen() + seen\n";
    let (text, numbers) = joined(&[("    A\n", helper), ("u8 = 1", "u8 = 2")]);
    assert_eq!(numbers, [1, 2]);
    let a = "\
fn a(f: fn(u8) -> u8) -> u8 { match crate::chosen_mistake() {
1 => {
    f(..seen_1(A))
}
2 => {
    A_2
}
_ => {
    A
}
} }
";
    assert!(text.contains(a), "{text}");
    let added = "
/// A helper.
fn seen_1(seen_1: u8) -> u8 {
    b.seen() + seen_1
}

const A_2: u8 = 2;
";
    assert!(text.ends_with(added), "{text}");
    assert!(text.contains("const A: u8 = 1;\n"), "{text}");

    let (text, numbers) = both(
        ("u8 = 1", "u8 = n()"),
        ("fn e()", "const fn n() -> u8 { 3 }\nfn e()"),
    );
    assert_eq!(numbers, [1]);
    let added = "\nconst A_1: u8 = n_1();\n\nconst fn n_1() -> u8 { 3 }\n";
    assert!(text.ends_with(added), "{text}");

    let generator = (
        "fn e()",
        "struct G;\nimpl Rng for G { fn next(&self) {} }\nfn e()",
    );
    assert_eq!(joined(&[generator]).1, [0; 0], "nobody uses it");
    let (text, numbers) = both(generator, ("Some(inner())", "Some(G.next())"));
    assert_eq!(numbers, [1]);
    let added = "\nstruct G_1;\n\nimpl Rng for G_1 { fn next(&self) {} }\n";
    assert!(text.ends_with(added), "{text}");
}

#[test]
fn what_is_imported_is_imported_for_the_bodies_that_mention_it() {
    let (text, numbers) = both(
        ("use std::fmt;", "use f::{A, g};"),
        ("Some(inner())", "None"),
    );
    assert_eq!(numbers, [1]);
    assert!(
        text.contains("1 => { use f::{A, g}; {\n    A\n} }\n"),
        "{text}"
    );
    assert!(
        text.contains("1 => { use f::{A, g}; {\n        fn inner()"),
        "{text}"
    );
    assert!(text.contains("use std::fmt;\n"), "{text}");
}

#[test]
fn what_changes_more_than_bodies_is_left_out() {
    for edit in [
        ("b(&self)", "b(self)"),
        ("{ 4 }", "{ 5 }"),
        ("|| 5", "|| 6"),
        ("trait C", "fn new() {}\ntrait C"),
        ("fn b(&self)", "fn b(&self, more: u8)"),
        ("use std::fmt;", ""),
        ("Some(inner())", "Some(inner()"),
    ] {
        assert_eq!(joined(&[edit]), (RIGHT.to_owned(), vec![]), "{edit:?}");
    }
    for (one, other) in [
        // What is missing can't be chosen, nor another method.
        (("trait C { fn c(&self); }\n", ""), "None"),
        (
            ("trait C", "impl B { fn more(&self) {} }\ntrait C"),
            "self.more()",
        ),
        // Another item would still find the old `fmt`, and none finds `g`.
        (("trait C", "fn fmt() {}\ntrait C"), "fmt()"),
        (("trait C", "use f::g;\nfn new() { g() }\ntrait C"), "new()"),
    ] {
        let (text, numbers) = both(one, ("Some(inner())", other));
        assert_eq!((text.as_str(), numbers), (RIGHT, vec![]), "{one:?}");
    }
    assert_eq!(
        side_by_side("fn f( {}", &[]),
        ("fn f( {}".to_owned(), vec![])
    );
}
