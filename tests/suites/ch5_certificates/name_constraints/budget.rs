//! `permits`: the budget.

use fixtures::certificates::*;
use fixtures::limits::Limits;
use harness::show::Words;
use harness::{check, same, think_of};
use proptest::sample::select;

use super::cases::left_in_words;
use crate::subject::ch5_certificates::*;
use fixtures::tell_names;
use fixtures::x509::constrained::{named, named_beside};

harness::suite! {
    exercise "5.7" {
        /// each pair of a name and a subtree takes one comparison, whatever their forms
        #[think = "Names times subtrees. The subject is a name, even if it is empty, and both lists count."]
        #[cases = 64]
        fn each_pair_takes_a_comparison(
            {names} in 0..=6_usize, {permitted} in 0..=5_usize, {excluded} in 1..=5_usize,
            {spare} in 0..=2_usize, {subject} in select(vec!["Server", ""])
        ) {
            let forms = [HOST, "192.0.2.1", "uri:https://example.org/", "mail:a@example.com", HOST, "directory:Other"];
            let names: Vec<&str> = forms.iter().copied().cycle().take(names).collect();
            let permitted_bases = vec!["example.org", "192.0.2.0/24", "id:1.2.3"];
            let permitted: Vec<&str> = permitted_bases.into_iter().cycle().take(permitted).collect();
            let excluded_bases = vec!["secret.example.org", "2001:db8::/32", "other:"];
            let excluded: Vec<&str> = excluded_bases.into_iter().cycle().take(excluded).collect();
            let constraints = Limits::new(&permitted, &excluded).constraints();
            let certificate = named_beside(subject, &names);
            let pairs = (names.len() + 1) * (permitted.len() + excluded.len());
            tell_names!(constraints, certificate);
            let mut comparisons_left = pairs + spare;
            same!(permits(&constraints, &certificate, &mut comparisons_left), Ok(()));
            check!(
                comparisons_left == spare,
                left_in_words(spare),
                Words(left_in_words(comparisons_left)),
                "permits(&constraints, &certificate, &mut comparisons_left)"
            );
            think_of!("There is one comparison too few. Do you find out before you take more than there are?");
            let mut comparisons_left = pairs - 1;
            same!(
                permits(&constraints, &certificate, &mut comparisons_left),
                Err(Untrusted::TooMuchWork)
            );
        }

        /// thousands of names and thousands of subtrees are too much work
        #[think = "Do you count before you compare, or while you do? How many comparisons do you make before you stop?"]
        fn a_flood_of_names_is_too_much_work(({budget}, {count}, {base}) from [
            (NAME_COMPARISONS, 2000, "192.0.2.0/24"), (NAME_COMPARISONS, 600, "example.org"),
            (1000, 40, "192.0.2.0/24"), (0, 1, "192.0.2.0/24"),
        ]) {
            let names = vec![HOST; count];
            let bases = vec![base; count];
            let constraints = Limits::new(&bases, &[]).constraints();
            let certificate = named(&names);
            let mut comparisons_left = budget;
            tell_names!(constraints, certificate);
            same!(
                permits(&constraints, &certificate, &mut comparisons_left),
                Err(Untrusted::TooMuchWork)
            );
        }
    }
}
