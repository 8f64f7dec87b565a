use harness::{accepted, assume, same, think_of, with};
use proptest::prelude::*;

use crate::groups::{any_group, group, group_of, power};
use crate::subject::ch4_key_exchange::*;
use fixtures::strategies::{number, residue};

harness::suite! {
    exercise "4.1" {
        /// both sides get the numbers of the example in the exercise
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_example_is_right() {
            let group = group_of(23, 5);
            same!(public_value(&group, 6), 8);
            same!(public_value(&group, 15), 19);
            same!(shared_value(&group, 6, 19), Ok(2));
            same!(shared_value(&group, 15, 8), Ok(2));
        }

        /// the same secret gives different numbers in a different group, even with the same g or p
        #[think = "Do you keep anything from one call to the next? The group may be different."]
        fn each_group_has_its_own_numbers((p, g) from [(23, 5), (47, 5), (23, 7), (47, 10), (23, 5)]) {
            let group = group_of(p, g);
            for (other_p, other_g) in [(23, 5), (47, 5), (23, 7)] {
                let other = group_of(other_p, other_g);
                same!(public_value(&other, 6), power(other.g, 6, other.p));
                same!(public_value(&group, 6), power(group.g, 6, group.p));
                same!(shared_value(&other, 6, 19), Ok(power(19, 6, other.p)));
                same!(shared_value(&group, 6, 19), Ok(power(19, 6, group.p)));
            }
        }

        /// the public value is g to the power of the secret, modulo p
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_public_value_is_a_power_of_g(group in any_group(64), secret in number(64)) {
            if secret >= group.p.get() {
                think_of!("Any `u64` is a secret. What do you do with one that is larger than the group?");
            } else if group.p.get() > 1 << 32 {
                think_of!("A product of two numbers below p may need 128 bits. In which type do you compute it?");
            }
            same!(public_value(&group, secret), power(group.g, secret, group.p));
        }

        /// a secret may be 0, and it may be p − 1 or more
        #[think = "Any `u64` is a secret. What do you do with one that is larger than the group?"]
        #[cases = 128]
        fn every_secret_has_a_public_value(group in any_group(64), {secret} in residue()) {
            let p = group.p.get();
            for secret in [secret.below(p), secret.about(p), secret.about(p - 1), 0, u64::MAX] {
                with!(secret);
                same!(public_value(&group, secret), power(group.g, secret, group.p));
            }
        }

        /// both sides compute the same number
        #[think = "Each side uses its own secret and the other's public value."]
        #[cases = 128]
        fn both_sides_agree((group, ours, theirs) in group_and_secrets()) {
            let our_value = public_value(&group, ours);
            let their_value = public_value(&group, theirs);
            think_of!("This value is in range. Do you refuse it because of the value, or because of the result?");
            let at_our_side = accepted!(shared_value(&group, ours, their_value));
            think_of!("Each side uses its own secret and the other's public value.");
            same!(shared_value(&group, theirs, our_value), Ok(at_our_side));
        }

        /// the shared number is the peer's value to the power of the secret, modulo p
        #[think = "A number that both sides agree on may still be one that everybody knows."]
        fn the_shared_value_is_a_power_of_theirs((group, ours, theirs) in group_and_secrets()) {
            let their_value = power(group.g, theirs, group.p);
            let shared = power(their_value, ours, group.p);
            same!(shared_value(&group, ours, their_value), Ok(shared));
        }

        /// every value from 2 to p − 2 is accepted, in every group
        #[think = "Do you check the peer's value, or the result?"]
        fn every_value_in_range_is_accepted(
            group in any_group(64), secret in number(64), {theirs} in residue()
        ) {
            assume!(group.p.get() > 3);
            let theirs = 2 + theirs.below(group.p.get() - 3);
            same!(shared_value(&group, secret, theirs), Ok(power(theirs, secret, group.p)));
        }

        /// a result of 1 or p − 1 is not an error if the peer's value is in range
        #[think = "What does the exercise tell you to check: the peer's value, or the result?"]
        fn the_result_is_not_checked(p from [5_u64, 7, 23, 4_294_967_291, 18_446_744_073_709_550_147]) {
            let group = group_of(p, 2);
            for theirs in [2, p - 2] {
                for secret in [0, 1, 2, (p - 1) / 2, p - 2, p - 1, p, u64::MAX] {
                    let expected = power(theirs, secret, group.p);
                    same!(shared_value(&group, secret, theirs), Ok(expected));
                }
            }
        }

        /// the peer's value may be g, or your own public value, or your secret
        #[think = "Nothing says that any two of the numbers differ. Does your code depend on it?"]
        #[cases = 64]
        fn equal_numbers_are_good(group in group(), {secret} in residue()) {
            let secret = 2 + secret.below(group.p.get() - 3);
            let ours = power(group.g, secret, group.p);
            assume!((2..=group.p.get() - 2).contains(&ours));
            for theirs in [group.g, ours, secret] {
                same!(shared_value(&group, secret, theirs), Ok(power(theirs, secret, group.p)));
            }
        }

        /// products of more than 32 bits, and of more than 64, don't overflow
        #[think = "The product of two numbers below 2³³ may need 66 bits."]
        fn large_products_do_not_overflow(p from [
            65_521_u64, 65_537, 4_294_967_291, 4_294_967_311, 8_589_934_583, 8_589_934_609,
            1_099_511_627_689, 9_223_372_036_854_775_783, 9_223_372_036_854_775_837,
            18_446_744_073_709_551_557,
        ]) {
            for (base, exponent) in [(p - 2, 3), (p / 2 + 1, 5), (p - p / 5, p - 3), (p - 2, u64::MAX)] {
                let group = group_of(p, base);
                let expected = power(base, exponent, group.p);
                same!(public_value(&group, exponent), expected);
                same!(shared_value(&group, exponent, base), Ok(expected));
            }
        }

        /// 2 and p − 2 are accepted: they are in range
        #[think = "At each end of the range, is it `<` or `<=`?"]
        fn the_ends_of_the_range_are_accepted(group in group()) {
            same!(shared_value(&group, 1, 2), Ok(2));
            let last = group.p.get() - 2;
            same!(shared_value(&group, 1, last), Ok(last));
        }

        /// 0, 1 and p − 1 are refused: anyone who sends them can guess the result
        #[think = "What are the powers of 0, of 1 and of p − 1?"]
        #[cases = 128]
        fn values_with_few_powers_are_refused(group in any_group(64), secret in number(64)) {
            for theirs in [0, 1, group.p.get() - 1] {
                same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
            }
        }

        /// a value of p or more is refused, even if its remainder is in range
        #[think = "Each number has only one valid form. What does your code do with p + 2?"]
        fn values_beyond_p_are_refused(
            group in any_group(64), secret in number(64),
            {beyond} in prop_oneof![0..=3_u64, Just(u64::MAX), number(64)], {times} in 1..=5_u64
        ) {
            let theirs = group.p.get().saturating_mul(times).saturating_add(beyond);
            same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
        }

        /// modulo 2 and modulo 3 no value is in range
        #[think = "What is p − 2 for these, and what is p − 1?"]
        fn the_smallest_groups_have_no_values(p from [2_u64, 3]) {
            let group = group_of(p, p - 1);
            for theirs in (0..10).chain([u64::MAX - 1, u64::MAX]) {
                same!(shared_value(&group, 1, theirs), Err(InvalidPublicValue));
            }
        }

        /// a value that is refused in one group may be good in another, one right after the other
        #[think = "Do you keep anything from one call to the next? The range depends on the group."]
        fn each_group_has_its_own_range(theirs from [22_u64, 23, 45]) {
            let (small, large) = (group_of(23, 5), group_of(47, 5));
            with!(small, large);
            for _ in 0..2 {
                same!(shared_value(&small, 6, theirs), Err(InvalidPublicValue));
                same!(shared_value(&large, 6, theirs), Ok(power(theirs, 6, large.p)));
            }
        }
    }
}

/// A group with a safe prime, and two secrets from 1 to (p − 1)/2 − 1: their public values are
/// all in range.
fn group_and_secrets() -> BoxedStrategy<(Group, u64, u64)> {
    group()
        .prop_flat_map(|group| {
            let secret = 1..=(group.p.get() - 1) / 2 - 1;
            (Just(group), secret.clone(), secret)
        })
        .boxed()
}
