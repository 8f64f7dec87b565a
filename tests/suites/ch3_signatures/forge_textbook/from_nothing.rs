//! `forge_from_nothing`.

use harness::show::Words;
use harness::{Broken, assume, check, same, think_of, with};
use proptest::prelude::*;

use super::with_power;
use crate::reference::holds;
use crate::subject::ch2_asymmetric::PublicKey;
use crate::subject::ch3_signatures::*;
use crate::textbook::{inverse, keys, modulus_of, power, times};
use fixtures::strategies::{list, number};

harness::suite! {
    exercise "3.4" {
        /// `forge_from_nothing` signs a message that the key's owner has not signed
        #[think = "Begin at the other end: what does the public key turn a signature into?"]
        #[cases = 128]
        fn a_signature_comes_from_nothing(
            (key, private) in keys(), {drawn} in list(prop_oneof![0..=3_u64, number(64)], 0..=12)
        ) {
            with!(private);
            let n = key.n.get();
            assume!(n > 24);
            // The owner has signed the messages of the signatures that you would try first.
            let signatures = drawn.iter().flat_map(|drawn| [drawn % n, (n - drawn % n) % n]);
            let signed: Vec<u64> = signatures.map(|it| power(it, key.e, key.n)).collect();
            let forged = forge_from_nothing(&key, &signed);
            let is_new = |forged: &Signed| !signed.contains(&forged.message);
            with!(signed);
            with_power(&key, forged);
            if forged.is_none() {
                think_of!("Not every message has been signed. How many signatures do you try?");
            }
            check!(forged.is_some(), "Some(…)", forged, "forge_from_nothing(&key, &signed)");
            check!(
                forged.is_some_and(|forged| holds(&key, &forged)),
                "a valid signature: raised to the power of e, it gives the message modulo n",
                forged,
                "forge_from_nothing(&key, &signed)"
            );
            think_of!("The owner has already signed this message. Which signature do you try next?");
            check!(
                forged.as_ref().is_some_and(is_new),
                "a message that is not yet in signed",
                forged,
                "forge_from_nothing(&key, &signed)"
            );
        }

        /// with a very small key, the only message that has not been signed is found
        #[think = "If the first signature that you try belongs to an old message, try the next one."]
        fn the_last_message_is_found(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            for left in 0..key.n.get() {
                let signed: Vec<u64> = (0..key.n.get()).filter(|other| *other != left).collect();
                only_this_is_left(key, &signed, left)?;
            }
        }

        /// a message that was signed more than once counts once
        #[think = "Is it the length of `signed` that tells you whether a message is left?"]
        fn what_is_signed_twice_counts_once(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            for left in [0, 1, key.n.get() / 2, key.n.get() - 1] {
                let once: Vec<u64> = (0..key.n.get()).filter(|other| *other != left).collect();
                let side_by_side: Vec<u64> = once.iter().flat_map(|it| [*it, *it]).collect();
                only_this_is_left(key, &side_by_side, left)?;
                only_this_is_left(key, &once.repeat(2), left)?;
            }
        }

        /// a message is found even if n has few bits set and the first messages are signed
        #[think = "You count up to the modulus. How many bits does your counter have room for?"]
        fn a_modulus_just_above_a_power_of_two(primes from [(7, 37), (641, 6_700_417)]) {
            // 2⁸ + 3 and 2³² + 1. Cut to its last 8 or 32 bits, the modulus is 3 or 1.
            let key = small_key(primes);
            let signed: Vec<u64> = (0..6).map(|it| power(it, key.e, key.n)).collect();
            let forged = forge_from_nothing(&key, &signed);
            with!(key, signed);
            check!(
                forged.is_some_and(|forged| holds(&key, &forged) && !signed.contains(&forged.message)),
                "Some(…) with a message that is not yet in signed, and a valid signature",
                forged,
                "forge_from_nothing(&key, &signed)"
            );
        }

        /// a message is found, however many were signed
        #[think = "How many signatures do you try? Is there a limit that is not in the exercise?"]
        fn many_signed_messages_are_passed_over(many from [100_u64, 257, 1025, 4097]) {
            let (p, q) = (4_294_967_291_u64, 4_294_967_279_u64);
            let key = PublicKey { n: modulus_of(p * q), e: 3 };
            // These come up first if you try the signatures from either end.
            let (few, n) = (many / 16, key.n.get());
            let tried = (0..many).chain(n - few..n);
            let cube = |it| times(it, times(it, it, key.n), key.n);
            let signed: Vec<u64> = tried.map(cube).collect();
            let forged = forge_from_nothing(&key, &signed);
            let is_new = |forged: &Signed| !signed.contains(&forged.message);
            with!(key);
            with!("signed" = Words(format!("the cubes of 0 to {}, and of n − {few} to n − 1", many - 1)));
            check!(
                forged.as_ref().is_some_and(is_new),
                "a message that is not yet in signed",
                forged,
                "forge_from_nothing(&key, &signed)"
            );
            check!(
                forged.is_some_and(|forged| holds(&key, &forged)),
                "a valid signature",
                forged,
                "forge_from_nothing(&key, &signed)"
            );
        }

        /// the same modulus with another exponent is another key, and another forgery is needed
        #[think = "Do you keep anything from one call to the next? How do you recognize a key?"]
        fn each_exponent_needs_its_own_forgery() {
            let mut previous = None;
            for e in [3, 7, 3] {
                let (key, signed) = (PublicKey { n: modulus_of(11 * 17), e }, &[0, 1, 186][..]);
                let forged = forge_from_nothing(&key, signed);
                let is_good = |forged: Signed| !signed.contains(&forged.message) && holds(&key, &forged);
                with!(key, signed);
                if let Some(e) = previous.replace(e) {
                    with!("exponent of the previous key" = e);
                }
                check!(
                    forged.is_some_and(is_good),
                    "a message that is not in signed, and its signature under this key",
                    forged,
                    "forge_from_nothing(&key, &signed)"
                );
            }
        }

        /// if every message has been signed, there is nothing to forge
        #[think = "When have you tried every signature there is? Then stop."]
        fn nothing_is_left_to_forge(primes from SMALL_PRIMES) {
            let key = small_key(primes);
            let signed: Vec<u64> = (0..key.n.get()).rev().collect();
            same!(forge_from_nothing(&key, &signed), None);
        }
    }
}

/// Of all messages, only this one has not been signed: it is found, with a valid signature.
fn only_this_is_left(key: PublicKey, signed: &[u64], left: u64) -> Result<(), Broken> {
    let forged = forge_from_nothing(&key, signed);
    with!(key, signed);
    let message = forged.map(|forged| forged.message);
    check!(
        message == Some(left),
        format!("Some(…) with the message {left}"),
        forged,
        "forge_from_nothing(&key, &signed)"
    );
    check!(
        forged.is_some_and(|forged| holds(&key, &forged)),
        "a valid signature",
        forged,
        "forge_from_nothing(&key, &signed)"
    );
    Ok(())
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
