// 2.4 Guess what was sent

use super::{PublicKey, public_operation};

/// **2.4** *An attack on textbook RSA.* Finds which of `candidates` was encrypted, with the public
/// key alone.
///
/// Somebody votes, bids or names a city, and encrypts it as in exercise 2.3. You don't have the
/// private key, and you don't need it: there are few things that can have been meant, and you can
/// encrypt each of them yourself.
///
/// ```text
/// seen on the wire        c
/// your own encryptions    c₁   c₂   c₃   …       which one is it?
/// ```
///
/// Returns `None` if it was none of them. A candidate of n or more can't have been encrypted, so
/// it is not the answer even if its remainder is. A ciphertext of n or more was not made by exercise
/// 2.3, so no candidate is the answer.
///
/// Encryption that answers twice with the same ciphertext can't keep a secret that is easy to
/// guess, and most are. The padding of exercise 2.6 mixes in 32 random bytes.
pub fn guess(key: &PublicKey, ciphertext: u64, candidates: &[u64]) -> Option<u64> {
    todo!("2.4: find which of {candidates:?} is {ciphertext} when encrypted to {key:?}")
}
