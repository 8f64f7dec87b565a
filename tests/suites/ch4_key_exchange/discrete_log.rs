use harness::show::Words;
use harness::{check, same, think_of, with};
use proptest::prelude::*;
use proptest::sample::select;

use crate::groups::{SAFE_PRIMES, any_group, group_of, modulus_of, power, raised};
use crate::subject::ch4_key_exchange::*;
use fixtures::strategies::{number, residue};

/// An exponent is found for this value, whichever one.
macro_rules! is_found {
    ($group:ident, $value:ident) => {
        with!($group, $value);
        harness::search::ask("discrete_log(&group, value)");
        let exponent = discrete_log(&$group, $value);
        harness::search::answered();
        let power = raised(&$group, exponent);
        check!(
            power == Some($value),
            format!("Some(x), where g to the power of x is {} modulo p", $value),
            Words(match (exponent, power) {
                (Some(exponent), Some(power)) =>
                    format!("Some({exponent}), and g to the power of {exponent} is {power}"),
                _ => "None".to_owned(),
            }),
            "discrete_log(&group, value)"
        );
        // The next value may be asked for in another way.
        harness::notes::start_over();
    };
}

harness::suite! {
    exercise "4.2" {
        /// in a small group, an exponent is found for every power of g
        #[think = "Which exponents are there? Does your walk reach the last of them?"]
        fn every_power_in_a_small_group_is_found((group, value) from small_powers()) {
            is_found!(group, value);
        }

        /// in the smallest groups, whatever g is, the powers of g have a logarithm, and no other number has one
        #[think = "The powers of g need not reach everything. When do you know that there is no exponent?"]
        fn the_smallest_groups_hold_no_surprise(group from smallest_groups()) {
            let p = group.p.get();
            let powers: Vec<u64> = (0..p).map(|exponent| power(group.g, exponent, group.p)).collect();
            for value in 0..p + 3 {
                if powers.contains(&value) {
                    is_found!(group, value);
                } else {
                    same!(discrete_log(&group, value), None);
                }
            }
        }

        /// an exponent is found for 1, for g, for the number that undoes g, and for g to the power of (p − 1)/2
        #[think = "1 is a power, too. What do you look up first?"]
        #[cases = 48]
        fn special_values_are_found(group in any_group(20)) {
            let p = group.p.get();
            let half = power(group.g, (p - 1) / 2, group.p);
            for value in [1, group.g, half, power(group.g, p - 2, group.p)] {
                if value != 1 && value != group.g {
                    think_of!("How many baby steps are there in this group? Does the table hold them all?");
                }
                is_found!(group, value);
            }
        }

        /// whatever the group, an exponent is found for the value
        #[think = "Let x = i · m + j. What do you look up, and what do you return when you find it?"]
        #[cases = 96]
        fn an_exponent_is_found(group in any_group(24), {exponent} in residue()) {
            let value = power(group.g, exponent.below(group.p.get()), group.p);
            is_found!(group, value);
        }

        /// a number that is not a power of g has no logarithm
        #[think = "How many giant steps are enough? What do you return after them?"]
        #[cases = 64]
        fn what_is_not_a_power_has_no_logarithm(root in root_below(1 << 24), exponent in number(64)) {
            // The powers of a square are squares. If p ≡ 3 (mod 4), as here, the negative of a square
            // is not a square.
            let (p, root) = root;
            let group = group_of(p, power(root, 2, modulus_of(p)));
            let value = p - power(group.g, exponent, group.p);
            same!(discrete_log(&group, value), None);
        }

        /// 0, p and numbers above p have no logarithm
        #[think = "A power modulo p is never 0, and never p or more."]
        #[cases = 96]
        fn what_is_not_in_the_group_has_no_logarithm(
            group in any_group(24), exponent in number(64)
        ) {
            let p = group.p.get();
            let second_name = power(group.g, exponent, group.p) + p;
            for value in [0, p, p + 1, second_name, u64::MAX] {
                same!(discrete_log(&group, value), None);
            }
        }

        /// in a group of 33 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: that is 92682 here. Does your table hold them all, with all their bits, and do all products fit?"]
        #[cases = 1]
        fn in_33_bits_it_is_found({turns} in 66_000..92_000_u64) {
            // The largest safe prime below 2³³, and a number whose powers reach everything. The exponent is near
            // the end of the table, after more than 2¹⁶ giant steps. A later entry of the table has the same 32
            // lowest bits.
            let group = group_of(8_589_934_583, 241_831);
            let value = power(group.g, turns * 92_682 + 92_682 - 259, group.p);
            is_found!(group, value);
        }

        /// the same number has a different logarithm in a different group, even with the same p
        #[think = "Do you keep anything from one call to the next? The group may be different."]
        fn each_generator_has_its_own_logarithms(value from [2_u64, 8, 19]) {
            for g in [5, 7, 10, 5] {
                let group = group_of(23, g);
                is_found!(group, value);
            }
        }

        /// in a group of 36 bits, an exponent is found in time
        #[think = "Two walks of √p steps each: that is 262144 here. Does your table hold them all, with all their bits, and is a lookup as fast as a step?"]
        #[cases = 1]
        fn in_36_bits_it_is_found({turns} in 66_000..100_000_u64) {
            // Far enough from both ends that counting takes too long, but quick to reach with giant
            // steps: the table alone is a tenth of a second of work, and the exponent is near its end. An
            // earlier entry of the table has the same 32 lowest bits.
            let group = group_of(68_719_476_599, 6_197_460);
            let value = power(group.g, (turns << 18) + (1 << 18) - 4, group.p);
            is_found!(group, value);
        }

        /// in a group just above a square, the largest exponent is found
        #[think = "m² must be p − 1 or more. How do you take the root, and how do you round it?"]
        fn the_largest_exponent_is_found() {
            // 8199² + 2. The powers of 2 reach everything.
            let group = group_of(67_223_603, 2);
            let value = power(group.g, group.p.get() - 2, group.p);
            is_found!(group, value);
        }
    }
}

/// All groups with a small prime and any generator.
fn smallest_groups() -> Vec<Group> {
    let of = |p: u64| (1..p).map(move |g| group_of(p, g));
    [2, 3, 5, 7, 11, 13, 17, 31]
        .into_iter()
        .flat_map(of)
        .collect()
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

/// Every number of a few groups in which g reaches all of them: p − 1 is a square, or a square
/// plus or minus one.
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
