//! `verify_chain`: chains of a certain shape, with a good path and a bad one.

use crate::verified::{chain_is, chain_is_refused};
use fixtures::tell_chain;
use fixtures::x509::generated::Defect;
use given::x509::*;
use harness::show::Words;
use harness::{same, think_of, with};

use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::{DeadEnd, namesakes, with_unreadable_key, without_rsa_key};
use fixtures::x509::{identifiers, roots};

harness::suite! {
    exercise "5.5" {
        /// a bad certificate of each CA, before or after the good one, does no harm
        #[think = "A dead end says nothing about the next path. Do you go on after each kind of dead end?"]
        fn every_dead_end_is_left_again(({end}, {place}) from dead_ends()) {
            let mut plans = line(2, BITS);
            if end == DeadEnd::HintedAt {
                plans[0].others = identifiers(9, 7).to_vec();
                plans[1].others = identifiers(1, 7).to_vec();
            }
            let ends = [1, 2].map(|place| end.instead_of(&plans[place], place));
            let place = if place == "before" { 1 } else { plans.len() };
            plans.splice(place..place, ends);
            let chain = made(&plans);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
        }

        /// a certificate with the same name whose key can't be read, or is of another kind, does no harm
        #[think = "`signed_by` may fail in several ways. Do you try the next candidate after each?"]
        fn an_unreadable_key_is_a_dead_end({place} from ["before", "after"]) {
            let plans = line(1, BITS);
            let other = Plan { serial: 2, ..plans[1].clone() };
            let place = if place == "before" { 1 } else { 2 };
            let of_another_kind: fn(&Certificate) -> Certificate = |one| without_rsa_key(one, 10);
            for spoiled in [with_unreadable_key, of_another_kind] {
                let mut chain = made(&plans);
                chain.insert(place, spoiled(&other.make()));
                tell_chain!(chain, roots());
                same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
                let mut roots = roots();
                roots.insert(place - 1, spoiled(&roots[0]));
                tell_chain!(chain, roots);
                same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
            }
        }

        /// CAs with the same name and different keys, or the reverse, are different CAs
        #[think = "When do two certificates belong to the same CA? See point 5: name *and* key."]
        fn a_name_or_a_key_alone_is_not_a_ca({what} from TWO_CAS) {
            let plans = two_cas(what);
            with!("in the chain" = Words(what.to_owned()));
            chain_is!(plans, Ok(()));
            let mut turned = plans[1..].to_vec();
            turned.reverse();
            turned.insert(0, plans[0].clone());
            chain_is!(turned, Ok(()));
        }

        /// of several roots with the same name, the right one is found
        #[think = "A root is a name and a key. Do you try every root with that name?"]
        fn roots_may_have_the_same_name(({before}, {after}) from [(1, 0), (0, 1), (5, 5), (30, 30)]) {
            for depth in [0, 1] {
                let chain = made(&line(depth, BITS));
                let namesakes = namesakes("Root", before + after);
                let roots = [&namesakes[..before], &roots(), &namesakes[before..]].concat();
                tell_chain!(chain, roots);
                let right = format!("of {} roots with this name, number {}", roots.len(), before + 1);
                with!("has signed" = Words(right.clone()));
                same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
            }
        }

        /// a root may be on the list twice
        #[think = "The roots are a list of what is trusted. Does it matter how often something is on it?"]
        fn a_root_may_be_there_twice({depth} from [0, 1]) {
            let chain = made(&line(depth, BITS));
            let roots = [roots(), roots()].concat();
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// a CA that has too many CAs below it on one path may have fewer on another
        #[think = "What do you remember about a CA that you have seen? A better path may lead to it."]
        fn a_shorter_path_is_found({order} from orders()) {
            // A was signed by B and by C, and B by C. Only one CA may be below C: not both A and B.
            let [a, b, c] = [1, 2, 3].map(|number| ca(BITS, number));
            let box_of = [
                Plan::ca(a.0, a.1, b),
                Plan { serial: 2, ..Plan::ca(a.0, a.1, c) },
                Plan::ca(b.0, b.1, c),
                Plan { ca: Some((true, Some(1))), ..Plan::ca(c.0, c.1, anchor(BITS)) },
            ];
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), a);
            let plans: Vec<Plan> = order.map(|place| box_of[place].clone()).into();
            chain_is!([vec![leaf.clone()], plans.clone()].concat(), Ok(()));
            let long: Vec<Plan> = plans.into_iter().filter(|plan| plan.serial != 2).collect();
            let long = [vec![leaf], long].concat();
            chain_is_refused!(long);
        }

        /// a CA that names itself as its issuer counts toward the path length like any other
        #[think = "How many CAs are there between this CA and the leaf? The text counts all of them."]
        fn self_issued_cas_count({longest} from [0, 1, 2, 3]) {
            // CA 1 has a new key, and signed a certificate for it with the old one.
            let (old, new) = (ca(BITS, 1), Signer("CA 1", Key(BITS, 5)));
            let top = Plan::ca("CA 2", Key(BITS, 2), anchor(BITS));
            let plans = [
                Plan::leaf(&[HOST], Key(BITS, 9), new),
                Plan::ca(new.0, new.1, old),
                Plan::ca(old.0, old.1, ca(BITS, 2)),
                Plan { ca: Some((true, Some(longest))), ..top },
            ];
            if longest >= 2 {
                chain_is!(plans, Ok(()));
            } else {
                chain_is_refused!(plans);
            }
        }

        /// a CA that names itself as its issuer, even one with the name of the root, is checked like any other
        #[think = "The last certificate of the chain is not a root: it has a different key. Which of the points did you leave out for it?"]
        fn self_issued_cas_are_checked({defect} from [
            None, Some(Defect::UnknownCritical(2)), Some(Defect::OtherPurpose(2)), Some(Defect::Expired(2)), Some(Defect::NoCertSign(2)),
            Some(Defect::NoCa(2)), Some(Defect::PathTooShort(2)), Some(Defect::BrokenSignature(2)),
        ]) {
            // The root has a new key, and signed a certificate for it with the old one.
            let new = Signer("Root", Key(BITS, 5));
            with!("the last of the chain" = Words("has the root's name, and a different key".to_owned()));
            let mut plans = line(2, BITS);
            plans[2] = Plan { serial: 2, ..Plan::ca(new.0, new.1, anchor(BITS)) };
            plans[1] = Plan::ca("CA 1", Key(BITS, 1), new);
            if let Some(defect) = defect {
                defect.spoil(&mut plans);
                chain_is_refused!(plans);
            } else {
                think_of!("The last certificate has the root's name, and a different key. Do you treat it as an intermediate like any other?");
                chain_is!(plans, Ok(()));
            }
        }

        /// a certificate does not become a root by naming itself as its issuer
        #[think = "Is there a way around `signed_by`? Anybody can use the name of your root."]
        fn to_name_oneself_is_not_enough({signer} from ["itself", "nobody", "the leaf"]) {
            for depth in [0, 1, 2] {
                let mut plans = line(depth, BITS);
                plans[depth].signer = Key(BITS, 7);
                // There are two paths to the last one, then.
                if depth == 2 {
                    plans.insert(2, plans[1].clone());
                }
                let mut mallory = Plan::root(Signer("Root", Key(BITS, 7)));
                match signer {
                    "itself" => {}
                    "nobody" => mallory.flipped = Some(3),
                    _ => mallory.signer = Key(BITS, 9),
                }
                plans.push(mallory);
                with!("the last was signed by" = Words(signer.to_owned()));
                chain_is_refused!(plans);
            }
        }
    }
}

/// Each kind of dead end, before and after the good certificates.
fn dead_ends() -> Vec<(DeadEnd, &'static str)> {
    let ends = DeadEnd::EACH.iter();
    ends.flat_map(|&end| [(end, "before"), (end, "after")])
        .collect()
}

/// All orders of four things.
fn orders() -> Vec<[usize; 4]> {
    let all =
        (0..256_usize).map(|number| [number / 64, number / 16 % 4, number / 4 % 4, number % 4]);
    all.filter(|order| (0..4).all(|place| order.contains(&place)))
        .collect()
}

const TWO_CAS: [&str; 10] = [
    "a CA with a new key, signed with the old",
    "a CA with a new name and the same key",
    "two keys of a CA, both signed by the root",
    "two names of a key, both signed by the root",
    "a leaf with the name of its CA",
    "a leaf with the key of its CA",
    "a CA with the name of its root",
    "a CA with the key of its root",
    "a leaf with the name of the root",
    "a leaf with the key of the root",
];

/// A good chain in which a name or a key appears twice, but not for the same CA.
fn two_cas(what: &str) -> Vec<Plan> {
    let leaf = |signer| Plan::leaf(&[HOST], Key(BITS, 9), signer);
    let by_root = |Signer(name, key)| Plan::ca(name, key, anchor(BITS));
    let by_old = |Signer(name, key)| Plan::ca(name, key, ca(BITS, 1));
    let (old, new) = (ca(BITS, 1), Signer("CA 1", Key(BITS, 5)));
    let renamed = Signer("CA 2", Key(BITS, 1));
    let named = |name: &str| Plan {
        subject: name.to_owned(),
        ..leaf(old)
    };
    let with_key = |key| Plan {
        public_key: Key(BITS, key).public(),
        ..leaf(old)
    };
    let like_root = [Signer("Root", Key(BITS, 5)), Signer("CA 1", Key(BITS, 0))];
    // No two certificates of a CA have the same number.
    let numbered = |plans: Vec<Plan>| {
        let plans = (1..).zip(plans);
        plans
            .map(|(serial, plan)| Plan { serial, ..plan })
            .collect()
    };
    numbered(match what {
        "a CA with a new key, signed with the old" => vec![leaf(new), by_old(new), by_root(old)],
        "a CA with a new name and the same key" => {
            vec![leaf(renamed), by_old(renamed), by_root(old)]
        }
        "two keys of a CA, both signed by the root" => vec![leaf(new), by_root(old), by_root(new)],
        "two names of a key, both signed by the root" => {
            vec![leaf(renamed), by_root(old), by_root(renamed)]
        }
        "a leaf with the name of its CA" => vec![named("CA 1"), by_root(old)],
        "a leaf with the key of its CA" => vec![with_key(1), by_root(old)],
        "a leaf with the name of the root" => vec![named("Root"), by_root(old)],
        "a leaf with the key of the root" => vec![with_key(0), by_root(old)],
        "a CA with the name of its root" => vec![leaf(like_root[0]), by_root(like_root[0])],
        _ => vec![leaf(like_root[1]), by_root(like_root[1])],
    })
}
