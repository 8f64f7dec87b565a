//! Textbook keys whose modulus is at an edge, and numbers at the edges of the modulus.

use harness::show::{Piece, Show};

use crate::subject::ch2_asymmetric::{PrivateKey, PublicKey};
use crate::textbook::{Sent, inverse, modulus_of};

/// Pairs of keys: the smallest and the largest moduli, and those whose remainders need 32 bits, or
/// 33, so that a product of two just fits a u64, or just doesn't.
fn key_pairs() -> Vec<(PublicKey, PrivateKey)> {
    let primes = [
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
    let pair = |(p, q): (u64, u64)| {
        let (n, e) = (modulus_of(p * q), 65537);
        let d =
            inverse(e, (p - 1) * (q - 1)).expect("no prime here is 1 more than a multiple of e");
        (PublicKey { n, e }, PrivateKey { n, d })
    };
    primes.into_iter().map(pair).collect()
}

/// These keys, each with what `values` gives for its modulus.
fn each_with(values: fn(u64) -> Vec<u64>) -> Vec<Sent> {
    let pairs = key_pairs().into_iter();
    pairs
        .flat_map(|(public, private)| {
            let values = values(public.n.get()).into_iter();
            values.map(move |message| Sent {
                public,
                private,
                message,
            })
        })
        .collect()
}

/// These keys, each with messages at the edges.
pub fn sent() -> Vec<Sent> {
    each_with(below)
}

/// These keys, each with numbers that are too large.
pub fn not_sent() -> Vec<Sent> {
    each_with(beyond)
}

/// The least numbers below `n`, the largest, and two in the middle.
pub fn below(n: u64) -> Vec<u64> {
    let mut numbers = vec![0, 1, 2, n / 2, n / 2 + 1, n - 2, n - 1];
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Numbers that are not below `n`: n, its multiples, and what is near them.
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

/// Something to multiply.
#[derive(Debug, Clone, Copy)]
pub struct Hidden {
    pub public: PublicKey,
    pub ciphertext: u64,
    pub factor: u64,
}

impl Show for Hidden {
    fn pieces(&self) -> Vec<Piece> {
        let Hidden {
            public,
            ciphertext,
            factor,
        } = self;
        let words = format!(
            "ciphertext {ciphertext}, factor {factor}, n {}, e {}",
            public.n, public.e
        );
        vec![Piece::Text(words)]
    }
}

/// Ciphertexts and factors at the edges.
pub fn hidden() -> Vec<Hidden> {
    let sent = sent().into_iter();
    sent.flat_map(
        |Sent {
             public, message, ..
         }| {
            let factors = below(public.n.get()).into_iter();
            factors.map(move |factor| Hidden {
                public,
                ciphertext: message,
                factor,
            })
        },
    )
    .collect()
}

/// A list of candidates, and which of them was sent.
#[derive(Debug, Clone)]
pub struct Search {
    pub public: PublicKey,
    pub message: u64,
    pub candidates: Vec<u64>,
}

impl Show for Search {
    fn pieces(&self) -> Vec<Piece> {
        let Search {
            public,
            message,
            candidates,
        } = self;
        let words = format!(
            "message {message}, candidates {candidates:?}, n {}, e {}",
            public.n, public.e
        );
        vec![Piece::Text(words)]
    }
}

/// Lists in which the message is beside candidates that are too large: at the end, at the front, in
/// the middle, and behind others twice.
pub fn searches() -> Vec<Search> {
    let mut searches = Vec::new();
    for Sent {
        public, message, ..
    } in sent()
    {
        let n = public.n.get();
        let (beyond, mut others) = (beyond(n), below(n));
        others.retain(|&other| other != message);
        let lists = [
            [&beyond[..], &[message]].concat(),
            [&[message], &beyond[..]].concat(),
            [&beyond[..], &[message], &beyond[..]].concat(),
            [&others[..], &others[..], &beyond[..], &[message]].concat(),
            vec![message],
            vec![message, message],
        ];
        searches.extend(lists.map(|candidates| Search {
            public,
            message,
            candidates,
        }));
    }
    searches
}
