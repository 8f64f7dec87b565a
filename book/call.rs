//! Turns calls as the grader has written them into calls as a learner would write them: with the
//! task's names for the arguments.

use crate::exercise_file::parameters;
use crate::verdict::{Failure, Fault};

/// The name of an argument: `&message` and `message.clone()` are `message`. A literal has no name:
/// it shows its own value.
pub fn name_of(expression: &str) -> Option<String> {
    let name = bare(expression);
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let is_bytes = name.starts_with("b\"") || name.starts_with("br");
    let is_closure = name.contains('|') || name.starts_with("move ");
    (is_name && !is_bytes && !is_closure).then(|| name.to_owned())
}

/// An argument without what makes it a reference or a copy.
fn bare(expression: &str) -> &str {
    let name = expression.trim_start_matches(['&', '*', ' ']);
    let name = name.strip_prefix("mut ").unwrap_or(name);
    let ends = [".clone()", ".as_slice()", ".to_vec()", "[..]", "()"];
    ends.iter()
        .fold(name, |name, end| name.strip_suffix(end).unwrap_or(name))
}

/// Whether it is a name, or a field of one. A learner would call it the same.
fn is_plain(argument: &str) -> bool {
    let name = argument.trim_start_matches('&');
    let name = name.strip_prefix("mut ").unwrap_or(name);
    name.chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

/// The parts of a call: what is before its arguments, the arguments, and what follows them.
fn parts(call: &str) -> Option<(&str, Vec<&str>, &str)> {
    let open = call.find('(')?;
    let (mut depth, mut begin, mut is_text) = (0, open + 1, false);
    let mut arguments = Vec::new();
    for (place, c) in call.char_indices().skip_while(|(place, _)| *place < open) {
        match c {
            '"' => is_text = !is_text,
            _ if is_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 1 => {
                arguments.push(call[begin..place].trim());
                begin = place + 1;
            }
            _ => {}
        }
        if depth == 0 {
            arguments.push(call[begin..place].trim());
            return Some((&call[..=open], arguments, &call[place..]));
        }
    }
    None
}

/// Renames the arguments of the call that failed. If the grader has an expression for one, it gets
/// the parameter's name in the `source` of the exercise: `open(&key, &changed.flipped(&sealed))`
/// becomes `open(&key, &sealed)`.
pub fn in_words_of_the_task(failure: &mut Failure, source: &str) {
    let call = match &mut failure.fault {
        Some(Fault::Different { call, .. } | Fault::Died { call }) => call,
        Some(Fault::Panicked {
            call: Some(call), ..
        }) => call,
        _ => return,
    };
    let Some((before, arguments, behind)) = parts(call) else {
        return;
    };
    let path = before.trim_end_matches('(');
    let function = path.rsplit([':', '.']).next().unwrap_or(path);
    let names = parameters(source, function).unwrap_or_default();
    if names.len() != arguments.len() {
        return;
    }
    let mut written = Vec::new();
    for (argument, name) in arguments.iter().zip(names) {
        let shown = name_of(argument).filter(|_| !is_plain(argument));
        let noted = failure
            .with
            .iter_mut()
            .find(|input| Some(&input.name) == shown.as_ref());
        match noted {
            Some(noted) => {
                noted.name.clone_from(&name);
                let reference = if argument.starts_with('&') { "&" } else { "" };
                written.push(format!("{reference}{name}"));
            }
            None => written.push((*argument).to_owned()),
        }
    }
    *call = format!("{before}{}{behind}", written.join(", "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Case, Found, Input};

    const SOURCE: &str = "
pub fn open(
    key: &[u8; 16],
    mut sealed: &[u8],
) -> bool {
}
";

    fn renamed(call: &str, with: &[&str]) -> (String, Vec<String>) {
        let input = |name: &&str| Input {
            name: (*name).to_owned(),
            value: String::new(),
        };
        let mut failure = Failure {
            case: Case::default(),
            sentence: String::new(),
            with: with.iter().map(input).collect(),
            think: None,
            tries: 1,
            found: Found::First,
            fault: Some(Fault::Different {
                call: call.to_owned(),
                expected: String::new(),
                got: String::new(),
            }),
        };
        in_words_of_the_task(&mut failure, SOURCE);
        let call = failure.fault.as_ref().and_then(Fault::call);
        let call = call.unwrap_or_default().to_owned();
        (call, failure.with.into_iter().map(|one| one.name).collect())
    }

    #[test]
    fn an_expression_gets_its_name_from_the_task() {
        let changed = "changed.flipped(&sealed, [1, 2])";
        let (call, with) = renamed(&format!("open(&key, &{changed})"), &["key", changed]);
        assert_eq!(call, "open(&key, &sealed)");
        assert_eq!(with, ["key", "sealed"]);
        let (call, with) = renamed("open(&key, b\"a, b\").len()", &["key"]);
        assert_eq!(call, "open(&key, b\"a, b\").len()");
        assert_eq!(with, ["key"]);
        let (call, _) = renamed("close(&f(x))", &["f(x)"]);
        assert_eq!(call, "close(&f(x))");
        let (call, _) = renamed("the seeds of 64 calls", &[]);
        assert_eq!(call, "the seeds of 64 calls");
    }

    #[test]
    fn an_argument_has_a_name_unless_it_shows_its_own_value() {
        for (expression, name) in [
            ("&message", Some("message")),
            ("&mut sender", Some("sender")),
            ("message.clone()", Some("message")),
            ("sent.public", Some("sent.public")),
            ("&list[1..]", Some("list[1..]")),
            ("&roots()", Some("roots")),
            ("b\"hello\"", None),
            ("7", None),
            ("&[]", None),
            ("|x| x", None),
            ("\"example.org\"", None),
        ] {
            assert_eq!(name_of(expression).as_deref(), name, "{expression}");
        }
    }
}
