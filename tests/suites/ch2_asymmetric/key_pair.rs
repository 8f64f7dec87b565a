use harness::{Broken, accepted, assume, check, notes, same, think_of, with};
use proptest::prelude::*;

use crate::euclid::euclid;
use crate::subject::ch2_asymmetric::*;
use crate::textbook::{is_prime, modulus_of, power, prime};
use fixtures::strategies::number;

harness::suite! {
    exercise "2.2" {
        /// e is 65537, and both keys have n, the product of the primes
        #[think = "RFC 8017 §3.1 and §3.2 say what is in a public and in a private key."]
        fn the_keys_have_modulus_and_exponent(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let n = modulus_of(u64::from(p) * u64::from(q));
            if n.get() > u64::from(u32::MAX) {
                think_of!("How many bits can the product of two u32 have?");
            }
            let (p, q) = (known(p), known(q));
            let (public, private) = accepted!(key_pair(p, q));
            with!(public, private);
            same!(public, PublicKey { n, e: 65537 }, "key_pair(p, q)?.0");
            same!(private.n, n, "key_pair(p, q)?.1.n");
        }

        /// d is above 0 and below n
        #[think = "Is your d negative? What can you add to it, so that it is not?"]
        fn the_private_exponent_is_in_range(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let euclid = euclid(p, q);
            let (p, q) = (known(p), known(q));
            let (_, private) = accepted!(key_pair(p, q));
            with!("Euclid" = euclid.table());
            check!((1..private.n.get()).contains(&private.d), "1 ≤ d < n", private);
        }

        /// e · d is 1 more than a multiple of p − 1, and of q − 1
        #[think = "Modulo what is e · d ≡ 1? It is not n."]
        fn the_exponents_are_inverse(p in prime(), q in prime()) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let euclid = euclid(p, q);
            let [prime, other] = [known(p), known(q)];
            let (public, private) = accepted!(key_pair(prime, other));
            let (e, d) = (u128::from(public.e), u128::from(private.d));
            let (p, q) = (u128::from(p), u128::from(q));
            with!(d);
            with!("e · d" = e * d, "Euclid" = euclid.table());
            // For the prime 2 the modulus is 1, and modulo 1 even 1 is 0.
            same!((e * d) % (p - 1), u128::from(p != 2));
            same!((e * d) % (q - 1), u128::from(q != 2));
        }

        /// the smallest and the largest primes make keys, and so do 65537 and a prime that is 1 less than a multiple of it
        #[think = "φ(n) may need all 64 bits, and Euclid's factors a sign. What is wide enough?"]
        fn primes_at_the_edges_are_good((p, q) from [
            (2, 3), (3, 2), (3, 11), (2, 4_294_967_291), (65537, 3), (2, 65537),
            (65537, 4_294_967_291), (4_294_967_291, 4_294_967_279), (4_294_967_279, 4_294_967_291),
            (262_147, 3), (3, 262_147), (65537, 4_293_459_943),
        ]) {
            let n = u64::from(p) * u64::from(q);
            think_of!("These two primes make a key: neither p − 1 nor q − 1 is a multiple of 65537. What do you refuse, and are your numbers wide enough?");
            let (p, q) = (known(p), known(q));
            let (public, private) = accepted!(key_pair(p, q));
            think_of!("φ(n) may need all 64 bits, and Euclid's factors a sign. What is wide enough?");
            with!(public, private);
            same!((public.n.get(), private.n.get()), (n, n));
            let message = public.n.get() - 2;
            let hidden = power(message, public.e, public.n);
            with!(message, hidden);
            let shown = power(hidden, private.d, private.n);
            same!(shown, message, "hidden to the power of d, modulo n");
        }

        /// two primes make keys, however close they are, and whether n fits in 32 bits or 33, or needs more
        #[think = "When are two primes the same? And how many bits does their product have?"]
        fn primes_near_each_other_are_good((p, q) from [
            // Twins; the same in their last 8 or 16 bits; products on both sides of 2³² and 2³³.
            (3, 5), (65_519, 65_521), (4_294_967_291, 4_294_967_279), (7, 263), (3, 65_539),
            (65_537, 786_433), (65_521, 65_537), (65_537, 65_539), (92_681, 92_683),
        ]) {
            for (p, q) in [(p, q), (q, p)] {
                they_make_keys(known(p), known(q))?;
            }
        }

        /// two primes p and q make keys even if p − 1 and q − 1 have a large factor in common
        #[think = "What p − 1 and q − 1 have in common makes no difference. Only a factor in common with 65537 counts. What do you refuse?"]
        fn predecessors_may_share_a_factor((p, q) from [
            // A large prime divides both of them, or the smaller one divides the larger one.
            (133_403, 400_207), (1_431_650_747, 4_294_952_239), (2_147_483_077, 4_294_966_153),
        ]) {
            for (p, q) in [(p, q), (q, p)] {
                they_make_keys(known(p), known(q))?;
            }
        }

        /// d is found whichever multiple of φ(n) is 1 below e · d, from φ(n) itself to 65536 times φ(n)
        #[think = "How many multiples of φ(n) may you have to try? Euclid's algorithm needs none of them."]
        fn the_first_and_the_last_multiple_lead_to_d((p, q) from [
            (3, 688_139), (3, 802_829), (3, 114_691), (3, 622_603), (1_000_003, 110_753),
        ]) {
            let (p, q) = (known(p), known(q));
            let (_, private) = accepted!(key_pair(p, q));
            let product = u128::from(private.d) * 65537;
            let phi = u128::from((p.get() - 1) * (q.get() - 1));
            with!("e · d" = product, "φ(n)" = phi);
            with!(private);
            // λ(n) is half of φ(n): p − 1 and q − 1 are even, and have no other factor in common.
            same!(product % (phi / 2), 1, "(e * d) % lcm(p - 1, q - 1)");
        }

        /// two pairs of primes that have something in common don't have their keys in common
        #[think = "Do you keep anything from one call to the next? The other prime may be different."]
        fn each_pair_has_its_own_keys((first, second) from [
            // The same p, the same q, the same sum, difference and XOR; the same in 16 bits; the same φ(n), the same λ(n).
            ((101, 103), (101, 107)), ((101, 107), (103, 107)), ((5, 13), (7, 11)),
            ((101, 109), (131, 139)), ((3, 5), (11, 13)), ((3, 11), (65_539, 11)),
            ((101, 101), (101, 103)), ((3, 7), (2, 13)), ((7, 13), (5, 19)), ((5, 13), (7, 13)),
        ]) {
            for (p, q) in [first, second, first] {
                notes::start_over();
                let (p, q) = (known(p), known(q));
                if p == q {
                    same!(key_pair(p, q), Err(UnsuitablePrimes::Equal));
                    continue;
                }
                they_make_keys(p, q)?;
            }
        }

        /// what the public key does to a number, the private key undoes
        #[think = "Modulo what is e · d ≡ 1? It is not n."]
        fn the_keys_undo_each_other(p in prime(), q in prime(), message in number(64)) {
            assume!(p != q && !shares_factor(p) && !shares_factor(q));
            let (p, q) = (known(p), known(q));
            let (public, private) = accepted!(key_pair(p, q));
            let message = message % public.n;
            let hidden = power(message, public.e, public.n);
            with!(public, private, message);
            with!(message, hidden);
            let shown = power(hidden, private.d, private.n);
            same!(shown, message, "hidden to the power of d, modulo n");
        }

        /// the same prime twice is refused
        #[think = "λ(p · p) is p · (p − 1), and p is the square root of n. Who can find that?"]
        fn equal_primes_are_refused(p in prime()) {
            assume!(!shares_factor(p));
            let p = known(p);
            same!(key_pair(p, p), Err(UnsuitablePrimes::Equal));
        }

        /// the same prime twice is refused, even the smallest and the largest
        #[think = "λ(p · p) is p · (p − 1), and p is the square root of n. Who can find that?"]
        fn equal_primes_at_the_edges_are_refused(p from [2, 3, 65537, 4_294_967_291]) {
            let p = known(p);
            same!(key_pair(p, p), Err(UnsuitablePrimes::Equal));
        }

        /// the same prime twice is refused for either reason if it is 1 more than a multiple of e
        #[think = "Which check comes first is up to you. Does one of them let it pass?"]
        fn equal_primes_that_share_a_factor_are_refused(p from [917_519, 4_293_591_019]) {
            let p = known(p);
            let keys = key_pair(p, p);
            check!(keys.is_err(), "either error", keys, "key_pair(p, p)");
        }

        /// the smallest and the largest primes that are 1 more than a multiple of e are refused
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        fn a_shared_factor_at_the_edges_is_refused((p, q) from pairs_that_share_a_factor()) {
            let (p, q) = (known(p), known(q));
            same!(key_pair(p, q), Err(UnsuitablePrimes::SharedFactor));
        }

        /// two different primes that are both 1 more than a multiple of e are refused
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        fn two_shared_factors_are_refused() {
            let (p, q) = (known(with_shared_factor(14)), known(with_shared_factor(65534)));
            with!(p, q);
            same!(key_pair(p, q), Err(UnsuitablePrimes::SharedFactor));
        }

        /// a prime that is 1 more than a multiple of e is refused, first or second
        #[think = "What does Euclid say about e and φ(n) when one divides the other?"]
        #[cases = 64]
        fn a_shared_factor_is_refused(bad in prime_that_shares_a_factor(), good in prime()) {
            assume!(bad != good);
            let (bad, good) = (known(bad), known(good));
            same!(key_pair(bad, good), Err(UnsuitablePrimes::SharedFactor));
            same!(key_pair(good, bad), Err(UnsuitablePrimes::SharedFactor));
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

/// The largest prime that is 1 more than at most `most` times 65537.
fn with_shared_factor(most: u32) -> u32 {
    // 14 · 65537 + 1 is the first such prime.
    let mut downwards = (14..=most).rev().map(|factor| factor * 65537 + 1);
    let prime = downwards.find(|&number| is_prime(number));
    prime.expect("14 · 65537 + 1 is prime")
}

/// The smallest and the largest such prime, paired with others, as the first and as the second.
fn pairs_that_share_a_factor() -> Vec<(u32, u32)> {
    let bad = [14, 65534].map(with_shared_factor);
    let pairs = bad
        .into_iter()
        .flat_map(|bad| [2, 3, 65537].map(|good| (bad, good)));
    pairs
        .flat_map(|(bad, good)| [(bad, good), (good, bad)])
        .collect()
}

fn shares_factor(prime: u32) -> bool {
    prime % 65537 == 1
}

/// Checks that these primes make keys of which the private one undoes what the public one does.
fn they_make_keys(p: Prime, q: Prime) -> Result<(), Broken> {
    let n = p.get() * q.get();
    let (public, private) = accepted!(key_pair(p, q));
    with!(public, private);
    same!((public.n.get(), private.n.get()), (n, n));
    let message = n - 2;
    let hidden = power(message, public.e, public.n);
    with!(message, hidden);
    let shown = power(hidden, private.d, private.n);
    same!(shown, message, "hidden to the power of d, modulo n");
    Ok(())
}

fn known(prime: u32) -> Prime {
    Prime::new(prime).expect("the grader has found that it is prime")
}
