// 3.4 Forge textbook signatures

use crate::ch2_asymmetric::{PublicKey, public_operation};

/// A message with its textbook signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// What is signed.
    pub message: u64,
    /// Supposedly made from the message with the private key.
    pub signature: u64,
}

impl Signed {
    /// Whether the signature is valid: the public key turns it into the message.
    ///
    /// Anyone who believes that signing is encrypting with the private key would write this. "Only
    /// the owner of the private key can encrypt with it. So whatever the public key decrypts is
    /// from the owner."
    pub fn holds(&self, key: &PublicKey) -> bool {
        public_operation(key, self.signature) == Ok(self.message)
    }
}

/// **3.4** *This exercise is an attack.* Signs a message without the private key, and without ever
/// having seen a signature.
///
/// The owner of the key has a message, and looks for the number that the public key turns into it.
/// That takes the private key. You can begin at the other end:
///
/// ```text
/// owner      message ────── private key ─────▶ signature
/// you        message ◀───── public key ─────── signature
/// ```
///
/// You can't choose what the message says. That is no comfort if a message may be any number: a
/// key, say, or a random value.
///
/// `signed` holds the messages that the owner has signed, in any order; some may appear more than
/// once. Return a message that is not one of them, with a signature for which [`Signed::holds`] is
/// true under `key`. Return `None` if no such message is left, which can happen with very small
/// keys.
///
/// The remedy is to sign a hash of the message. You can still begin at the other end as often as
/// you like. But the result is a number, and you would have to find a message with that hash.
pub fn forge_from_nothing(key: &PublicKey, signed: &[u64]) -> Option<Signed> {
    todo!("3.4: sign a message that is not in {signed:?}, with {key:?} alone")
}

/// **3.4** *This exercise is an attack.* Makes a third signed message from two: the product of both
/// messages modulo n, with a valid signature.
///
/// The algebra is that of exercise 2.5, this time with the private exponent:
///
/// ```text
/// (a · b)ᵈ = aᵈ · bᵈ
/// ```
///
/// Now you can choose what the message says, if you can write it as the product of two others and
/// find someone who signs both. Each of them looks harmless.
///
/// Both `first` and `second` are valid under `key`.
///
/// A hash alone is not the whole remedy. A hash is a short number, and among many short numbers
/// there are some that have only small factors. From the signatures of enough of those, a new one
/// can be put together (Desmedt and Odlyzko 1985). Hence the padding of exercise 3.5. It makes the
/// number as long as the modulus, and the product of two such numbers is not padded correctly.
pub fn forge_from_two(key: &PublicKey, first: &Signed, second: &Signed) -> Signed {
    todo!("3.4: from {first:?} and {second:?}, make a third that is valid under {key:?}")
}
