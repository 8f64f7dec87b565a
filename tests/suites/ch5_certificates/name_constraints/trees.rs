//! `permits` on random permitted and excluded subtrees, compared with webpki.

use fixtures::as_webpki_says;
use fixtures::certificates::*;
use fixtures::limits::Limits;
use fixtures::oracles::webpki_permits;
use fixtures::strategies::list;
use fixtures::x509::constrained::{server, with_names};
use fixtures::x509::trees::{limits, name};
use harness::assume;

use crate::subject::ch5_certificates::*;
use fixtures::tell_names;
use fixtures::x509::BITS;

harness::suite! {
    exercise "5.7" {
        /// webpki agrees, for a few subtrees and a few names that look alike
        #[think = "Go through the names one by one. The report says what webpki said."]
        #[cases = 256]
        fn webpki_agrees_on_trees({constraints} in limits(), {names} in list(name(), 0..=3)) {
            assume!(constraints != Limits::default());
            let root = Plan { others: vec![constraints.extension(true)], ..Plan::root(anchor(BITS)) };
            let certificate = with_names(server(), &names).unsigned();
            let said = webpki_permits(std::slice::from_ref(&certificate), &root.unsigned());
            let constraints = constraints.constraints();
            let mut comparisons_left = NAME_COMPARISONS;
            tell_names!(constraints, certificate);
            as_webpki_says!(said, permits(&constraints, &certificate, &mut comparisons_left));
        }
    }
}
