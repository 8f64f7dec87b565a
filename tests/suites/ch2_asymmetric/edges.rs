//! Textbook keys whose modulus is at an edge, and numbers at the edges of the modulus.

use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::textbook::{inverse, modulus_of};

/// The primes of the keys: those of the smallest and the largest moduli, and of those whose remainders
/// need 32 bits, or 33, so that a product of two barely fits in a u64, or barely doesn't.
const PRIMES: [(u64, u64); 10] = [
    (2, 3),
    (3, 5),
    (13, 19),
    (13, 23),
    (251, 257),
    (65_519, 65_521),
    (65_521, 65_537),
    (65_537, 65_539),
    (92_681, 92_683),
    (4_294_967_279, 4_294_967_291),
];

fn key_pairs() -> Vec<(PublicKey, PrivateKey)> {
    let pair = |(p, q): (u64, u64)| {
        let (n, e) = (modulus_of(p * q), 65537);
        let d =
            inverse(e, (p - 1) * (q - 1)).expect("no prime here is 1 more than a multiple of e");
        (PublicKey { n, e }, PrivateKey { n, d })
    };
    PRIMES.into_iter().map(pair).collect()
}

/// These keys, each with what `values` gives for its modulus.
fn each_with(values: fn(u64) -> Vec<u64>) -> Vec<(PublicKey, PrivateKey, u64)> {
    let pairs = key_pairs().into_iter();
    pairs
        .flat_map(|(public, private)| {
            let values = values(public.n.get()).into_iter();
            values.map(move |value| (public, private, value))
        })
        .collect()
}

/// These keys, each with messages at the edges.
pub fn sent() -> Vec<(PublicKey, PrivateKey, u64)> {
    each_with(messages)
}

/// These keys, each with numbers that are too large.
pub fn not_sent() -> Vec<(PublicKey, PrivateKey, u64)> {
    each_with(beyond)
}

/// The numbers of `below`, and those that have a factor in common with `n`: two for each prime.
fn messages(n: u64) -> Vec<u64> {
    let mut numbers = below(n);
    let primes = PRIMES.into_iter().find(|(p, q)| p * q == n);
    numbers.extend(primes.into_iter().flat_map(|(p, q)| [p, q, n - p, n - q]));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The smallest numbers below `n`, the largest, and two in the middle.
pub fn below(n: u64) -> Vec<u64> {
    let mut numbers = vec![0, 1, 2, n / 2, n / 2 + 1, n - 2, n - 1];
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Numbers that are not below `n`: n, its multiples, and the numbers near them.
pub fn beyond(n: u64) -> Vec<u64> {
    let multiples = [1, 2, 3, u64::MAX / n].map(|factor| n.saturating_mul(factor));
    let near = multiples
        .iter()
        .flat_map(|&multiple| [0, 1, 2].map(|more| multiple.saturating_add(more)));
    let mut numbers: Vec<u64> = near.collect();
    numbers.extend([
        n.saturating_add(1 << 32),
        n.saturating_add(1 << 63),
        u64::MAX,
    ]);
    numbers
}

/// Keys, ciphertexts, and factors, at the edges.
pub fn to_multiply() -> Vec<(PublicKey, u64, u64)> {
    let with_factors = |(public, _, ciphertext): (PublicKey, PrivateKey, u64)| {
        let factors = messages(public.n.get()).into_iter();
        factors.map(move |factor| (public, ciphertext, factor))
    };
    sent().into_iter().flat_map(with_factors).collect()
}

/// Keys, and lists in which a message is beside candidates that are too large: at the end, at the
/// beginning, in the middle, and at the end of a list in which the other messages appear twice.
pub fn searches() -> Vec<(PublicKey, u64, Vec<u64>)> {
    let mut searches = Vec::new();
    for (public, _, message) in sent() {
        let n = public.n.get();
        let (beyond, mut others) = (beyond(n), below(n));
        others.retain(|&other| other != message);
        let lists = [
            vec![message],
            vec![message, message],
            vec![n, message],
            [&beyond[..], &[message]].concat(),
            [&[message], &beyond[..]].concat(),
            [&beyond[..], &[message], &beyond[..]].concat(),
            [&others[..], &others[..], &beyond[..], &[message]].concat(),
        ];
        searches.extend(lists.map(|candidates| (public, message, candidates)));
    }
    searches
}
