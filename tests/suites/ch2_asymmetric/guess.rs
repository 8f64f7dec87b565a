use harness::{assume, same};
use proptest::collection::vec;

use crate::subject::ch2_asymmetric::*;
use crate::textbook::{Sent, number, power, sent};

harness::suite! {
    exercise "2.4" {
        /// the candidate that was sent is found, wherever it stands in the list
        #[think = "What do you have that the sender had? Do the same with it to each candidate."]
        fn what_was_sent_is_found(
            sent in sent(), others in vec(number(), 0..=20), place in 0..=20_usize
        ) {
            let Sent { public, message, .. } = sent;
            let mut candidates: Vec<u64> = others.iter().map(|other| *other % public.n).collect();
            candidates.insert(place.min(candidates.len()), message);
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), Some(message));
        }

        /// where none of the candidates was sent, none is found
        #[think = "What do you return when you have tried them all?"]
        fn what_was_not_sent_is_not_found(sent in sent(), others in vec(number(), 0..=20)) {
            let Sent { public, message, .. } = sent;
            let others = others.iter().map(|other| *other % public.n);
            let candidates: Vec<u64> = others.filter(|other| *other != message).collect();
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), None);
        }

        /// a candidate of n or more was not sent, even where its remainder was
        #[think = "What does your exercise 2.3 say to a value of n or more?"]
        fn a_candidate_out_of_range_was_not_sent(sent in sent()) {
            let Sent { public, message, .. } = sent;
            let beyond = message.checked_add(public.n.get());
            assume!(beyond.is_some());
            let candidates: Vec<u64> = beyond.into_iter().collect();
            let ciphertext = power(message, public.e, public.n);
            same!(guess(&public, ciphertext, &candidates), None);
        }
    }
}
