//! `verify_chain`: the budget, and that there is no other limit.

use crate::verified::{chain_is, chain_is_refused};
use fixtures::tell_chain;
use fixtures::x509::generated::Defect;
use harness::show::Words;
use harness::{called, check, same, think_of, with};

use crate::subject::ch5_certificates::*;
use crate::verified::counted;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::roots;
use fixtures::x509::{DeadEnd, deep, maze_of, namesakes, strangers};

harness::suite! {
    exercise "5.5" {
        /// there may be any number of strangers among the intermediates and the roots
        #[think = "How far do you look, in the chain and among the roots? A certificate with another name costs nothing."]
        fn any_number_of_strangers_does_no_harm(({count}, {place}) from [
            (10, "first"), (10, "last"), (300, "last"), (1030, "first"),
        ]) {
            let (mut chain, mut roots) = (made(&line(2, BITS)), roots());
            let strangers = strangers(count);
            let places = if place == "first" { [1, 0] } else { [3, 1] };
            for (list, place) in [&mut chain, &mut roots].into_iter().zip(places) {
                list.splice(place..place, strangers.iter().cloned());
            }
            tell_chain!(chain, roots);
            let side = if place == "first" { "before" } else { "after" };
            with!("on each list" = Words(format!("{count} strangers, {side} the CAs and the root")));
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a path may be as long as the budget allows
        #[think = "Did you set a limit that the text does not have? Its only limit is 100 signature checks."]
        fn deep_chains_are_trusted({depth} from [7, 99]) {
            let (chain, roots) = (made(&deep(depth)), roots());
            tell_chain!(chain, roots);
            let (got, checks) = counted(&chain, || called!(verify_chain(&chain, &roots, HOST, NOW)));
            same!(got, Ok(()), "verify_chain(&chain, &roots, HOST, NOW)");
            think_of!("Do you check a signature again that you have checked while you climbed?");
            check!(
                checks <= MOST_CHECKS,
                "100 signature checks or fewer",
                Words(format!("{checks} signature checks")),
                "verify_chain(&chain, &roots, HOST, NOW)"
            );
        }

        /// every certificate on a path is checked, however long the path is
        #[think = "Do you check the certificates less closely after some point on the path?"]
        fn all_of_a_deep_chain_counts(({depth}, {place}) from [(4, 4), (7, 0), (7, 5), (7, 7), (40, 20), (40, 40), (60, 60)]) {
            let mut plans = deep(depth);
            plans[place].validity = (1000, -1);
            chain_is_refused!(plans);
        }

        /// every rule is checked, however long the path is
        #[think = "Do you check the certificates less closely after some point on the path?"]
        fn no_rule_ends_on_a_deep_chain({defect} from [
            Defect::UnknownCritical(7), Defect::OtherPurpose(7), Defect::NoCertSign(7), Defect::PathTooShort(18),
        ]) {
            let mut plans = deep(if defect == Defect::PathTooShort(18) { 18 } else { 7 });
            defect.spoil(&mut plans);
            chain_is_refused!(plans);
        }

        /// a maze of intermediates takes at most 100 signature checks
        #[think = "Count the checks across all paths, not on each. And check while you climb."]
        fn the_work_is_bounded(({levels}, {wide}) from [(3, 8), (4, 25), (1, 150)]) {
            let (chain, roots) = (maze_of(levels, wide), roots());
            tell_chain!(chain, roots);
            let levels = if levels == 1 { "1 level".to_owned() } else { format!("{levels} levels") };
            with!("in the chain" = Words(format!("{levels} of {wide} CAs, each with the name that is looked for")));
            let (got, checks) = counted(&chain, || called!(verify_chain(&chain, &roots, HOST, NOW)));
            check!(got.is_err(), "Err(…)", got, "verify_chain(&chain, &roots, HOST, NOW)");
            check!(
                checks <= MOST_CHECKS,
                "100 signature checks or fewer",
                Words(format!("{checks} signature checks")),
                "verify_chain(&chain, &roots, HOST, NOW)"
            );
            if wide == 150 {
                think_of!("After 100 checks there are 50 CAs of this name that nobody has tried. Is the issuer unknown?");
                same!(got, Err(Untrusted::TooMuchWork), "verify_chain(&chain, &roots, HOST, NOW)");
            }
        }

        /// each root of the right name costs a check, and counts like any other certificate
        #[think = "What do you count? A root can be the wrong one, too, and finding out costs a check."]
        fn roots_cost_as_well({count} from [100, 150]) {
            let chain = made(&line(0, BITS));
            let roots = namesakes("Root", count);
            tell_chain!(chain, roots);
            with!("among the roots" = Words(format!("{count} with the right name and another key")));
            let (got, checks) = counted(&chain, || called!(verify_chain(&chain, &roots, HOST, NOW)));
            check!(got.is_err(), "Err(…)", got, "verify_chain(&chain, &roots, HOST, NOW)");
            check!(
                checks <= MOST_CHECKS,
                "100 signature checks or fewer",
                Words(format!("{checks} signature checks")),
                "verify_chain(&chain, &roots, HOST, NOW)"
            );
        }

        /// the budget is enough for 40 CAs with the same name, and certificates with other names cost nothing
        #[think = "What do you count? Only a check of a signature costs anything."]
        fn the_budget_is_enough({wrong_before} from [0, 20, 40]) {
            let plans = line(2, BITS);
            let mut chain = made(&plans[..1]);
            let wrong = namesakes("CA 1", 40);
            chain.extend(wrong[..wrong_before].iter().cloned());
            chain.extend(strangers(60));
            chain.extend(made(&plans[1..]));
            chain.extend(wrong[wrong_before..].iter().cloned());
            tell_chain!(chain, roots());
            with!("in the chain" = Words(format!(
                "40 CAs with the right name and another key, {wrong_before} of them before the right one"
            )));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// forged copies of a CA's certificate, before the right one and after it, do no harm while the budget lasts
        #[think = "Is there a limit in your code other than the budget? A key is not bad because somebody forges signatures of it."]
        fn forged_copies_do_no_harm({copies} from [30]) {
            let plans = line(1, BITS);
            let forged = (1..=copies).map(|number| Plan { serial: 200 + number, flipped: Some(100), ..plans[1].clone() });
            let mut chain: Vec<Plan> = forged.collect();
            chain.insert(15, plans[1].clone());
            chain.insert(0, plans[0].clone());
            chain_is!(chain, Ok(()));
        }

        /// if the budget runs out, the error says so
        #[think = "What do you return if the checks are used up and a candidate is left? Is that the last word?"]
        fn too_much_work_is_reported() {
            let plans = line(2, BITS);
            // The checks are used up above CA 1 while its other certificate waits, the expired one, whether first or last.
            let [first, last] = [1, 2].map(|place| DeadEnd::Expired.instead_of(&plans[1], place));
            let mut chain = made(&[plans[0].clone(), first, plans[1].clone(), last]);
            chain.extend(namesakes("CA 2", MOST_CHECKS + 20));
            tell_chain!(chain, roots());
            with!("in the chain" = Words("120 CAs with the name of CA 2 and another key".to_owned()));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Err(Untrusted::TooMuchWork));
        }

        /// a hundred signatures may be checked, and not one more
        #[think = "`SIGNATURE_CHECKS` are allowed. Which of `<` and `<=` is it?"]
        fn the_budget_is_exact() {
            let chain = made(&deep(100));
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Err(Untrusted::TooMuchWork));
        }
    }
}

/// How many signatures `verify_chain` may check.
const MOST_CHECKS: usize = 100;
