//! Grades the properties of one exercise in several children at once. Someone who has saved an answer waits for this
//! exercise alone, and should not wait while half of the machine is idle.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use book::verdict::{Holds, Verdict};

use crate::child::{self, Ended, Limits, Task};
use crate::run::Cancel;

/// Grades one exercise in up to this many children. Each tries the next property that no other has taken, until none is
/// left: some take a hundred times as long as others. Returns `None` if the run was cancelled.
///
/// # Errors
/// A child can't be started, or has died without having tried anything.
pub fn grade(
    task: &Task<'_>,
    children: usize,
    limits: Limits,
    folder: &Path,
    cancel: &Cancel,
) -> io::Result<Option<Ended>> {
    let children = children.min(task.properties.len());
    if children < 2 {
        return child::grade(task, limits, folder, cancel);
    }
    fs::create_dir_all(folder)?;
    let dealt = tempfile::tempdir_in(folder)?;
    let task = Task {
        dealt: Some(dealt.path()),
        ..*task
    };
    let parts = thread::scope(|scope| {
        let start = |_| scope.spawn(|| child::grade(&task, limits, folder, cancel));
        // All are started before the first is waited for.
        let started: Vec<_> = (0..children).map(start).collect();
        let ended = started.into_iter().map(|child| {
            child
                .join()
                .expect("a thread that only waits does not panic")
        });
        ended.collect::<io::Result<Option<Vec<Ended>>>>()
    })?;
    Ok(parts.and_then(|parts| as_one(parts, &task)))
}

/// What a single child would have found that had tried all of the properties.
fn as_one(mut parts: Vec<Ended>, task: &Task<'_>) -> Option<Ended> {
    let place = |name: &str| {
        let mut names = task.properties.iter().map(|property| &property.name);
        names.position(|other| other == name)
    };
    // What is wrong comes before what is missing, and that before what was skipped. Of two alike, it is the one whose
    // property is tried first.
    let decides = |part: &Ended| {
        let class = match (&part.failure, &part.todo, &part.verdict) {
            (Some(_), ..) => 0,
            (None, Some(_), _) => 1,
            (None, None, Verdict::Skipped { .. }) => 2,
            (None, None, _) => 3,
        };
        let failed = part.failure.as_ref().map(|failure| &failure.case);
        let missing = part.todo.as_ref().map(|todo| &todo.case);
        let case = failed.or(missing);
        (class, case.and_then(|case| place(&case.property)))
    };
    let first = (0..parts.len()).min_by_key(|&part| decides(&parts[part]))?;
    let decisive = parts.swap_remove(first);
    let mut properties = decisive.properties.clone();
    let mut took = decisive.took;
    for part in parts {
        took = took.max(part.took);
        // A child that dies once the verdict is known has not told in which property. Whether this one knew it, and did
        // not tell, is chance.
        let died_of = match &part.failure {
            Some(failure) if part.verdict.is_death() => Some(&failure.case.property),
            _ => None,
        };
        for (property, other) in properties.iter_mut().zip(&part.properties) {
            if property.holds == Holds::Untried && died_of != Some(&other.property) {
                property.clone_from(other);
            }
        }
    }
    Some(Ended {
        properties,
        took,
        ..decisive
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use book::protocol::Description;
    use book::verdict::{Case, Failure, Found, Todo, Tried};

    use super::*;

    const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];

    fn case(name: &str) -> Case {
        Case {
            property: name.to_owned(),
            ..Case::default()
        }
    }

    /// A part in which these properties were tried.
    fn part(names: [&str; 2], verdict: Verdict) -> Ended {
        let tried = |name: &str| Tried {
            property: name.to_owned(),
            sentence: String::new(),
            holds: if names.contains(&name) {
                Holds::Yes
            } else {
                Holds::Untried
            },
            milliseconds: 0,
        };
        Ended {
            verdict,
            properties: NAMES.map(tried).to_vec(),
            todo: None,
            failure: None,
            printed: String::new(),
            took: Duration::ZERO,
        }
    }

    fn failed(names: [&str; 2], name: &str) -> Ended {
        let failure = Failure {
            case: case(name),
            sentence: String::new(),
            with: Vec::new(),
            think: None,
            tries: 1,
            found: Found::First,
            fault: None,
        };
        Ended {
            failure: Some(failure),
            ..part(names, Verdict::Wrong)
        }
    }

    fn missing(names: [&str; 2], name: &str) -> Ended {
        let todo = Todo {
            message: String::new(),
            case: case(name),
            call: None,
        };
        Ended {
            todo: Some(todo),
            ..part(names, Verdict::NotStarted)
        }
    }

    fn joined(parts: [Ended; 2]) -> Ended {
        let properties = NAMES.map(|name| Description {
            exercise: "1.1".to_owned(),
            name: name.to_owned(),
            sentence: String::new(),
            think: String::new(),
        });
        let task = Task {
            id: "1.1",
            program: Path::new(""),
            environment: &[],
            properties: &properties,
            dealt: None,
            seed: book::verdict::Seed(0),
            replay: None,
            is_first_enough: false,
            is_apart: false,
            is_begun: false,
            is_narration: false,
        };
        as_one(parts.to_vec(), &task).expect("there are parts")
    }

    const ODD: [&str; 2] = ["first", "third"];
    const EVEN: [&str; 2] = ["second", "fourth"];

    #[test]
    fn what_one_part_has_not_tried_is_in_the_other() {
        let ended = joined([part(EVEN, Verdict::Solved), part(ODD, Verdict::Solved)]);
        let names = ended.properties.iter().map(|tried| tried.property.as_str());
        assert_eq!(names.collect::<Vec<_>>(), NAMES);
        let mut tried = ended.properties.iter().map(|tried| tried.holds);
        assert!(tried.all(|holds| holds == Holds::Yes));
        assert_eq!(ended.verdict, Verdict::Solved);
    }

    #[test]
    fn the_first_that_is_broken_decides() {
        for (odd, even, first) in [
            ("third", "second", "second"),
            ("first", "fourth", "first"),
            ("third", "fourth", "third"),
        ] {
            let ended = joined([failed(ODD, odd), failed(EVEN, even)]);
            let failure = ended.failure.expect("it failed");
            assert_eq!(failure.case.property, first);
        }
    }

    #[test]
    fn what_kills_a_child_counts_as_tried_only_if_it_decides() {
        let killed = |names: [&str; 2], name: &str| Ended {
            verdict: Verdict::Exited { code: 7 },
            ..failed(names, name)
        };
        let holds = |parts: [Ended; 2]| {
            let tried = joined(parts).properties.into_iter();
            tried.map(|tried| tried.holds).collect::<Vec<_>>()
        };
        for parts in [
            [failed(EVEN, "second"), killed(ODD, "third")],
            [killed(ODD, "third"), failed(EVEN, "second")],
        ] {
            assert_eq!(holds(parts)[1..3], [Holds::Yes, Holds::Untried]);
        }
        for parts in [
            [failed(EVEN, "second"), killed(ODD, "first")],
            [killed(EVEN, "second"), failed(ODD, "third")],
        ] {
            assert_eq!(holds(parts), [Holds::Yes; 4]);
        }
    }

    #[test]
    fn what_is_wrong_comes_before_what_is_missing() {
        let ended = joined([missing(ODD, "first"), failed(EVEN, "fourth")]);
        assert_eq!(ended.verdict, Verdict::Wrong);
        let ended = joined([part(ODD, Verdict::Solved), missing(EVEN, "fourth")]);
        assert_eq!(ended.verdict, Verdict::NotStarted);
        let skipped = || Verdict::Skipped {
            reason: String::new(),
        };
        let ended = joined([part(ODD, skipped()), missing(EVEN, "second")]);
        assert_eq!(ended.verdict, Verdict::NotStarted);
        let ended = joined([part(ODD, Verdict::Solved), part(EVEN, skipped())]);
        assert_eq!(ended.verdict, skipped());
    }
}
