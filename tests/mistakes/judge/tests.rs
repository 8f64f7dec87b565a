use super::*;
use book::fixture::{Fixture, TWICE};

/// A program that grades three exercises, as if it were written with `harness`.
// Which exercises it grades is read from its text: the comment has the lines that `suite!` would have.
const SUITE: &str = r##"
/*
exercise "1.1" {
exercise "1.2" {
exercise "1.3" {
*/
use chapter1::ch1_pads::{pad, thrice, twice};
use std::{env, fs};

fn main() {
    let properties = [
        ("1.1", "hides"),
        ("1.1", "is_undone"),
        ("1.1", "by_luck"),
        ("1.2", "doubles"),
        ("1.3", "triples"),
    ];
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments == ["--properties"] {
        let described = properties.map(|(id, name)| format!(
            r#"{{"exercise":"{id}","name":"{name}","sentence":"","think":""}}"#
        ));
        return println!("[{}]", described.join(","));
    }
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).cloned()
    };
    let (id, seed) = (value("--examine").unwrap(), value("--seed").unwrap());
    let even = u64::from_str_radix(&seed, 16).unwrap() % 2 == 0;
    let holds = |name: &str| match name {
        "hides" => pad(2) != 2,
        "is_undone" => pad(pad(2)) == 2,
        "by_luck" => even || pad(8) == 9,
        "doubles" => twice(2) == 4,
        _ => thrice(2) == 6,
    };
    let is_wanted = |name: &str| arguments.windows(2).any(|pair| pair == ["--property", name]);
    let broken = properties.iter().find(|(exercise, name)| {
        *exercise == id && is_wanted(name) && !holds(name)
    });
    let ending = match broken {
        None => r#""held""#.to_string(),
        Some((_, "triples")) => {
            let case = r#"{"property":"triples","inputs":[],"replay":{"seed":"0","draw":0,"path":""}}"#;
            format!(r#"{{"todo":{{"message":"1.3: later","case":{case}}}}}"#)
        }
        Some((_, name)) => format!(
            r#"{{"failed":{{"case":{{"property":"{name}","inputs":[],
            "replay":{{"seed":"{seed}","draw":0,"path":""}}}},
            "sentence":"{name}, it must","with":[],"think":"","tries":1,"found":"first","fault":null}}}}"#
        ).replace('\n', ""),
    };
    let case = r#"{"property":"p","inputs":[],"replay":{"seed":"0","draw":0,"path":""}}"#;
    let events = format!("{{\"trying\":{case}}}\n{{\"done\":{ending}}}\n");
    fs::write(value("--events").unwrap(), events).unwrap();
}
"##;

const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"exercises/ch1_pads\", \"tests\", \"tests/examples\", \"tests/suites/ch1_pads\", \"benches/speed\"]
";

// The copies are built with `--locked`.
const LOCK: &str = "\
version = 4

[[package]]
name = \"chapter1\"
version = \"0.1.0\"

[[package]]
name = \"examples\"
version = \"0.1.0\"

[[package]]
name = \"grader\"
version = \"0.1.0\"

[[package]]
name = \"speed\"
version = \"0.1.0\"

[[package]]
name = \"suites1\"
version = \"0.1.0\"
dependencies = [
 \"chapter1\",
]
";

const ROOT: &str = "#[path = \"mod.rs\"]\npub mod ch1_pads;\n";

/// The packages beside the suites that Cargo selects features for: each is a folder with an empty library here.
const BESIDE: [(&str, &str); 3] = [
    ("tests", "grader"),
    ("tests/examples", "examples"),
    ("benches/speed", "speed"),
];

/// A workbook that can be built, with these mistakes.
fn fixture(mistakes: &[(&str, &str, &str, &str)]) -> Fixture {
    let fixture = Fixture::new();
    let package =
        |name| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    fixture.write("Cargo.toml", WORKSPACE);
    fixture.write("Cargo.lock", LOCK);
    let library = |name| package(name) + "[lib]\npath = \"lib.rs\"\n";
    fixture.write("exercises/ch1_pads/Cargo.toml", library("chapter1"));
    fixture.write("exercises/ch1_pads/lib.rs", ROOT);
    for (folder, name) in BESIDE {
        fixture.write(&format!("{folder}/Cargo.toml"), library(name));
        fixture.write(&format!("{folder}/lib.rs"), "");
    }
    let target = "[[test]]\nname = \"pads\"\npath = \"main.rs\"\nharness = false\ntest = false\n";
    let chapter = "[dependencies]\nchapter1 = { path = \"../../../exercises/ch1_pads\" }\n";
    let manifest = package("suites1") + chapter + target;
    fixture.write("tests/suites/ch1_pads/Cargo.toml", manifest);
    fixture.write("tests/suites/ch1_pads/main.rs", SUITE);
    let entry = |(_, caught_by, find, replace): &(&str, &str, &str, &str)| {
        format!(
            "[[mistake]]\nwhat = \"{replace}\"\ncaught_by = \"{caught_by}\"\n\
             edits = [{{ find = \"{find}\", replace = \"{replace}\" }}]\n"
        )
    };
    for (id, name) in [("1.1", "pad"), ("1.2", "twice"), ("1.3", "thrice")] {
        let of_it = mistakes.iter().filter(|(exercise, ..)| *exercise == id);
        let catalogue: String = of_it.map(entry).collect();
        fixture.write(&format!("tests/mistakes/ch1_pads/{name}.toml"), catalogue);
    }
    fixture
}

/// What a run says, in which all are caught, or not all.
#[track_caller]
fn judged(all_caught: bool, run: impl FnOnce(&mut Vec<u8>) -> Result<bool, Trouble>) -> String {
    let mut out = Vec::new();
    let found = run(&mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(found, all_caught, "{out}");
    out
}

fn run(fixture: &Fixture, name: Option<&str>, out: &mut Vec<u8>) -> Result<bool, Trouble> {
    judge_all(
        &fixture.workbook(),
        name,
        64,
        &fixture.path("target/mistakes"),
        None,
        out,
    )
}

#[test]
fn a_report_that_does_not_fit_its_mistake_is_named() {
    let fixture = fixture(&[]);
    let entry = |says| {
        format!(
            "[[mistake]]\nwhat = \"{says}\"\ncaught_by = \"is_undone\"\nsays = \"{says}\"\n\
             edits = [{{ find = \"text ^ 1\", replace = \"text + 1\" }}]\n"
        )
    };
    let file = "tests/mistakes/ch1_pads/pad.toml";
    fixture.write(
        file,
        entry("by_luck, it must") + &entry("is_undone, it must"),
    );
    let out = judged(false, |out| run(&fixture, Some("1.1"), out));
    assert!(
        out.contains("1.1  not explained  by_luck, it must"),
        "{out}"
    );
    let why =
        format!("  {file}:2: the report, about `is_undone`, does not say \"by_luck, it must\"\n");
    assert!(out.contains(&why), "{out}");
    assert!(out.contains("1.1  caught  is_undone, it must"), "{out}");
}

#[test]
fn each_mistake_meets_its_fate() {
    let fixture = fixture(&[
        ("1.1", "hides", "text ^ 1", "text"),
        ("1.1", "is_undone", "text ^ 1", "text.wrapping_add(1)"),
        // Of several properties, the one that is named must see it.
        ("1.1", "hides", "text ^ 1", "text + 1"),
        // And with every seed.
        ("1.1", "by_luck", "text ^ 1", "text ^ 2"),
        ("1.2", "doubles", "(2)", "(2 + 0)"),
        ("1.2", "doubles", "(2)", "(2.0)"),
        ("1.2", "trebles", "(2)", "(3)"),
        ("1.2", "doubles", "(3)", "(4)"),
        // A `todo!` is not a wrong answer.
        ("1.3", "triples", "(3)", "(4)"),
        // What came before must not show here.
        ("1.2", "doubles", "(2)", "(4)"),
    ]);
    let out = judged(false, |out| run(&fixture, None, out));
    // Without the seconds and the seeds, which are different every time.
    let cut = |line: &str| {
        let line = line.split("; one is ").next().unwrap_or_default();
        let time = line.rfind("  ").filter(|_| line.ends_with(" s"));
        line[..time.unwrap_or(line.len())].to_owned()
    };
    let (found, at_the_end) = out.split_once("\nNot caught:\n").unwrap();
    let found: Vec<String> = found.lines().map(cut).collect();
    let of = |name| format!("tests/mistakes/ch1_pads/{name}.toml");
    let (pad, twice, thrice) = (of("pad"), of("twice"), of("thrice"));
    assert_eq!(
        found[..8],
        [
            &format!("{thrice}: exercise 1.3 (1★) has 1 of at least 2 mistakes"),
            "The solutions first, in a copy of the workbook.",
            "They are solved.",
            "",
            "1.1  caught  text",
            "1.1  caught  text.wrapping_add(1)",
            "1.1  caught by another: is_undone  text + 1",
            &format!("  {pad}:10: `hides` holds with 64 of 64 seeds"),
        ]
    );
    assert_eq!(found[8], "1.1  missed  text ^ 2");
    // The seeds follow each other: half of them are even.
    assert_eq!(
        found[9],
        format!("  {pad}:14: `by_luck` holds with 32 of 64 seeds")
    );
    assert_eq!(
        found[10..14],
        [
            "1.2  missed  (2 + 0)",
            &format!("  {twice}:2: `doubles` holds with 64 of 64 seeds"),
            "1.2  error  (2.0)",
            &format!("  {twice}:6: it does not compile"),
        ]
    );
    assert!(out.contains("error[E0308]: mismatched types"), "{out}");
    let rest = found
        .iter()
        .position(|line| line.starts_with("1.2  error  (3)"));
    assert_eq!(
        found[rest.unwrap()..],
        [
            "1.2  error  (3)",
            &format!("  {twice}:10: exercise 1.2 has no property `trebles`"),
            "1.2  error  (4)",
            &format!(
                "  {twice}:16: no longer applies: `find` is in the solution 0 times, not once"
            ),
            "1.2  caught  (4)",
            "1.3  missed  (4)",
            &format!("  {thrice}:2: `triples` holds with 64 of 64 seeds"),
        ]
    );
    let at_the_end: Vec<String> = at_the_end.lines().map(cut).collect();
    assert_eq!(at_the_end[0], "1.1  caught by another: is_undone  text + 1");
    assert_eq!(at_the_end[at_the_end.len() - 3], found[found.len() - 1]);
    assert!(!at_the_end.iter().any(|line| line.contains("  caught  ")));
    let last = &at_the_end[at_the_end.len() - 1];
    assert!(last.starts_with("3 of 10 mistakes caught by the property"));
}

#[test]
fn all_is_well_when_each_is_caught_by_the_one_it_names() {
    let fixture = fixture(&[
        ("1.1", "hides", "text ^ 1", "text"),
        ("1.1", "is_undone", "text ^ 1", "text.wrapping_add(1)"),
    ]);
    // What is in the exercises does not matter, nor what another exercise lacks.
    fixture.write("exercises/ch1_pads/twice.rs", "no Rust");
    let out = judged(true, |out| run(&fixture, Some("1.1"), out));
    assert!(out.contains("\n2 of 2 mistakes caught by the property they name, with 64 seeds"));
    assert_eq!(fixture.read("exercises/ch1_pads/twice.rs"), "no Rust");
    assert_eq!(fixture.read("solutions/ch1_pads/twice.rs"), TWICE);
    // The next mistake may be in another file, so nothing of this one is left.
    let pad = fixture.read("solutions/ch1_pads/pad.rs");
    let left = fixture.read("target/mistakes/workbook/exercises/ch1_pads/pad.rs");
    assert_eq!(left, pad);

    let out = judged(false, |out| run(&fixture, Some("1"), out));
    assert!(
        out.contains("exercise 1.2 (2★) has 0 of at least 3 mistakes"),
        "{out}"
    );
}

#[test]
fn all_are_reported_in_the_order_of_the_catalogue() {
    // Those that add a function can't be side by side with the others.
    let what: Vec<String> = (0..4)
        .flat_map(|number| {
            let wrong = format!("text ^ 1 ^ {}", number * 2 + 4);
            [format!("{wrong} }} fn more() {{"), wrong]
        })
        .collect();
    let entry = |what| ("1.1", "hides", "text ^ 1", what);
    let mistakes: Vec<_> = what.iter().map(String::as_str).map(entry).collect();
    let fixture = fixture(&mistakes);
    let out = judged(false, |out| run(&fixture, Some("1.1"), out));
    let (out, _) = out.split_once("\nNot caught:\n").unwrap();
    let lines = out.lines().filter(|line| line.starts_with("1.1  "));
    let found: Vec<&str> = lines.map(|line| line.split("  ").nth(2).unwrap()).collect();
    assert_eq!(found, what);
}

#[test]
fn one_that_is_missed_is_enough_to_fail() {
    let fixture = fixture(&[
        ("1.1", "hides", "text ^ 1", "text"),
        ("1.1", "hides", "text ^ 1", "1 ^ text"),
    ]);
    let out = judged(false, |out| run(&fixture, Some("1.1"), out));
    assert!(out.contains("1.1  missed  1 ^ text"), "{out}");
}

#[test]
fn solutions_that_are_not_solved_themselves_are_refused() {
    let refused = |right: &str, wrong: &str, name| {
        let fixture = fixture(&[("1.1", "hides", "fn pad", "fn pad")]);
        let solution = fixture.read("solutions/ch1_pads/pad.rs");
        let solution = solution.replace(right, wrong);
        fixture.write("solutions/ch1_pads/pad.rs", solution);
        let trouble = run(&fixture, name, &mut Vec::new()).unwrap_err();
        trouble.to_string()
    };
    let wrong = refused("text ^ 1", "text", None);
    assert!(
        wrong.starts_with("the solution of 1.1 is itself wrong, with seed "),
        "{wrong}"
    );
    let none = refused("text ^ 1", "text ^ one", None);
    assert!(
        none.starts_with("the solutions don't compile\nerror[E0425]"),
        "{none}"
    );
    let unknown = refused("", "", Some("2"));
    assert!(
        unknown.starts_with("no exercise or chapter `2`"),
        "{unknown}"
    );
}

#[test]
fn mistakes_that_can_meet_don_t_share_a_build() {
    let mistakes = [
        ("1.1", "hides", "text ^ 1", "text"),
        ("1.1", "hides", "text ^ 1", "text ^ 0"),
        ("1.2", "doubles", "(2)", "(3)"),
        ("1.3", "triples", "(3)", "(4)"),
    ];
    let fixture = fixture(&mistakes);
    let syllabus = fixture.read("exercises/syllabus.toml");
    // As if 1.3 called 1.2.
    let last = syllabus.rfind("reading = []").unwrap();
    let calls = format!(
        "{}needs = [\"1.2\"]\n{}",
        &syllabus[..last],
        &syllabus[last..]
    );
    let batched = |syllabus: &str| {
        fixture.write("exercises/syllabus.toml", syllabus);
        let workbook = fixture.workbook();
        let of = |(chapter, exercise)| catalogue::of_exercise(&workbook, chapter, exercise);
        let all = workbook
            .syllabus
            .exercises()
            .flat_map(|one| of(one).unwrap().0);
        let all: Vec<Mistake> = all.collect();
        batches(&workbook.syllabus, &all, &[0, 1, 2, 3])
    };
    assert_eq!(batched(&syllabus), [vec![0, 2, 3], vec![1]]);
    assert_eq!(batched(&calls), [vec![0, 2], vec![1, 3]]);
}
