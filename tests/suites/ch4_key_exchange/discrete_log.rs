use harness::same;
use proptest::prelude::*;
use proptest::sample::select;

use crate::groups::{SAFE_PRIMES, group_of, is_prime, modulus_of, number, power, raised};
use crate::subject::ch4_key_exchange::*;

harness::suite! {
    exercise "4.2" {
        /// in a small group, every number that is a power of g is found to be one
        #[think = "Which exponents are there? Does your walk come to the last of them?"]
        fn every_power_in_a_small_group_is_found(case from small_powers()) {
            let (group, value) = case;
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// whatever the group, an exponent of the value is found
        #[think = "Let x = i · m + j. What do you look up, and what do you return where it is found?"]
        fn an_exponent_is_found(group in any_small_group(), exponent in number()) {
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// a number that is no power of g has no logarithm
        #[think = "How many giant steps are enough? What do you return after them?"]
        #[cases = 64]
        fn what_is_no_power_has_no_logarithm(root in root_below(1 << 24), exponent in number()) {
            // The powers of a square are squares. Where p is 3 more than a multiple of 4, as these
            // are, what lies opposite to a square is none.
            let (p, root) = root;
            let group = group_of(p, power(root, 2, modulus_of(p)));
            let value = p - power(group.g, exponent, group.p);
            same!(discrete_log(&group, value), None);
        }

        /// 0, p and numbers beyond p have no logarithm
        #[think = "A power modulo p is never 0, and never p or more."]
        fn what_is_not_in_the_group_has_no_logarithm(
            group in any_small_group(), exponent in number()
        ) {
            let p = group.p.get();
            let second_name = power(group.g, exponent, group.p) + p;
            for value in [0, p, p + 1, second_name, u64::MAX] {
                same!(discrete_log(&group, value), None);
            }
        }

        /// in a group of 32 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: that is 65536 here. How many steps are yours?"]
        #[cases = 1]
        fn in_32_bits_it_is_found(exponent in 1_u64 << 30..3_u64 << 30) {
            // The largest prime below 2³², and a number whose powers reach everything.
            let group = group_of(4_294_967_291, 2);
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }

        /// in a group of 40 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: a million here. Is looking up as quick as a step?"]
        #[cases = 1]
        fn in_40_bits_it_is_found(exponent in 1_u64 << 36..1_u64 << 37) {
            // Far enough from both ends for whoever counts, and soon met by whoever takes giant steps:
            // the table alone is half a second of work.
            let group = group_of(1_099_511_627_689, 13);
            let value = power(group.g, exponent, group.p);
            same!(raised(&group, discrete_log(&group, value)), Some(value));
        }
    }
}

/// A group with any prime below 2¹⁴, and any generator: it need not reach everything.
fn any_small_group() -> BoxedStrategy<Group> {
    let at_or_below = |start: u64| (2..=start).rev().find(|&number| is_prime(number));
    (2..1_u64 << 14)
        .prop_map(move |start| at_or_below(start).expect("2 is prime"))
        .prop_flat_map(|p| (1..p).prop_map(move |g| group_of(p, g)))
        .boxed()
}

/// A safe prime from 7 to below `limit`, and a number from 2 to p − 2.
fn root_below(limit: u64) -> BoxedStrategy<(u64, u64)> {
    let primes: Vec<u64> = SAFE_PRIMES
        .into_iter()
        .filter(|p| (7..limit).contains(p))
        .collect();
    select(primes)
        .prop_flat_map(|p| (Just(p), 2..=p - 2))
        .boxed()
}

/// Every number of a few groups in which g reaches all of them: p − 1 is a square, one more than
/// one, or one less.
fn small_powers() -> Vec<(Group, u64)> {
    let groups = [
        (2, 1),
        (3, 2),
        (5, 2),
        (11, 2),
        (17, 3),
        (23, 5),
        (37, 2),
        (83, 2),
        (101, 2),
    ];
    let all = |(p, g)| (1..p).map(move |value| (group_of(p, g), value));
    groups.into_iter().flat_map(all).collect()
}
