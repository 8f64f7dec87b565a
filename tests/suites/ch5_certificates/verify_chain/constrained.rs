//! `verify_chain`: CAs and roots with name constraints. An answer that compares names, as in 5.7,
//! refuses the same chains.

use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::tell_chain;
use harness::{refused, same};
use proptest::prelude::*;

use super::links::is_sound_is;
use crate::cases::{Path, beyond};
use crate::subject::ch5_certificates::*;
use fixtures::x509::BITS;
use fixtures::x509::roots;
use fixtures::x509::shuffled;

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

        /// a chain is refused if the root has name constraints that don't permit the host, even if it is sent along
        #[think = "There is another way to the root now: through its own certificate in the chain. Do its constraints count there, too?"]
        fn a_limited_root_is_sent_along({critical} from [true, false]) {
            let path = Path::limited(&[(3, &Limits::new(&["example.com"], &[]))], critical);
            let (mut chain, roots) = path.made();
            chain.extend(roots.clone());
            tell_chain!(chain, roots);
            refused!(verify_chain(&chain, &roots, HOST, NOW));
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
