// 2.4 Guess what was sent

use super::{PublicKey, public_operation};

/// **2.4** *This exercise is an attack.* Finds, with the public key alone, which of `candidates`
/// was encrypted with textbook RSA.
///
/// Someone casts a vote, makes a bid or names a city, and encrypts it as in exercise 2.3. You don't
/// have the private key, and you don't need it: there are only a few possible messages, and you can
/// encrypt each of them yourself.
///
/// ```text
/// seen on the wire        c
/// your own encryptions    c₁   c₂   c₃   …       which one is it?
/// ```
///
/// Returns `None` if none of them was encrypted. A candidate of n or more can't have been
/// encrypted, so it is not the answer even if its remainder is. A ciphertext of n or more was not
/// made by exercise 2.3, so no candidate is the answer.
///
/// Encryption that always gives the same ciphertext for the same message can't keep a secret that
/// is easy to guess, and most secrets are. The padding of exercise 2.6 mixes in 32 random bytes.
pub fn guess(key: &PublicKey, ciphertext: u64, candidates: &[u64]) -> Option<u64> {
    // todo!("2.4: find which of {candidates:?} is {ciphertext} when encrypted to {key:?}")
    let was_sent = |&candidate: &u64| public_operation(key, candidate) == Ok(ciphertext);
    candidates.iter().copied().find(was_sent)
}
