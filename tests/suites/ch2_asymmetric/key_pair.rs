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
            let n = u64::from(p) * u64::from(q);
            same!((public.n.get(), private.n.get()), (n, n));
            let message = public.n.get() - 2;
            let hidden = power(message, public.e, public.n);
            same!(power(hidden, private.d, private.n), message);
        }

        /// two primes make keys, however near they are, and whether n fits 32 bits, 33, or more
        #[think = "When are two primes the same? And how many bits has their product?"]
        fn primes_near_each_other_are_good(primes from [
            // Twins; the same in their last 8 or 16 bits; products on both sides of 2³² and 2³³.
            (3, 5), (65_519, 65_521), (4_294_967_291, 4_294_967_279), (7, 263), (3, 65_539),
            (65_537, 786_433), (65_521, 65_537), (65_537, 65_539), (92_681, 92_683),
        ]) {
            let (p, q): (u32, u32) = primes;
            for (p, q) in [(p, q), (q, p)] {
                let (public, private) = accepted!(key_pair(known(p), known(q)));
                let n = u64::from(p) * u64::from(q);
                same!((public.n.get(), private.n.get()), (n, n));
                let hidden = power(n - 2, public.e, public.n);
                same!(power(hidden, private.d, private.n), n - 2);
            }
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

        /// twice the same prime is refused, the smallest and the largest too
        #[think = "λ(p · p) is p · (p − 1), and p is the square root of n. Who can find that?"]
        fn equal_primes_at_the_edges_are_refused(p from [2, 3, 65537, 4_294_967_291]) {
            same!(key_pair(known(p), known(p)), Err(UnsuitablePrimes::Equal));
        }

        /// twice the same prime that is 1 more than a multiple of e is refused, for either reason
        #[think = "Which check comes first is up to you. Does one of them let it pass?"]
        fn equal_primes_that_share_a_factor_are_refused(p from [917_519, 4_293_591_019]) {
            let p = known(p);
            let keys = key_pair(p, p);
            check!(keys.is_err(), "either error", keys);
        }

        /// the smallest and the largest prime that is 1 more than a multiple of e is refused
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        fn a_shared_factor_at_the_edges_is_refused((factor, other) from [
            (14, 2), (14, 3), (14, 65537), (65534, 2), (65534, 3), (65534, 65537),
        ]) {
            let (bad, good) = (known(with_shared_factor(factor)), known(other));
            same!(key_pair(bad, good), Err(UnsuitablePrimes::SharedFactor));
            same!(key_pair(good, bad), Err(UnsuitablePrimes::SharedFactor));
        }

        /// two different primes that are both 1 more than a multiple of e are refused
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        fn two_shared_factors_are_refused() {
            let (p, q) = (known(with_shared_factor(14)), known(with_shared_factor(65534)));
            same!(key_pair(p, q), Err(UnsuitablePrimes::SharedFactor));
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
    factor().prop_map(with_shared_factor).boxed()
}

fn factor() -> std::ops::RangeInclusive<u32> {
    14..=u32::MAX / 65537 - 1
}

/// The largest prime that is 1 more than a multiple of 65537, by a factor of up to `most`.
fn with_shared_factor(most: u32) -> u32 {
    // 14 · 65537 + 1 is the first such prime.
    let mut downwards = (14..=most).rev().map(|factor| factor * 65537 + 1);
    let prime = downwards.find(|&number| is_prime(number));
    prime.expect("14 · 65537 + 1 is prime")
}

fn shares_factor(prime: u32) -> bool {
    prime % 65537 == 1
}

fn known(prime: u32) -> Prime {
    Prime::new(prime).expect("the grader has found that it is prime")
}
