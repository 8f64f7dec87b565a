//! `verify_chain`, now that it calls `names_permitted`.

use fixtures::as_webpki_says;
use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::oracles::webpki_permits;
use fixtures::tell_chain;
use given::x509::*;
use harness::show::Words;
use harness::{refused, same, with};
use proptest::prelude::*;

use crate::subject::ch5_certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::constrained::{Path, below, beyond, path, within};
use fixtures::x509::shuffled;
use fixtures::x509::{roots, with_content};

harness::suite! {
    exercise "5.7" {
        /// a chain is trusted if the constraints of a CA or of the root, critical or not, permit the host
        #[think = "Does `verify_chain` call `names_permitted`, or does it still refuse all constraints?"]
        fn a_permitted_host_is_trusted({path} from within()) {
            let (chain, roots) = path.made();
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a chain is refused if the constraints of a CA or of the root, critical or not, don't permit the host
        #[think = "What path does `verify_chain` give to `names_permitted`? The root is its last certificate."]
        fn a_host_out_of_limits_is_refused({path} from beyond()) {
            let (chain, roots) = path.made();
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
        }

        /// the constraints of a root count, even if it does not say that it is a CA
        #[think = "A root is a name, a key and name constraints. What else about it do you look at?"]
        fn the_constraints_of_any_root_count() {
            let mut plans = Path::limited(&[(3, &Limits::new(&["example.com"], &[]))], true).plans();
            (plans[3].ca, plans[3].usage) = (None, None);
            let mut chain = made(&plans);
            let roots = chain.split_off(3);
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
        }

        /// a chain for an address is trusted if the constraints of a CA or of the root permit the address
        #[think = "Which name of the leaf do you compare? Does it matter which host was asked for?"]
        fn an_address_may_be_permitted({place} from [1, 2, 3]) {
            let limits = Limits::new(&["192.0.2.0/24"], &["example.org"]);
            let path = Path::limited(&[(place, &limits)], true).named(0, &["192.0.2.1"]);
            let ((chain, roots), host) = (path.made(), "192.0.2.1");
            tell_chain!(chain, roots);
            with!(host);
            same!(verify_chain(&chain, &roots, host, NOW), Ok(()));
        }

        /// constraints count for the names of the CAs, too, and for every name of the leaf
        #[think = "Do you check the whole path, from the leaf to the root?"]
        fn a_chain_is_looked_at_whole({path} from below()) {
            let (chain, roots) = path.made();
            tell_chain!(chain, roots);
            if path.is_permitted {
                same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
            } else {
                refused!(verify_chain(&chain, &roots, HOST, NOW));
            }
        }

        /// a limited CA that leads to no root costs no comparisons
        #[think = "When do you call `names_permitted`? The text says: as soon as you have found the root."]
        fn dead_ends_cost_no_comparisons({place} from ["first", "last"]) {
            let limits = Limits::new(&vec!["10.0.0.0/8"; 501], &[]);
            let path = Path { depth: 1, ..Path::limited(&[], true) }.named(0, &[HOST; 499]);
            let mut plans = path.plans();
            plans.pop();
            let dead_end = Plan {
                issuer: "Nobody".to_owned(), serial: 2, others: vec![limits.extension(true)], ..plans[1].clone()
            };
            plans.insert(if place == "first" { 1 } else { 2 }, dead_end);
            let chain = made(&plans);
            tell_chain!(chain, roots());
            with!("comparisons" = Words(
                "500 names of the leaf, with the subject, times 501 subtrees would be more than 250,000".to_owned()
            ));
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// if one path is not permitted, another is found
        #[think = "What `permits` says is about one path. Do you go on after that?"]
        #[cases = 24]
        fn another_path_is_found(
            {order} in any::<u64>(), {malformed} in any::<bool>(), {at_root} in any::<bool>()
        ) {
            let limits = Limits::new(&["example.com"], &[]);
            let extension = if malformed {
                with_content(ID_CE_NAME_CONSTRAINTS, &[0x30, 1])
            } else {
                limits.extension(true)
            };
            let mut plans = line(2, BITS);
            let root = Plan::root(anchor(BITS));
            let mut roots = vec![root.clone()];
            if at_root {
                // Both have the same name and the same key.
                let limited = Plan { others: vec![extension], ..root };
                roots.insert(usize::from(order % 2 == 0), limited);
            } else {
                let limited = Plan { others: vec![extension], serial: 2, ..plans[2].clone() };
                plans.push(limited);
            }
            let chain = shuffled(made(&plans), order);
            let roots = made(&roots);
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// limited CAs that are not on the path do no harm
        #[think = "Only the certificates on the path count, and the root at its end."]
        #[cases = 16]
        fn strangers_limit_nobody(
            {depth} in 0..=2_usize, {order} in any::<u64>(), {critical} in any::<bool>()
        ) {
            let others = vec![Limits::new(&["example.com"], &[]).extension(critical)];
            let mut plans = line(depth, BITS);
            let stranger = Plan::root(Signer("Stranger", Key(BITS, 4)));
            plans.push(Plan { others: others.clone(), ..stranger.clone() });
            // The root that was sent along is not the one on the list.
            plans.push(Plan { others: others.clone(), ..Plan::root(anchor(BITS)) });
            let chain = shuffled(made(&plans), order);
            let roots = [Plan { others, ..stranger }.make(), roots().remove(0)];
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// 250,000 comparisons are not too much work, and one more is
        #[think = "250,000 comparisons in all, and the subject counts. With how many does your budget begin?"]
        fn the_comparisons_are_bounded({subtrees} from [500, 501, 499]) {
            let limits = Limits::new(&vec!["10.0.0.0/8"; subtrees], &[]);
            let names = vec![HOST; 499];
            let mut words = format!("500 names of the leaf, with the subject, times {subtrees} subtrees");
            let path = if subtrees == 499 {
                words += "\nthe root: these 500, and the subject of CA 1, times 1 subtree: 250,001 in all";
                let one = Limits::new(&["10.0.0.0/8"], &[]);
                Path { depth: 1, ..Path::limited(&[(1, &limits), (2, &one)], true) }
            } else {
                Path { depth: 0, ..Path::limited(&[(1, &limits)], true) }
            };
            let (chain, roots) = path.named(0, &names).made();
            let expected = if subtrees == 500 { Ok(()) } else { Err(Untrusted::TooMuchWork) };
            tell_chain!(chain, roots);
            with!("comparisons" = Words(words));
            same!(verify_chain(&chain, &roots, HOST, NOW), expected);
        }

        /// the comparisons are counted across the CAs of a path, and across all paths
        #[think = "One budget for the whole call of `verify_chain`. Do you begin a new one anywhere?"]
        fn the_comparisons_are_bounded_in_all({paths} from [1, 2]) {
            let networks = vec!["10.0.0.0/8"; 300];
            // The name that is not permitted is in the middle, so that it is not found early from either end.
            let names = [&[HOST; 249][..], &["mail.example.com"], &[HOST; 249]].concat();
            let free = Limits::new(&networks, &[]);
            let (chain, roots) = if paths == 1 {
                let path = Path::limited(&[(1, &free), (2, &free)], true);
                Path { depth: 1, ..path }.named(0, &names).made()
            } else {
                // Five roots with the same name and key. All but the one in the middle exclude one name.
                let root = |limits: &Limits| {
                    let path = Path { depth: 0, ..Path::limited(&[(1, limits)], true) };
                    path.named(0, &names).made()
                };
                let excluding = |more: usize| {
                    let networks = vec!["10.0.0.0/8"; 300 + more];
                    root(&Limits::new(&[], &[&networks[..], &["example.com"]].concat())).1
                };
                let (chain, two) = root(&free);
                let roots = [excluding(0), excluding(1), two, excluding(2), excluding(3)].concat();
                (chain, roots)
            };
            tell_chain!(chain, roots);
            with!("comparisons" = Words(if paths == 1 {
                "CA 1: 500 names of the leaf, with the subject, times 300 subtrees\n\
                 the root: these 500, and the subject of CA 1, times 300 subtrees\n\
                 both together are more than 250,000".to_owned()
            } else {
                "500 names, with the subject, times more than 300 subtrees of each root\n\
                 the name that a root excludes is in the middle: half of the comparisons find it\n\
                 the halves of two roots and all of the root in the middle are more than 250,000".to_owned()
            }));
            same!(verify_chain(&chain, &roots, HOST, NOW), Err(Untrusted::TooMuchWork));
        }

        /// too much work is the end: no other path is tried, not even one that takes less
        #[think = "After any other error, you go on. What does the text say about this one?"]
        fn too_much_work_is_the_end({place} from [1, 2]) {
            let limits = Limits::new(&vec!["10.0.0.0/8"; 501], &[]);
            let path = Path { depth: 1, ..Path::limited(&[], true) }.named(0, &[HOST; 499]);
            let mut plans = path.plans();
            let root = plans.pop().expect("it is the last");
            let mut roots = vec![root.clone()];
            // Three with the same name and key. The one in the middle is not limited.
            let limited = |plan: &Plan, serial| Plan {
                others: vec![limits.extension(true)], serial, ..plan.clone()
            };
            if place == 1 {
                plans.insert(1, limited(&plans[1], 2));
                plans.push(limited(&plans[1], 3));
            } else {
                roots = vec![limited(&root, 2), root.clone(), limited(&root, 3)];
            }
            let (chain, roots) = (made(&plans), made(&roots));
            tell_chain!(chain, roots);
            with!("comparisons" = Words(
                "500 names of the leaf, with the subject, times 501 subtrees are more than 250,000".to_owned()
            ));
            same!(verify_chain(&chain, &roots, HOST, NOW), Err(Untrusted::TooMuchWork));
        }

        /// webpki agrees on whole chains, with limited CAs and a limited root
        #[think = "Which name is below which constraints? The report says what webpki said."]
        #[cases = 16]
        fn webpki_agrees_on_limited_chains({path} in path()) {
            let (chain, roots) = path.made();
            let said = webpki_permits(&chain, &roots[0]);
            tell_chain!(chain, roots);
            as_webpki_says!(said, verify_chain(&chain, &roots, "b.a.test", NOW));
        }
    }
}
