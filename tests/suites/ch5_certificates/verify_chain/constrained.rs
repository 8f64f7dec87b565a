//! `verify_chain`: CAs and roots with name constraints. An answer that compares names, as in 5.7,
//! refuses the same chains.

use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::tell_chain;
use given::x509::ID_CE_NAME_CONSTRAINTS;
use harness::show::Words;
use harness::{refused, same, think_of, with};
use proptest::prelude::*;

use super::links::is_sound_is;
use crate::subject::ch5_certificates::*;
use crate::verified::chain_is;
use fixtures::x509::BITS;
use fixtures::x509::constrained::{Path, beyond};
use fixtures::x509::generated::SECOND_ROOT;
use fixtures::x509::roots;
use fixtures::x509::{shuffled, with_content};

harness::suite! {
    exercise "5.5" {
        /// name constraints are known, so they may be critical
        #[think = "Five extensions are known. What `NameConstraints` say is not checked in `is_sound`."]
        fn name_constraints_are_known({critical} from [true, false]) {
            let others = vec![Limits::new(&["example.com"], &[]).extension(critical)];
            is_sound_is(&Plan { others, ..Plan::root(anchor(BITS)) }.unsigned(), Ok(()))?;
        }

        /// a chain is refused if a CA in it, or the root, has name constraints that don't permit the host
        #[think = "Do you look for name constraints in every CA on the path and in the root, critical or not?"]
        fn a_limited_ca_is_refused({path} from beyond()) {
            let (chain, roots) = path.made();
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
        }

        /// a chain for an address is refused if a CA in it, or the root, permits only other addresses
        #[think = "Do you look for name constraints whatever the host is?"]
        fn an_address_is_limited({place} from [1, 2, 3]) {
            let limits = Limits::new(&["10.0.0.0/8"], &[]);
            let path = Path::limited(&[(place, &limits)], true).named(0, &["192.0.2.1"]);
            let ((chain, roots), host) = (path.made(), "192.0.2.1");
            tell_chain!(chain, roots);
            with!(host);
            refused!(verify_chain(&chain, &roots, host, NOW));
        }

        /// a chain is refused if a CA in it, or the root, has name constraints that can't be read
        #[think = "Do you look for name constraints before you read them? If you can't read them, you can't know what they limit."]
        fn unreadable_constraints_are_refused({place} from [1, 2, 3]) {
            let mut plans = Path::limited(&[], true).plans();
            plans[place].others = vec![with_content(ID_CE_NAME_CONSTRAINTS, &[0x30, 1])];
            let mut chain = made(&plans);
            let roots = chain.split_off(3);
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
        }

        /// the name constraints of a root count, even if it is sent along, but not on a path to another root that has signed it
        #[think = "There is another way to the root now: through its own certificate in the chain. Do its constraints count there, too?"]
        fn a_limited_root_is_sent_along({critical} from [true, false]) {
            let path = Path::limited(&[(3, &Limits::new(&["example.com"], &[]))], critical);
            let (mut chain, mut roots) = path.made();
            chain.extend(roots.clone());
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
            think_of!("The limited root has another certificate, without constraints, from the second root. Do you treat it as a CA like any other?");
            let Signer(name, key) = anchor(BITS);
            chain.push(Plan::ca(name, key, SECOND_ROOT).make());
            roots.push(Plan::root(SECOND_ROOT).make());
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }

        /// the constraints of a root count, whatever it has in common with the certificate below it
        #[think = "The root limits everything below it, even a certificate that has its name or its key. Do you leave out one of two that look alike?"]
        fn a_namesake_of_the_root_is_below_it({what} from ["a CA with its name", "a CA with its key", "another certificate of it", "itself"]) {
            let others = vec![Limits::new(&["example.com"], &[]).extension(true)];
            let root = Plan { others, ..Plan::root(anchor(BITS)) };
            let Signer(name, key) = anchor(BITS);
            let below = match what {
                "a CA with its name" => Signer(name, Key(BITS, 5)),
                "a CA with its key" => Signer("CA 1", key),
                _ => anchor(BITS),
            };
            let leaf = Plan::leaf(&[HOST], Key(BITS, 9), below);
            let plans = match what {
                // The leaf is on the list of roots, and limits itself.
                "itself" => vec![Plan { subject: name.to_owned(), public_key: key.public(), others: root.others.clone(), ..leaf }],
                _ => vec![leaf, Plan { serial: 2, ..Plan::ca(below.0, below.1, anchor(BITS)) }],
            };
            let chain = made(&plans);
            let roots = if what == "itself" { chain.clone() } else { vec![root.make()] };
            tell_chain!(chain, roots);
            with!("below the root" = Words(what.to_owned()));
            if what == "itself" {
                think_of!("The server's own certificate is on the list of roots. Its constraints are those of a root, too. Do you trust it before you look at them?");
            }
            refused!(verify_chain(&chain, &roots, HOST, NOW));
        }

        /// what is a dead end on one path may lead to a root on another
        #[think = "Do you remember that a certificate led nowhere? It did so on that path: there, a CA would have come twice."]
        fn a_dead_end_is_one_of_a_path({order} from ["B first", "B last"]) {
            // A and B have signed each other. C and D are two certificates of CA 1, and C is limited. Above C and A, B leads only
            // back to A. Above D and E, B leads to A, and A to the root.
            let [a, b, e] = [2, 3, 4].map(|number| ca(BITS, number));
            let one = |signer, serial| Plan { serial, ..Plan::ca("CA 1", Key(BITS, 1), signer) };
            let others = vec![Limits::new(&["example.com"], &[]).extension(true)];
            let mut plans = vec![
                Plan::ca(b.0, b.1, a),
                Plan { serial: 2, ..Plan::ca(a.0, a.1, b) },
                Plan { others, ..one(a, 1) },
                one(e, 2),
                Plan::ca(e.0, e.1, b),
                Plan::ca(a.0, a.1, anchor(BITS)),
            ];
            if order == "B last" {
                plans.reverse();
            }
            plans.insert(0, Plan::leaf(&[HOST], Key(BITS, 9), ca(BITS, 1)));
            chain_is!(plans, Ok(()));
        }

        /// a CA with name constraints does not block other paths
        #[think = "What is wrong with one path says nothing about the next. Do you look only at the certificates on this path?"]
        #[cases = 16]
        fn another_way_round_a_limited_ca(
            {place} in 1..=2_usize, {critical} in any::<bool>(), {order} in any::<u64>()
        ) {
            let others = vec![Limits::new(&["example.com"], &[]).extension(critical)];
            let mut plans = line(2, BITS);
            plans.push(Plan { others: others.clone(), serial: 2, ..plans[place].clone() });
            plans.push(Plan { others: others.clone(), ..Plan::root(Signer("Stranger", Key(BITS, 4))) });
            let chain = shuffled(made(&plans), order);
            tell_chain!(chain, roots());
            same!(verify_chain(&chain, &roots(), HOST, NOW), Ok(()));
            // Both have the same name and the same key.
            let limited = Plan { others, ..Plan::root(anchor(BITS)) }.make();
            let mut roots = roots();
            roots.insert(usize::from(order % 2 == 0), limited);
            tell_chain!(chain, roots);
            same!(verify_chain(&chain, &roots, HOST, NOW), Ok(()));
        }
    }
}
