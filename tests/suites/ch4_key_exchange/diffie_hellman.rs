use harness::{accepted, same};
use proptest::prelude::*;

use crate::groups::{group, group_of, number, power};
use crate::subject::ch4_key_exchange::*;

harness::suite! {
    exercise "4.1" {
        /// the example in the exercise comes out
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_example_comes_out() {
            let group = group_of(23, 5);
            same!(public_value(&group, 6), 8);
            same!(public_value(&group, 15), 19);
            same!(shared_value(&group, 6, 19), Ok(2));
            same!(shared_value(&group, 15, 8), Ok(2));
        }

        /// the public value is g to the power of the secret, modulo p
        #[think = "Which number is raised, to which power, modulo which?"]
        fn the_public_value_is_a_power_of_g(group in group(), secret in number()) {
            same!(public_value(&group, secret), power(group.g, secret, group.p));
        }

        /// both sides compute the same number
        #[think = "Each side uses its own secret and the other's public value."]
        fn both_sides_agree(pair in group_and_secrets()) {
            let (group, ours, theirs) = pair;
            let our_value = public_value(&group, ours);
            let their_value = public_value(&group, theirs);
            let at_our_side = accepted!(shared_value(&group, ours, their_value));
            same!(shared_value(&group, theirs, our_value), Ok(at_our_side));
        }

        /// the shared number is the peer's value to the power of the secret, modulo p
        #[think = "A number that both sides agree on may still be one that everybody knows."]
        fn the_shared_value_is_a_power_of_theirs(pair in group_and_secrets()) {
            let (group, ours, theirs) = pair;
            let their_value = power(group.g, theirs, group.p);
            let shared = power(their_value, ours, group.p);
            same!(shared_value(&group, ours, their_value), Ok(shared));
        }

        /// 2 and p − 2 are taken: they are in range
        #[think = "Which of `<` and `<=` is it, at both ends?"]
        fn the_ends_of_the_range_are_taken(group in group()) {
            same!(shared_value(&group, 1, 2), Ok(2));
            let last = group.p.get() - 2;
            same!(shared_value(&group, 1, last), Ok(last));
        }

        /// 0, 1 and p − 1 are refused: whoever sends them knows the result
        #[think = "What are the powers of 0, of 1 and of p − 1?"]
        fn values_with_few_powers_are_refused(group in group(), secret in number()) {
            for theirs in [0, 1, group.p.get() - 1] {
                same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
            }
        }

        /// a value of p or more is refused, even where its remainder would do
        #[think = "A value has one name. What becomes of p + 2 in your answer?"]
        fn values_beyond_p_are_refused(
            group in group(), secret in number(),
            beyond in prop_oneof![0..=3_u64, Just(u64::MAX), number()]
        ) {
            let theirs = group.p.get().saturating_add(beyond);
            same!(shared_value(&group, secret, theirs), Err(InvalidPublicValue));
        }
    }
}

/// Such a group and two secrets from 1 to (p − 1)/2 − 1: with these the shared number is neither 1
/// nor p − 1, which a careful answer may refuse.
fn group_and_secrets() -> BoxedStrategy<(Group, u64, u64)> {
    group()
        .prop_flat_map(|group| {
            let secret = 1..=(group.p.get() - 1) / 2 - 1;
            (Just(group), secret.clone(), secret)
        })
        .boxed()
}
