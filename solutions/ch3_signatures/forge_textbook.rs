// 3.4 Forge textbook signatures

use crate::ch2_asymmetric::{PublicKey, public_operation};

/// A message with its textbook signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// What is signed.
    pub message: u64,
    /// What the private key has made of it. Or so it is believed.
    pub signature: u64,
}

impl Signed {
    /// Whether the signature holds: what the public key makes of it is the message.
    ///
    /// This is what someone writes who believes that signing is encrypting with the private key.
    /// "Only its owner can encrypt with it. So what the public key decrypts is from the owner."
    pub fn holds(&self, key: &PublicKey) -> bool {
        public_operation(key, self.signature) == Ok(self.message)
    }
}

/// **3.4** *An attack on textbook signatures.* Signs a message without the private key, and without
/// ever having seen a signature.
///
/// Who signs has a message, and looks for the number that the public key turns into it. For that
/// they need the private key. You may begin at the other end:
///
/// ```text
/// owner      message ────── private key ─────▶ signature
/// you        message ◀───── public key ─────── signature
/// ```
///
/// You can't choose what the message says. That is no comfort where a message may be any number: a
/// key, say, or a random value.
///
/// `signed` are the messages that the owner has signed, in any order, and some may be in it twice.
/// Return a message that is not one of them, with a signature for which [`Signed::holds`] under `key`.
/// Return `None` if there is no such message any more, which happens to very small keys.
///
/// The remedy is to sign a hash of the message. Now you can begin at the other end as often as you
/// like: what comes out is a number, and you would have to find a message with that hash.
pub fn forge_from_nothing(key: &PublicKey, signed: &[u64]) -> Option<Signed> {
    // todo!("3.4: sign a message that is none of {signed:?} with {key:?} alone")

    // Every signature has a message of its own, so this looks at one more than `signed` has.
    (0..key.n.get())
        .filter_map(|signature| {
            let message = public_operation(key, signature).ok()?;
            Some(Signed { message, signature })
        })
        .find(|forged| !signed.contains(&forged.message))
}

/// **3.4** *An attack on textbook signatures.* From two signed messages makes a third: the product
/// of both, modulo n, with a signature that holds.
///
/// The line is that of exercise 2.5, read for the other key:
///
/// ```text
/// (a · b)ᵈ = aᵈ · bᵈ
/// ```
///
/// Now you can choose what it says, if you find two messages whose product it is, and someone who
/// signs them: a harmless one and another harmless one.
///
/// `first` and `second` hold under `key`.
///
/// A hash alone is not the whole remedy. A hash is a short number, and among many short numbers
/// there are some with small factors only. From the signatures of enough of those, a new one can be
/// put together (Desmedt and Odlyzko 1985). Hence the padding of exercise 3.5. It fills the number
/// up to the length of the modulus, and a product of two such blocks is not a third.
pub fn forge_from_two(key: &PublicKey, first: &Signed, second: &Signed) -> Signed {
    // todo!("3.4: from {first:?} and {second:?} make a third that holds under {key:?}")
    let times = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b) % u128::from(key.n.get());
        u64::try_from(product).expect("a remainder is below its modulus")
    };
    Signed {
        message: times(first.message, second.message),
        signature: times(first.signature, second.signature),
    }
}
