use harness::{assume, check, same};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::reference::{holds, sign};
use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::subject::ch3_signatures::*;
use crate::textbook::{Sent, inverse, modulus_of, number, power, sent, times};

harness::suite! {
    exercise "3.4" {
        /// from nothing, a message is signed that its owner has not signed
        #[think = "Begin at the other end: what does the public key make of a signature?"]
        fn a_signature_comes_from_nothing(
            sent in sent(), drawn in vec(prop_oneof![0..=3_u64, number()], 0..=12)
        ) {
            let key = sent.public;
            let n = key.n.get();
            assume!(n > 24);
            // The owner has signed what the first signatures that one tries are signatures of.
            let signatures = drawn.iter().flat_map(|drawn| [drawn % n, (n - drawn % n) % n]);
            let signed: Vec<u64> = signatures.map(|it| power(it, key.e, key.n)).collect();
            let forged = forge_from_nothing(&key, &signed);
            let is_new = |forged: &Signed| !signed.contains(&forged.message);
            check!(forged.is_some(), "Some(…)", forged);
            check!(forged.is_some_and(|forged| holds(&key, &forged)), "one that holds", forged);
            check!(forged.as_ref().is_some_and(is_new), "a message not yet signed", forged);
        }

        /// the last message that its owner has not signed is found, in a very small key
        #[think = "Where the first signature that you try signs an old message, try the next one."]
        fn the_last_message_is_found(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            for left in 0..key.n.get() {
                let signed: Vec<u64> = (0..key.n.get()).filter(|other| *other != left).collect();
                let forged = forge_from_nothing(&key, &signed);
                same!(forged.map(|forged| forged.message), Some(left));
                check!(forged.is_some_and(|forged| holds(&key, &forged)), "one that holds", forged);
            }
        }

        /// where every message has been signed, there is nothing to forge
        #[think = "When have you tried every signature there is? Then stop."]
        fn nothing_is_left_to_forge(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            let signed: Vec<u64> = (0..key.n.get()).rev().collect();
            same!(forge_from_nothing(&key, &signed), None);
        }

        /// two signed messages give their product, and its signature holds
        #[think = "(a · b)ᵈ = aᵈ · bᵈ: what is done to the messages is done to the signatures."]
        fn two_signatures_give_a_third(sent in sent(), other in number()) {
            let Sent { public, private, message } = sent;
            let (first, second) = (sign(&private, message), sign(&private, other % public.n));
            let forged = forge_from_two(&public, &first, &second);
            same!(forged.message, times(first.message, second.message, public.n));
            check!(holds(&public, &forged), "a signature that holds", forged);
        }

        /// with a modulus near 2⁶⁴, nothing overflows
        #[think = "The product of two u64 may need 128 bits."]
        fn a_large_modulus_does_not_overflow(first in number(), second in number()) {
            let (p, q) = (4_294_967_291_u64, 4_294_967_279_u64);
            let n = modulus_of(p * q);
            let d = inverse(65537, (p - 1) * (q - 1)).expect("65537 divides neither");
            let (public, private) = (PublicKey { n, e: 65537 }, PrivateKey { n, d });
            let (first, second) = (sign(&private, first % n), sign(&private, second % n));
            let forged = forge_from_two(&public, &first, &second);
            same!(forged.message, times(first.message, second.message, n));
            check!(holds(&public, &forged), "a signature that holds", forged);
        }
    }
}

/// Primes for keys so small that every message can be signed.
const SMALL_PRIMES: [(u64, u64); 6] = [(2, 3), (2, 5), (3, 5), (3, 11), (5, 11), (11, 17)];

/// The public key of two small primes.
fn small_key((p, q): (u64, u64)) -> PublicKey {
    let is_good = |e: &u64| inverse(*e, (p - 1) * (q - 1)).is_some();
    let e = (3..)
        .step_by(2)
        .find(is_good)
        .expect("65537, if nothing else");
    PublicKey {
        n: modulus_of(p * q),
        e,
    }
}
