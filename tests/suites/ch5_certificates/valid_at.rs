use given::x509::*;
use harness::{check, same};
use proptest::prelude::*;

use crate::strategies::valid;
use crate::subject::ch5_certificates::*;
use fixtures::certificates::*;

harness::suite! {
    exercise "5.3" {
        /// a certificate is valid at every moment from its first to its last
        #[think = "Which of `<` and `<=` is it?"]
        #[cases = 64]
        fn inside_it_is_valid(before in 0..=100_000_i64, after in 0..=100_000_i64) {
            same!(valid_at(&valid(before, after), NOW), Ok(()));
        }

        /// both bounds are inclusive, even where they are the same second
        #[think = "RFC 5280 §4.1.2.5: from notBefore through notAfter. Which of `<` and `<=` is it?"]
        fn the_bounds_belong_to_it(bounds from [(0, 1000), (1000, 0), (0, 0)]) {
            same!(valid_at(&valid(bounds.0, bounds.1), NOW), Ok(()));
        }

        /// before its first second it is not valid yet
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn before_it_is_refused(early in prop_oneof![Just(1), 1..=1_000_000_i64]) {
            let expected = Err(Untrusted::NotYetValid);
            same!(valid_at(&valid(-early, 2_000_000), NOW), expected);
        }

        /// after its last second it has expired
        #[think = "Did you look at both bounds? And which error is it?"]
        #[cases = 48]
        fn after_it_is_refused(late in prop_oneof![Just(1), 1..=1_000_000_i64]) {
            same!(valid_at(&valid(2_000_000, -late), NOW), Err(Untrusted::Expired));
        }

        /// where the bounds are in the wrong order it is never valid
        #[think = "Each bound has to hold, whatever the other says."]
        #[cases = 48]
        fn bounds_in_the_wrong_order_are_refused(
            early in 1..=1000_i64, late in 1..=1000_i64
        ) {
            let never = valid(-early, -late);
            check!(valid_at(&never, NOW).is_err(), "Err(…)", valid_at(&never, NOW));
        }

        /// the first and the last moments that there are do not overflow
        #[think = "What do you compute with the times, other than to compare them?"]
        fn the_ends_of_time_do_not_overflow(now from [0, 1, u64::MAX, UnixTime::LAST.0]) {
            let certificate = valid(1000, 1000);
            let expected = if now < NOW.0 { Untrusted::NotYetValid } else { Untrusted::Expired };
            same!(valid_at(&certificate, UnixTime(now)), Err(expected));
        }
    }
}
