//! `permits`: rule by rule.

use fixtures::certificates::*;
use fixtures::limits::{Limits, subtree};
use fixtures::strategies::bytes;
use given::x509::*;
use harness::{Broken, assume, called, refused, same, with};

use super::cases::{self, Below, REFUSED, Row};
use super::forms::each_form_beside_each;
use super::malformed::MALFORMED;
use super::rows::{DIRECTORIES, FREE, RULES, UNLIMITED, WILDCARDS};
use crate::subject::ch5_certificates::*;
use fixtures::tell_names;
use fixtures::x509::constrained::{named, server, with_names};
use fixtures::x509::{constraints_in_words, in_detail, with_content};

harness::suite! {
    exercise "5.7" {
        /// whether names are permitted does not depend on what was compared before
        #[think = "Do you keep anything from one call to the next? Both the constraints and the certificate count."]
        fn each_pair_is_compared_anew(({base}, {name}) from [
            ("{}.example.org", "{}.example.org"), ("192.0.2.{}/32", "192.0.2.{}"),
        ]) {
            let at = |pattern: &str, number: usize| pattern.replace("{}", &number.to_string());
            let limits = |number| Limits::new(&[&at(base, number)], &[]).constraints();
            let certificate = |number| with_names(server(), &[at(name, number)]).fresh().unsigned();
            let expected = |is| if is { Ok(()) } else { REFUSED };
            // If an answer is wrong about constraints and names that it has never seen, other properties say so.
            for (base, name) in [(3, 3), (4, 5)] {
                let (constraints, certificate) = (limits(base), certificate(name));
                let mut comparisons_left = NAME_COMPARISONS;
                let said = called!(permits(&constraints, &certificate, &mut comparisons_left));
                assume!(said == expected(base == name));
            }
            let certificates = [1, 2].map(certificate);
            let mut before = None;
            for (base, name) in [(1, 1), (1, 2), (1, 1), (2, 1), (2, 2), (2, 1), (1, 1)] {
                let (constraints, certificate) = (limits(base), &certificates[name - 1]);
                if let Some((limits, names)) = before.replace((constraints.clone(), certificate)) {
                    with!("the previous constraints" = constraints_in_words(&limits));
                    with!("the previous certificate" = in_detail(names));
                }
                names_are(&constraints, certificate, expected(base == name))?;
            }
        }

        /// the rules hold for DNS names and addresses, as in these examples
        #[think = "One name and one subtree at a time. Do their forms agree? Then what do the two lists say?"]
        fn the_rules_of_names({example} from Below::all(&RULES)) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// a wildcard is permitted if all its names are, and excluded if one of them is
        #[think = "Which of the two comparisons is for a permitted domain, and which for an excluded one?"]
        fn the_rules_of_wildcards({example} from Below::all(&WILDCARDS)) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// a subtree limits only names of its form; a name that you can't compare is refused if a subtree has its form
        #[think = "Which pairs of a name and a subtree have the same form? Which of those can you compare?"]
        fn forms_are_apart({example} from each_form_beside_each()) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// every certificate has a subject, so it is refused if there is a directory name among the subtrees
        #[think = "The subject is one of the names, whatever is in it. Which form does it have?"]
        fn the_subject_is_a_directory_name({example} from with_subjects(&DIRECTORIES, ["Server", "Other", ""])) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// a common name is neither a DNS name nor an address
        #[think = "What do you compare with the domains? Only what is in `SubjectAltName`."]
        fn common_names_are_free({example} from with_subjects(&FREE, [HOST, "192.0.2.1", "a.example.org"])) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// constraints without a list are refused, and so are constraints with an empty list
        #[think = "Both lists are missing here, or one is empty. What does the text say about that?"]
        fn constraints_of_nothing_are_refused(({permitted}, {excluded}) from [
            (None, None), (Some(0), None), (None, Some(0)), (Some(0), Some(0)), (Some(1), Some(0)),
            (Some(0), Some(1)),
        ]) {
            let list = |length: usize| vec![subtree("example.org"); length];
            let (permitted_subtrees, excluded_subtrees) = (permitted.map(list), excluded.map(list));
            let constraints = NameConstraints { permitted_subtrees, excluded_subtrees };
            names_are(&constraints, &named(&["192.0.2.1"]), Err(Untrusted::Malformed))?;
        }

        /// a subtree with a minimum or a maximum is refused, even after one that permits the name
        #[think = "Nobody uses these two fields. Do you look at them in every subtree, and at all of both numbers?"]
        fn minimum_and_maximum_are_refused(({list}, {minimum}, {maximum}) from [
            ("permitted", 1, None), ("permitted", 0, Some(0)), ("permitted", 0, Some(1)),
            ("permitted", 0, Some(u32::MAX)), ("permitted", u32::MAX, None), ("permitted", 1, Some(2)), ("permitted", 256, None),
            ("excluded", 1 << 16, None),
            ("excluded", 1, None), ("excluded", 0, Some(0)), ("excluded", u32::MAX, Some(u32::MAX)),
        ]) {
            let is_permitted = list == "permitted";
            for base in if is_permitted { ["example.org", "192.0.2.0/24"] } else { ["example.com", "10.0.0.0/8"] } {
                let subtrees = vec![subtree(base), GeneralSubtree { minimum, maximum, ..subtree(base) }];
                let subtrees = |is| Some(subtrees.clone()).filter(|_| is == is_permitted);
                let constraints = NameConstraints {
                    permitted_subtrees: subtrees(true),
                    excluded_subtrees: subtrees(false),
                };
                names_are(&constraints, &named(&[HOST, "192.0.2.1"]), Err(Untrusted::Malformed))?;
            }
        }

        /// what is malformed is refused, in the subtrees and among the names
        #[think = "Before you compare: is the name well-formed? And the domain, the address, the network?"]
        fn what_is_malformed_is_refused({example} from malformed()) {
            names_are_refused(&example.limits.constraints(), &example.certificate())?;
        }

        /// a name that no subtree limits may be anything
        #[think = "Which names do you look at? Only those whose form a subtree has."]
        fn unlimited_names_are_free({example} from Below::all(&UNLIMITED)) {
            names_are(&example.limits.constraints(), &example.certificate(), example.expected)?;
        }

        /// long lists of subtrees and of names are read to the end
        #[think = "Does one of your loops stop early?"]
        fn long_lists_are_read_to_their_end({length} from [101, 1030]) {
            let others: Vec<String> = (0..length).map(|one| format!("n{one}.example.com")).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let with = |last: &'static str| [&others[..], &[last]].concat();
            let before = |first: &'static str| [&[first], &others[..]].concat();
            let rows = [
                (with("example.org"), vec![], vec![HOST], Ok(())),
                (vec![], with("example.org"), vec![HOST], REFUSED),
                (vec![""], vec!["example.org"], with(HOST), REFUSED),
                (vec!["example.com"], vec![], with(HOST), REFUSED),
                (vec!["example.com"], vec![], with("last.example.com"), Ok(())),
                (before("example.org"), vec![], vec![HOST], Ok(())),
                (vec![], before("example.org"), vec![HOST], REFUSED),
                (vec!["example.com"], vec![], before(HOST), REFUSED),
            ];
            for (permitted, excluded, names, expected) in rows {
                let constraints = Limits::new(&permitted, &excluded).constraints();
                names_are(&constraints, &named(&names), expected)?;
            }
            let constraints = Limits::new(&[], &with("*.example.org")).constraints();
            names_are_refused(&constraints, &named(&[HOST]))?;
        }

        /// names that can't be read are refused
        #[think = "`extension` may fail. What do you do then?"]
        #[cases = 32]
        fn names_that_cannot_be_read_are_refused({junk} in bytes(0..=20)) {
            let mut plan = Plan { names: None, ..server() };
            plan.others = vec![with_content(ID_CE_SUBJECT_ALT_NAME, &junk)];
            let certificate = plan.unsigned();
            // Now and then, junk is an empty sequence.
            assume!(certificate.extension::<SubjectAltName>().is_err());
            let bases = ["example.org", "192.0.2.0/24", "mail:example.org"];
            let constraints = Limits::new(&[bases[junk.len() % 3]], &[]).constraints();
            names_are(&constraints, &certificate, Err(Untrusted::Malformed))?;
        }
    }
}

/// Checks what `permits` says about a certificate.
pub fn names_are(
    constraints: &NameConstraints,
    certificate: &Certificate,
    expected: Result<(), Untrusted>,
) -> Result<(), Broken> {
    let mut comparisons_left = NAME_COMPARISONS;
    tell_names!(constraints, certificate);
    let said = called!(permits(constraints, certificate, &mut comparisons_left));
    cases::think_of_reason(said, expected);
    same!(
        said,
        expected,
        "permits(constraints, certificate, &mut comparisons_left)"
    );
    Ok(())
}

/// Checks that `permits` refuses a certificate, for whatever reason.
pub fn names_are_refused(
    constraints: &NameConstraints,
    certificate: &Certificate,
) -> Result<(), Broken> {
    let mut comparisons_left = NAME_COMPARISONS;
    tell_names!(constraints, certificate);
    refused!(permits(constraints, certificate, &mut comparisons_left));
    Ok(())
}

/// Each of the rows with each of the subjects.
fn with_subjects(rows: &[Row], subjects: [&'static str; 3]) -> Vec<Below> {
    let mut all = Vec::new();
    for row in rows {
        all.extend(subjects.map(|subject| Below {
            subject,
            ..Below::new(*row)
        }));
    }
    all
}

fn malformed() -> Vec<Below> {
    let rows = MALFORMED.iter();
    rows.map(|(permitted, excluded, names)| {
        Below::new((permitted, excluded, names, Err(Untrusted::Malformed)))
    })
    .collect()
}
