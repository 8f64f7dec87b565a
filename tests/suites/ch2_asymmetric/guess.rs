use harness::show::Words;
use harness::{assume, same, with};

use crate::edges;
use crate::subject::ch2_asymmetric::*;
use crate::textbook::{modulus_of, power, public_and_message};
use fixtures::strategies::{list, number};

harness::suite! {
    exercise "2.4" {
        /// the candidate that was sent is found, wherever it is in the list
        #[think = "What did the sender use that you have, too? Apply it to each candidate."]
        fn what_was_sent_is_found(
            (public, message) in public_and_message(), {others} in list(number(64), 0..=20),
            {place} in 0..=20_usize
        ) {
            let mut candidates: Vec<u64> = others.iter().map(|other| *other % public.n).collect();
            candidates.insert(place.min(candidates.len()), message);
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), Some(message));
        }

        /// if none of the candidates was sent, none is found
        #[think = "What do you return when you have tried them all?"]
        fn what_was_not_sent_is_not_found(
            (public, message) in public_and_message(), {others} in list(number(64), 0..=20)
        ) {
            let others = others.iter().map(|other| *other % public.n);
            let candidates: Vec<u64> = others.filter(|other| *other != message).collect();
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// a candidate of n or more was not sent, even if its remainder was
        #[think = "What does your answer to exercise 2.3 return for a value of n or more?"]
        fn a_candidate_out_of_range_was_not_sent((public, message) in public_and_message()) {
            let beyond = message.checked_add(public.n.get());
            assume!(beyond.is_some());
            let candidates: Vec<u64> = beyond.into_iter().collect();
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// a candidate of n or more does not end the search, and neither does one that appears twice
        #[think = "One candidate is impossible. What about those that follow?"]
        fn the_search_goes_on_after_one_out_of_range(
            (public, message, candidates) from edges::searches()
        ) {
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), Some(message));
        }

        /// if there are no candidates, or if all but a wrong one are n or more, none is found
        #[think = "What do you return when you have tried them all?"]
        fn nothing_possible_is_not_found((public, private, message) from edges::sent()) {
            with!(private);
            let ciphertext = power(message, public.e, public.n);
            let candidates: Vec<u64> = vec![];
            same!(guess(&public, ciphertext, &candidates), None);
            let mut candidates = edges::beyond(public.n.get());
            same!(guess(&public, ciphertext, &candidates), None);
            // Nor is the only one that is possible, if it was not encrypted.
            candidates.push(if message == 0 { 1 } else { 0 });
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// a ciphertext of n or more was not made from any candidate, even if its remainder was
        #[think = "Does exercise 2.3 ever return n or more?"]
        fn a_ciphertext_out_of_range_is_not_found((public, message) in public_and_message()) {
            let ciphertext = power(message, public.e, public.n);
            for times in [1, 2, 3] {
                let beyond = public.n.get().saturating_mul(times).saturating_add(ciphertext);
                assume!(beyond < u64::MAX);
                let (ciphertext, candidates) = (beyond, [message]);
                same!(guess(&public, ciphertext, &candidates), None);
            }
        }

        /// if the ciphertext is n or more, no candidate is found, whether it is below n or not
        #[think = "What does exercise 2.3 return for a candidate of n or more, and what do you compare?"]
        fn nothing_out_of_range_is_found((public, private, ciphertext) from edges::not_sent()) {
            with!(private);
            let candidates = edges::beyond(public.n.get());
            same!(guess(&public, ciphertext, &candidates), None);
            let candidates = edges::below(public.n.get());
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// a ciphertext that differs in one bit was not made from the candidate
        #[think = "Do you compare all of the ciphertext? It may need 64 bits."]
        fn a_ciphertext_that_is_nearly_right_is_not_found({bit} from 0..64) {
            let public = PublicKey { n: modulus_of(4_294_967_291 * 4_294_967_279), e: 3 };
            let message = u64::MAX / 3;
            let ciphertext = power(message, public.e, public.n) ^ 1 << bit;
            let candidates = [message];
            with!("changed" = Words(format!("bit {bit} of the ciphertext of {message}")));
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// the same ciphertext and key give a different answer for different candidates
        #[think = "Do you keep anything from one call to the next? The candidates may be different."]
        fn other_candidates_give_another_answer({others} from [
            // Different at the end, in the middle, at the beginning, and in their order; fewer, and more.
            vec![2_u64, 3, 5], vec![2, 5, 7], vec![3, 8, 7], vec![8, 7, 2], vec![2, 8], vec![2, 8, 5, 6],
        ]) {
            // No other property has this key.
            let key = PublicKey { n: modulus_of(55), e: 3 };
            let lists = [vec![2, 8, 7], others.clone(), vec![2, 8, 7]];
            let mut last: Option<Vec<u64>> = None;
            for candidates in lists {
                if let Some(candidates) = &last {
                    with!("candidates, last call" = candidates);
                }
                for message in [7, 8] {
                    let ciphertext = power(message, key.e, key.n);
                    let sent = candidates.contains(&message).then_some(message);
                    same!(guess(&key, ciphertext, &candidates), sent);
                }
                last = Some(candidates);
            }
        }

        /// the same ciphertext and candidates give a different answer under a different key
        #[think = "Do you keep anything from one call to the next? The key may be different."]
        fn another_key_gives_another_answer(ciphertext from [2_u64, 8, 31]) {
            let candidates: Vec<u64> = (0..40).collect();
            let mut last: Option<(PublicKey, Option<u64>)> = None;
            for (n, e) in [(33, 3), (33, 7), (35, 5), (33, (1 << 32) + 3), (33, 3)] {
                let key = PublicKey { n: modulus_of(n), e };
                let was_sent = |&message: &u64| message < n && power(message, e, key.n) == ciphertext;
                let sent = candidates.iter().copied().find(was_sent);
                if let Some((key, sent)) = &last {
                    with!("key, last call" = key, "its answer" = sent);
                }
                same!(guess(&key, ciphertext, &candidates), sent);
                last = Some((key, sent));
            }
        }

        /// the last of many candidates is found
        #[think = "Is there a limit in your code that is not in the exercise?"]
        fn the_last_of_many_is_found(number_of_candidates from [17, 65, 101, 257, 1025, 4097, 65537]) {
            // Both primes are 2 modulo 3, so 3 is a good exponent, and a quick one.
            let public = PublicKey { n: modulus_of(4_294_967_291 * 4_294_967_279), e: 3 };
            let last = u64::MAX / 3 + number_of_candidates;
            let candidates: Vec<u64> = (u64::MAX / 3 + 1..=last).collect();
            let ciphertext = power(last, public.e, public.n);
            with!("candidates" = Words(format!("from {} up to {last}", candidates[0])));
            same!(guess(&public, ciphertext, &candidates), Some(last));
            same!(guess(&public, ciphertext, &candidates[1..]), Some(last));
            same!(guess(&public, ciphertext, &candidates[..candidates.len() - 1]), None);
        }
    }
}
