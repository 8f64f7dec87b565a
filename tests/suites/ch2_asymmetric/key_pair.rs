use harness::{accepted, assume, check, same};
use proptest::prelude::*;

use crate::subject::ch2_asymmetric::*;
use crate::textbook::{is_prime, modulus_of, number, power, prime};

harness::suite! {
    exercise "2.2" {
        /// e is 65537, and n is the product of the primes, in both keys
        #[think = "RFC 8017 §3.1 and §3.2 say what is in a public and in a private key."]
        fn the_keys_have_modulus_and_exponent(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let (public, private) = accepted!(key_pair(known(p), known(q)));
            let n = modulus_of(u64::from(p) * u64::from(q));
            same!(public, PublicKey { n, e: 65537 });
            same!(private.n, n);
        }

        /// d is above 0 and below n
        #[think = "Did d come out negative? What can be added to it, so that it is not?"]
        fn the_private_exponent_is_in_range(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let (_, private) = accepted!(key_pair(known(p), known(q)));
            check!((1..private.n.get()).contains(&private.d), "1 ≤ d < n", private);
        }

        /// e · d is 1 more than a multiple of p − 1, and of q − 1
        #[think = "Modulo what is d the inverse of e? It is not n."]
        fn the_exponents_are_inverse(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let (public, private) = accepted!(key_pair(known(p), known(q)));
            let e_times_d = u128::from(public.e) * u128::from(private.d);
            // For the prime 2 the modulus is 1, and modulo 1 even 1 is 0.
            same!(e_times_d % u128::from(p - 1), u128::from(p != 2));
            same!(e_times_d % u128::from(q - 1), u128::from(q != 2));
        }

        /// the smallest and the largest primes make keys, and so does 65537 itself
        #[think = "φ(n) may need all 64 bits, and Euclid's factors a sign. What is wide enough?"]
        fn primes_at_the_edges_are_good(primes from [
            (2, 3), (3, 2), (3, 11), (2, 4_294_967_291), (65537, 3), (2, 65537),
            (65537, 4_294_967_291), (4_294_967_291, 4_294_967_279), (4_294_967_279, 4_294_967_291),
        ]) {
            let (p, q): (u32, u32) = primes;
            let (public, private) = accepted!(key_pair(known(p), known(q)));
            let message = public.n.get() - 2;
            let hidden = power(message, public.e, public.n);
            same!(power(hidden, private.d, private.n), message);
        }

        /// what the public key does to a number, the private key undoes
        #[think = "Modulo what is d the inverse of e? It is not n."]
        fn the_keys_undo_each_other(p in prime(), q in prime(), message in number()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let (public, private) = accepted!(key_pair(known(p), known(q)));
            let message = message % public.n;
            let hidden = power(message, public.e, public.n);
            same!(power(hidden, private.d, private.n), message);
        }

        /// twice the same prime is refused
        #[think = "λ(p · p) is p · (p − 1), and p is the square root of n. Who can find that?"]
        fn equal_primes_are_refused(p in prime()) {
            assume!(!shares_factor(p));
            same!(key_pair(known(p), known(p)), Err(UnsuitablePrimes::Equal));
        }

        /// a prime that is 1 more than a multiple of e is refused, first or second
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        #[cases = 64]
        fn a_shared_factor_is_refused(bad in prime_that_shares_a_factor(), good in prime()) {
            assume!(bad != good);
            same!(key_pair(known(bad), known(good)), Err(UnsuitablePrimes::SharedFactor));
            same!(key_pair(known(good), known(bad)), Err(UnsuitablePrimes::SharedFactor));
        }
    }
}

/// A prime p for which 65537 divides p − 1.
fn prime_that_shares_a_factor() -> BoxedStrategy<u32> {
    // 14 · 65537 + 1 is the first such prime.
    (14..=u32::MAX / 65537 - 1)
        .prop_map(|start| {
            let mut downwards = (14..=start).rev().map(|factor| factor * 65537 + 1);
            downwards.find(|&number| is_prime(number))
        })
        .prop_map(|prime| prime.expect("14 · 65537 + 1 is prime"))
        .boxed()
}

fn shares_factor(prime: u32) -> bool {
    prime % 65537 == 1
}

fn known(prime: u32) -> Prime {
    Prime::new(prime).expect("the grader has found that it is prime")
}
