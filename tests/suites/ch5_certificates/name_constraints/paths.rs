//! `names_permitted`: whose constraints count, and for which certificates.

use fixtures::as_webpki_says;
use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::oracles::webpki_permits;
use fixtures::strategies::bytes;
use given::x509::*;
use harness::show::Words;
use harness::{Broken, called, check, refused, same};
use proptest::prelude::*;

use super::cases::{REFUSED, expected, left_in_words, think_of_reason};
use crate::subject::ch5_certificates::*;
use fixtures::tell_path;
use fixtures::x509::constrained::{Path, above, below, beyond, narrowed, path, with_names, within};
use fixtures::x509::{BITS, deep, with_content};

harness::suite! {
    exercise "5.7" {
        /// a path is permitted if its names satisfy the constraints of a CA or of the root, critical or not
        #[think = "Use `certificate.extension::<NameConstraints>()?` for each certificate of the path."]
        fn a_path_within_its_limits({path} from within()) {
            path_is(&path.unsigned(), expected(&path))?;
        }

        /// a path is refused if the constraints of a CA or of the root, critical or not, don't permit the leaf's name
        #[think = "In which certificates did you look for constraints, and which of them count?"]
        fn a_path_out_of_limits_is_refused({path} from beyond()) {
            path_is(&path.unsigned(), expected(&path))?;
        }

        /// constraints count for the names of the CAs below, too, and for every name of the leaf
        #[think = "For which certificates did you call `permits`? For all of those below?"]
        fn everything_below_is_limited({path} from below()) {
            path_is(&path.unsigned(), expected(&path))?;
        }

        /// constraints limit neither the certificate that they are in nor those above it
        #[think = "A CA limits others. Which certificates are below it?"]
        fn a_ca_does_not_limit_itself({path} from above()) {
            path_is(&path.unsigned(), expected(&path))?;
        }

        /// certificates whose owners share a name, or have none, are each limited
        #[think = "Which certificates are below the CA? Do you tell them apart by the names of their owners?"]
        fn each_namesake_is_limited({owner} from ["Server", ""]) {
            for (below, name) in [(0, "a.example.com"), (1, "a.example.com"), (1, "a.example.org")] {
                let path = Path::limited(&[(3, &Limits::new(&["example.org"], &[]))], true).named(below, &[name]);
                let mut plans = path.plans();
                (plans[0].subject, plans[1].subject) = (owner.to_owned(), owner.to_owned());
                let path: Vec<Certificate> = plans.iter().map(Plan::unsigned).collect();
                path_is(&path, if name == "a.example.org" { Ok(()) } else { REFUSED })?;
            }
        }

        /// a certificate that is on the path twice, as leaf and as root, is below itself
        #[think = "What is below a certificate is said by its place on the path. Do you look for it by what is in it?"]
        fn the_same_certificate_may_be_above_itself() {
            let leaf = Path::limited(&[(0, &Limits::new(&["example.com"], &[]))], true).unsigned().swap_remove(0);
            let (path, mut comparisons_left) = ([&leaf, &leaf], NAME_COMPARISONS);
            tell_path!(path);
            // For any reason: it is a leaf with constraints, which may be refused for that alone.
            refused!(names_permitted(&path, &mut comparisons_left));
        }

        /// if several CAs are limited, each of them must permit the names below it
        #[think = "Each CA limits what is below it. Can a CA give more than it has?"]
        fn limits_only_narrow({path} from narrowed()) {
            path_is(&path.unsigned(), expected(&path))?;
        }

        /// a CA that names itself as its issuer is limited as well, and limits others
        #[think = "RFC 5280 makes an exception here. The task says not to make it."]
        fn a_self_issued_ca_is_limited(({place}, {below}, {name}) from [
            (3, 1, "ca.example.org"), (3, 1, "ca.example.com"), (1, 0, "ca.example.org"),
            (1, 0, "ca.example.com"), (2, 1, "ca.example.org"), (2, 1, "ca.example.com"),
        ]) {
            let limits = Limits::new(&["example.org"], &[]);
            let path = Path::limited(&[(place, &limits)], true);
            let mut plans = path.named(below, &[HOST, name]).plans();
            // CA 2 has a new key, and has signed it with the old one.
            plans[1].subject = plans[2].subject.clone();
            plans[0].issuer = plans[2].subject.clone();
            let certificates: Vec<Certificate> = plans.iter().map(Plan::unsigned).collect();
            path_is(&certificates, if name == "ca.example.org" { Ok(()) } else { REFUSED })?;
        }

        /// a long path is checked from one end to the other
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn a_long_path_is_looked_at_whole(({cas}, {place}, {below}) from [
            (30, 31, 0), (30, 31, 30), (30, 30, 29), (30, 15, 0), (98, 99, 0), (98, 99, 98),
        ]) {
            let limits = Limits::new(&["example.org"], &[]);
            let mut plans = deep(cas);
            plans.push(Plan::root(anchor(BITS)));
            plans[place].others = vec![limits.extension(true)];
            let certificates: Vec<Certificate> = plans.iter().map(Plan::unsigned).collect();
            let with = |name: &str| {
                let named = with_names(plans[below].clone(), &[HOST.to_owned(), name.to_owned()]);
                let mut certificates = certificates.clone();
                certificates[below] = named.unsigned();
                certificates
            };
            for (name, expected) in [("a.example.org", Ok(())), ("a.example.com", REFUSED)] {
                path_is(&with(name), expected)?;
            }
        }

        /// a path is refused if the constraints of a CA or of the root, critical or not, can't be read
        #[think = "`extension` may fail. What do you do then?"]
        #[cases = 48]
        fn constraints_that_cannot_be_read_are_refused(
            {content} in bytes(0..=12), {place} in 1..=3_usize, {critical} in any::<bool>()
        ) {
            let mut plans = Path::limited(&[], true).plans();
            plans[place].others =
                vec![Extension { critical, ..with_content(ID_CE_NAME_CONSTRAINTS, &content) }];
            let certificates: Vec<Certificate> = plans.iter().map(Plan::unsigned).collect();
            let path: Vec<&Certificate> = certificates.iter().collect();
            let mut comparisons_left = NAME_COMPARISONS;
            tell_path!(path);
            let said = called!(names_permitted(&path, &mut comparisons_left));
            let expected = Err(Untrusted::Malformed);
            think_of_reason(said, expected);
            same!(said, expected, "names_permitted(&path, &mut comparisons_left)");
        }

        /// the comparisons of all CAs of a path are counted together
        #[think = "There is one budget. Do you begin a new one for each CA, or for each certificate below it?"]
        #[cases = 32]
        fn the_comparisons_of_a_path_add_up({subtrees} in 1..=4_usize, {spare} in 0..=3_usize) {
            let limits = Limits::new(&vec!["10.0.0.0/8"; subtrees], &[]);
            let path = Path::limited(&[(1, &limits), (2, &limits), (3, &limits)], true);
            let certificates = path.unsigned();
            let path: Vec<&Certificate> = certificates.iter().collect();
            // The leaf has a name and a subject, the two CAs have a subject each.
            let pairs = (2 + 3 + 4) * subtrees;
            tell_path!(path);
            let mut comparisons_left = pairs + spare;
            same!(names_permitted(&path, &mut comparisons_left), Ok(()));
            check!(
                comparisons_left == spare,
                left_in_words(spare),
                Words(left_in_words(comparisons_left)),
                "names_permitted(&path, &mut comparisons_left)"
            );
            let mut comparisons_left = pairs - 1;
            same!(names_permitted(&path, &mut comparisons_left), Err(Untrusted::TooMuchWork));
        }

        /// webpki agrees, with limited CAs and a limited root, and with names of CAs
        #[think = "Which name is below which constraints? The report says what webpki said."]
        #[cases = 128]
        fn webpki_agrees_on_paths({path} in path()) {
            let certificates = path.unsigned();
            let root = certificates.len() - 1;
            let said = webpki_permits(&certificates[..root], &certificates[root]);
            let path: Vec<&Certificate> = certificates.iter().collect();
            let mut comparisons_left = NAME_COMPARISONS;
            tell_path!(path);
            as_webpki_says!(said, names_permitted(&path, &mut comparisons_left));
        }
    }
}

/// Checks what `names_permitted` says about a path.
fn path_is(certificates: &[Certificate], expected: Result<(), Untrusted>) -> Result<(), Broken> {
    let path: Vec<&Certificate> = certificates.iter().collect();
    let mut comparisons_left = NAME_COMPARISONS;
    tell_path!(path);
    same!(names_permitted(&path, &mut comparisons_left), expected);
    Ok(())
}
